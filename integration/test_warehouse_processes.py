"""The processes of warehouses: whom they believe, what they cost, and that none is left behind."""

import contextlib
import os
import signal
import socket
import stat
import struct
import time
from collections.abc import Iterator

import psycopg
import pytest
from processes import resident_mb, warehouses
from raw import RawConnection, errors, fields, query
from servers import Martinet, wait_for

pytestmark = pytest.mark.martinet_only

PATIENCE_S = 30
IDLE_MEMORY_MB = 60


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


# MARK: Who is let in


def private_startup(**parameters: str) -> bytes:
    body = struct.pack("!I", 196608)
    for name, value in parameters.items():
        body += name.replace("__", ".").encode() + b"\0" + value.encode() + b"\0"
    return struct.pack("!I", len(body) + 5) + body + b"\0"


@pytest.mark.parametrize("secret", [None, "00" * 32, "", "zz"])
def test_the_private_socket_wants_the_secret(server: Martinet, secret: str | None) -> None:
    folder = server.data / "run"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    parameters = {"user": server.endpoint.user, "_martinet__key": "1 2", "_martinet__client": "0 local"}
    if secret is not None:
        parameters["_martinet__secret"] = secret
    refused = "does not come from the front door"
    before = server.log.read_text().count(refused)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(folder / "bi.sock"))
        connection.sendall(private_startup(**parameters))
        answer = b""
        while part := connection.recv(4096):
            answer += part
    assert answer[:1] == b"E"
    assert fields(answer[5:])["C"] == "28000"
    wait_for("nothing in the log", lambda: server.log.read_text().count(refused) == before + 1)


def test_a_client_cannot_speak_for_the_front_door(server: Martinet) -> None:
    with RawConnection(server.endpoint) as connection:
        assert errors(connection.log_in(**{"_martinet.set.search_path": "x"})) == ["42704"]


# MARK: What is left


def test_memory_stays_flat_beside_a_client_that_does_not_read(server: Martinet) -> None:
    assert server.process is not None
    with RawConnection(server.endpoint) as connection:
        connection.log_in()
        connection.send(query("select repeat('x', 1000) from generate_series(1, 2000000)"))
        connection.receive_until(b"D")
        time.sleep(2)
        assert resident_mb(server.process.pid) < IDLE_MEMORY_MB


def test_a_large_pipeline_does_not_wedge_the_relay(server: Martinet, connection: psycopg.Connection) -> None:
    with connection.pipeline(), connection.cursor() as cursor:
        for number in range(300):
            cursor.execute("select repeat('x', 20000), %s::text", ("y" * 20000 + str(number),))
        connection.execute("select 1")
    assert connection.execute("select 1").fetchone() == (1,)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_warehouses_end_with_the_front_door(program: Martinet, number: signal.Signals) -> None:
    program.add_user(program.endpoint.user, program.endpoint.password)
    program.start()
    assert program.process is not None
    with program.endpoint.connect(options="-c warehouse=science") as connection:
        connection.execute("select 1")
        assert set(warehouses(program)) == {"bi", "science"}
        program.process.send_signal(number)
        program.process.wait(PATIENCE_S)
        wait_for("warehouses outlive the front door", lambda: warehouses(program) == {})
    program.start()
    assert program.endpoint.run("select 1") == [(1,)]
    assert program.stop() == 0
    assert warehouses(program) == {}


def test_a_crash_loop_backs_off_and_says_so(program: Martinet) -> None:
    program.add_user(program.endpoint.user, program.endpoint.password)
    program.start()
    killed: set[int] = set()

    def kill_every_one() -> bool:
        pid = warehouses(program).get("bi")
        if pid is not None and pid not in killed:
            killed.add(pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return "next start in 1000 ms" in program.log_tail()

    with program.endpoint.connect() as connection:
        wait_for("no word of a pause", kill_every_one)
        # Somebody stops killing it.
        wait_for("it does not come back", lambda: answers(connection))
    assert program.stop() == 0


def answers(connection: psycopg.Connection) -> bool:
    try:
        return connection.execute("select 1").fetchone() == (1,)
    except psycopg.errors.CannotConnectNow:
        return False
