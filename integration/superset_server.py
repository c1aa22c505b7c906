"""Starts a real Superset and speaks its REST API, as its web pages do."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent


class SupersetError(Exception):
    """An answer other than 2xx: `status` and the decoded `body`."""

    def __init__(self, status, body):
        super().__init__(f"{status}: {json.dumps(body)[:2000]}")
        self.status = status
        self.body = body


class Superset:
    """A Superset process with a metadata file of its own, and an administrator who is logged in."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.environment = Path(
            subprocess.check_output([ROOT / "scripts" / "python-env", "superset"], text=True).strip()
        )
        self.token = None
        self.process = None
        self.port = None

    def start(self):
        self._prepare_metadata()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        bind = ["--bind", f"127.0.0.1:{self.port}", "--timeout", "120"]
        workers = ["--workers", "1", "--worker-class", "gthread", "--threads", "8"]
        with (self.folder / "superset.log").open("wb") as log:
            self.process = subprocess.Popen(
                [self.environment / "bin" / "gunicorn", *bind, *workers, "superset.app:create_app()"],
                env=self._variables(),
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"Superset did not start: {self.log()}") from None
                time.sleep(0.3)
        credentials = {"username": "admin", "password": "admin", "provider": "db", "refresh": False}
        self.token = self.post("/api/v1/security/login", credentials)["access_token"]
        return self

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def log(self):
        return (self.folder / "superset.log").read_text(errors="replace")[-4000:]

    def get(self, path):
        return self._call("GET", path, None)

    def post(self, path, body):
        return self._call("POST", path, body)

    def put(self, path, body):
        return self._call("PUT", path, body)

    def delete(self, path):
        return self._call("DELETE", path, None)

    def _call(self, method, path, body):
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            headers=headers,
            data=None if body is None else json.dumps(body).encode(),
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace")
            try:
                body = json.loads(text)
            except ValueError:
                body = {"text": text}
            raise SupersetError(error.code, body) from None

    def _variables(self):
        return {
            **os.environ,
            "SUPERSET_TEST_FOLDER": str(self.folder),
            "SUPERSET_HOME": str(self.folder),
            "SUPERSET_CONFIG_PATH": str(Path(__file__).parent / "superset_config.py"),
            "FLASK_APP": "superset.app:create_app()",
            "SUPERSET_ENV": "test",
        }

    def _prepare_metadata(self):
        """An empty metadata file with an administrator; made once per environment, then copied."""
        metadata = self.folder / "superset.db"
        template = self.environment / "superset-empty.db"
        if not template.exists():
            account = "--username admin --firstname A --lastname D --email admin@example.org --password admin"
            for command in ("db upgrade", f"fab create-admin {account}", "init"):
                run = subprocess.run(
                    [self.environment / "bin" / "superset", *command.split()],
                    env=self._variables(),
                    capture_output=True,
                    text=True,
                    check=False,
                )
                if run.returncode != 0:
                    raise RuntimeError(f"superset {command}: {run.stdout[-2000:]}{run.stderr[-4000:]}")
            shutil.copy(metadata, template.with_suffix(".new"))
            template.with_suffix(".new").rename(template)
        shutil.copy(template, metadata)
