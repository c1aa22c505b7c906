"""A busy warehouse: who runs, who waits, and who need not."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest
from servers import Endpoint, Martinet, wait_for

pytestmark = pytest.mark.martinet_only
SLOTS = 8
HEAVY = "select sum(i * i) from range(100000000000) r(i)"
SHORT = "select count(*) from range(1000) r(i)"


class Running:
    """A statement on a connection and a thread of its own."""

    def __init__(self, server: Endpoint, sql: str):
        self.connection = server.connect(application_name=sql[:60])
        self.error: psycopg.Error | None = None
        self.rows: list | None = None
        self.thread = threading.Thread(target=self.run, args=(sql,))
        self.thread.start()

    def run(self, sql: str) -> None:
        try:
            self.rows = self.connection.execute(sql).fetchall()
        except psycopg.Error as error:
            self.error = error

    def end(self) -> None:
        self.connection.cancel()
        self.thread.join()
        self.connection.close()


@pytest.fixture
def busy(running_program: Martinet) -> Iterator[tuple[Martinet, list[Running]]]:
    """A server whose warehouse has every slot taken, by the first user."""
    server = running_program.endpoint
    with ExitStack() as stack:
        running = [Running(server, HEAVY) for _ in range(SLOTS)]
        for one in running:
            stack.callback(one.end)
        wait_for("the heavy statements never ran", lambda: states(server) == (SLOTS, 0))
        yield running_program, running


def states(server: Endpoint) -> tuple[int, int]:
    """How many heavy or short statements run, and how many are queued."""
    rows = server.run(
        "select count(*) filter (wait_event is null), count(*) filter (wait_event = 'queued')"
        " from pg_stat_activity where state = 'active' and query like '%range(%' and pid <> pg_backend_pid()"
    )
    return rows[0]


def another_user(program: Martinet) -> Endpoint:
    program.add_user("other", "other's password")
    end = program.endpoint
    return Endpoint("martinet", end.port, "other", "other's password")


def test_the_next_slot_goes_to_the_user_who_has_fewest(busy: tuple[Martinet, list[Running]]) -> None:
    program, running = busy
    server = program.endpoint
    with ExitStack() as stack:
        for _ in range(5):
            stack.callback(Running(server, HEAVY).end)
        wait_for("the further statements were not queued", lambda: states(server) == (SLOTS, 5))
        other = Running(another_user(program), SHORT)
        stack.callback(other.end)
        wait_for("the other user's statement was not queued", lambda: states(server) == (SLOTS, 6))
        running[0].connection.cancel()
        other.thread.join(20)
        assert other.rows == [(1000,)]
        wait_for("the slots were not filled again", lambda: states(server) == (SLOTS, 4))


def test_catalogs_and_small_tables_answer_meanwhile(busy: tuple[Martinet, list[Running]]) -> None:
    server = busy[0].endpoint
    with server.connect() as connection:
        connection.execute("create table small as select i from range(10) r(i)")
        connection.execute("insert into small values (10)")
        # What was learnt of the tables' sizes is a second old at most.
        time.sleep(1.2)
        connection.execute("set statement_timeout = '20s'")
        assert connection.execute("select count(*) from small").fetchone() == (11,)
        assert connection.execute("select a.i from small a join small b using (i) where a.i = 3").fetchall()
        assert connection.execute("select relname from pg_class where relname = 'small'").fetchall()
        with pytest.raises(psycopg.errors.QueryCanceled):
            connection.execute("set statement_timeout = '500ms'")
            connection.execute(SHORT)


def test_a_queued_statement_leaves_when_it_is_cancelled_or_its_client_goes(
    busy: tuple[Martinet, list[Running]],
) -> None:
    server = busy[0].endpoint
    cancelled, gone = Running(server, SHORT), Running(server, SHORT)
    wait_for("the statements were not queued", lambda: states(server) == (SLOTS, 2))
    started = time.monotonic()
    cancelled.end()
    assert time.monotonic() - started < 5
    assert cancelled.error is not None
    assert cancelled.error.sqlstate == "57014"
    wait_for("the cancelled statement is still there", lambda: states(server) == (SLOTS, 1))
    server.run(f"select pg_terminate_backend({gone.connection.info.backend_pid})")
    gone.thread.join(20)
    assert gone.error is not None
    wait_for("the statement of the lost client is still there", lambda: states(server) == (SLOTS, 0))


def test_who_has_the_turn_to_write_does_not_wait(busy: tuple[Martinet, list[Running]]) -> None:
    """Others wait for that writer already: it goes on though the warehouse is full."""
    server = busy[0].endpoint
    with server.connect() as connection:
        connection.execute("create table written (i bigint)")
        connection.execute("set statement_timeout = '20s'")
        with connection.transaction():
            connection.execute("insert into written select i from range(100) r(i)")
            assert connection.execute("select sum(i) from written, range(2)").fetchone() == (9900,)


def test_suspended_portals_give_their_slot_back(busy: tuple[Martinet, list[Running]]) -> None:
    """A cursor whose client thinks does not hold up others."""
    program, running = busy
    server = program.endpoint
    with server.connect() as connection, connection.transaction():
        running[0].end()
        cursor = connection.cursor(name="slow_reader")
        cursor.execute("select i from range(1000000) r(i)")
        assert cursor.fetchmany(10)[-1] == (9,)
        assert server.run(SHORT) == [(1000,)]
        assert cursor.fetchmany(10)[-1] == (19,)
