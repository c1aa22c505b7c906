"""Changes of the lake: several writers, transactions that meet, and what DuckLake alone would get wrong."""

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import errors
from servers import Endpoint, Martinet

WRITERS = 4
COMMITS = 8


@pytest.fixture
def table(martinet: Endpoint, schema: str) -> Iterator[str]:
    name = f"{schema}.t"
    with martinet.connect() as connection:
        connection.execute(f"create table {name} (id int, x int)")
        connection.execute(f"insert into {name} values (1, 10), (2, 20)")
        yield name
        connection.execute(f"drop table {name}")


def in_threads(count: int, body: Callable[[int], None]) -> None:
    failures: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            body(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def test_statements_of_several_writers_all_arrive(martinet: Endpoint, table: str) -> None:
    def write(number: int) -> None:
        with martinet.connect() as connection:
            for commit in range(COMMITS):
                connection.execute(f"insert into {table} values ({number}, {commit})")

    in_threads(WRITERS, write)
    assert martinet.run(f"select count(*) from {table}") == [(2 + WRITERS * COMMITS,)]


def test_transactions_of_several_writers_all_arrive(martinet: Endpoint, table: str) -> None:
    def write(number: int) -> None:
        with martinet.connect() as connection:
            for commit in range(COMMITS):
                with connection.transaction():
                    connection.execute(f"select count(*) from {table}").fetchall()
                    connection.execute(f"insert into {table} values ({number}, {commit})")
                    connection.execute(f"update {table} set x = x + 1 where id = {number}")

    in_threads(WRITERS, write)
    assert martinet.run(f"select count(*) from {table}") == [(2 + WRITERS * COMMITS,)]


def test_a_transaction_that_reads_and_then_writes_is_not_overtaken(martinet: Endpoint, table: str) -> None:
    with martinet.connect() as first, martinet.connect() as second, first.transaction():
        assert first.execute(f"select count(*) from {table}").fetchone() == (2,)
        second.execute(f"insert into {table} values (3, 30)")
        first.execute(f"insert into {table} values (4, 40)")
        # READ COMMITTED: the statement sees what was committed before it.
        assert first.execute(f"select count(*) from {table}").fetchone() == (4,)
    assert martinet.run(f"select count(*) from {table}") == [(4,)]


def test_a_cursor_survives_a_write_behind_another_commit(martinet: Endpoint, table: str) -> None:
    with martinet.connect() as first, martinet.connect() as second, first.transaction():
        cursor = first.cursor("c")
        cursor.execute("select i from generate_series(1, 100000) t(i)")
        assert cursor.fetchmany(2) == [(1,), (2,)]
        second.execute(f"insert into {table} values (3, 30)")
        first.execute(f"insert into {table} values (4, 40)")
        assert cursor.fetchmany(2) == [(3,), (4,)]


def test_repeatable_read_is_told_that_it_was_overtaken(martinet: Endpoint, table: str) -> None:
    with martinet.connect() as first, martinet.connect() as second:
        first.execute("begin isolation level repeatable read")
        first.execute(f"select count(*) from {table}")
        second.execute(f"update {table} set x = 0 where id = 1")
        with pytest.raises(errors.SerializationFailure):
            first.execute(f"update {table} set x = 1 where id = 1")
        first.execute("rollback")
    assert martinet.run(f"select x from {table} where id = 1") == [(0,)]


def test_temporary_tables_keep_nobody_waiting(martinet: Endpoint, table: str) -> None:
    with martinet.connect() as first, martinet.connect() as second:
        second.execute("set lock_timeout = '2s'")
        with first.transaction():
            first.execute("create temp table work (i int)")
            first.execute("insert into work values (1)")
            first.execute("update work set i = 2")
            with first.cursor().copy("copy work from stdin") as copy:
                copy.write("3\n")
            second.execute(f"insert into {table} values (3, 30)")
            first.execute("drop table work")
    assert martinet.run(f"select count(*) from {table}") == [(3,)]


def test_a_copy_that_waits_for_its_client_keeps_nobody_waiting(martinet: Endpoint, table: str) -> None:
    with martinet.connect() as first, martinet.connect() as second:
        second.execute("set lock_timeout = '2s'")
        with first.cursor().copy(f"copy {table} from stdin") as copy:
            copy.write("5\t50\n")
            second.execute(f"insert into {table} values (3, 30)")
    assert martinet.run(f"select count(*) from {table}") == [(4,)]


@pytest.mark.martinet_only
def test_a_writer_does_not_wait_longer_than_it_wants(martinet: Endpoint, table: str) -> None:
    with martinet.connect() as first, martinet.connect() as second:
        with first.transaction():
            first.execute(f"insert into {table} values (3, 30)")
            second.execute("set lock_timeout = '200ms'")
            with pytest.raises(errors.LockNotAvailable):
                second.execute(f"insert into {table} values (4, 40)")
        second.execute(f"insert into {table} values (4, 40)")


def test_an_integer_sum_keeps_every_digit(martinet: Endpoint, schema: str) -> None:
    with martinet.connect() as connection:
        connection.execute(
            f"create table {schema}.sums as select sum(x) as total"
            " from (values (9007199254740993::bigint), (2::bigint)) v(x)"
        )
        assert connection.execute(f"select total::text from {schema}.sums").fetchone() == (
            "9007199254740995",
        )
        connection.execute(f"create table {schema}.target (total numeric(38,0))")
        connection.execute(f"insert into {schema}.target select sum(total) from {schema}.sums")
        assert connection.execute(f"select total::text from {schema}.target").fetchone() == (
            "9007199254740995",
        )


@pytest.mark.martinet_only
@pytest.mark.parametrize("declared", ["timetz", "hugeint", "time with time zone", "bit(8)"])
def test_a_type_that_files_would_change_is_refused(martinet: Endpoint, schema: str, declared: str) -> None:
    with martinet.connect() as connection:
        with pytest.raises(errors.FeatureNotSupported) as raised:
            connection.execute(f"create table {schema}.bad (a {declared})")
        assert raised.value.diag.message_hint
        connection.execute(f"create table {schema}.good (a int)")
        with pytest.raises(errors.FeatureNotSupported):
            connection.execute(f"alter table {schema}.good add column b {declared}")
        connection.execute(f"drop table {schema}.good")


@pytest.mark.martinet_only
def test_a_partitioned_table_from_a_query_is_partitioned(martinet_server: Martinet, schema: str) -> None:
    with martinet_server.endpoint.connect() as connection:
        connection.execute(
            f"create table {schema}.parts partitioned by (k) as"
            " select i, i % 4 as k from generate_series(1, 100) t(i)"
        )
        assert connection.execute(f"select count(*), count(distinct k) from {schema}.parts").fetchone() == (
            100,
            4,
        )
    files = [path for path in martinet_server.data.rglob("*.parquet") if path.parent.parent.name == "parts"]
    assert len({path.parent for path in files}) == 4, files


def test_a_merge_that_would_change_a_row_twice_is_refused(
    martinet: Endpoint, table: str, schema: str
) -> None:
    merge = (
        f"merge into {table} as d using (select * from {schema}.source where x < %s) as s on d.id = s.id"
        " when matched and s.x > 0 then update set x = s.x"
        " when not matched then insert (id, x) values (s.id, s.x)"
    )
    with martinet.connect() as connection:
        connection.execute(f"create table {schema}.source (id int, x int)")
        connection.execute(f"insert into {schema}.source values (1, 100), (1, 101), (7, 70), (7, 71)")
        with pytest.raises(errors.CardinalityViolation):
            connection.execute(merge, [1000])
        assert connection.execute(f"select id, x from {table} order by 1").fetchall() == [(1, 10), (2, 20)]
        assert connection.execute(merge, [101]).statusmessage == "MERGE 3"
        rows = connection.execute(f"select id, x from {table} order by 1, 2").fetchall()
        assert rows == [(1, 100), (2, 20), (7, 70), (7, 71)]
        connection.execute(f"drop table {schema}.source")


def test_a_rollback_leaves_nothing(martinet: Endpoint, table: str, schema: str) -> None:
    with martinet.connect() as connection:
        connection.execute("begin")
        connection.execute(f"insert into {table} values (3, 30)")
        connection.execute(f"create table {schema}.never (i int)")
        connection.execute("rollback")
        with pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute(f"select * from {schema}.never")
    assert martinet.run(f"select count(*) from {table}") == [(2,)]


def test_a_transaction_reads_what_was_committed_before_each_statement(martinet: Endpoint, table: str) -> None:
    count = f"select count(*) from {table}"
    with martinet.connect() as first, martinet.connect() as second:
        with first.transaction():
            assert first.execute(count).fetchone() == (2,)
            second.execute(f"insert into {table} values (3, 30)")
            assert first.execute(count).fetchone() == (3,)
        first.execute("begin isolation level repeatable read")
        assert first.execute(count).fetchone() == (3,)
        second.execute(f"insert into {table} values (4, 40)")
        assert first.execute(count).fetchone() == (3,)
        first.execute("commit")
        assert first.execute(count).fetchone() == (4,)
