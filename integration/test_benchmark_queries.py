"""All TPC-H, SSB and TPC-DS queries through psycopg: the rows that DuckDB computes in this process."""

import datetime
import math
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from servers import ROOT

QUERIES = ROOT / "bench" / "queries"
EXTENSIONS = ROOT / "vendor" / "duckdb" / "extensions"
TPCDS_SCALE = 0.1

pytestmark = pytest.mark.martinet_only


def query_files(benchmark: str, count: int) -> list[Path]:
    files = sorted((QUERIES / benchmark).glob("*.sql"))
    assert len(files) == count, f"{len(files)} queries in {QUERIES / benchmark}"
    return files


def engine() -> duckdb.DuckDBPyConnection:
    """DuckDB with the settings by which Martinet answers as PostgreSQL does."""
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    connection.execute("set integer_division = true")
    connection.execute("set default_null_order = 'nulls_last_on_asc_first_on_desc'")
    return connection


@pytest.fixture(scope="module")
def lake(martinet_server):
    """The server's own lake, read in this process."""
    with engine() as connection:
        for extension in ("ducklake", "sqlite_scanner"):
            connection.execute(f"load '{EXTENSIONS / extension}.duckdb_extension'")
        catalog = martinet_server.data / "catalog.sqlite"
        connection.execute(f"attach 'ducklake:sqlite:{catalog}' as lake (read_only)")
        yield connection


@pytest.fixture(scope="module")
def retail(martinet, tmp_path_factory):
    """TPC-DS made in this process and copied into a schema of the server."""
    file = tmp_path_factory.mktemp("tpcds") / "table.csv"
    with engine() as twin, martinet.connect() as connection:
        twin.execute(f"load '{EXTENSIONS / 'tpcds.duckdb_extension'}'")
        twin.execute(f"call dsdgen(sf = {TPCDS_SCALE})")
        connection.execute("drop schema if exists tpcds cascade")
        connection.execute("create schema tpcds")
        tables = twin.execute("select table_name from duckdb_tables() where not internal").fetchall()
        for (table,) in tables:
            columns = twin.table(table)
            body = ", ".join(
                f"{name} {kind}" for name, kind in zip(columns.columns, columns.types, strict=True)
            )
            connection.execute(f"create table tpcds.{table} ({body})")
            twin.execute(f"copy {table} to '{file}' (format csv, header false)")
            with connection.cursor().copy(f"copy tpcds.{table} from stdin (format csv)") as copy:
                copy.write(file.read_bytes())
        connection.execute("set search_path = tpcds, public")
        yield connection, twin
        connection.execute("drop schema tpcds cascade")


def plain(value):
    """One spelling for what two drivers return in several types."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal | float):
        number = float(value)
        return 0.0 if number == 0 else number
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None).isoformat()
    if isinstance(value, datetime.date):
        return datetime.datetime.combine(value, datetime.time()).isoformat()
    return value


def order(row):
    return [
        (
            value is None,
            type(value).__name__,
            float(f"{value:.8g}") if isinstance(value, float) else value or "",
        )
        for value in row
    ]


def alike(left, right) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    return left == right


def check(actual, wanted) -> None:
    actual = sorted(([plain(value) for value in row] for row in actual), key=order)
    wanted = sorted(([plain(value) for value in row] for row in wanted), key=order)
    assert len(actual) == len(wanted)
    for left, right in zip(actual, wanted, strict=True):
        assert len(left) == len(right)
        assert all(alike(a, b) for a, b in zip(left, right, strict=True)), (left, right)


def compare(martinet, lake, schema, sql) -> None:
    lake.execute(f"use lake.{schema}")
    with martinet.connect() as connection:
        connection.execute(f"set search_path = {schema}")
        check(connection.execute(sql.encode()).fetchall(), lake.execute(sql).fetchall())


@pytest.mark.parametrize("query", query_files("tpch", 22), ids=lambda path: path.stem)
def test_tpch(martinet, lake, query):
    compare(martinet, lake, "tpch", query.read_text())


@pytest.mark.parametrize("query", query_files("ssb", 13), ids=lambda path: path.stem)
def test_ssb(martinet, lake, query):
    compare(martinet, lake, "ssb", query.read_text())


@pytest.mark.parametrize("query", query_files("tpcds", 99), ids=lambda path: path.stem)
def test_tpcds(retail, query):
    connection, twin = retail
    sql = query.read_text()
    check(connection.execute(sql.encode()).fetchall(), twin.execute(sql).fetchall())
