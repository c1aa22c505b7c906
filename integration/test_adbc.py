"""ADBC's PostgreSQL driver: results as Arrow by binary COPY, ingestion of Arrow tables, metadata."""

import datetime
import threading
import time
from collections.abc import Iterator
from decimal import Decimal

import adbc_driver_manager
import adbc_driver_postgresql.dbapi as adbc
import pyarrow
import pytest
from samples import HEAVY, create_types_table
from servers import Endpoint


@pytest.fixture(scope="module")
def filled(martinet: Endpoint, schema: str) -> str:
    with adbc.connect(martinet.uri()) as connection:
        with connection.cursor() as cursor:
            for statement in create_types_table(schema):
                cursor.execute(statement)
        connection.commit()
    return schema


@pytest.fixture
def connection(martinet: Endpoint, filled: str) -> Iterator[adbc.Connection]:
    with adbc.connect(martinet.uri()) as connection:
        yield connection


def fetch(connection: adbc.Connection, statement: str, parameters: tuple = ()) -> pyarrow.Table:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetch_arrow_table()


def test_values_of_each_type_become_arrow(connection, filled: str) -> None:
    table = fetch(
        connection,
        "select id, flag, small, whole, large, single, double, day, clock, stamp, moment, bytes, words,"
        f" numbers, labels from {filled}.samples order by id",
    )
    types = {field.name: str(field.type) for field in table.schema}
    assert types == {
        "id": "int32",
        "flag": "bool",
        "small": "int16",
        "whole": "int32",
        "large": "int64",
        "single": "float",
        "double": "double",
        "day": "date32[day]",
        "clock": "time64[us]",
        "stamp": "timestamp[us]",
        "moment": "timestamp[us, tz=UTC]",
        "bytes": "binary",
        "words": "string",
        "numbers": "list<item: int32>",
        "labels": "list<item: string>",
    }
    first, second = table.to_pylist()
    assert first["large"] == -9223372036854775807
    assert first["day"] == datetime.date(2024, 2, 29)
    assert first["moment"] == datetime.datetime(2024, 7, 1, 10, tzinfo=datetime.UTC)
    assert first["bytes"] == b"\x00\xffA"
    assert first["words"] == "Zoë 'quoted' \\ 🦆"
    assert first["numbers"] == [1, None, 3]
    assert {value for name, value in second.items() if name != "id"} == {None}


def test_numeric_keeps_every_digit(connection, filled: str) -> None:
    table = fetch(connection, f"select price, wide from {filled}.samples where id = 1")
    assert [Decimal(str(value)) for value in table.to_pylist()[0].values()] == [
        Decimal("-1234567.89"),
        Decimal("12345678901234567890123456789012345678"),
    ]


def test_a_big_result(connection) -> None:
    table = fetch(
        connection,
        "select i, i::float8 / 2 as half, 'row ' || i as name from generate_series(1, 1000000) t(i)",
    )
    assert table.num_rows == 1000000
    assert table["half"][999999].as_py() == 500000.0
    assert table["name"][0].as_py() == "row 1"


def test_an_empty_result_has_its_types(connection, filled: str) -> None:
    table = fetch(connection, f"select id, words from {filled}.samples where false")
    assert table.num_rows == 0
    assert [str(field.type) for field in table.schema] == ["int32", "string"]


def test_parameters(connection, filled: str) -> None:
    table = fetch(
        connection, f"select id from {filled}.samples where whole = $1 and words like $2", (2147483647, "Z%")
    )
    assert table.to_pydict() == {"id": [1]}


def test_ingest_creates_appends_and_replaces(connection, filled: str) -> None:
    table = pyarrow.table(
        {
            "a": pyarrow.array([1, 2, None], pyarrow.int64()),
            "b": pyarrow.array(["x", None, "z"]),
            "c": pyarrow.array([0.5, None, -1.0]),
            "d": pyarrow.array([datetime.date(2024, 1, 1), None, datetime.date(1970, 1, 1)]),
            "e": pyarrow.array([True, False, None]),
            "f": pyarrow.array([datetime.datetime(2024, 1, 1, 1, 2, 3), None, None], pyarrow.timestamp("us")),
        }
    )
    with connection.cursor() as cursor:
        assert cursor.adbc_ingest("ingested", table, mode="create", db_schema_name=filled) == 3
        assert cursor.adbc_ingest("ingested", table, mode="append", db_schema_name=filled) == 3
    connection.commit()
    assert fetch(connection, f"select count(*), sum(a) from {filled}.ingested").to_pylist()[0]["count"] == 6
    with connection.cursor() as cursor:
        cursor.adbc_ingest("ingested", table.slice(0, 1), mode="replace", db_schema_name=filled)
    connection.commit()
    assert fetch(connection, f"select * from {filled}.ingested").to_pylist() == table.slice(0, 1).to_pylist()


def test_ingest_of_many_rows(connection, filled: str) -> None:
    count = 300_000
    table = pyarrow.table(
        {"a": pyarrow.array(range(count), pyarrow.int32()), "b": [f"row {i}" for i in range(count)]}
    )
    with connection.cursor() as cursor:
        cursor.adbc_ingest("many", table, mode="create", db_schema_name=filled)
    connection.commit()
    rows = fetch(
        connection, f"select count(*) as n, sum(a) as total, max(b) as last from {filled}.many"
    ).to_pylist()
    assert (rows[0]["n"], int(rows[0]["total"]), rows[0]["last"]) == (
        count,
        count * (count - 1) // 2,
        "row 99999",
    )


def test_a_rolled_back_ingest_leaves_nothing(connection, filled: str) -> None:
    with connection.cursor() as cursor:
        cursor.adbc_ingest("gone", pyarrow.table({"a": [1]}), mode="create", db_schema_name=filled)
    connection.rollback()
    with pytest.raises(adbc_driver_manager.Error):
        fetch(connection, f"select * from {filled}.gone")


def test_introspection(connection, filled: str) -> None:
    assert connection.adbc_get_info()["vendor_name"] == "PostgreSQL"
    objects = connection.adbc_get_objects(depth="columns", db_schema_filter=filled).read_all().to_pylist()
    schemas = [schema for catalog in objects for schema in catalog["catalog_db_schemas"]]
    tables = {table["table_name"]: table for schema in schemas for table in schema["db_schema_tables"]}
    columns = [column["column_name"] for column in tables["samples"]["table_columns"]]
    assert columns[:3] == ["id", "flag", "small"]
    described = connection.adbc_get_table_schema("samples", db_schema_filter=filled)
    assert str(described.field("whole").type) == "int32"
    assert "table" in connection.adbc_get_table_types()


def test_an_error_has_its_sqlstate(connection) -> None:
    for statement, state in [
        ("select * from nowhere", "42P01"),
        ("selec 1", "42601"),
        ("select 1/0", "22012"),
    ]:
        with pytest.raises(adbc_driver_manager.Error) as caught:
            fetch(connection, statement)
        assert caught.value.sqlstate == state
        connection.rollback()
    assert fetch(connection, "select 1 as one").to_pydict() == {"one": [1]}


def test_cancel(connection) -> None:
    with connection.cursor() as cursor:
        threading.Timer(0.5, cursor.adbc_cancel).start()
        started = time.monotonic()
        with pytest.raises(adbc_driver_manager.Error) as caught:
            cursor.execute(HEAVY)
            cursor.fetch_arrow_table()
        assert caught.value.sqlstate == "57014"
        assert time.monotonic() - started < 5
