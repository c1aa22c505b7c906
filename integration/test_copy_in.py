"""COPY … FROM STDIN: formats, large streams, bad rows, clients that stop or go away."""

import threading
import time
from collections.abc import Iterator

import psycopg
import psycopg.errors
import pytest
from servers import Endpoint

ROWS = 400_000


@pytest.fixture
def connection(martinet: Endpoint, schema: str) -> Iterator[psycopg.Connection]:
    with martinet.connect() as connection:
        connection.autocommit = True
        connection.execute(f"set search_path = {schema}")
        connection.execute("drop table if exists loaded")
        connection.execute("create table loaded (id bigint, price numeric(12,2), day date, note text)")
        yield connection


def load(connection: psycopg.Connection, statement: str, *pieces: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in pieces:
            copy.write(piece)


def rows(connection: psycopg.Connection) -> list[tuple]:
    return connection.execute("select id, price::text, day::text, note from loaded order by id").fetchall()


def large(delimiter: str) -> bytes:
    line = delimiter.join(["{0}", "{1}.25", "2024-01-{2:02}", "note {0}"]) + "\n"
    return "".join(line.format(row, row % 1000, 1 + row % 28) for row in range(ROWS)).encode()


def test_text_in_pieces_of_any_size(connection: psycopg.Connection) -> None:
    data = "1\t1.5\t2024-01-01\ta\\tb\n2\t\\N\t\\N\té\\\\\n".encode()
    load(connection, "copy loaded from stdin", *(data[i : i + 1] for i in range(len(data))))
    assert rows(connection) == [(1, "1.50", "2024-01-01", "a\tb"), (2, None, None, "é\\")]


def test_csv_with_a_header_quotes_and_some_columns(connection: psycopg.Connection) -> None:
    data = b'note,id\r\n"two\nlines, ""quoted""",1\r\n,2\r\n"",3\r\n'
    load(connection, "copy loaded (note, id) from stdin (format csv, header match)", data)
    assert rows(connection) == [
        (1, None, None, 'two\nlines, "quoted"'),
        (2, None, None, None),
        (3, None, None, ""),
    ]


@pytest.mark.parametrize("options", ["", "(format csv)"])
def test_a_large_stream_arrives_whole(connection: psycopg.Connection, options: str) -> None:
    data = large("," if options else "\t")
    size = 1 << 20
    load(
        connection,
        f"copy loaded from stdin {options}",
        *(data[i : i + size] for i in range(0, len(data), size)),
    )
    found = connection.execute(
        "select count(*), sum(id), sum(price)::text, count(distinct note), max(day)::text from loaded"
    ).fetchone()
    price = sum(100 * (row % 1000) + 25 for row in range(ROWS))
    assert found == (ROWS, ROWS * (ROWS - 1) // 2, f"{price // 100}.{price % 100:02}", ROWS, "2024-01-28")


def test_binary_round_trip(connection: psycopg.Connection) -> None:
    load(
        connection,
        "copy loaded from stdin",
        b"1\t-0.05\t0001-01-01\tx\n2\t12345.67\t2024-02-29\t\n3\t\\N\t\\N\t\\N\n",
    )
    before = rows(connection)
    with connection.cursor() as cursor, cursor.copy("copy loaded to stdout (format binary)") as copy:
        data = b"".join(bytes(piece) for piece in copy)
    connection.execute("delete from loaded")
    load(connection, "copy loaded from stdin (format binary)", data)
    assert rows(connection) == before


@pytest.mark.parametrize(
    ("data", "state", "message", "context"),
    [
        (b"1\n", "22P04", 'missing data for column "price"', 'COPY loaded, line 1: "1"'),
        (
            b"1\t1\t2024-01-01\ta\tb\n",
            "22P04",
            "extra data after last expected column",
            'COPY loaded, line 1: "1\t1\t2024-01-01\ta\tb"',
        ),
        (
            b"1\t1\t2024-01-01\ta\nx\t1\t2024-01-01\ta\n",
            "22P02",
            'invalid input syntax for type bigint: "x"',
            'COPY loaded, line 2, column id: "x"',
        ),
        (
            b"1\t1\t2024-13-01\ta\n",
            "22008",
            'date/time field value out of range: "2024-13-01"',
            'COPY loaded, line 1, column day: "2024-13-01"',
        ),
        (
            b"1\t1\t2024-01-01\t\xff\n",
            "22021",
            'invalid byte sequence for encoding "UTF8": 0xff',
            "COPY loaded, line 1",
        ),
    ],
)
def test_bad_rows_are_refused_as_postgresql_does(
    connection: psycopg.Connection, data: bytes, state: str, message: str, context: str
) -> None:
    with pytest.raises(psycopg.Error) as refused:
        load(connection, "copy loaded from stdin", data)
    assert refused.value.sqlstate == state
    assert refused.value.diag.message_primary == message
    assert refused.value.diag.context == context
    assert rows(connection) == []


def test_a_bad_row_far_inside_keeps_nothing(connection: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InvalidTextRepresentation) as refused:
        load(connection, "copy loaded from stdin", large("\t"), b"bad\t1\t2024-01-01\tx\n")
    assert refused.value.diag.context == f'COPY loaded, line {ROWS + 1}, column id: "bad"'
    assert connection.execute("select count(*) from loaded").fetchone() == (0,)


def test_a_transaction_takes_it_back(connection: psycopg.Connection) -> None:
    with connection.transaction(force_rollback=True):
        load(connection, "copy loaded (id) from stdin", b"1\n")
        assert len(rows(connection)) == 1
    assert rows(connection) == []


def test_the_client_gives_up(connection: psycopg.Connection) -> None:
    with (
        pytest.raises(psycopg.errors.QueryCanceled, match="COPY from stdin failed"),
        connection.cursor() as cursor,
        cursor.copy("copy loaded (id) from stdin") as copy,
    ):
        copy.write(b"1\n")
        raise psycopg.errors.QueryCanceled("COPY from stdin failed")
    assert rows(connection) == []


def test_a_waiting_copy_can_be_cancelled_and_holds_nobody_up(
    martinet: Endpoint, connection: psycopg.Connection, schema: str
) -> None:
    with (
        pytest.raises(psycopg.errors.QueryCanceled, match="canceling statement due to user request"),
        connection.cursor() as cursor,
        cursor.copy("copy loaded from stdin") as copy,
    ):
        copy.write(large("\t"))
        with martinet.connect() as other:
            start = time.monotonic()
            assert other.execute(f"select count(*) from {schema}.loaded").fetchone() == (0,)
            assert time.monotonic() - start < 5
        threading.Timer(0.5, connection.cancel).start()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            copy.write(b"1\t1\t2024-01-01\tx\n")
            time.sleep(0.05)
    assert connection.execute("select count(*) from loaded").fetchone() == (0,)


def test_options_that_are_not_offered(connection: psycopg.Connection) -> None:
    with pytest.raises(
        psycopg.errors.InvalidColumnReference, match='FORCE_NULL column "nope" not referenced by COPY'
    ):
        load(connection, "copy loaded from stdin (format csv, force_null (nope))", b"")
