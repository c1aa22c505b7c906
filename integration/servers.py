"""The servers that the end-to-end tests talk to: Martinet itself, and a real PostgreSQL to compare with."""

import contextlib
import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Endpoint:
    """How a client reaches a server, and as whom."""

    kind: str  # "martinet" or "postgres"
    port: int
    user: str
    password: str = field(repr=False)
    database: str = "lake"
    host: str = "127.0.0.1"

    @property
    def is_postgres(self) -> bool:
        return self.kind == "postgres"

    def parameters(self, **more: object) -> dict[str, object]:
        """Connection parameters in libpq's words, TLS required."""
        return {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "dbname": self.database,
            "sslmode": "require",
            "connect_timeout": 10,
            **more,
        }

    def uri(self, scheme: str = "postgresql", query: str = "sslmode=require") -> str:
        question = f"?{query}" if query else ""
        address = f"{self.host}:{self.port}/{self.database}"
        return f"{scheme}://{self.user}:{self.password}@{address}{question}"

    def environment(self) -> dict[str, str]:
        """The environment of a libpq program such as psql, without anything personal."""
        return {
            **os.environ,
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": self.database,
            "PGSSLMODE": "require",
            "PGCONNECT_TIMEOUT": "10",
            "PSQLRC": os.devnull,
            "PAGER": "cat",
            "LC_ALL": "C.UTF-8",
        }

    def connect(self, **more: object) -> psycopg.Connection:
        """A psycopg connection that commits every statement."""
        return psycopg.connect(**self.parameters(**more), autocommit=True)

    def run(self, sql: str) -> list[tuple]:
        """Runs one statement on a connection of its own and returns its rows, if it has any."""
        with self.connect() as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []


def wait_for(what: str, condition: Callable[[], bool], patience_s: float = 30) -> None:
    """Waits until `condition` holds; `what` says what is wrong if it never does."""
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def wait_until_ready(endpoint: Endpoint, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        if process.poll() is not None:
            raise RuntimeError(f"{endpoint.kind} ended at start with status {process.returncode}")
        try:
            with endpoint.connect() as connection:
                connection.execute("select 1")
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{endpoint.kind} not ready in {START_TIMEOUT_S} s: {error}") from error
            time.sleep(0.05)


class Martinet:
    """A `martinet serve` on a data folder and a free port of its own."""

    def __init__(self, folder: Path, *options: str, environment: dict[str, str] | None = None):
        self.binary = Path(os.environ.get("MARTINET_BINARY", ROOT / ".build" / "release" / "martinet"))
        if not self.binary.is_file():
            raise RuntimeError(f"no {self.binary}: run `make build`, or name another with MARTINET_BINARY")
        self.data = folder / "data"
        self.log = folder / "serve.log"
        self.options = options
        self.environment = {**os.environ, **(environment or {})}
        self.process: subprocess.Popen | None = None
        self.endpoint = Endpoint("martinet", free_port(), "martinet", secrets.token_urlsafe(18))

    def command(
        self, *arguments: str, check: bool = True, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs another subcommand of the program, e.g. `user add`."""
        result = subprocess.run(
            [str(self.binary), *arguments],
            capture_output=True,
            text=True,
            timeout=600,
            **({"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}),
        )
        if check and result.returncode != 0:
            raise RuntimeError(f"martinet {' '.join(arguments)}: {result.stdout}{result.stderr}")
        return result

    def add_user(self, name: str, password: str, *options: str) -> None:
        self.command("user", "add", name, "--data", str(self.data), *options, stdin=password + "\n")

    def load(self, benchmark: str, scale: float) -> None:
        self.command("load", benchmark, "--scale", str(scale), "--data", str(self.data))

    def start(self) -> None:
        address = ["--host", self.endpoint.host, "--port", str(self.endpoint.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.binary), "serve", "--data", str(self.data), *address, *self.options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )
        try:
            wait_until_ready(self.endpoint, self.process)
        except RuntimeError as error:
            self.kill()
            raise RuntimeError(f"{error}\n{self.log_tail()}") from error

    def stop(self) -> int:
        """SIGTERM, as a service manager does; the exit status, 0 when all went well."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """kill -9, as a power failure would."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def log_tail(self, lines: int = 80) -> str:
        if not self.log.exists():
            return "(no log)"
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class PostgresCluster:
    """A real PostgreSQL in a temporary folder, with TLS and SCRAM as Martinet has them."""

    def __init__(self, settings: dict[str, object] | None = None) -> None:
        self.settings = settings or {}
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        initdb = found[-1] if found else shutil.which("initdb")
        if not initdb:
            raise RuntimeError("no PostgreSQL server here: run scripts/install-packages")
        self.bin = Path(initdb).parent
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self.endpoint = Endpoint("postgres", free_port(), "martinet", secrets.token_urlsafe(18))
        # The server refuses to run as root; Debian's package brings a user for it.
        self.owner = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        self.process: subprocess.Popen | None = None

    def _ownership(self) -> dict[str, object]:
        if self.owner is None:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}

    def _run(self, *command: str | Path) -> None:
        result = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            **self._ownership(),
        )
        if result.returncode != 0:
            raise RuntimeError(f"{command[0]}: {result.stdout}{result.stderr}")

    def start(self) -> None:
        if self.owner is not None:
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        password = self.folder / "password"
        password.write_text(self.endpoint.password)
        password.chmod(0o644)
        data = self.folder / "data"
        self._run(
            *(self.bin / "initdb", "--pgdata", data, "--username", self.endpoint.user),
            *("--pwfile", password, "--auth", "scram-sha-256", "--encoding", "UTF8"),
            *("--locale", "C.UTF-8", "--no-sync"),
        )
        password.unlink()
        key, certificate = self.folder / "server.key", self.folder / "server.crt"
        self._run(
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate),
        )
        settings = {
            "listen_addresses": self.endpoint.host,
            "port": self.endpoint.port,
            "unix_socket_directories": self.folder,
            "ssl": "on",
            "ssl_key_file": key,
            "ssl_cert_file": certificate,
            "fsync": "off",
            "shared_buffers": "256MB",
            "timezone": "UTC",
            **self.settings,
        }
        arguments = [f"--{name}={value}" for name, value in settings.items()]
        with (self.folder / "postgres.log").open("wb") as log:
            self.process = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", str(data), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._ownership(),
            )
        database, self.endpoint.database = self.endpoint.database, "postgres"
        try:
            wait_until_ready(self.endpoint, self.process)
        except RuntimeError as error:
            log_text = (self.folder / "postgres.log").read_text(errors="replace")
            raise RuntimeError(f"{error}\n{log_text}") from error
        self.endpoint.run(f"create database {database}")
        self.endpoint.database = database

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)  # fast shutdown
            self.process.wait(STOP_TIMEOUT_S)
        shutil.rmtree(self.folder, ignore_errors=True)
