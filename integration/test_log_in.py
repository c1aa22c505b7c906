"""Logging in: TLS, who gets in, how failures are answered, and the limits on strangers."""

import socket
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from raw import RawConnection, errors, startup
from servers import Endpoint, Martinet

pytestmark = pytest.mark.martinet_only


def start(folder: Path, *options: str) -> Martinet:
    server = Martinet(folder, *options)
    server.data.mkdir()
    server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
    server.start()
    return server


def refused(endpoint: Endpoint, **more: object) -> str:
    with pytest.raises(psycopg.OperationalError) as caught:
        psycopg.connect(**endpoint.parameters(**more)).close()
    return str(caught.value)


def test_plain_connections_work_unless_tls_is_required(martinet: Endpoint, tmp_path: Path) -> None:
    with martinet.connect(sslmode="disable") as connection:
        assert not connection.pgconn.ssl_in_use
    server = start(tmp_path, "--tls", "require")
    try:
        assert "28000" in refused_state(server.endpoint)
        assert server.endpoint.run("select 1") == [(1,)]
    finally:
        assert server.stop() == 0


def refused_state(endpoint: Endpoint) -> list[str]:
    """The SQLSTATEs that a client without TLS is sent."""
    with RawConnection(endpoint) as connection:
        connection.send(startup(user=endpoint.user, database=endpoint.database))
        return errors(connection.drain())


def test_the_generated_certificate_binds_the_channel(martinet: Endpoint) -> None:
    with martinet.connect(channel_binding="require") as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_without_users_nobody_gets_in(tmp_path: Path) -> None:
    server = Martinet(tmp_path)
    server.data.mkdir()
    with pytest.raises(RuntimeError, match=r"password authentication failed|not ready"):
        server_start_with_short_patience(server)


def server_start_with_short_patience(server: Martinet) -> None:
    import servers

    patience, servers.START_TIMEOUT_S = servers.START_TIMEOUT_S, 3
    try:
        server.start()
    finally:
        servers.START_TIMEOUT_S = patience


def test_users_come_go_and_change_their_password(tmp_path: Path) -> None:
    server = start(tmp_path)
    try:
        second = Endpoint("martinet", server.endpoint.port, "second", "first-password")
        server.add_user(second.user, second.password)
        assert second.run("select current_user") == [("second",)]
        assert "second" in server.command("user", "list", "--data", str(server.data)).stdout
        server.command("user", "password", "second", "--data", str(server.data), stdin="other-password\n")
        assert "password authentication failed" in refused(second)
        second.password = "other-password"
        assert second.run("select 1") == [(1,)]
        server.command("user", "remove", "second", "--data", str(server.data))
        assert "password authentication failed" in refused(second)
    finally:
        assert server.stop() == 0


def test_failures_take_as_long_for_unknown_users(tmp_path: Path) -> None:
    server = start(tmp_path)

    def failure_s(user: str) -> float:
        started = time.perf_counter()
        refused(server.endpoint, user=user, password="wrong")
        return time.perf_counter() - started

    try:
        known = [failure_s(server.endpoint.user) for _ in range(4)]
        unknown = [failure_s("nobody") for _ in range(4)]
    finally:
        assert server.stop() == 0
    ratio = statistics.median(known) / statistics.median(unknown)
    assert 0.5 < ratio < 2, (known, unknown)


def test_guessing_passwords_is_slowed_down_and_the_owner_still_gets_in(tmp_path: Path) -> None:
    server = start(tmp_path)
    try:
        started = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: refused(server.endpoint, user="second", password="wrong"), range(40)))
        assert time.monotonic() - started > 2, "forty guesses in under two seconds"
        assert server.endpoint.run("select 1") == [(1,)]
    finally:
        assert server.stop() == 0


def test_strangers_who_say_nothing_do_not_keep_others_out(martinet: Endpoint) -> None:
    silent = []
    try:
        for _ in range(150):
            silent.append(socket.create_connection((martinet.host, martinet.port), timeout=5))
        assert martinet.run("select 1") == [(1,)]
    finally:
        for connection in silent:
            connection.close()
    assert martinet.run("select 1") == [(1,)]


def test_too_many_connections_are_told_so(tmp_path: Path) -> None:
    server = start(tmp_path, "--max-connections", "10")
    connections = []
    try:
        with pytest.raises(psycopg.OperationalError, match="too many clients"):
            for _ in range(20):
                connections.append(psycopg.connect(**server.endpoint.parameters()))
        assert len(connections) >= 5
        connections.pop().close()
        time.sleep(0.2)  # the server notices a closed connection when it reads
        connections.append(psycopg.connect(**server.endpoint.parameters()))
    finally:
        for connection in connections:
            connection.close()
        assert server.stop() == 0


def test_a_statement_that_is_too_long_is_refused(martinet: Endpoint) -> None:
    with martinet.connect() as connection:
        with pytest.raises(psycopg.Error) as caught:
            connection.execute("select '" + "x" * (64 << 20) + "'")
        assert caught.value.sqlstate in ("54000", "08P01", None)
    assert martinet.run("select 1") == [(1,)]
