"""Runs a notebook in a fresh kernel, as `Run all` does, and saves it with its outputs: NOTEBOOK RESULT."""

import sys

import nbclient
import nbformat


def main(notebook, result):
    document = nbformat.read(notebook, as_version=4)
    client = nbclient.NotebookClient(document, timeout=120, kernel_name="python3")
    try:
        client.execute()
    finally:
        nbformat.write(document, result)


if __name__ == "__main__":
    main(*sys.argv[1:])
