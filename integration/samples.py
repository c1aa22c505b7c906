"""Statements and values that several client tests share."""

import datetime
import time
import uuid
from collections.abc import Callable
from decimal import Decimal

UTC = datetime.UTC

# Long enough for any test to cancel it, in either server.
HEAVY = "select sum(a * b) from generate_series(1, 300000) x(a), generate_series(1, 300000) y(b)"

# Columns, their types and one ordinary value of each, as SQL and as Python.
COLUMNS: list[tuple[str, str, str, object]] = [
    ("flag", "boolean", "true", True),
    ("small", "smallint", "-32768", -32768),
    ("whole", "integer", "2147483647", 2147483647),
    ("large", "bigint", "-9223372036854775807", -9223372036854775807),
    ("single", "real", "1.5", 1.5),
    ("double", "double precision", "0.1", 0.1),
    ("price", "numeric(12,2)", "-1234567.89", Decimal("-1234567.89")),
    (
        "wide",
        "numeric(38,0)",
        "12345678901234567890123456789012345678",
        Decimal("1" + "2345678901234567890" + "123456789012345678"),
    ),
    ("day", "date", "date '2024-02-29'", datetime.date(2024, 2, 29)),
    ("clock", "time", "time '23:59:59.123456'", datetime.time(23, 59, 59, 123456)),
    (
        "stamp",
        "timestamp",
        "timestamp '1999-12-31 23:59:59.5'",
        datetime.datetime(1999, 12, 31, 23, 59, 59, 500000),
    ),
    (
        "moment",
        "timestamptz",
        "timestamptz '2024-07-01 12:00:00+02'",
        datetime.datetime(2024, 7, 1, 10, 0, tzinfo=UTC),
    ),
    (
        "key",
        "uuid",
        "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
        uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    ),
    ("bytes", "bytea", "'\\x00ff41'::bytea", b"\x00\xffA"),
    ("words", "text", "'Zoë ''quoted'' \\ 🦆'", "Zoë 'quoted' \\ 🦆"),
    ("short", "varchar(20)", "''", ""),
    ("numbers", "integer[]", "array[1, null, 3]", [1, None, 3]),
    ("labels", "text[]", "array['a', 'b,c', '\"d\"']", ["a", "b,c", '"d"']),
]
NAMES = [name for name, _, _, _ in COLUMNS]
VALUES = [value for _, _, _, value in COLUMNS]


def create_types_table(schema: str, table: str = "samples") -> list[str]:
    """Statements that make a table of every type: row 1 with values, row 2 all NULL."""
    columns = ", ".join(f"{name} {sql_type}" for name, sql_type, _, _ in COLUMNS)
    values = ", ".join(literal for _, _, literal, _ in COLUMNS)
    nulls = ", ".join("null" for _ in COLUMNS)
    return [
        f"create table {schema}.{table} (id integer not null, {columns})",
        f"insert into {schema}.{table} values (1, {values}), (2, {nulls})",
    ]


def eventually(check: Callable[[], object], timeout_s: float = 10) -> object:
    """Waits until `check` answers something true."""
    deadline = time.monotonic() + timeout_s
    while True:
        if answer := check():
            return answer
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)
