"""psycopg2: simple queries in text, the driver below SQLAlchemy 1.4 and Superset."""

import io
import threading
import time
from collections.abc import Iterator
from decimal import Decimal

import psycopg2
import psycopg2.errors
import psycopg2.extensions
import psycopg2.extras
import pytest
from samples import COLUMNS, HEAVY, NAMES, VALUES, create_types_table
from servers import Endpoint

psycopg2.extras.register_uuid()


@pytest.fixture(scope="module")
def filled(martinet: Endpoint, schema: str) -> str:
    with psycopg2.connect(**martinet.parameters()) as connection, connection.cursor() as cursor:
        for statement in create_types_table(schema):
            cursor.execute(statement)
    connection.close()
    return schema


@pytest.fixture
def connection(martinet: Endpoint, filled: str) -> Iterator[psycopg2.extensions.connection]:
    connection = psycopg2.connect(**martinet.parameters(options="-c timezone=UTC"))
    yield connection
    connection.close()


def test_the_connection_is_encrypted_and_looks_like_postgresql(connection) -> None:
    assert connection.info.ssl_in_use
    assert connection.info.ssl_attribute("protocol") == "TLSv1.3"
    assert connection.server_version >= 150000
    assert connection.encoding == "UTF8"
    assert connection.info.parameter_status("standard_conforming_strings") == "on"
    assert connection.info.parameter_status("integer_datetimes") == "on"
    assert connection.info.parameter_status("DateStyle").startswith("ISO")
    assert connection.info.backend_pid > 0


def test_a_wrong_password_is_28P01(martinet: Endpoint) -> None:
    with pytest.raises(psycopg2.OperationalError, match=r"password authentication failed for user"):
        psycopg2.connect(**martinet.parameters(password="wrong"))


def test_an_unknown_user_gets_the_same_answer_as_a_wrong_password(martinet: Endpoint) -> None:
    with pytest.raises(psycopg2.OperationalError, match=r'password authentication failed for user "nobody"'):
        psycopg2.connect(**martinet.parameters(user="nobody"))


def test_an_unknown_database_is_3D000(martinet: Endpoint) -> None:
    with pytest.raises(psycopg2.OperationalError, match=r'database "nowhere" does not exist'):
        psycopg2.connect(**martinet.parameters(dbname="nowhere"))


@pytest.mark.parametrize(("name", "value"), list(zip(NAMES, VALUES, strict=True)), ids=NAMES)
def test_a_value_of_each_type_and_null(connection, filled: str, name: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'select "{name}" from {filled}.samples order by id')
        (first,), (second,) = cursor.fetchall()
    if isinstance(first, memoryview):
        first = bytes(first)
    assert first == value
    assert type(first) is type(value)
    assert second is None


def test_the_description_names_postgresql_types(connection, filled: str) -> None:
    oids = {"boolean": 16, "smallint": 21, "integer": 23, "bigint": 20, "real": 700, "double precision": 701}
    oids |= {"numeric(12,2)": 1700, "numeric(38,0)": 1700, "date": 1082, "time": 1083, "timestamp": 1114}
    oids |= {"timestamptz": 1184, "uuid": 2950, "bytea": 17, "text": 25, "integer[]": 1007, "text[]": 1009}
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {filled}.samples")
        described = {column.name: column for column in cursor.description}
    assert list(described) == ["id", *NAMES]
    for name, sql_type, _, _ in COLUMNS:
        if sql_type in oids:
            assert described[name].type_code == oids[sql_type], name
    assert (described["price"].precision, described["price"].scale) == (12, 2)


def test_parameters_of_each_type_come_back(connection, filled: str) -> None:
    with connection.cursor() as cursor:
        columns = ", ".join(f'"{name}"' for name in NAMES)
        marks = ", ".join(["%s"] * len(NAMES))
        cursor.execute(f"insert into {filled}.samples (id, {columns}) values (3, {marks})", VALUES)
        assert cursor.rowcount == 1
        cursor.execute(f"select {columns} from {filled}.samples where id = %s", (3,))
        row = [bytes(value) if isinstance(value, memoryview) else value for value in cursor.fetchone()]
    connection.rollback()
    assert row == VALUES


def test_a_result_of_a_million_rows(connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select i, 'row ' || i from generate_series(1, 1000000) t(i)")
        rows = cursor.fetchall()
    assert len(rows) == 1_000_000
    assert rows[0] == (1, "row 1")
    assert rows[-1] == (1_000_000, "row 1000000")


def test_a_named_cursor_fetches_in_parts(connection) -> None:
    with connection.cursor("part") as cursor:
        cursor.itersize = 1000
        cursor.execute("select i from generate_series(1, 25000) t(i)")
        assert sum(value for (value,) in cursor) == 25000 * 25001 // 2


def test_a_named_cursor_scrolls_and_holds(connection) -> None:
    with connection.cursor("kept", scrollable=True, withhold=True) as cursor:
        cursor.execute("select i from generate_series(1, 10) t(i)")
        assert cursor.fetchone() == (1,)
        connection.commit()
        cursor.scroll(3)
        assert cursor.fetchone() == (5,)
        cursor.scroll(2, mode="absolute")
        assert cursor.fetchall() == [(i,) for i in range(3, 11)]


def test_writes_are_transactional(connection, filled: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"create table {filled}.moved (a integer)")
        cursor.execute(f"insert into {filled}.moved values (1)")
        connection.rollback()
        cursor.execute("select to_regclass(%s)", (f"{filled}.moved",))
        assert cursor.fetchone() == (None,)
        cursor.execute(f"create table {filled}.moved (a integer)")
        psycopg2.extras.execute_values(
            cursor, f"insert into {filled}.moved values %s", [(i,) for i in range(1000)]
        )
        connection.commit()
        cursor.execute(f"update {filled}.moved set a = -a where a % 2 = 0")
        assert cursor.rowcount == 500
        cursor.execute(f"delete from {filled}.moved where a < 0")
        assert cursor.rowcount == 499
        connection.commit()
        cursor.execute(f"select count(*), sum(a) from {filled}.moved")
        assert cursor.fetchone() == (501, 250000)
        connection.commit()


def test_copy_in_and_out(connection, filled: str) -> None:
    rows = "1\tone\n2\t\\N\n3\ttab\\tand \\\\ backslash\n"
    with connection.cursor() as cursor:
        cursor.execute(f"create table {filled}.copied (a integer, b text)")
        cursor.copy_expert(f"copy {filled}.copied from stdin", io.StringIO(rows))
        assert cursor.rowcount == 3
        cursor.execute(f"select b from {filled}.copied order by a")
        assert cursor.fetchall() == [("one",), (None,), ("tab\tand \\ backslash",)]
        out = io.StringIO()
        cursor.copy_expert(f"copy (select * from {filled}.copied order by a) to stdout", out)
        assert out.getvalue() == rows
        out = io.StringIO()
        cursor.copy_expert(f"copy {filled}.copied (b, a) to stdout with (format csv, header)", out)
        assert sorted(out.getvalue().splitlines()) == [",2", "b,a", "one,1", "tab\tand \\ backslash,3"]
    connection.rollback()


def test_a_bad_copy_line_is_22P02_and_keeps_nothing(connection, filled: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"create table {filled}.kept (a integer)")
        connection.commit()
        with pytest.raises(psycopg2.errors.InvalidTextRepresentation, match="line 2"):
            cursor.copy_expert(f"copy {filled}.kept from stdin", io.StringIO("1\nx\n"))
        connection.rollback()
        cursor.execute(f"select count(*) from {filled}.kept")
        assert cursor.fetchone() == (0,)


def test_cancel_ends_a_running_statement(connection) -> None:
    threading.Timer(0.3, connection.cancel).start()
    started = time.monotonic()
    with pytest.raises(psycopg2.errors.QueryCanceled, match="canceling statement due to user request"):
        connection.cursor().execute(HEAVY)
    assert time.monotonic() - started < 5
    connection.rollback()
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)


def test_statement_timeout(connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = '200ms'")
        with pytest.raises(psycopg2.errors.QueryCanceled, match="due to statement timeout"):
            cursor.execute(HEAVY)


ERRORS = [
    ("select * from nowhere", psycopg2.errors.UndefinedTable, 'relation "nowhere" does not exist'),
    ("select nothing from pg_class", psycopg2.errors.UndefinedColumn, 'column "nothing" does not exist'),
    ("selec 1", psycopg2.errors.SyntaxError, 'syntax error at or near "selec"'),
    ("select no_such_function(1)", psycopg2.errors.UndefinedFunction, "no_such_function"),
    ("select 1/0", psycopg2.errors.DivisionByZero, "division by zero"),
    (
        "select 'x'::integer",
        psycopg2.errors.InvalidTextRepresentation,
        "invalid input syntax for type integer",
    ),
    ("create table no_such_schema.t (a int)", psycopg2.errors.InvalidSchemaName, "no_such_schema"),
    ("select 32767::smallint + 1::smallint", psycopg2.errors.NumericValueOutOfRange, "smallint out of range"),
    ("select date '2024-13-01'", psycopg2.errors.DatetimeFieldOverflow, "out of range"),
    ("create table pg_temp_check.x (a int", psycopg2.errors.SyntaxError, "syntax error at end of input"),
]


@pytest.mark.parametrize(("statement", "error", "message"), ERRORS, ids=[case[0] for case in ERRORS])
def test_an_error_has_its_sqlstate_and_wording(connection, statement: str, error: type, message: str) -> None:
    with pytest.raises(error, match=message), connection.cursor() as cursor:
        cursor.execute(statement)
    assert connection.info.transaction_status == psycopg2.extensions.TRANSACTION_STATUS_INERROR


def test_an_error_points_at_its_place(connection) -> None:
    with pytest.raises(psycopg2.errors.UndefinedColumn) as caught, connection.cursor() as cursor:
        cursor.execute("select relname, nothing from pg_class")
    assert caught.value.diag.severity == "ERROR"
    assert caught.value.diag.statement_position == "17"
    assert "LINE 1: select relname, nothing from pg_class" in str(caught.value)


def test_several_statements_in_one_execute(connection, filled: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"create table {filled}.many (a int); insert into {filled}.many values (1), (2); select 7"
        )
        assert cursor.fetchall() == [(7,)]
    connection.rollback()


def test_decimals_keep_their_scale(connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select 1.10::numeric(10,2), 100::numeric(10,3), sum(x) from (values (0.10), (0.20)) t(x)"
        )
        assert [str(value) for value in cursor.fetchone()] == ["1.10", "100.000", "0.30"]
        assert cursor.description[0].type_code == 1700
        cursor.execute("select %s::numeric", (Decimal("1.23456789"),))
        assert cursor.fetchone() == (Decimal("1.23456789"),)
