"""The tidy test finds what it should: each sample breaks one rule and is reported for it."""

import subprocess
import sys
from pathlib import Path

import pytest

TIDY = Path(__file__).resolve().parent.parent / "scripts" / "tidy"


def tidy(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(TIDY), "--root", str(root)], capture_output=True, text=True)


def place(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


LONG_FUNCTION = "func long() {\n" + "  step()\n" * 71 + "}\n"
NESTED = "struct S {\n  func short() { if x { y() } }\n  init(a: Int) { self.a = a }\n}\n"

BAD = [
    ("Sources/DuckDB/A.swift", "import Lake\n", "may not import Lake"),
    ("Sources/PostgresWire/A.swift", "internal import Network\n", "may not import Network"),
    ("Sources/WarehouseServer/A.swift", "import CDuckDB\n", "may import CDuckDB"),
    ("Sources/Network/A.swift", "import CSQLite\n", "may import CSQLite"),
    ("Sources/ControlStore/A.swift", "import CPQ\n", "may import CPQ"),
    ("Sources/SQLFront/A.swift", "import COpenSSL\n", "may import COpenSSL"),
    ("Sources/SQLFront/A.swift", "import Foundation\n", "import of Foundation"),
    ("Sources/Unknown/A.swift", "let a = 1\n", "no place in the layers"),
    ("Sources/SQLFront/A.swift", "let a = 1\n" * 401, "at most 400"),
    ("Sources/SQLFront/A.swift", LONG_FUNCTION, "long has 73 lines"),
    ("scripts/a.py", "def long():\n" + "    step()\n" * 70, "long has 71 lines"),
    ("Sources/SQLFront/A.swift", "let a = try" + "! b()\n", "a way to crash"),
    ("Sources/SQLFront/A.swift", "let a = b as" + "! Int\n", "a way to crash"),
    ("Sources/SQLFront/A.swift", "fatal" + 'Error("no")\n', "a way to crash"),
    ("README.md", "TO" + "DO: write it\n", "an unfinished mark"),
    ("README.md", "see /wo" + "rk/notes\n", "a path of one machine"),
    ("scripts/a", "#!/bin/bash\npip install -i https://py" + "pi.org/simple x\n", "host name of a registry"),
    ("README.md", "as the C" + "EO said\n", "not about the project"),
    ("README.md", "two spaces  \n", "trailing whitespace"),
    ("README.md", "no end", "no newline at the end"),
    (
        "Sources/Martinet/A.swift",
        'let flag = "--unknown-flag"\n',
        "--unknown-flag is not on docs/settings.md",
    ),
    ("Sources/Martinet/A.swift", 'Setting(\n  "new-name", .text)\n', "new-name is not on docs/settings.md"),
    ("Sources/Lake/A.swift", 'let name = "MARTINET' + '_UNKNOWN"\n', "_UNKNOWN is not on docs/settings.md"),
]


@pytest.mark.parametrize(("name", "text", "expected"), BAD)
def test_a_bad_sample_is_reported(tmp_path: Path, name: str, text: str, expected: str) -> None:
    place(tmp_path, name, text)
    result = tidy(tmp_path)
    assert result.returncode == 1
    assert result.stdout.startswith(f"{name}:")
    assert expected in result.stdout


def test_a_good_sample_passes(tmp_path: Path) -> None:
    place(tmp_path, "Sources/Lake/A.swift", "import CSQLite\nimport DuckDB\nimport Glibc\n" + NESTED)
    place(tmp_path, "Sources/Lake/B.swift", "// as" + '! in a comment\nlet text = "fatal' + 'Error { { {"\n')
    place(tmp_path, "Sources/Martinet/C.swift", 'let flag = "--data"\n')
    place(tmp_path, "docs/settings.md", "`--data DIR` is the folder of the lake.\n")
    result = tidy(tmp_path)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_project_is_tidy() -> None:
    result = tidy(TIDY.parent.parent)
    assert (result.returncode, result.stdout) == (0, "")
