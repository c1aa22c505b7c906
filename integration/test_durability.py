"""kill -9 in the middle of writes: what was acknowledged is there, nothing else is half there."""

import contextlib
import os
import random
import threading
import time
from pathlib import Path

import psycopg
import pytest
from servers import Endpoint, Martinet

pytestmark = pytest.mark.martinet_only
KILLS = int(os.environ.get("MARTINET_TEST_KILLS", "100"))
WRITERS = 3
ROWS = 7  # of one transaction, over two statements
TABLE = "public.ledger"


class Writer(threading.Thread):
    """Commits transactions of ROWS rows each until the server goes away."""

    def __init__(self, endpoint: Endpoint, number: int, first: int):
        super().__init__(daemon=True)
        self.endpoint = endpoint
        self.number = number
        self.next = first
        self.acknowledged: set[int] = set()
        self.attempted: set[int] = set()

    def run(self) -> None:
        with contextlib.suppress(psycopg.Error), psycopg.connect(**self.endpoint.parameters()) as connection:
            while True:
                sequence, self.next = self.next, self.next + 1
                try:
                    connection.execute(self.insert(sequence, 0, 3))
                    connection.execute(self.insert(sequence, 3, ROWS))
                    self.attempted.add(sequence)
                    connection.commit()
                    self.acknowledged.add(sequence)
                except psycopg.errors.SerializationFailure:
                    connection.rollback()  # told to retry: nothing was acknowledged

    def insert(self, sequence: int, first: int, last: int) -> str:
        rows = ", ".join(f"({self.number}, {sequence}, {part})" for part in range(first, last))
        return f"insert into {TABLE} values {rows}"


@pytest.mark.timeout(1800)
def test_kill_during_writes(tmp_path: Path) -> None:
    generator = random.Random(1)
    server = Martinet(tmp_path)
    server.data.mkdir()
    server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
    server.start()
    server.endpoint.run(f"create table {TABLE} (writer integer, sequence integer, part integer)")
    acknowledged: dict[int, set[int]] = {number: set() for number in range(WRITERS)}
    attempted: dict[int, set[int]] = {number: set() for number in range(WRITERS)}
    first = 0
    for kill in range(KILLS):
        writers = [Writer(server.endpoint, number, first) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(generator.uniform(0.02, 0.6))
        server.kill()
        for writer in writers:
            writer.join(30)
            acknowledged[writer.number] |= writer.acknowledged
            attempted[writer.number] |= writer.attempted
        first = max(writer.next for writer in writers)
        server.start()
        seen = server.endpoint.run(
            f"select writer, sequence, count(*), count(distinct part) from {TABLE} group by 1, 2"
        )
        found: dict[int, set[int]] = {number: set() for number in range(WRITERS)}
        for number, sequence, rows, parts in seen:
            assert (rows, parts) == (ROWS, ROWS), (
                f"kill {kill}: transaction {number}/{sequence} is half there"
            )
            found[number].add(sequence)
        for number in range(WRITERS):
            lost = acknowledged[number] - found[number]
            assert not lost, f"kill {kill}: acknowledged but gone: {sorted(lost)[:10]}"
            invented = found[number] - attempted[number] - acknowledged[number]
            assert not invented, f"kill {kill}: there but never committed: {sorted(invented)[:10]}"
        if kill % 10 == 9:  # keeps the number of small files within reason
            server.endpoint.run(f"drop table {TABLE}")
            server.endpoint.run(f"create table {TABLE} (writer integer, sequence integer, part integer)")
            acknowledged = {number: set() for number in range(WRITERS)}
            attempted = {number: set() for number in range(WRITERS)}
    assert server.stop() == 0


def test_a_second_start_on_the_same_folder_is_refused(martinet_server: Martinet) -> None:
    data = str(martinet_server.data)
    result = martinet_server.command("serve", "--data", data, "--port", "0", check=False)
    assert result.returncode != 0
    assert data in result.stderr
    assert martinet_server.endpoint.run("select 1") == [(1,)]


def test_sigterm_lets_a_running_statement_finish(tmp_path: Path) -> None:
    server = Martinet(tmp_path)
    server.data.mkdir()
    server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
    server.start()
    answers: list[object] = []

    def ask() -> None:
        with contextlib.suppress(psycopg.Error):
            answers.append(
                server.endpoint.run(
                    "select count(*) from generate_series(1, 30000) a, generate_series(1, 30000) b"
                )
            )

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.4)
    assert server.stop() == 0
    thread.join(20)
    assert answers == [[(900000000,)]]


def test_a_corrupt_catalog_is_a_clear_error(tmp_path: Path) -> None:
    server = Martinet(tmp_path)
    server.data.mkdir()
    server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
    server.start()
    server.endpoint.run("create table t as select 1 as a")
    assert server.stop() == 0
    catalog = server.data / "catalog.sqlite"
    for path in server.data.glob("catalog.sqlite-*"):
        path.unlink()
    catalog.write_bytes(b"not a database " * 4096)
    result = server.command("serve", "--data", str(server.data), "--port", "0", check=False)
    assert result.returncode != 0
    assert "catalog" in result.stderr
    assert "is no SQLite database" in result.stderr
