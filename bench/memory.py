"""Memory of the server: while 100 million rows stream through it, and with 1,000 idle TLS connections."""

import resource
import sys
import threading
import time
from pathlib import Path

from common import Report, arguments, martinet
from psycopg import pq
from roundtrip import connect

MIB = 2**20


def memory_bytes(pid: int, name: str) -> int:
    """A line of /proc/PID/smaps_rollup, e.g. Rss or Pss."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise ValueError(name)


class HighWater:
    """Samples the resident memory of a process until the block ends."""

    def __init__(self, pid: int):
        self.pid = pid
        self.highest = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self.done.wait(0.02):
            self.highest = max(self.highest, memory_bytes(self.pid, "Rss"))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()


def stream(connection: pq.PGconn, sql: bytes, binary: bool) -> int:
    """Reads a result in portions and keeps none of it; the number of rows."""
    connection.send_query_params(sql, [], result_format=pq.Format.BINARY if binary else pq.Format.TEXT)
    connection.set_chunked_rows_mode(10_000)
    rows = 0
    while (result := connection.get_result()) is not None:
        if result.status not in (pq.ExecStatus.TUPLES_CHUNK, pq.ExecStatus.TUPLES_OK):
            raise RuntimeError(result.error_message.decode())
        rows += result.ntuples
        result.clear()
    return rows


def streamed(report: Report, server, rows: int) -> None:
    pid = server.process.pid
    connection = connect(server.endpoint)
    sql = f"select a, a * 2 as b, 'row ' || a as c from generate_series(1, {rows}) t(a)".encode()
    stream(connection, sql.replace(str(rows).encode(), b"100000"), False)
    time.sleep(0.5)
    for name, binary in (("text", False), ("binary", True)):
        idle = memory_bytes(pid, "Rss")
        started = time.perf_counter()
        with HighWater(pid) as water:
            assert stream(connection, sql, binary) == rows
        seconds = time.perf_counter() - started
        above = (water.highest - idle) / MIB
        report.figure(f"{rows} rows streamed as {name}: high water above idle", above, "MiB", 200)
        report.figure(f"{rows} rows streamed as {name}: rows a second", rows / seconds / 1e6, "M/s")
    connection.finish()


def idle_connections(report: Report, server, count: int) -> None:
    pid = server.process.pid
    for connection in [connect(server.endpoint) for _ in range(10)]:
        connection.exec_(b"select 1")
        connection.finish()
    time.sleep(1)
    before = {name: memory_bytes(pid, name) for name in ("Rss", "Pss")}
    connections = [connect(server.endpoint) for _ in range(count)]
    time.sleep(1)
    for name in ("Rss", "Pss"):
        used = (memory_bytes(pid, name) - before[name]) / count / 1000
        report.figure(f"{count} idle TLS connections: {name} of each", used, "KB", 100)
    for connection in connections:
        assert connection.exec_(b"select count(*) from range(10)").status == pq.ExecStatus.TUPLES_OK
    used = (memory_bytes(pid, "Rss") - before["Rss"]) / count / 1000
    report.figure(f"{count} connections after a statement: Rss of each", used, "KB")
    for connection in connections:
        connection.finish()


def main() -> int:
    options = arguments(__doc__, rows=100_000_000, connections=1000)
    report = Report("memory")
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, options.connections + 1000), hard))
    with martinet(None, 1, "--max-connections", str(options.connections + 100)) as server:
        idle_connections(report, server, options.connections)
        streamed(report, server, options.rows)
    return 0 if report.save() else 1


if __name__ == "__main__":
    sys.exit(main())
