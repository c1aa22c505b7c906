"""TPC-H and SSB over the wire against in-process DuckDB on the same lake, with the same settings."""

import sys
from pathlib import Path

from common import Report, arguments, lake, martinet

QUERIES = Path(__file__).parent / "queries"
# Both sides get the same, so that neither is ahead by a default.
SETTINGS = {"threads": "2", "memory_limit": "8GB"}
OPTIONS = [part for name, value in SETTINGS.items() for part in (f"--{name.replace('_', '-')}", value)]


def measure(report: Report, benchmark: str, options) -> None:
    files = sorted((QUERIES / benchmark).glob("*.sql"))
    if not files:
        raise RuntimeError(f"no queries in {QUERIES / benchmark}")
    with (
        martinet(benchmark, options.scale, *OPTIONS) as server,
        server.endpoint.connect() as remote,
        lake(server, benchmark) as local,
    ):
        remote.execute(f"set search_path = {benchmark}")
        for name, value in SETTINGS.items():
            local.execute(f"set {name} = '{value}'")
            report.notes[name] = value
        for file in files:
            sql = file.read_text()

            def wire(sql=sql):
                return remote.execute(sql.encode()).fetchall()

            def in_process(sql=sql, local=local):
                return local.execute(sql).fetchall()

            assert len(wire()) == len(in_process()), f"{file.name}: different numbers of rows"
            report.compare(
                f"{benchmark} {file.stem}",
                {"martinet": wire, "in-process DuckDB": in_process},
                runs=options.runs,
            )
    report.geometric_mean(
        f"{benchmark}: geometric mean of ratios", f"{benchmark} ", "in-process DuckDB", None
    )


def main() -> int:
    options = arguments(__doc__, scale=1.0, runs=7)
    report = Report("queries")
    for benchmark in ("tpch", "ssb"):
        measure(report, benchmark, options)
    report.geometric_mean("all: geometric mean of ratios", "", "in-process DuckDB", 1.05)
    return 0 if report.save() else 1


if __name__ == "__main__":
    sys.exit(main())
