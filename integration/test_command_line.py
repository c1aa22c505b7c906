"""The program itself: help, errors that help, users, one server for a folder, its log, loading."""

import contextlib
import json
import os
import pty
import socket
import sqlite3
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest
from servers import Martinet, free_port, wait_for

pytestmark = pytest.mark.martinet_only

OK, FAILURE, USAGE, IN_USE = 0, 1, 2, 3
PATIENCE_S = 30


def fails(program: Martinet, *arguments: str, status: int, stdin: str | None = None) -> str:
    """What a command that ends with `status` says; nothing of it on standard output."""
    result = program.command(*arguments, check=False, stdin=stdin)
    assert result.returncode == status, result
    assert result.stdout == ""
    assert result.stderr.startswith("martinet: ")
    return result.stderr


# Help and errors


@pytest.mark.parametrize(
    "words", [[], ["serve"], ["load"], ["user"], ["user", "add"], ["settings"], ["version"]]
)
def test_help_teaches(program: Martinet, words: list[str]) -> None:
    text = program.command(*words, "--help").stdout
    assert "Usage: martinet" in text
    assert "--data ./lake" in text or words == ["version"]
    assert max(len(line) for line in text.splitlines()) <= 130
    if words:
        assert program.command("help", *words).stdout == text


def test_no_command_prints_the_overview(program: Martinet) -> None:
    assert program.command().stdout == program.command("--help").stdout


def test_version_names_the_engine(program: Martinet) -> None:
    assert program.command("version").stdout.startswith("martinet 0.")
    assert "DuckDB v1.5.5" in program.command("--version").stdout


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["serv"], "there is no command `martinet serv`", "Did you mean `martinet serve`?"),
        (["serve", "--prot", "1"], "has no option --prot", "Did you mean --port?"),
        (["user", "ad", "x"], "there is no command `martinet user ad`", "Did you mean `martinet user add`?"),
        (["user", "add"], "needs NAME", "martinet user add --help"),
        (["load", "sbs"], "DATASET must be ssb or tpch", "Did you mean ssb?"),
        (["load", "ssb", "--scale", "big"], '--scale must be a number above 0, not "big"', ""),
        (["serve"], "no data folder was given", "--data DIR or set MARTINET_DATA"),
        (["serve", "--port", "high"], "--port must be a whole number from 0 to 65535", ""),
        (["serve", "--s3-secret", "x"], "every user of the machine can see", "MARTINET_S3_SECRET"),
        (["user", "add", "maria", "--password", "x"], "has no option --password", "--password-file"),
    ],
)
def test_mistakes_are_explained(program: Martinet, arguments: list[str], message: str, hint: str) -> None:
    said = fails(program, *arguments, status=USAGE)
    assert message in said
    assert hint in said


def test_a_catalog_password_stays_off_the_command_line(program: Martinet) -> None:
    catalog = "postgres:host=127.0.0.1 password=secretword"
    said = fails(program, "serve", "--data", str(program.data), "--catalog", catalog, status=USAGE)
    assert "secretword" not in said


def test_the_file_and_the_environment_are_read(program: Martinet, monkeypatch: pytest.MonkeyPatch) -> None:
    program.data.mkdir()
    (program.data / "martinet.conf").write_text("# ours\nthreads = 3\nport = 7001 # not this one\n")
    monkeypatch.setenv("MARTINET_PORT", "7002")
    monkeypatch.setenv("MARTINET_S3_SECRET", "secretword")
    shown = program.command("settings", "--data", str(program.data), "--max-connections", "9").stdout
    lines = {line.split(" = ")[0].strip(): line.split(" = ")[1] for line in shown.splitlines()}
    assert lines["threads"] == f"3  # {program.data}/martinet.conf"
    assert lines["port"] == "7002  # environment"
    assert lines["max-connections"] == "9  # command line"
    assert lines["tls"] == "prefer"
    assert "secretword" not in shown
    (program.data / "martinet.conf").write_text("thread = 3\n")
    said = fails(program, "serve", "--data", str(program.data), status=USAGE)
    assert 'martinet.conf:1: there is no setting "thread"' in said
    assert 'Did you mean "threads"?' in said


# Users


def test_users_are_added_listed_changed_and_removed(program: Martinet) -> None:
    data = ["--data", str(program.data)]
    said = fails(program, "user", "list", *data, status=FAILURE)
    assert f"there is no Martinet in {program.data}" in said
    program.add_user("maria", "first")
    program.add_user("admin", "second", "--superuser")
    lines = [line.split() for line in program.command("user", "list", *data).stdout.splitlines()]
    assert [line[:2] for line in lines] == [["admin", "superuser"], ["maria", "user"]]
    said = fails(program, "user", "add", "maria", *data, status=FAILURE, stdin="other\n")
    assert 'user "maria" already exists' in said
    assert "Did you mean maria?" in fails(program, "user", "remove", "mara", *data, status=FAILURE)
    program.command("user", "remove", "maria", *data)
    assert "maria" not in program.command("user", "list", *data).stdout
    assert "reserved" in fails(program, "user", "add", "pg_x", *data, status=FAILURE, stdin="x\n")
    assert "the password is empty" in fails(program, "user", "add", "x", *data, status=FAILURE, stdin="\n")


def test_only_a_verifier_is_stored_and_only_the_owner_reads_it(program: Martinet) -> None:
    program.add_user("maria", "correct-horse-battery")
    control = program.data / "control.sqlite"
    assert stat.S_IMODE(control.stat().st_mode) == 0o600
    assert stat.S_IMODE(program.data.stat().st_mode) == 0o700
    for path in program.data.iterdir():
        assert b"correct-horse-battery" not in path.read_bytes()
    with contextlib.closing(sqlite3.connect(control)) as connection:
        (verifier,) = connection.execute("select verifier from users").fetchone()
    assert verifier.startswith("SCRAM-SHA-256$4096:")


def test_a_password_comes_from_a_file_or_is_made(program: Martinet, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\nsecond line\n")
    data = ["--data", str(program.data)]
    program.command("user", "add", "file", "--password-file", str(secret), *data)
    made = program.command("user", "add", "made", "--generate", *data).stdout.strip()
    assert len(made) == 24
    assert made.isalnum()
    program.endpoint.user, program.endpoint.password = "file", "from the file"
    program.start()
    for user, password in (("file", "from the file"), ("made", made)):
        psycopg.connect(**program.endpoint.parameters(user=user, password=password)).close()


def ask_on_a_terminal(program: Martinet, arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """Runs a command on a terminal of its own; what it shows, and how it ended."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(program.binary, [str(program.binary), *arguments])
    shown = b""
    remaining = [answer.encode() + b"\n" for answer in answers]
    with contextlib.suppress(OSError):
        while chunk := os.read(terminal, 1024):
            shown += chunk
            if remaining and shown.rstrip(b"\r\n").endswith(b": "):
                os.write(terminal, remaining.pop(0))
                shown += b"|"
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_the_terminal_shows_no_password(program: Martinet) -> None:
    arguments = ["user", "add", "maria", "--data", str(program.data)]
    status, shown = ask_on_a_terminal(program, arguments, ["secretword", "another"])
    assert status == FAILURE
    assert "the two passwords differ" in shown
    status, shown = ask_on_a_terminal(program, arguments, ["secretword", "secretword"])
    assert status == OK
    assert "Password for user maria: " in shown
    assert "secretword" not in shown
    assert "user maria added" in shown


def test_a_running_server_sees_users_at_once(running_program: Martinet) -> None:
    data = ["--data", str(running_program.data)]
    running_program.add_user("late", "first")
    late = running_program.endpoint.parameters(user="late", password="first")
    psycopg.connect(**late).close()
    running_program.command("user", "password", "late", *data, stdin="second\n")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**late)
    late["password"] = "second"
    psycopg.connect(**late).close()
    running_program.command("user", "remove", "late", *data)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**late)


# The server and its folder


def test_a_fresh_folder_is_filled_and_says_how_to_add_a_user(program: Martinet) -> None:
    port = free_port()
    log = program.data.parent / "out"
    with log.open("wb") as out:
        program.process = subprocess.Popen(
            [program.binary, "serve", "--data", program.data, "--port", str(port)],
            stdout=out,
            stderr=subprocess.DEVNULL,
        )
    wait_for("no ready line", lambda: "is ready" in log.read_text())
    lines = log.read_text().splitlines()
    assert f'database "lake" on 127.0.0.1:{port} (TLS prefer)' in lines[0]
    assert f"martinet user add NAME --data {program.data}" in lines[1]
    assert {"catalog.sqlite", "control.sqlite", "files", "lock", "tls"} <= {
        p.name for p in program.data.iterdir()
    }
    for path in program.data.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, f"{path} is not for its owner alone"
    assert program.stop() == OK


def test_a_second_start_is_refused(running_program: Martinet) -> None:
    data = ["--data", str(running_program.data)]
    said = fails(running_program, "serve", *data, "--port", str(free_port()), status=IN_USE)
    assert f"{running_program.data} is in use" in said
    assert f"process {running_program.process.pid}" in said
    said = fails(running_program, "load", "ssb", "--scale", "0.01", *data, status=IN_USE)
    assert "Only one process can load data" in said
    running_program.kill()
    running_program.start()
    assert running_program.stop() == OK


def test_a_port_that_is_taken_is_named(program: Martinet) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = fails(program, "serve", "--data", str(program.data), "--port", str(port), status=FAILURE)
    assert f"cannot listen on 127.0.0.1 port {port}: Address already in use" in said
    assert "choose another --port" in said


def test_a_damaged_control_file_is_named(program: Martinet) -> None:
    program.data.mkdir()
    (program.data / "control.sqlite").write_bytes(b"this is no database\n" * 500)
    for command in (["serve", "--port", str(free_port())], ["user", "list"]):
        said = fails(program, *command, "--data", str(program.data), status=FAILURE)
        assert f"{program.data}/control.sqlite is damaged" in said


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_folder_of_somebody_else_is_named(program: Martinet) -> None:
    program.data.mkdir(mode=0o755)
    for folder in (program.data, *program.data.parents[:3]):
        folder.chmod(0o755)
    result = subprocess.run(
        [program.binary, "serve", "--data", program.data],
        user=65534,
        group=65534,
        extra_groups=[],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert result.returncode == FAILURE
    assert f"the folder {program.data} cannot be written: Permission denied" in result.stderr


def test_a_unix_socket_needs_no_tls(program: Martinet) -> None:
    program.options = ("--socket-dir", str(program.data.parent), "--tls", "require")
    program.add_user(program.endpoint.user, program.endpoint.password)
    program.start()
    path = program.data.parent / f".s.PGSQL.{program.endpoint.port}"
    parameters = program.endpoint.parameters(host=str(program.data.parent), sslmode="disable")
    psycopg.connect(**parameters).close()
    assert program.stop() == OK
    assert not path.exists()


def test_a_server_without_descriptors_recovers(program: Martinet) -> None:
    """EMFILE: connections are refused or wait, and the server goes on when some are closed."""
    program.add_user(program.endpoint.user, program.endpoint.password)
    program.start()
    pid = program.process.pid
    subprocess.run(["prlimit", "--pid", str(pid), "--nofile=80:80"], check=True)
    strangers = [socket.create_connection(("127.0.0.1", program.endpoint.port)) for _ in range(100)]
    wait_for("descriptors are left", lambda: len(os.listdir(f"/proc/{pid}/fd")) >= 78)
    for stranger in strangers:
        stranger.close()

    def connects() -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(**program.endpoint.parameters()).close()
            return True
        return False

    wait_for("nobody gets in any more", connects)
    assert program.stop() == OK


# Log and load


def test_the_log_is_json_lines_without_secrets(program: Martinet) -> None:
    program.options = ("--log-format", "json", "--log-level", "debug")
    program.add_user(program.endpoint.user, program.endpoint.password)
    program.start()
    with program.endpoint.connect() as connection:
        connection.execute("select %s::text", ("valueofaparameter",))
        with contextlib.suppress(psycopg.Error):
            connection.execute("select nonsense")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**program.endpoint.parameters(password="wrongpassword"))
    assert program.stop() == OK
    text = program.log.read_text()
    entries = [json.loads(line) for line in text.splitlines() if not line.startswith("Martinet")]
    assert {"time", "level", "message"} <= entries[0].keys()
    assert [entry["message"] for entry in entries if entry["message"] in ("ready", "stopped")] == [
        "ready",
        "stopped",
    ]
    for secret in (program.endpoint.password, "wrongpassword", "valueofaparameter"):
        assert secret not in text


def test_load_fills_a_folder_once(program: Martinet) -> None:
    load = ["load", "ssb", "--scale", "0.01", "--data", str(program.data)]
    first = program.command(*load)
    assert first.stdout.startswith("loaded ")
    assert "%" in first.stderr
    assert "there already" in program.command(*load).stdout
    assert program.command(*load, "--replace").stdout == first.stdout
    program.add_user(program.endpoint.user, program.endpoint.password)
    program.start()
    rows = int(first.stdout.split()[1])
    tables = ("lineorder", "customer", "supplier", "part", '"date"')
    counted = sum(program.endpoint.run(f"select count(*) from ssb.{table}")[0][0] for table in tables)
    assert counted == rows
    assert program.stop() == OK
