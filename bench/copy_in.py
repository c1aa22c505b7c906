"""COPY FROM STDIN: all of lineitem as CSV and as PostgreSQL's binary format."""

import sys
from pathlib import Path

from common import CACHE, LINEITEM, Report, arguments, copy_file, lineitem_csv, martinet, postgres


def load(endpoint, path: Path, options: str, rows: int) -> None:
    copy_file(endpoint, path, f"copy copied from stdin ({options})")
    assert endpoint.run("select count(*) from copied") == [(rows,)]


def clear(endpoint) -> None:
    endpoint.run("drop table if exists copied")
    endpoint.run(f"create table copied ({LINEITEM})")


def binary_file(endpoint, scale: float, csv: Path) -> Path:
    """lineitem in PostgreSQL's binary format, written by PostgreSQL itself; once."""
    path = CACHE / f"lineitem-{scale:g}.binary"
    if not path.exists():
        clear(endpoint)
        copy_file(endpoint, csv, "copy copied from stdin (format csv, header)")
        new = path.with_suffix(".new")
        with (
            endpoint.connect() as connection,
            new.open("wb") as file,
            connection.cursor().copy("copy copied to stdout (format binary)") as copy,
        ):
            for piece in copy:
                file.write(piece)
        new.rename(path)
    return path


def main() -> int:
    options = arguments(__doc__, scale=1.0, runs=3)
    report = Report("copy_in")
    csv = lineitem_csv(options.scale)
    with csv.open("rb") as file:
        rows = sum(1 for _ in file) - 1
    report.notes["rows"] = rows
    with postgres() as cluster:
        binary = binary_file(cluster.endpoint, options.scale, csv)
        forms = {"CSV": (csv, "format csv, header"), "binary": (binary, "format binary")}
        if options.without_martinet:
            measure(report, {"postgres": cluster.endpoint}, forms, rows, options.runs)
        else:
            with martinet() as server:
                endpoints = {"martinet": server.endpoint, "postgres": cluster.endpoint}
                measure(report, endpoints, forms, rows, options.runs)
                server.endpoint.run("drop table copied")
    return 0 if report.save() else 1


def measure(report: Report, endpoints, forms, rows: int, runs: int) -> None:
    for name, (path, form) in forms.items():
        sides = {}
        for side, endpoint in endpoints.items():

            def run(endpoint=endpoint, path=path, form=form) -> None:
                clear(endpoint)
                load(endpoint, path, form, rows)

            sides[side] = run
        report.compare(
            f"COPY of {rows} rows as {name}", sides, runs=runs, warm_up=0, targets={"postgres": 1 / 3}
        )


if __name__ == "__main__":
    sys.exit(main())
