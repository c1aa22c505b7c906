"""psycopg 3: the extended protocol, binary values, prepared statements, pipelines, COPY, server cursors."""

import datetime
import threading
import time
from collections.abc import Iterator
from decimal import Decimal

import psycopg
import pytest
from psycopg import errors
from psycopg.types.json import Json, Jsonb
from psycopg_pool import ConnectionPool
from samples import COLUMNS, HEAVY, NAMES, VALUES, create_types_table
from servers import Endpoint


@pytest.fixture(scope="module")
def filled(martinet: Endpoint, schema: str) -> str:
    with martinet.connect() as connection:
        for statement in create_types_table(schema):
            connection.execute(statement)
    return schema


@pytest.fixture
def connection(martinet: Endpoint, filled: str) -> Iterator[psycopg.Connection]:
    with martinet.connect(options="-c timezone=UTC") as connection:
        yield connection


@pytest.mark.parametrize("binary", [False, True], ids=["text", "binary"])
@pytest.mark.parametrize(("name", "value"), list(zip(NAMES, VALUES, strict=True)), ids=NAMES)
def test_a_value_of_each_type_and_null(connection, filled, name: str, value: object, binary: bool) -> None:
    cursor = connection.cursor(binary=binary)
    (first,), (second,) = cursor.execute(f'select "{name}" from {filled}.samples order by id').fetchall()
    assert first == value
    assert type(first) is type(value)
    assert second is None


@pytest.mark.parametrize("mark", ["%s", "%t", "%b"])
def test_parameters_of_each_type_come_back(connection, filled: str, mark: str) -> None:
    columns = ", ".join(f'"{name}"' for name in NAMES)
    with connection.transaction(force_rollback=True):
        marks = ", ".join([mark] * len(NAMES))
        connection.execute(f"insert into {filled}.samples (id, {columns}) values (3, {marks})", VALUES)
        row = connection.execute(f"select {columns} from {filled}.samples where id = {mark}", (3,)).fetchone()
    assert list(row) == VALUES


@pytest.mark.parametrize(
    ("sql_type", "value"), [(t, v) for _, t, _, v in COLUMNS], ids=[name for name, *_ in COLUMNS]
)
def test_a_parameter_with_a_cast(connection, sql_type: str, value: object) -> None:
    for mark in ("%s", "%b", "%t"):
        assert connection.execute(f"select {mark}::{sql_type}", (value,)).fetchone() == (value,)
        assert connection.execute(f"select {mark}::{sql_type}", (None,)).fetchone() == (None,)


def test_parameters_in_expressions(connection, filled: str) -> None:
    row = connection.execute(
        "select %s + 1, %s || 'b', %s = any(%s), %s::text is null, coalesce(%s, 'z'), -%s",
        (1, "a", 2, [1, 2], None, None, Decimal("1.5")),
    ).fetchone()
    assert row == (2, "ab", True, True, "z", Decimal("-1.5"))
    found = connection.execute(
        f"select id from {filled}.samples"
        " where day between %s and %s and words like %s and whole in (%s, %s)",
        (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31), "Zo%", 1, 2147483647),
    ).fetchall()
    assert found == [(1,)]
    assert connection.execute(
        "select i from generate_series(1, 9) t(i) limit %s offset %s", (2, 3)
    ).fetchall() == [
        (4,),
        (5,),
    ]


def test_intervals(connection) -> None:
    value = datetime.timedelta(days=3, hours=4, microseconds=5)
    for binary in (False, True):
        cursor = connection.cursor(binary=binary)
        assert cursor.execute("select interval '3 days 04:00:00.000005'").fetchone() == (value,)
        assert cursor.execute("select %s::interval", (value,)).fetchone() == (value,)


def test_json(connection, filled: str) -> None:
    connection.execute(f"create table {filled}.documents (a json, b jsonb)")
    document = {"a": [1, 2, {"b": None}], "ü": "é"}
    connection.execute(f"insert into {filled}.documents values (%s, %s)", (Json(document), Jsonb(document)))
    for binary in (False, True):
        cursor = connection.cursor(binary=binary)
        assert cursor.execute(f"select a, b from {filled}.documents").fetchone() == (document, document)
    assert connection.execute(f"select a ->> 'ü', b -> 'a' -> 1 from {filled}.documents").fetchone() == (
        "é",
        2,
    )


def test_special_numbers(connection) -> None:
    for binary in (False, True):
        cursor = connection.cursor(binary=binary)
        row = cursor.execute("select 'NaN'::float8, 'infinity'::float8, '-infinity'::float8").fetchone()
        assert [str(value) for value in row] == ["nan", "inf", "-inf"]
        assert cursor.execute("select 1e-300::float8, 0.30000000000000004::float8").fetchone() == (
            1e-300,
            0.30000000000000004,
        )


def test_a_statement_is_prepared_after_five_runs(connection, filled: str) -> None:
    for number in range(12):
        row = connection.execute("select %s::int * 2", (number,)).fetchone()
        assert row == (number * 2,)
    names = connection.execute("select statement from pg_prepared_statements").fetchall()
    assert any("* 2" in text for (text,) in names)
    connection.execute("deallocate all")
    assert connection.execute("select count(*) from pg_prepared_statements").fetchone() == (0,)


def test_a_prepared_statement_whose_columns_changed_is_0A000(
    martinet: Endpoint, connection, filled: str
) -> None:
    connection.execute(f"create table {filled}.changing (a int)")
    connection.execute(f"insert into {filled}.changing values (1)")
    query = f"select * from {filled}.changing"
    assert connection.execute(query, prepare=True).fetchall() == [(1,)]
    martinet.run(f"alter table {filled}.changing add column b text")
    with pytest.raises(errors.FeatureNotSupported, match="cached plan must not change result type"):
        connection.execute(query, prepare=True)


def test_a_pipeline(connection, filled: str) -> None:
    connection.execute(f"create table {filled}.piped (a int)")
    with connection.pipeline() as pipeline:
        cursors = [connection.execute("select %s::int", (number,)) for number in range(100)]
        connection.execute(f"insert into {filled}.piped values (%s)", (1,))
        pipeline.sync()
        assert [cursor.fetchone() for cursor in cursors] == [(number,) for number in range(100)]
    assert connection.execute(f"select count(*) from {filled}.piped").fetchone() == (1,)


def test_an_error_in_a_pipeline_aborts_what_follows_up_to_the_sync(connection) -> None:
    with connection.pipeline() as pipeline:
        connection.execute("select 1")
        failing = connection.execute("select 1/%s", (0,))
        after = connection.execute("select 2")
        with pytest.raises(errors.DivisionByZero):
            pipeline.sync()
        for cursor in (failing, after):
            with pytest.raises(psycopg.Error):
                cursor.fetchone()
        recovered = connection.execute("select 3")
        pipeline.sync()
        assert recovered.fetchone() == (3,)


def test_executemany_counts_and_returns(connection, filled: str) -> None:
    connection.execute(f"create table {filled}.many (a int, b text)")
    cursor = connection.cursor()
    cursor.executemany(
        f"insert into {filled}.many values (%s, %s)", [(i, f"row {i}" if i % 2 else None) for i in range(500)]
    )
    assert cursor.rowcount == 500
    assert connection.execute(f"select count(*), count(b), sum(a) from {filled}.many").fetchone() == (
        500,
        250,
        124750,
    )


@pytest.mark.parametrize("binary", [False, True], ids=["text", "binary"])
def test_copy_in_and_out(connection, filled: str, binary: bool) -> None:
    how = "(format binary)" if binary else ""
    columns = ", ".join(f"{name} {sql_type}" for name, sql_type, _, _ in COLUMNS)
    with connection.transaction(force_rollback=True):
        connection.execute(f"create table {filled}.copied (id integer, {columns})")
        types = ["int4", *[sql_type.split("(")[0] for _, sql_type, _, _ in COLUMNS]]
        with connection.cursor().copy(f"copy {filled}.copied from stdin {how}") as copy:
            copy.set_types(types)
            for number in range(200):
                copy.write_row((number, *(VALUES if number % 2 else [None] * len(VALUES))))
        cursor = connection.cursor()
        with cursor.copy(f"copy (select * from {filled}.copied order by id) to stdout {how}") as copy:
            copy.set_types(types)
            rows = list(copy.rows())
    assert len(rows) == 200
    assert list(rows[0]) == [0, *[None] * len(VALUES)]
    assert list(rows[1]) == [1, *VALUES]


def test_an_abandoned_copy_keeps_nothing(connection, filled: str) -> None:
    connection.execute(f"create table {filled}.abandoned (a int)")
    with (
        pytest.raises(ZeroDivisionError),
        connection.cursor().copy(f"copy {filled}.abandoned from stdin") as copy,
    ):
        copy.write_row((1,))
        raise ZeroDivisionError
    assert connection.execute(f"select count(*) from {filled}.abandoned").fetchone() == (0,)


def test_a_server_cursor(connection) -> None:
    with connection.transaction(), connection.cursor("part", scrollable=True) as cursor:
        cursor.execute("select i from generate_series(1, 50000) t(i)")
        assert cursor.fetchmany(3) == [(1,), (2,), (3,)]
        cursor.scroll(10)
        assert cursor.fetchone() == (14,)
        cursor.scroll(0, mode="absolute")
        assert sum(value for (value,) in cursor) == 50000 * 50001 // 2


def test_two_cursors_take_turns(connection) -> None:
    with connection.transaction(), connection.cursor("one") as one, connection.cursor("two") as two:
        one.execute("select i from generate_series(1, 100000) t(i)")
        two.execute("select -i from generate_series(1, 100000) t(i)")
        for number in range(1, 50):
            assert one.fetchone() == (number,)
            assert two.fetchone() == (-number,)
        assert connection.execute("select 1").fetchone() == (1,)


def test_rows_are_streamed(connection) -> None:
    total = 0
    for (value,) in connection.cursor().stream("select i from generate_series(1, 20000) t(i)"):
        total += value
    assert total == 20000 * 20001 // 2


def test_transactions_and_savepoints(martinet: Endpoint, filled: str) -> None:
    with psycopg.connect(**martinet.parameters()) as connection:
        connection.execute(f"create table {filled}.nested (a int)")
        connection.execute(f"insert into {filled}.nested values (1)")
        connection.commit()
        with pytest.raises(errors.UndefinedTable):
            connection.execute("select * from nowhere")
        with pytest.raises(errors.InFailedSqlTransaction):
            connection.execute("select 1")
        connection.rollback()
        connection.execute("savepoint a")
        connection.execute("release savepoint a")
        connection.commit()
        assert connection.execute(f"select count(*) from {filled}.nested").fetchone() == (1,)


def test_a_read_only_session_refuses_writes(connection, filled: str) -> None:
    connection.execute(f"create table {filled}.guarded (a int)")
    connection.read_only = True
    with pytest.raises(errors.ReadOnlySqlTransaction), connection.transaction():
        connection.execute(f"insert into {filled}.guarded values (1)")
    connection.read_only = False
    assert connection.execute(f"select count(*) from {filled}.guarded").fetchone() == (0,)


def test_a_pool_resets_its_connections(martinet: Endpoint) -> None:
    def reset(connection: psycopg.Connection) -> None:
        connection.execute("discard all")

    parameters = {**martinet.parameters(), "autocommit": True}
    with ConnectionPool(kwargs=parameters, min_size=2, max_size=4, reset=reset) as pool:
        with pool.connection() as connection:
            connection.execute("set application_name = 'pooled'")
        with pool.connection() as one, pool.connection() as two:
            for connection in (one, two):
                assert connection.execute("show application_name").fetchone() != ("pooled",)


def test_cancel_ends_a_running_statement(connection) -> None:
    threading.Timer(0.3, connection.cancel_safe).start()
    started = time.monotonic()
    with pytest.raises(errors.QueryCanceled, match="due to user request"):
        connection.execute(HEAVY)
    assert time.monotonic() - started < 5
    assert connection.execute("select 1").fetchone() == (1,)


def test_another_session_cancels_and_terminates(martinet: Endpoint, connection) -> None:
    pid = connection.info.backend_pid

    def cancel(function: str) -> None:
        time.sleep(0.3)
        assert martinet.run(f"select {function}({pid})") == [(True,)]

    thread = threading.Thread(target=cancel, args=("pg_cancel_backend",))
    thread.start()
    with pytest.raises(errors.QueryCanceled):
        connection.execute(HEAVY)
    thread.join()
    assert martinet.run(f"select count(*) from pg_stat_activity where pid = {pid}") == [(1,)]
    thread = threading.Thread(target=cancel, args=("pg_terminate_backend",))
    thread.start()
    with pytest.raises((errors.AdminShutdown, psycopg.OperationalError)):
        connection.execute(HEAVY)
    thread.join()
    assert connection.closed


ERRORS = [
    ("select * from nowhere", "42P01"),
    ("select nothing from pg_class", "42703"),
    ("selec 1", "42601"),
    ("select no_such_function(1)", "42883"),
    ("select 1/0", "22012"),
    ("select 'x'::integer", "22P02"),
    ("create table no_such_schema.t (a int)", "3F000"),
    ("create schema public", "42P06"),
    ("select relname, count(*) from pg_class", "42803"),
    ("insert into pg_class values (1)", "42501"),
    ("savepoint a", "25P01"),
    ("deallocate nothing", "26000"),
    ("close nothing", "34000"),
    ("set no_such_setting = 1", "42704"),
    ("listen x", "0A000"),
]


@pytest.mark.parametrize(("statement", "state"), ERRORS, ids=[case[0] for case in ERRORS])
@pytest.mark.parametrize("prepare", [False, True], ids=["simple", "prepared"])
def test_an_error_has_its_sqlstate(martinet: Endpoint, connection, statement, state, prepare: bool) -> None:
    if martinet.is_postgres and statement in ("listen x", "insert into pg_class values (1)"):
        pytest.skip("PostgreSQL can do this")
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement, prepare=prepare)
    assert caught.value.sqlstate == state, str(caught.value)
    assert connection.execute("select 1").fetchone() == (1,)


def test_columns_are_described(connection, filled: str) -> None:
    cursor = connection.execute(f"select id, price, words, short from {filled}.samples")
    assert [column.name for column in cursor.description] == ["id", "price", "words", "short"]
    assert [column.type_code for column in cursor.description] == [23, 1700, 25, 1043]
    assert (cursor.description[1].precision, cursor.description[1].scale) == (12, 2)


def test_notices_arrive(connection, filled: str) -> None:
    notices = []
    connection.add_notice_handler(lambda notice: notices.append(notice.message_primary))
    connection.execute(f"drop table if exists {filled}.never_there")
    assert notices == ['table "never_there" does not exist, skipping']


def test_statements_see_their_own_transaction_and_others_do_not(
    martinet: Endpoint, connection, filled
) -> None:
    with martinet.connect() as other:
        connection.execute(f"create table {filled}.isolated (a int)")
        with connection.transaction():
            connection.execute(f"insert into {filled}.isolated values (1)")
            assert connection.execute(f"select count(*) from {filled}.isolated").fetchone() == (1,)
            assert other.execute(f"select count(*) from {filled}.isolated").fetchone() == (0,)
        assert other.execute(f"select count(*) from {filled}.isolated").fetchone() == (1,)
