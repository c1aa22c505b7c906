"""A user of the database can't get at the server: files, network, engine settings, control data, roles.

Each line of escapes/*.sql must give an error in every form a client can send it, leave nothing behind and
show nothing of the canaries: a file, an environment variable and the control database.
"""

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import pq
from servers import Endpoint, Martinet

pytestmark = pytest.mark.martinet_only
FOLDER = Path(__file__).parent / "escapes"
SCHEMA = "playground"


@dataclass
class Range:
    """A server with canaries, the folder that must not change, and a listener nobody may call."""

    server: Martinet
    user: Endpoint
    folder: Path
    token: str
    target: Path
    listener: socket.socket
    calls: list[object]

    def fill(self, statement: str) -> str:
        return statement.format(
            canary=self.folder / "canary.csv",
            folder=self.folder,
            target=self.target,
            data=self.server.data,
            schema=SCHEMA,
            token=self.token,
            user=self.user.user,
            port=self.listener.getsockname()[1],
        )

    def secrets(self) -> list[str]:
        return [self.token, "SCRAM-SHA-256$", "PRIVATE KEY", "SQLite format"]


@pytest.fixture(scope="module")
def range_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    folder = tmp_path_factory.mktemp("canaries")
    token = "canary-" + secrets.token_hex(16)
    (folder / "canary.csv").write_text(f"a\n{token}\n")
    listener = socket.create_server(("127.0.0.1", 0))
    calls: list[object] = []

    def listen() -> None:
        try:
            while True:
                connection, peer = listener.accept()
                calls.append(peer)
                connection.close()
        except OSError:
            return  # closed at the end

    threading.Thread(target=listen, daemon=True).start()
    server = Martinet(tmp_path_factory.mktemp("guarded"), environment={"CANARY": token})
    server.data.mkdir()
    server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
    user = Endpoint("martinet", server.endpoint.port, "plain", secrets.token_urlsafe(12))
    server.add_user(user.user, user.password)
    server.add_user("other", secrets.token_urlsafe(12))
    server.start()
    try:
        # Somebody else, whose session is none of the user's business.
        bystander = server.endpoint.connect()
        bystander.execute(f"select '{token}'")
        with user.connect() as connection:
            connection.execute(f"create schema {SCHEMA}")
            connection.execute(f"create table {SCHEMA}.t (a integer)")
            connection.execute(f"insert into {SCHEMA}.t values (42)")
        yield Range(server, user, folder, token, folder / "target", listener, calls)
        assert bystander.execute("select 1").fetchone() == (1,), "the session of another was ended"
        bystander.close()
    finally:
        status = server.stop()
        listener.close()
    assert status == 0
    assert calls == [], "the server called out"


def statements() -> list[pytest.param]:
    lines = [
        (path.stem, line)
        for path in sorted(FOLDER.glob("*.sql"))
        for line in path.read_text().splitlines()
        if line and not line.startswith("--")
    ]
    return [pytest.param(line, id=f"{stem}: {line[:80]}") for stem, line in lines]


def texts(results: list[pq.PGresult]) -> str:
    """Everything that the results say: rows, names, messages."""
    seen = []
    for result in results:
        seen.append(result.error_message)
        for column in range(result.nfields):
            seen.append(result.fname(column) or b"")
            seen += [result.get_value(row, column) or b"" for row in range(result.ntuples)]
    return b"\n".join(seen).decode(errors="replace")


def simple(connection: pq.PGconn, statement: str) -> list[pq.PGresult]:
    connection.send_query(statement.encode())
    results = []
    while result := connection.get_result():
        results.append(result)
        if result.status == pq.ExecStatus.COPY_IN:
            connection.put_copy_end(b"no data")
        while result.status == pq.ExecStatus.COPY_OUT and connection.get_copy_data(0)[0] > 0:
            pass
    return results


def extended(connection: pq.PGconn, statement: str) -> list[pq.PGresult]:
    results = [connection.prepare(b"", statement.encode())]
    if results[0].status == pq.ExecStatus.COMMAND_OK:
        results.append(connection.exec_prepared(b"", []))
    return results


FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.BAD_RESPONSE)


@pytest.mark.parametrize("statement", statements())
def test_an_escape_is_refused(range_: Range, statement: str) -> None:
    text = range_.fill(statement)
    forms = {
        "simple": (simple, text),
        "after another": (simple, f"select 1; {text}"),
        "extended": (extended, text),
    }
    before = sorted(os.listdir(range_.folder))
    for form, (send, sent) in forms.items():
        with range_.user.connect() as connection:
            results = send(connection.pgconn, sent)
            said = texts(results)
            assert any(result.status in FAILED for result in results), f"{form}: allowed"
            for secret in range_.secrets():
                assert secret not in said.replace(sent, ""), f"{form}: shows {secret}"
            states = {
                result.error_field(pq.DiagnosticField.SQLSTATE)
                for result in results
                if result.status in FAILED
            }
            assert states <= {state for state in states if state and not state.startswith(b"XX")}, (
                form,
                said,
            )
    assert sorted(os.listdir(range_.folder)) == before, "left a file behind"
    assert range_.server.process is not None
    assert range_.server.process.poll() is None, "the server ended"
    assert range_.calls == [], "the server called out"


def test_the_table_and_the_server_are_as_before(range_: Range) -> None:
    assert range_.user.run(f"select * from {SCHEMA}.t") == [(42,)]
    assert range_.user.run("select 7/2, version() like 'PostgreSQL%'") == [(3, True)]
    tables = range_.user.run(
        f"select table_name from information_schema.tables where table_schema = '{SCHEMA}'"
    )
    assert tables == [("t",)]
    assert range_.calls == []


FILE_ARGUMENTS = [
    "select * from read_text({mark})",
    "select * from read_csv({mark})",
    "select * from query({mark})",
    "select * from glob({mark})",
    "select * from query_table({mark})",
    "select getenv({mark})",
    "copy playground.t to {mark}",
]


@pytest.mark.parametrize("statement", FILE_ARGUMENTS)
def test_a_parameter_is_no_way_around(range_: Range, statement: str) -> None:
    canary = str(range_.folder / "canary.csv")
    with range_.user.connect() as connection:
        for mark in ("%s", "%b", "%t"):
            with pytest.raises(psycopg.Error) as caught:
                connection.execute(statement.format(mark=mark), (canary,))
            assert range_.token not in str(caught.value)


def test_what_a_user_may_see_names_no_file_of_the_server(range_: Range) -> None:
    """Relations that answer, but must not tell where the server keeps its data."""
    relations = [
        "pg_settings",
        "pg_database",
        "pg_tablespace",
        "pg_stat_activity",
        "pg_class",
        "pg_roles",
        "pg_user",
    ]
    with range_.user.connect() as connection:
        for relation in relations:
            result = connection.pgconn.exec_(f"select * from {relation}".encode())
            said = texts([result])
            assert result.status == pq.ExecStatus.TUPLES_OK, said
            for secret in [*range_.secrets(), str(range_.server.data)]:
                assert secret not in said, relation
        for statement in (
            "select * from nowhere",
            "select 'x'::int",
            "insert into playground.t values ('x')",
        ):
            assert str(range_.server.data) not in texts([connection.pgconn.exec_(statement.encode())])


def test_sessions_of_others_are_out_of_reach(range_: Range) -> None:
    """As in PostgreSQL: a user signals the own sessions, a superuser those of others."""
    with (
        range_.user.connect() as own,
        range_.user.connect() as plain,
        range_.server.endpoint.connect() as boss,
    ):
        boss_pid, own_pid = boss.info.backend_pid, own.info.backend_pid
        shown = plain.execute(
            "select query, state, client_port from pg_stat_activity where pid = %s", (boss_pid,)
        ).fetchone()
        assert shown == ("<insufficient privilege>", None, None)
        for function in ("pg_cancel_backend", "pg_terminate_backend"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="must be a superuser to"):
                plain.execute(f"select {function}(%s)", (boss_pid,))
        assert boss.execute("select 1").fetchone() == (1,)
        assert plain.execute("select pg_terminate_backend(%s)", (own_pid,)).fetchone() == (True,)
        with pytest.raises(psycopg.errors.AdminShutdown):
            own.execute("select 1")
        assert boss.execute("select pg_terminate_backend(%s)", (plain.info.backend_pid,)).fetchone() == (
            True,
        )
        with pytest.raises(psycopg.errors.AdminShutdown):
            plain.execute("select 1")
        assert boss.execute("select pg_terminate_backend(0)").fetchone() == (False,)


def test_the_folder_is_closed_to_other_users_of_the_machine(range_: Range) -> None:
    assert range_.server.data.stat().st_mode & 0o077 == 0
    for path in range_.server.data.rglob("*"):
        if path.suffix in (".sqlite", ".key"):
            assert path.stat().st_mode & 0o077 == 0, path


def test_passwords_are_kept_as_verifiers_only(range_: Range) -> None:
    for path in range_.server.data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert range_.user.password.encode() not in content, path
    assert range_.user.password not in range_.server.log.read_text()
