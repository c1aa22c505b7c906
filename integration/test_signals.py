"""Signals: draining, grace, a second signal, and what clients and the exit status say of it."""

import contextlib
import signal
import socket
import threading
import time

import psycopg
import pytest
from samples import HEAVY
from servers import Martinet, wait_for

pytestmark = pytest.mark.martinet_only

OK, ABORTED = 0, 4
PATIENCE_S = 30


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_idle_sessions_with_a_reason(running_program: Martinet, number: signal.Signals) -> None:
    with running_program.endpoint.connect() as connection:
        running_program.process.send_signal(number)
        assert running_program.process.wait(PATIENCE_S) == OK
        with pytest.raises(psycopg.errors.AdminShutdown) as caught:
            connection.execute("select 1")
        assert caught.value.sqlstate == "57P01"
    assert "stopping" in running_program.log_tail()
    assert "stopped" in running_program.log_tail().splitlines()[-1]


def run_heavy(server: Martinet, ended: list[str | None]) -> threading.Thread:
    """Runs a long statement in another thread, which notes the SQLSTATE that ended it."""
    connection = server.endpoint.connect()

    def work() -> None:
        with contextlib.closing(connection):
            try:
                connection.execute(HEAVY)
                ended.append(None)
            except psycopg.Error as error:
                ended.append(error.sqlstate)

    thread = threading.Thread(target=work)
    thread.start()
    # Until the statement has begun; there is no other connection that could look.
    time.sleep(1)
    assert thread.is_alive(), f"the statement ended at once: {ended}"
    return thread


def test_a_running_statement_is_stopped_after_its_grace(program: Martinet) -> None:
    program.options = ("--shutdown-grace", "2s")
    program.add_user(program.endpoint.user, program.endpoint.password)
    program.start()
    ended: list[str | None] = []
    thread = run_heavy(program, ended)
    begin = time.monotonic()
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(PATIENCE_S) == OK
    assert 1.5 < time.monotonic() - begin < 15
    thread.join(PATIENCE_S)
    assert ended == ["57P01"]


def test_a_second_signal_ends_the_program_at_once(running_program: Martinet) -> None:
    ended: list[str | None] = []
    thread = run_heavy(running_program, ended)
    running_program.process.send_signal(signal.SIGTERM)
    wait_for("no word of stopping", lambda: "stopping" in running_program.log_tail())
    running_program.process.send_signal(signal.SIGTERM)
    assert running_program.process.wait(5) == ABORTED
    thread.join(PATIENCE_S)


def test_strangers_do_not_hold_the_end_up(running_program: Martinet) -> None:
    with contextlib.ExitStack() as strangers:
        for greeting in (b"", b"\0\0\0\x08\x04\xd2\x16\x2f", b"\0\0"):
            stranger = strangers.enter_context(
                socket.create_connection(("127.0.0.1", running_program.endpoint.port))
            )
            stranger.sendall(greeting)
        psycopg.connect(**running_program.endpoint.parameters()).close()
        begin = time.monotonic()
        assert running_program.stop() == OK
        assert time.monotonic() - begin < 10


def test_a_hang_up_is_survived(running_program: Martinet) -> None:
    running_program.process.send_signal(signal.SIGHUP)
    wait_for("no word on SIGHUP", lambda: "restart" in running_program.log_tail())
    psycopg.connect(**running_program.endpoint.parameters()).close()
    assert running_program.stop() == OK


def test_nobody_gets_in_while_it_stops(program: Martinet) -> None:
    program.add_user(program.endpoint.user, program.endpoint.password)
    program.start()
    thread = run_heavy(program, [])
    program.process.send_signal(signal.SIGTERM)
    wait_for("no word of stopping", lambda: "stopping" in program.log_tail())
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**program.endpoint.parameters())
    program.kill()
    thread.join(PATIENCE_S)
