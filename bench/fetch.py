"""Large results: all of lineitem into Arrow by ADBC, and a part of it into Python by psycopg."""

import gc
import os
import subprocess
import sys

import adbc_driver_postgresql.dbapi as adbc
from common import LINEITEM, Report, arguments, copy_file, lake, lineitem_csv, martinet, postgres, tpch


def by_adbc(endpoint, sql: str, rows: int) -> None:
    with adbc.connect(endpoint.uri()) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        table = cursor.fetch_arrow_table()
        assert (table.num_rows, table.num_columns) == (rows, 16)
        del table
    gc.collect()


def in_process(connection, sql: str, rows: int) -> None:
    table = connection.execute(sql).to_arrow_table()
    assert (table.num_rows, table.num_columns) == (rows, 16)
    del table
    gc.collect()


def by_libpq(endpoint, sql: str) -> None:
    """The same rows in the same binary COPY format, thrown away by psql: the server's and the wire's cost."""
    subprocess.run(
        ["psql", endpoint.uri(), "-qXc", f"\\copy ({sql}) to '{os.devnull}' (format binary)"], check=True
    )


def by_psycopg(endpoint, sql: str, rows: int, binary: bool) -> None:
    with endpoint.connect() as connection, connection.cursor(binary=binary) as cursor:
        fetched = cursor.execute(sql).fetchall()
        assert len(fetched) == rows
        del fetched
    gc.collect()


def main() -> int:
    options = arguments(__doc__, scale=1.0, runs=3, psycopg_rows=300_000)
    report = Report("fetch")
    with tpch(options.scale) as source:
        (rows,) = source.execute("select count(*) from lineitem").fetchone()
    report.notes |= {"rows": rows, "columns": 16, "rows by psycopg": options.psycopg_rows}
    with postgres() as cluster:
        print("  loading lineitem into PostgreSQL …", flush=True)
        cluster.endpoint.run("create schema tpch")
        cluster.endpoint.run(f"create table tpch.lineitem ({LINEITEM})")
        copy_file(
            cluster.endpoint,
            lineitem_csv(options.scale),
            "copy tpch.lineitem from stdin (format csv, header)",
        )
        cluster.endpoint.run("vacuum analyze tpch.lineitem")
        if options.without_martinet:
            measure(report, {"postgres": cluster.endpoint}, None, rows, options)
        else:
            with martinet("tpch", options.scale) as server, lake(server, "tpch") as connection:
                endpoints = {"martinet": server.endpoint, "postgres": cluster.endpoint}
                measure(report, endpoints, connection, rows, options)
    return 0 if report.save() else 1


def measure(report: Report, endpoints, connection, rows: int, options) -> None:
    everything = "select * from tpch.lineitem"
    sides = {side: (lambda e=endpoint: by_adbc(e, everything, rows)) for side, endpoint in endpoints.items()}
    if connection is not None:
        sides["in-process DuckDB"] = lambda: in_process(connection, everything, rows)
    report.compare(
        f"{rows} rows into Arrow by ADBC",
        sides,
        runs=options.runs,
        targets={"in-process DuckDB": 2.0, "postgres": 0.25},
    )
    report.compare(
        f"{rows} rows by libpq alone",
        {side: (lambda e=endpoint: by_libpq(e, everything)) for side, endpoint in endpoints.items()},
        runs=options.runs,
        targets={"postgres": 0.25},
    )
    part = f"{everything} limit {options.psycopg_rows}"
    for name, binary in (("text", False), ("binary", True)):
        report.compare(
            f"{options.psycopg_rows} rows by psycopg, {name}",
            {
                side: (lambda e=endpoint, b=binary: by_psycopg(e, part, options.psycopg_rows, b))
                for side, endpoint in endpoints.items()
            },
            runs=options.runs,
            targets={"postgres": 1.0},
        )


if __name__ == "__main__":
    sys.exit(main())
