"""The front door and its warehouses: what clients notice when a warehouse is killed, and what is left."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from processes import kill, warehouses
from raw import FLUSH, SYNC, RawConnection, bind, errors, execute, parse, query
from samples import HEAVY
from servers import Martinet, wait_for

pytestmark = pytest.mark.martinet_only

# What an error may take to reach a client after its warehouse was killed.
NOTICED_S = 1.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Martinet]:
    server = Martinet(tmp_path_factory.mktemp("door"))
    server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
    server.start()
    yield server
    status = server.stop()
    assert status == 0, server.log_tail()
    assert warehouses(server) == {}, "warehouses outlived the server"
    assert list((server.data / "run").glob("*.sock")) == []


@pytest.fixture
def connection(server: Martinet) -> Iterator[psycopg.Connection]:
    with server.endpoint.connect() as connection:
        yield connection


def sqlstate_of(work: Callable[[], object]) -> str | None:
    with pytest.raises(psycopg.Error) as caught:
        work()
    return caught.value.sqlstate


def killed_while(server: Martinet, work: Callable[[], object]) -> tuple[str | None, float]:
    """The SQLSTATE of a long piece of work whose warehouse is killed, and the seconds until it came."""
    killed: list[float] = []

    def later() -> None:
        time.sleep(0.7)
        killed.append(time.monotonic())
        kill(server)

    thread = threading.Thread(target=later)
    thread.start()
    state = sqlstate_of(work)
    ended = time.monotonic()
    thread.join()
    return state, ended - killed[0]


# MARK: A statement that runs


def test_a_running_statement_hears_of_it_and_the_session_stays(
    server: Martinet, connection: psycopg.Connection
) -> None:
    pid = connection.info.backend_pid
    state, seconds = killed_while(server, lambda: connection.execute(HEAVY))
    assert state == "57P02"
    assert seconds < NOTICED_S
    assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    assert connection.execute("select pg_backend_pid()").fetchone() == (pid,)


def test_rows_that_have_come_are_followed_by_the_error(server: Martinet) -> None:
    with RawConnection(server.endpoint) as connection:
        connection.log_in()
        connection.send(query("select a, repeat('x', 100) from generate_series(1, 100000000) t(a)"))
        connection.receive_until(b"D")
        kill(server)
        messages = connection.receive_until(b"Z")
        assert errors(messages) == ["57P02"]
        assert messages[-1] == (b"Z", b"I")
        connection.send(query("select 1"))
        assert [kind for kind, _ in connection.receive_until(b"Z")] == [b"T", b"D", b"C", b"Z"]


def test_a_transaction_has_failed_until_its_end(server: Martinet, connection: psycopg.Connection) -> None:
    connection.execute("create table if not exists public.lost (a integer)")
    connection.execute("begin")
    connection.execute("insert into public.lost values (1)")
    state, _ = killed_while(server, lambda: connection.execute(HEAVY))
    assert state == "57P02"
    assert connection.info.transaction_status == psycopg.pq.TransactionStatus.INERROR
    assert sqlstate_of(lambda: connection.execute("select 1")) == "25P02"
    assert connection.execute("commit").statusmessage == "ROLLBACK"
    assert connection.execute("select count(*) from public.lost").fetchone() == (0,)


def test_the_extended_protocol_goes_on_behind_sync(server: Martinet) -> None:
    with RawConnection(server.endpoint) as connection:
        connection.log_in()
        connection.send(parse(HEAVY) + bind() + FLUSH)
        connection.receive_until(b"2")
        connection.send(execute() + FLUSH)
        time.sleep(0.3)
        kill(server)
        assert errors([connection.receive()]) == ["57P02"]
        # Passed over, as everything up to Sync.
        connection.send(parse("select 1") + bind() + execute())
        connection.send(SYNC)
        assert connection.receive() == (b"Z", b"I")
        connection.send(parse("select 1") + bind() + execute() + SYNC)
        assert [kind for kind, _ in connection.receive_until(b"Z")] == [b"1", b"2", b"D", b"C", b"Z"]


def test_every_request_of_a_pipeline_is_answered(server: Martinet) -> None:
    with RawConnection(server.endpoint) as connection:
        connection.log_in()
        connection.send(parse(HEAVY) + bind() + FLUSH)
        connection.receive_until(b"2")
        connection.send(execute() + SYNC + parse("select 2") + bind() + execute() + SYNC + query("select 3"))
        time.sleep(0.3)
        kill(server)
        for _ in range(3):
            messages = connection.receive_until(b"Z")
            assert errors(messages) == ["57P02"]
        connection.send(query("select 1"))
        assert errors(connection.receive_until(b"Z")) == []


@pytest.mark.parametrize("isolated", [True, False], ids=["alone", "in a transaction"])
def test_copy_in_is_given_up(server: Martinet, connection: psycopg.Connection, isolated: bool) -> None:
    connection.execute("create table if not exists public.copied (a integer, b text)")
    if not isolated:
        connection.execute("begin")

    def work() -> None:
        with connection.cursor() as cursor, cursor.copy("copy public.copied from stdin") as copy:
            for number in range(400_000):
                copy.write_row((number, "x" * 50))
                if number == 200_000:
                    kill(server)

    assert sqlstate_of(work) == "57P02"
    if not isolated:
        connection.execute("rollback")
    assert connection.execute("select count(*) from public.copied").fetchone() == (0,)


def test_copy_out_is_given_up(server: Martinet, connection: psycopg.Connection) -> None:
    def work() -> None:
        statement = "copy (select * from generate_series(1, 100000000)) to stdout"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for number, _ in enumerate(copy):
                if number == 10:
                    kill(server)

    assert sqlstate_of(work) == "57P02"
    assert connection.execute("select 1").fetchone() == (1,)


# MARK: A session that waits


def test_an_idle_session_notices_nothing(server: Martinet, connection: psycopg.Connection) -> None:
    connection.execute("select 1")
    before = warehouses(server)["bi"]
    kill(server)
    assert connection.execute("select 2").fetchone() == (2,)
    assert warehouses(server)["bi"] != before


def test_an_open_transaction_is_reported_lost(server: Martinet, connection: psycopg.Connection) -> None:
    connection.execute("begin")
    connection.execute("select 1")
    kill(server)
    # Nothing may look committed that is not.
    assert sqlstate_of(lambda: connection.execute("commit")) == "57P02"
    assert connection.info.transaction_status == psycopg.pq.TransactionStatus.INERROR
    connection.execute("rollback")
    assert connection.execute("select 1").fetchone() == (1,)


def test_a_lost_transaction_can_be_rolled_back_at_once(
    server: Martinet, connection: psycopg.Connection
) -> None:
    connection.execute("begin")
    connection.execute("select 1")
    kill(server)
    assert connection.execute("rollback").statusmessage == "ROLLBACK"
    assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_prepared_statements_survive(server: Martinet, connection: psycopg.Connection) -> None:
    connection.execute("prepare sum_of as select $1::integer + $2::integer")
    add = "select %s::integer * 2"
    for number in range(8):  # psycopg prepares at the fifth time
        connection.execute(add, (number,), prepare=True)
    connection.execute("prepare gone as select 1")
    connection.execute("deallocate gone")
    kill(server)
    assert connection.execute(add, (21,), prepare=True).fetchone() == (42,)
    assert connection.execute("execute sum_of(20, 22)").fetchone() == (42,)
    assert sqlstate_of(lambda: connection.execute("execute gone")) == "26000"


def test_an_unnamed_statement_survives_between_parse_and_bind(server: Martinet) -> None:
    with RawConnection(server.endpoint) as connection:
        connection.log_in()
        connection.send(parse("select 42") + SYNC)
        connection.receive_until(b"Z")
        kill(server)
        connection.send(bind() + execute() + SYNC)
        assert [kind for kind, _ in connection.receive_until(b"Z")] == [b"2", b"D", b"C", b"Z"]


def test_settings_survive_and_those_of_a_lost_transaction_do_not(
    server: Martinet, connection: psycopg.Connection
) -> None:
    connection.execute("create schema if not exists aside")
    connection.execute("set search_path to aside, public")
    connection.execute("set timezone to 'Asia/Tokyo'")
    connection.execute("set statement_timeout to '77s'")
    connection.execute("reset statement_timeout")
    connection.execute("begin")
    connection.execute("set application_name to 'undone'")
    kill(server)
    connection.execute("rollback")
    assert connection.execute("show search_path").fetchone() == ("aside, public",)
    assert connection.execute("show timezone").fetchone() == ("Asia/Tokyo",)
    assert connection.execute("show statement_timeout").fetchone() == ("0",)
    assert connection.execute("show application_name").fetchone() != ("undone",)
    assert connection.info.parameter_status("TimeZone") == "Asia/Tokyo"


def test_temporary_tables_are_reported_lost(server: Martinet, connection: psycopg.Connection) -> None:
    notices: list[str] = []
    connection.add_notice_handler(lambda notice: notices.append(notice.message_primary or ""))
    connection.execute("create temporary table scratch (a integer)")
    kill(server)
    connection.execute("select 1")
    assert len(notices) == 1
    assert "temporary tables" in notices[0]
    assert sqlstate_of(lambda: connection.execute("select * from scratch")) == "42P01"
    assert len(notices) == 1


def test_a_cancellation_finds_the_new_process(server: Martinet, connection: psycopg.Connection) -> None:
    connection.execute("select 1")
    kill(server)
    timer = threading.Timer(1, connection.cancel)
    timer.start()
    assert sqlstate_of(lambda: connection.execute(HEAVY)) == "57014"
    timer.join()


def test_a_warehouse_that_ends_politely_costs_no_session(
    server: Martinet, connection: psycopg.Connection
) -> None:
    connection.execute("select 1")
    before = warehouses(server)["bi"]
    os.kill(before, signal.SIGTERM)
    wait_for("the warehouse ignores SIGTERM", lambda: warehouses(server).get("bi") != before)
    assert connection.execute("select 1").fetchone() == (1,)


# MARK: Which warehouse


def test_a_session_names_its_warehouse(server: Martinet) -> None:
    with server.endpoint.connect(options="-c warehouse=science") as connection:
        assert connection.execute("show warehouse").fetchone() == ("science",)
        science = warehouses(server)["science"]
        assert os.getpriority(os.PRIO_PROCESS, science) == 19
        assert connection.execute("select count(*) from pg_stat_activity").fetchone() == (1,)
        assert server.process is not None
        ours = os.getpriority(os.PRIO_PROCESS, server.process.pid)
        assert os.getpriority(os.PRIO_PROCESS, warehouses(server)["bi"]) == ours


def test_a_warehouse_that_does_not_exist_is_refused(server: Martinet) -> None:
    with pytest.raises(psycopg.OperationalError, match='warehouse "nowhere" does not exist'):
        server.endpoint.connect(options="-c warehouse=nowhere")
