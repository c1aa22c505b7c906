"""Runs a command beside a PostgreSQL and an S3 server, for the unit tests that need them.

MARTINET_TEST_POSTGRES holds a connection string of libpq's, MARTINET_TEST_S3 the address of a server with
the bucket `lake` (localbucket, path-style, which checks no credentials).
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from servers import PostgresCluster, free_port


def start_object_store(folder: Path) -> tuple[subprocess.Popen, int]:
    port = free_port()
    (folder / "lake").mkdir()
    program = Path(sys.executable).with_name("localbucket")
    process = subprocess.Popen(
        [program, "--port", str(port), folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"localbucket ended with status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return process, port
        except OSError:
            time.sleep(0.05)
    process.kill()
    raise RuntimeError("localbucket does not answer")


def main() -> int:
    cluster = PostgresCluster()
    with tempfile.TemporaryDirectory(prefix="bucket-") as folder:
        store, port = start_object_store(Path(folder))
        try:
            cluster.start()
            end = cluster.endpoint
            environment = os.environ | {
                "MARTINET_TEST_S3": f"127.0.0.1:{port}",
                "MARTINET_TEST_POSTGRES": f"host={end.host} port={end.port} user={end.user}"
                f" password={end.password} dbname=postgres",
            }
            return subprocess.run(sys.argv[1:], env=environment).returncode
        finally:
            cluster.stop()
            store.terminate()
            store.wait()


if __name__ == "__main__":
    sys.exit(main())
