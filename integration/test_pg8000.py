"""pg8000: a driver without libpq; extended protocol, everything in text."""

import io
import ssl
import threading
import time
from collections.abc import Iterator
from decimal import Decimal

import pg8000.dbapi
import pg8000.native
import pytest
from samples import COLUMNS, HEAVY, NAMES, VALUES, create_types_table
from servers import Endpoint


def context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def connect(server: Endpoint) -> pg8000.native.Connection:
    return pg8000.native.Connection(
        server.user,
        server.host,
        server.database,
        server.port,
        server.password,
        ssl_context=context(),
        timeout=60,
    )


@pytest.fixture(scope="module")
def filled(martinet: Endpoint, schema: str) -> str:
    connection = connect(martinet)
    for statement in create_types_table(schema):
        connection.run(statement)
    connection.close()
    return schema


@pytest.fixture
def connection(martinet: Endpoint, filled: str) -> Iterator[pg8000.native.Connection]:
    connection = connect(martinet)
    yield connection
    connection.close()


@pytest.mark.parametrize(("name", "value"), list(zip(NAMES, VALUES, strict=True)), ids=NAMES)
def test_a_value_of_each_type_and_null(connection, filled: str, name: str, value: object) -> None:
    (first,), (second,) = connection.run(f'select "{name}" from {filled}.samples order by id')
    assert first == value
    assert second is None


@pytest.mark.parametrize(
    ("sql_type", "value"), [(t, v) for _, t, _, v in COLUMNS], ids=[name for name, *_ in COLUMNS]
)
def test_a_parameter_of_each_type_comes_back(connection, sql_type: str, value: object) -> None:
    assert connection.run(f"select cast(:value as {sql_type})", value=value) == [[value]]
    assert connection.run(f"select cast(:value as {sql_type})", value=None) == [[None]]


def test_rows_are_written_and_counted(connection, filled: str) -> None:
    connection.run(f"create table {filled}.written (a int, b numeric(10,2))")
    for number in range(20):
        connection.run(f"insert into {filled}.written values (:a, :b)", a=number, b=Decimal(number) / 4)
        assert connection.row_count == 1
    connection.run(f"update {filled}.written set b = 0 where a < :limit", limit=5)
    assert connection.row_count == 5
    assert connection.run(f"select count(*), sum(b) from {filled}.written") == [[20, Decimal("45.00")]]


def test_a_prepared_statement(connection) -> None:
    statement = connection.prepare("select cast(:a as int) + 1 as next")
    for number in range(10):
        assert statement.run(a=number) == [[number + 1]]
    assert [column["name"] for column in statement.columns] == ["next"]
    statement.close()


def test_a_big_result(connection) -> None:
    rows = connection.run("select i from generate_series(1, 200000) t(i)")
    assert (len(rows), rows[-1]) == (200000, [200000])


def test_copy_in_and_out(connection, filled: str) -> None:
    connection.run(f"create table {filled}.copied (a int, b text)")
    connection.run(f"copy {filled}.copied from stdin with (format csv)", stream=io.StringIO("1,one\n2,\n"))
    out = io.BytesIO()
    connection.run(f"copy (select * from {filled}.copied order by a) to stdout", stream=out)
    assert out.getvalue() == b"1\tone\n2\t\\N\n"


def test_the_dbapi_is_transactional(martinet: Endpoint, filled: str) -> None:
    connection = pg8000.dbapi.connect(
        martinet.user,
        martinet.host,
        martinet.database,
        martinet.port,
        martinet.password,
        ssl_context=context(),
    )
    cursor = connection.cursor()
    cursor.execute(f"create table {filled}.gone (a int)")
    cursor.executemany(f"insert into {filled}.gone values (%s)", [(1,), (2,)])
    cursor.execute(f"select a from {filled}.gone order by a")
    assert cursor.fetchall() == ([1], [2])
    connection.rollback()
    cursor.execute("select to_regclass(%s)", (f"{filled}.gone",))
    assert cursor.fetchall() == ([None],)
    connection.close()


def test_an_error_has_its_sqlstate_and_position(connection) -> None:
    with pytest.raises(pg8000.native.DatabaseError) as caught:
        connection.run("select relname, nothing from pg_class")
    (fields,) = caught.value.args
    assert (fields["S"], fields["C"], fields["P"]) == ("ERROR", "42703", "17")
    assert fields["M"] == 'column "nothing" does not exist'
    assert connection.run("select 1") == [[1]]


def test_another_session_cancels(martinet: Endpoint, connection) -> None:
    ((pid,),) = connection.run("select pg_backend_pid()")
    timer = threading.Timer(0.3, lambda: martinet.run(f"select pg_cancel_backend({pid})"))
    timer.start()
    started = time.monotonic()
    with pytest.raises(pg8000.native.DatabaseError) as caught:
        connection.run(HEAVY)
    assert caught.value.args[0]["C"] == "57014"
    assert time.monotonic() - started < 5
    timer.join()
