"""Writers, readers and maintenance of two warehouses on one lake: nothing is lost, nobody starves."""

import os
import signal
import threading
import time
from pathlib import Path

import psycopg
import pytest
from servers import Endpoint, Martinet, wait_for

pytestmark = pytest.mark.martinet_only
COMMITS = 40
WAREHOUSES = ("bi", "science", "bi", "science")


def connect(server: Endpoint, warehouse: str, **more: object) -> psycopg.Connection:
    return server.connect(options=f"-c warehouse={warehouse}", **more)


def process_of(program: Martinet, warehouse: str) -> int:
    """The process id of a warehouse, by its command line."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if f"--name={warehouse}" in words and f"--data={program.data}" in words:
                return int(entry.name)
    raise AssertionError(f"no process of {warehouse}")


@pytest.mark.parametrize("tables", [1, 4], ids=["one table", "a table each"])
@pytest.mark.timeout(240)
def test_commits_of_two_processes_are_all_there(running_program: Martinet, tables: int) -> None:
    server = running_program.endpoint
    for number in range(tables):
        server.run(f"create table t{number} (writer int, i int)")
    failures: list[str] = []
    ended: list[float] = []
    ready = threading.Barrier(5)

    def write(writer: int) -> None:
        with connect(server, WAREHOUSES[writer]) as connection:
            connection.execute("select count(*) from t0").fetchall()
            ready.wait(30)
            for i in range(COMMITS):
                try:
                    connection.execute(f"insert into t{writer % tables} values ({writer}, {i})")
                except psycopg.Error as error:
                    failures.append(f"{error.sqlstate} {error}")
        ended.append(time.monotonic())

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    ready.wait(30)
    started = time.monotonic()
    for thread in threads:
        thread.join()
    assert failures == []
    union = " union all ".join(f"select * from t{number}" for number in range(tables))
    counts = f"select writer, count(distinct i), count(*) from ({union}) group by 1 order by 1"
    for warehouse in ("bi", "science"):
        with connect(server, warehouse) as connection:
            assert connection.execute(counts).fetchall() == [(w, COMMITS, COMMITS) for w in range(4)]
    # Each had its turns: the first to be done was not far before the last.
    assert min(ended) - started > (max(ended) - started) / 2


def test_a_transaction_of_another_warehouse_is_waited_for(running_program: Martinet) -> None:
    server = running_program.endpoint
    server.run("create table t (i int)")
    with connect(server, "science") as other, connect(server, "bi") as connection:
        other.execute("begin")
        other.execute("insert into t values (1)")
        connection.execute("set lock_timeout = '300ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            connection.execute("insert into t values (2)")
        connection.execute("set lock_timeout = 0")
        threading.Timer(0.3, connection.cancel).start()
        with pytest.raises(psycopg.errors.QueryCanceled):
            connection.execute("insert into t values (3)")
        threading.Timer(0.3, lambda: other.execute("commit")).start()
        connection.execute("insert into t values (4)")
        assert connection.execute("select i from t order by i").fetchall() == [(1,), (4,)]


def test_a_killed_writer_holds_up_nobody(running_program: Martinet) -> None:
    server = running_program.endpoint
    server.run("create table t (i int)")
    other = connect(server, "science")
    other.execute("begin")
    other.execute("insert into t values (1)")
    os.kill(process_of(running_program, "science"), signal.SIGKILL)
    with connect(server, "bi") as connection:
        connection.execute("set lock_timeout = '20s'")
        connection.execute("insert into t values (2)")
        assert connection.execute("select i from t").fetchall() == [(2,)]
    other.close()


@pytest.mark.timeout(120)
def test_maintenance_waits_for_readers_of_another_process(program: Martinet) -> None:
    """A cursor in one warehouse reads on though the other merges, expires and deletes every second."""
    program.options = ("--maintenance-interval=1s", "--snapshot-retention=1s")
    program.add_user(program.endpoint.user, program.endpoint.password, "--superuser")
    program.start()
    server = program.endpoint
    server.run("create table t (i bigint)")
    for part in range(12):
        server.run(f"insert into t select i from range({part * 100_000}, {(part + 1) * 100_000}) r(i)")
    folder = program.data / "files"

    def files() -> int:
        return len(list(folder.rglob("*.parquet")))

    with connect(server, "science") as reader, reader.transaction():
        cursor = reader.cursor(name="slow")
        cursor.execute("select i from t")
        rows = [row[0] for row in cursor.fetchmany(1000)]
        for _ in range(5):
            server.run("update t set i = i")
            time.sleep(1.2)
        assert reader.execute("select count(*), sum(i) from t").fetchone() == (1_200_000, 719_999_400_000)
        rows += [row[0] for row in cursor.fetchall()]
        assert sorted(rows) == list(range(1_200_000))
        before = files()
    wait_for("nothing was deleted after the reader had ended", lambda: files() < before / 2, patience_s=60)
    with connect(server, "science") as reader:
        assert reader.execute("select count(*), sum(i) from t").fetchone() == (1_200_000, 719_999_400_000)
