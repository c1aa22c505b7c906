"""Answers that differ from PostgreSQL's: read from answers/differences.txt.

`python integration/differences.py` writes the page for users, docs/postgresql-differences.md.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "integration" / "answers" / "differences.txt"
PAGE = ROOT / "docs" / "postgresql-differences.md"

HEAD = """# Where answers differ from PostgreSQL's

Martinet answers as PostgreSQL 15 does; `integration/answers/*.sql` are compared with a real one. What
differs, and is known to, stands here: each line is a test, which fails when the answer changes. `ERROR` is
followed by the SQLSTATE. `python integration/differences.py` writes this page from
`integration/answers/differences.txt`.

| statement | Martinet | PostgreSQL 15 | why, and what to do |
|---|---|---|---|
"""


@dataclass
class Difference:
    statement: str
    ours: str
    theirs: str
    why: str


def differences() -> list[Difference]:
    found = []
    for block in LIST.read_text().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            statement, ours, theirs, why = lines
            found.append(
                Difference(
                    statement, ours.removeprefix("martinet: "), theirs.removeprefix("postgresql: "), why
                )
            )
    return found


def code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def page() -> str:
    rows = [
        f"| {code(each.statement)} | {code(each.ours)} | {code(each.theirs)} | {each.why} |"
        for each in differences()
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
