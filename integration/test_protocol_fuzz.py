"""Violations of the protocol at every state: the server answers or closes and harms nobody else."""

import contextlib
import random
import struct
import time
from collections.abc import Iterator

import psycopg
import pytest
from raw import (
    FLUSH,
    GSS_REQUEST,
    SSL_REQUEST,
    SYNC,
    Closed,
    RawConnection,
    bind,
    cancel_request,
    errors,
    execute,
    fields,
    message,
    parse,
    query,
    startup,
)
from servers import Endpoint

SEED = 20240229
RANDOM_CASES = 1500


@pytest.fixture(scope="module")
def bystander(martinet: Endpoint) -> Iterator[psycopg.Connection]:
    """Another session, in a transaction that must not notice anything."""
    with martinet.connect() as connection:
        connection.execute("create temp table mine as select 42 as a")
        connection.execute("begin")
        yield connection


@pytest.fixture(autouse=True)
def nobody_is_harmed(martinet: Endpoint, bystander: psycopg.Connection) -> Iterator[None]:
    yield
    assert bystander.execute("select a from mine").fetchone() == (42,)
    assert martinet.run("select 1") == [(1,)]


def long_header(kind: bytes, length: int) -> bytes:
    return kind + struct.pack("!I", length & 0xFFFFFFFF)


BEFORE_STARTUP = {
    "nothing at all": b"",
    "http": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "tls without asking": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
    "zeros": bytes(64),
    "ones": b"\xff" * 64,
    "length 0": struct.pack("!I", 0),
    "length 7": struct.pack("!I", 7) + bytes(3),
    "length 8 of version 2": struct.pack("!II", 8, 131072),
    "version 9": struct.pack("!II", 8, 9 << 16),
    "huge startup": struct.pack("!I", 0x7FFFFFFF) + struct.pack("!I", 196608) + b"user\0",
    "negative startup": struct.pack("!I", 0x80000000) + struct.pack("!I", 196608),
    "no user": startup(database="lake"),
    "unterminated parameters": struct.pack("!II", 16, 196608) + b"user\0abc",
    "name without value": struct.pack("!II", 14, 196608) + b"user\0\0",
    "a query": query("select 1"),
    "a cancel of nothing": cancel_request(1, b"\0\0\0\0"),
    "a short cancel": struct.pack("!III", 12, 80877102, 1),
    "ssl twice": SSL_REQUEST + SSL_REQUEST,
    "gss then garbage": GSS_REQUEST + b"\xff" * 32,
    "data with the ssl request": SSL_REQUEST + startup(user="x", database="lake"),
    "very many parameters": startup(user="x", **{f"p{i}": "v" for i in range(600)}),
}


@pytest.mark.parametrize("data", list(BEFORE_STARTUP.values()), ids=list(BEFORE_STARTUP))
def test_before_startup(martinet: Endpoint, data: bytes) -> None:
    with RawConnection(martinet) as connection:
        with contextlib.suppress(Closed):
            connection.send(data)
            connection.socket.shutdown(1)
        received = b""
        with contextlib.suppress(OSError):
            while part := connection.socket.recv(4096):
                received += part
    assert b"R\0\0\0\x08\0\0\0\0" not in received, "let in"
    assert len(received) < 4096


DURING_AUTHENTICATION = {
    "a query": query("select 1"),
    "a sync": SYNC,
    "terminate": message(b"X"),
    "another mechanism": message(b"p", b"SCRAM-MD5\0" + struct.pack("!I", 4) + b"n,,n"),
    "an empty response": message(b"p"),
    "no terminator": message(b"p", b"SCRAM-SHA-256"),
    "a length too long": message(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", 1000) + b"n,,n=,r=x"),
    "a negative length": message(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", 0xFFFFFFF0) + b"n,,n=,r=x"),
    "garbage inside": message(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", 8) + b"\xff\xfe\0\0abcd"),
    "no nonce": message(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", 5) + b"n,,n="),
    "a plain password": message(b"p", b"secret\0"),
    "an unknown kind": message(b"!", b"abc"),
    "a huge message": long_header(b"p", 0x7FFFFFFF),
    "length 3": long_header(b"p", 3),
    "a negative message": long_header(b"p", -1),
    "the startup again": startup(user="x", database="lake"),
}


@pytest.mark.parametrize("data", list(DURING_AUTHENTICATION.values()), ids=list(DURING_AUTHENTICATION))
@pytest.mark.parametrize("later", [False, True], ids=["first", "final"])
def test_during_authentication(martinet: Endpoint, data: bytes, later: bool) -> None:
    with RawConnection(martinet) as connection:
        client = connection.start()
        if later:
            connection.send_first(client)
            connection.receive()
        with contextlib.suppress(Closed):
            connection.send(data)
        connection.socket.settimeout(5)
        if data.endswith(struct.pack("!I", 0x7FFFFFFF)) and martinet.is_postgres:
            return
        messages = connection.drain()
    assert all(kind in (b"E", b"R") for kind, _ in messages)
    assert not any(kind == b"R" and body[:4] == bytes(4) for kind, body in messages), "let in"


# After these the server must answer with an error and, after a Sync, be ready again.
RECOVERABLE = {
    "an unknown statement": (bind(statement="nothing"), "26000"),
    "an unknown portal": (execute("nothing"), "34000"),
    "describe an unknown portal": (message(b"D", b"Pnothing\0"), "34000"),
    "describe an unknown statement": (message(b"D", b"Snothing\0"), "26000"),
    "describe nothing known": (message(b"D", b"Xnothing\0"), "08P01"),
    "close nothing known": (message(b"C", b"Xnothing\0"), "08P01"),
    "too few values": (parse("select $1::int, $2::int") + bind(values=(b"1",)), "08P01"),
    "too many values": (parse("select $1::int") + bind(values=(b"1", b"2")), "08P01"),
    "a bad value": (parse("select $1::int") + bind(values=(b"x",)), "22P02"),
    "a value that is no UTF-8": (parse("select $1::text") + bind(values=(b"\xff\xfe",)), "22021"),
    "a value with a zero byte": (parse("select $1::text") + bind(values=(b"a\0b",)), "22021"),
    "several statements prepared": (parse("select 1; select 2"), "42601"),
    "a syntax error": (parse("selec"), "42601"),
    "an unknown table": (parse("select * from nowhere") + bind() + execute(), "42P01"),
    "an unknown type": (message(b"P", b"\0select $1\0" + struct.pack("!HI", 1, 4242424)), None),
    "a format that does not exist": (
        parse("select $1::int4")
        + message(b"B", b"\0\0" + struct.pack("!HHHI", 1, 7, 1, 1) + b"1" + struct.pack("!H", 0)),
        "22023",
    ),
    "a result format that does not exist": (
        parse("select 1") + message(b"B", b"\0\0" + struct.pack("!HHHH", 0, 0, 1, 9)) + execute(),
        "22023",
    ),
    "more formats than values": (
        parse("select $1::int4")
        + message(b"B", b"\0\0" + struct.pack("!HHHHI", 2, 0, 0, 1, 1) + b"1" + struct.pack("!H", 0)),
        "08P01",
    ),
    "more result formats than columns": (
        parse("select 1") + message(b"B", b"\0\0" + struct.pack("!HHHHH", 0, 0, 2, 0, 0)) + execute(),
        "08P01",
    ),
    "a sync with a body": (message(b"S", b"abc"), "08P01"),
    "an unterminated parse": (message(b"P", b"name"), "08P01"),
    "a parse without types": (message(b"P", b"\0select 1\0"), "08P01"),
    "a parse with fewer types than told": (message(b"P", b"\0select 1\0" + struct.pack("!H", 10)), "08P01"),
    "a bind cut short": (parse("select 1") + message(b"B", b"\0\0" + struct.pack("!H", 3)), "08P01"),
    "a bind with a value too long": (
        parse("select $1::int") + message(b"B", b"\0\0" + struct.pack("!HHI", 0, 1, 1000) + b"x"),
        "08P01",
    ),
    "a bind with a negative length": (
        parse("select $1::int") + message(b"B", b"\0\0" + struct.pack("!HHI", 0, 1, 0xFFFFFFF0) + b"x"),
        "08P01",
    ),
    "an execute without count": (message(b"E", b"\0"), "08P01"),
    "an unterminated query": (message(b"Q", b"select 1"), "08P01"),
    "a query with a tail": (message(b"Q", b"select 1\0tail\0"), "08P01"),
    "an empty query message": (message(b"Q"), "08P01"),
    "invalid UTF-8": (message(b"Q", b"select '\xff\xfe'\0"), "22021"),
    "an error before it in the pipeline": (parse("selec") + message(b"P", b"name"), "42601"),
    "a binary value of the wrong size": (
        parse("select $1::int4")
        + message(b"B", b"\0\0" + struct.pack("!HHHI", 1, 1, 1, 3) + b"abc" + struct.pack("!H", 0)),
        None,
    ),
    "a function call": (message(b"F", struct.pack("!IHHH", 1, 0, 0, 0)), None),
}


@pytest.mark.parametrize(("data", "state"), list(RECOVERABLE.values()), ids=list(RECOVERABLE))
def test_a_violation_that_the_session_survives(martinet: Endpoint, data: bytes, state: str | None) -> None:
    with RawConnection(martinet) as connection:
        connection.log_in()
        connection.send(data + SYNC)
        messages = connection.receive_until(b"Z")
        assert errors(messages), messages
        if state:
            assert errors(messages)[0] == state, messages
        if data[:1] in b"FQS":  # these end by themselves, the Sync after them is one more
            connection.receive_until(b"Z")
        assert len(errors(messages)) == 1, messages
        connection.send(query("select 1"))
        kinds = [kind for kind, _ in connection.receive_until(b"Z")]
        assert kinds == [b"T", b"D", b"C", b"Z"]


# After these nothing that follows can be trusted: the session ends. A bad length is worth no word to
# PostgreSQL.
FATAL = {
    "an unknown kind": message(b"!", b"abc"),
    "another unknown kind": message(b"\0"),
    "length 0": long_header(b"Q", 0),
    "length 3": long_header(b"Q", 3),
    "a negative length": long_header(b"Q", -5),
    "a startup": startup(user="x", database="lake"),
    "an ssl request": SSL_REQUEST,
    "a password": message(b"p", b"secret\0"),
    "text": b"select 1;\n",
}


@pytest.mark.parametrize("data", list(FATAL.values()), ids=list(FATAL))
def test_a_violation_that_ends_the_session(martinet: Endpoint, data: bytes) -> None:
    with RawConnection(martinet) as connection:
        connection.log_in()
        connection.send(data)
        with contextlib.suppress(Closed):
            connection.send(SYNC)
        messages = connection.drain()
    assert [kind for kind, _ in messages] in ([b"E"], []), messages
    assert all(fields(body)["S"] == "FATAL" and fields(body)["C"] == "08P01" for _, body in messages)


@pytest.mark.parametrize("size", [0x7FFFFFFF, 0x40000000])
@pytest.mark.martinet_only
def test_a_message_that_would_fill_the_memory_is_refused_at_once(martinet: Endpoint, size: int) -> None:
    with RawConnection(martinet) as connection:
        connection.log_in()
        connection.send(long_header(b"Q", size) + b"select 1")
        connection.socket.settimeout(3)
        messages = connection.drain()
    assert [kind for kind, _ in messages] == [b"E"]
    assert fields(messages[0][1])["S"] == "FATAL"


OUTSIDE_COPY = [message(b"d", b"1\n"), message(b"c"), message(b"f", b"no\0")]


@pytest.mark.parametrize("data", OUTSIDE_COPY, ids=["data", "done", "fail"])
def test_copy_messages_outside_a_copy_are_ignored(martinet: Endpoint, data: bytes) -> None:
    """As in PostgreSQL: they may still be on their way after an error that ended the COPY."""
    with RawConnection(martinet) as connection:
        connection.log_in()
        connection.send(data + query("select 1"))
        assert [kind for kind, _ in connection.receive_until(b"Z")] == [b"T", b"D", b"C", b"Z"]


DURING_COPY = {
    "a query": (query("select 1"), False),
    "a parse": (parse("select 1") + SYNC, False),
    "garbage rows": (message(b"d", b"\xff\xfe\n") + message(b"c"), True),
    "a fail": (message(b"f", b"enough\0"), True),
    "an unknown kind": (message(b"!", b"abc"), False),
    "a huge length": (long_header(b"d", 0x7FFFFFFF), False),
    "a broken length": (long_header(b"d", 2), False),
    "the end": (b"", False),
}


@pytest.mark.parametrize(("data", "survives"), list(DURING_COPY.values()), ids=list(DURING_COPY))
def test_during_copy_in(martinet: Endpoint, schema: str, data: bytes, survives: bool) -> None:
    martinet.run(f"create table if not exists {schema}.t (a integer)")
    with RawConnection(martinet) as connection:
        connection.log_in()
        connection.send(query(f"copy {schema}.t from stdin"))
        connection.receive_until(b"G")
        connection.send(message(b"d", b"1\n2\n"))
        connection.send(data)
        if survives:
            assert errors(connection.receive_until(b"Z"))
    assert martinet.run(f"select count(*) from {schema}.t") == [(0,)]


def test_a_client_that_leaves_ends_its_statement(martinet: Endpoint) -> None:
    heavy = "select count(*) from generate_series(1, 300000) a, generate_series(1, 300000) b"
    with RawConnection(martinet) as connection:
        connection.log_in()
        pid = connection.pid
        connection.send(query(heavy))
        time.sleep(0.3)
    if martinet.is_postgres:
        martinet.run(f"select pg_terminate_backend({pid})")  # it only looks when it writes
    deadline = time.monotonic() + 10
    while martinet.run(f"select count(*) from pg_stat_activity where pid = {pid}") != [(0,)]:
        assert time.monotonic() < deadline, "the statement still runs"
        time.sleep(0.05)


def test_a_client_that_reads_nothing_harms_nobody(martinet: Endpoint) -> None:
    with RawConnection(martinet) as connection:
        connection.log_in()
        connection.send(query("select i, repeat('x', 100) from generate_series(1, 3000000) t(i)"))
        time.sleep(0.5)
        for _ in range(20):
            assert martinet.run("select 1") == [(1,)]


def test_a_wrong_cancel_key_cancels_nothing(martinet: Endpoint) -> None:
    with RawConnection(martinet) as connection:
        connection.log_in()
        connection.send(query("select count(*) from generate_series(1, 3000) a, generate_series(1, 3000) b"))
        wrong = bytes(byte ^ 0xFF for byte in connection.key)
        with RawConnection(martinet) as other:
            other.send(cancel_request(connection.pid, wrong))
            assert other.drain() == []
        messages = connection.receive_until(b"Z")
    assert errors(messages) == []


def test_bytes_one_at_a_time(martinet: Endpoint) -> None:
    with RawConnection(martinet) as connection:
        connection.log_in()
        for byte in parse("select $1::int + 1") + bind(values=(b"41",)) + execute() + SYNC:
            connection.send(bytes([byte]))
        messages = connection.receive_until(b"Z")
    assert [kind for kind, _ in messages] == [b"1", b"2", b"D", b"C", b"Z"]
    assert messages[2][1].endswith(b"42")


def mutated(generator: random.Random) -> bytes:
    """A valid conversation with some of its bytes changed, cut, doubled or swapped."""
    parts = [
        *(query("select 1"), parse("select $1::int"), bind(values=(b"1",)), execute(), SYNC, FLUSH),
        *(message(b"D", b"S\0"), message(b"C", b"P\0"), query("begin"), query("rollback"), query("show all")),
        *(query("copy pg_class to stdout"), message(b"d", b"x"), message(b"c"), message(b"f", b"x\0")),
    ]
    chosen = [bytearray(generator.choice(parts)) for _ in range(generator.randint(1, 6))]
    for part in chosen:
        for _ in range(generator.randint(0, 3)):
            place = generator.randrange(len(part))
            action = generator.randrange(4)
            if action == 0:
                part[place] = generator.randrange(256)
            elif action == 1:
                part.insert(place, generator.randrange(256))
            elif action == 2 and len(part) > 1:
                del part[place]
            elif len(part) > 4:
                part[1:5] = struct.pack(
                    "!I", generator.choice([0, 3, 4, 5, 100, 10**6, 2**31 - 1, 2**32 - 1])
                )
    return b"".join(chosen)


def test_random_mutations(martinet: Endpoint) -> None:
    generator = random.Random(SEED)
    sent = 0
    while sent < RANDOM_CASES:
        with RawConnection(martinet) as connection:
            connection.log_in()
            connection.socket.settimeout(0.02)
            with contextlib.suppress(Closed):
                for _ in range(20):
                    sent += 1
                    connection.send(mutated(generator))
                    with contextlib.suppress(TimeoutError):
                        while connection.socket.recv(65536):
                            pass


def test_random_bytes_instead_of_a_startup(martinet: Endpoint) -> None:
    generator = random.Random(SEED)
    for _ in range(300):
        with RawConnection(martinet) as connection, contextlib.suppress(Closed, OSError):
            connection.send(generator.randbytes(generator.randint(1, 200)))
