"""Runs checks by pytest in another Python environment and reports each of them as a test of this one."""

import ast
import os
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from servers import ROOT

HERE = Path(__file__).resolve().parent
TIMEOUT_S = 240


def names_of(file: str) -> list[str]:
    """The names of the test functions of a file that is not imported here."""
    tree = ast.parse((HERE / file).read_text())
    return [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


@dataclass
class Outcomes:
    """What became of each test function: the text of its failures, empty when it passed."""

    failures: dict[str, str]
    output: str

    def require(self, name: str) -> None:
        assert name in self.failures, f"{name} did not run:\n{self.output[-6000:]}"
        assert not self.failures[name], self.failures[name]


def run_checks(environment: str, file: str, **variables: str) -> Outcomes:
    python = subprocess.run(
        [str(ROOT / "scripts" / "python-env"), environment], check=True, capture_output=True, text=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        options = ["-q", "-p", "no:cacheprovider", "--noconftest", "-c", os.devnull, f"--rootdir={folder}"]
        result = subprocess.run(
            [f"{python}/bin/python", "-m", "pytest", *options, f"--junitxml={report}", str(HERE / file)],
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **variables},
        )
        output = result.stdout + result.stderr
        failures: dict[str, str] = {}
        if report.exists():
            for case in ElementTree.parse(report).iter("testcase"):
                name = case.get("name", "").split("[")[0]
                texts = [node.text or "" for node in case if node.tag in ("failure", "error")]
                failures[name] = failures.get(name, "") + "\n".join(texts)
    return Outcomes(failures, output)
