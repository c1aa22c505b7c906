"""Runs the benchmarks named on the command line, or all of them, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

NAMES = ("roundtrip", "queries", "fetch", "copy_in", "memory")


def main() -> int:
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")] or list(NAMES)
    options = [option for option in sys.argv[1:] if option.startswith("-")]
    missed = []
    for name in chosen:
        if name not in NAMES:
            print(f"no benchmark called {name}; there are {', '.join(NAMES)}", file=sys.stderr)
            return 2
        print(f"{name}:", flush=True)
        script = Path(__file__).parent / f"{name}.py"
        if subprocess.run([sys.executable, script, *options], check=False).returncode != 0:
            missed.append(name)
    print(f"benchmarks with a missed target or an error: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
