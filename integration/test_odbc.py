"""psqlODBC, the driver behind Power BI, Excel and Tableau: Debian's library, used through pyodbc."""

import datetime
import decimal
import glob
import threading
import time
import uuid

import pyodbc
import pytest

SCHEMA = "odbc_check"
HEAVY = "select sum(a * b) from generate_series(1, 200000) x(a), generate_series(1, 200000) y(b)"


def connection_string(server, **options):
    (driver,) = glob.glob("/usr/lib/*/odbc/psqlodbcw.so")
    parts = {
        "DRIVER": driver,
        "SERVER": server.host,
        "PORT": server.port,
        "DATABASE": server.database,
        "UID": server.user,
        "PWD": server.password,
        "SSLMODE": "require",
        **options,
    }
    return ";".join(f"{key}={value}" for key, value in parts.items())


@pytest.fixture(scope="module")
def star(martinet):
    with pyodbc.connect(connection_string(martinet), autocommit=True) as connection:
        connection.execute(f"drop schema if exists {SCHEMA} cascade")
        connection.execute(f"create schema {SCHEMA}")
        connection.execute(
            f"create table {SCHEMA}.customer (id integer primary key, name varchar(40) not null,"
            " balance numeric(12,2), since date, seen timestamp, weight double precision, active boolean,"
            " note text)"
        )
        connection.execute(
            f"create view {SCHEMA}.actives as select id, name from {SCHEMA}.customer where active"
        )
        connection.execute(
            f"insert into {SCHEMA}.customer values"
            " (1, 'Ada', 10.50, '2024-02-29', '2024-02-29 12:34:56.789', 1.5, true, null),"
            " (2, 'Zoë', -0.01, '1999-12-31', null, 0.1, false, 'x')"
        )
    yield martinet
    with pyodbc.connect(connection_string(martinet), autocommit=True) as connection:
        connection.execute(f"drop schema {SCHEMA} cascade")


@pytest.fixture(params=[{}, {"UseDeclareFetch": 1, "Fetch": 50}, {"UseServerSidePrepare": 0}], ids=str)
def connection(star, request):
    with pyodbc.connect(connection_string(star, **request.param)) as connection:
        yield connection


def test_the_driver_manager_sees_a_postgresql(connection):
    assert connection.getinfo(pyodbc.SQL_DBMS_NAME) == "PostgreSQL"
    assert int(connection.getinfo(pyodbc.SQL_DBMS_VER).split(".")[0]) >= 14
    assert connection.execute("select current_database()").fetchval() == connection.getinfo(
        pyodbc.SQL_DATABASE_NAME
    )


def test_tables(connection):
    rows = connection.cursor().tables(schema=SCHEMA).fetchall()
    assert {(row.table_name, row.table_type) for row in rows} == {("customer", "TABLE"), ("actives", "VIEW")}
    assert [
        row.table_name for row in connection.cursor().tables("customer", schema=SCHEMA, tableType="TABLE")
    ] == ["customer"]


def test_columns(connection):
    rows = connection.cursor().columns("customer", schema=SCHEMA).fetchall()
    assert [(row.column_name, row.type_name, bool(row.nullable)) for row in rows] == [
        ("id", "int4", False),
        ("name", "varchar", False),
        ("balance", "numeric", True),
        ("since", "date", True),
        ("seen", "timestamp", True),
        ("weight", "float8", True),
        ("active", "bool", True),
        ("note", "text", True),
    ]
    (balance,) = [row for row in rows if row.column_name == "balance"]
    assert (balance.column_size, balance.decimal_digits) == (12, 2)


def test_primary_key_and_statistics(connection):
    assert [row.column_name for row in connection.cursor().primaryKeys("customer", schema=SCHEMA)] == ["id"]
    indexes = connection.cursor().statistics("customer", schema=SCHEMA, unique=True).fetchall()
    assert {row.column_name for row in indexes if row.index_name} == {"id"}
    assert connection.cursor().foreignKeys("customer", schema=SCHEMA).fetchall() == []


def test_types(connection):
    names = {row.type_name for row in connection.cursor().getTypeInfo()}
    assert {"int4", "int8", "numeric", "varchar", "text", "date", "float8", "bool"} <= names


def test_rows(connection):
    rows = connection.execute(f"select * from {SCHEMA}.customer order by id").fetchall()
    assert [tuple(row) for row in rows] == [
        (
            1,
            "Ada",
            decimal.Decimal("10.50"),
            datetime.date(2024, 2, 29),
            datetime.datetime(2024, 2, 29, 12, 34, 56, 789000),
            1.5,
            "1",  # the driver's default: booleans as characters
            None,
        ),
        (2, "Zoë", decimal.Decimal("-0.01"), datetime.date(1999, 12, 31), None, 0.1, "0", "x"),
    ]


def test_scalars(connection):
    row = connection.execute(
        "select cast('00112233-4455-6677-8899-aabbccddeeff' as uuid), cast(9223372036854775807 as bigint),"
        " cast(12345678901234567890.5 as numeric(38,1)), cast('23:59:59' as time), count(*) as n from"
        " generate_series(1, 5) t(g)"
    ).fetchone()
    assert uuid.UUID(str(row[0])) == uuid.UUID("00112233-4455-6677-8899-aabbccddeeff")
    assert row[1] == 9223372036854775807
    assert row[2] == decimal.Decimal("12345678901234567890.5")
    assert row[3] == datetime.time(23, 59, 59)
    assert row.n == 5


def test_parameters(connection):
    sql = (
        f"select name from {SCHEMA}.customer where id > ? and since < ? and (balance < ? or name = ?)"
        " and (seen is null or seen < ?) order by name"
    )
    for _ in range(3):
        rows = connection.execute(
            sql,
            0,
            datetime.date(2030, 1, 1),
            decimal.Decimal("0.00"),
            "Ada",
            datetime.datetime(2025, 1, 1),
        ).fetchall()
        assert [row.name for row in rows] == ["Ada", "Zoë"]


def test_many_rows_come_in_portions(connection):
    cursor = connection.cursor()
    cursor.execute("select g, 'row ' || g from generate_series(1, 5000) t(g) order by g")
    first = cursor.fetchmany(10)
    assert [row[0] for row in first] == list(range(1, 11))
    rest = cursor.fetchall()
    assert (len(rest), rest[-1][1]) == (4990, "row 5000")


def test_writes_commit_and_roll_back(connection):
    cursor = connection.cursor()
    insert = f"insert into {SCHEMA}.customer (id, name, balance) values (?, ?, ?)"
    cursor.executemany(insert, [(100 + i, f"n{i}", decimal.Decimal(i)) for i in range(20)])
    assert cursor.execute(f"update {SCHEMA}.customer set balance = 0 where id >= ?", 110).rowcount == 10
    connection.rollback()
    assert cursor.execute(f"select count(*) from {SCHEMA}.customer where id >= 100").fetchval() == 0
    cursor.execute(insert, 100, "kept", None)
    connection.commit()
    assert cursor.execute(f"select name from {SCHEMA}.customer where id = 100").fetchval() == "kept"
    assert cursor.execute(f"delete from {SCHEMA}.customer where id = 100").rowcount == 1
    connection.commit()


def test_cancel(connection):
    cursor = connection.cursor()
    timer = threading.Timer(0.7, cursor.cancel)
    started = time.monotonic()
    timer.start()
    with pytest.raises(pyodbc.Error) as caught:
        cursor.execute(HEAVY).fetchall()
    assert caught.value.args[0] in {"57014", "HY008", "S1008"}
    assert time.monotonic() - started < 10
    connection.rollback()
    assert connection.execute("select 1").fetchval() == 1


@pytest.mark.parametrize(
    ("sql", "state"),
    [
        (f"select * from {SCHEMA}.nowhere", "42S02"),
        (f"select nope from {SCHEMA}.customer", "42S22"),
        ("selec 1", "42601"),
        ("select 1 / 0", "22012"),
        ("select no_such_function(1)", "42883"),
        (f"create table {SCHEMA}.customer (a integer)", "42S01"),
    ],
)
def test_errors_carry_their_state(connection, sql, state):
    with pytest.raises(pyodbc.Error) as caught:
        connection.execute(sql)
    assert caught.value.args[0] in {state, {"42S02": "42P01", "42S22": "42703", "42S01": "42P07"}.get(state)}
    connection.rollback()
    assert connection.execute("select 1").fetchval() == 1


def test_a_failing_statement_leaves_the_transaction_usable(star):
    """The driver sets a savepoint before each statement (Protocol=7.4-2), so that the rest stays."""
    with pyodbc.connect(connection_string(star, Protocol="7.4-2")) as connection:
        connection.execute(f"insert into {SCHEMA}.customer (id, name) values (200, 'before')")
        with pytest.raises(pyodbc.Error):
            connection.execute("select nope")
        assert connection.execute(f"select count(*) from {SCHEMA}.customer where id = 200").fetchval() == 1
        connection.rollback()


def test_a_wrong_password_is_refused(star):
    with pytest.raises(pyodbc.Error, match="password authentication failed"):
        pyodbc.connect(connection_string(star, PWD="wrong"))
