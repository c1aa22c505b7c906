"""The PostgreSQL protocol by hand, to send what no driver would."""

import contextlib
import socket
import ssl
import struct

from scramp import ScramClient
from servers import Endpoint

TIMEOUT_S = 10


def message(kind: bytes, body: bytes = b"") -> bytes:
    return kind + struct.pack("!I", len(body) + 4) + body


def startup(**parameters: str) -> bytes:
    body = struct.pack("!I", 196608)
    for name, value in parameters.items():
        body += name.encode() + b"\0" + value.encode() + b"\0"
    body += b"\0"
    return struct.pack("!I", len(body) + 4) + body


SSL_REQUEST = struct.pack("!II", 8, 80877103)
GSS_REQUEST = struct.pack("!II", 8, 80877104)


def cancel_request(pid: int, key: bytes) -> bytes:
    return struct.pack("!III", 12 + len(key), 80877102, pid) + key


def query(text: str) -> bytes:
    return message(b"Q", text.encode() + b"\0")


def parse(text: str, name: str = "") -> bytes:
    return message(b"P", name.encode() + b"\0" + text.encode() + b"\0" + struct.pack("!H", 0))


def bind(portal: str = "", statement: str = "", values: tuple[bytes, ...] = ()) -> bytes:
    body = portal.encode() + b"\0" + statement.encode() + b"\0" + struct.pack("!HH", 0, len(values))
    for value in values:
        body += struct.pack("!I", len(value)) + value
    return message(b"B", body + struct.pack("!H", 0))


def execute(portal: str = "", rows: int = 0) -> bytes:
    return message(b"E", portal.encode() + b"\0" + struct.pack("!I", rows))


SYNC = message(b"S")
FLUSH = message(b"H")


class Closed(Exception):
    """The server closed the connection."""


class RawConnection:
    """A socket that reads whole backend messages."""

    def __init__(self, server: Endpoint):
        self.server = server
        self.socket: socket.socket = socket.create_connection((server.host, server.port), timeout=TIMEOUT_S)
        self.pid, self.key = 0, b""

    def __enter__(self) -> "RawConnection":
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.socket.close()

    def send(self, data: bytes) -> None:
        """Sends, or finds out that the server has closed already."""
        try:
            self.socket.sendall(data)
        except (ConnectionError, ssl.SSLError) as error:
            raise Closed from error

    def exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            try:
                part = self.socket.recv(count - len(data))
            except (ConnectionError, ssl.SSLError) as error:
                raise Closed from error
            if not part:
                raise Closed
            data += part
        return data

    def receive(self) -> tuple[bytes, bytes]:
        header = self.exactly(5)
        (length,) = struct.unpack("!I", header[1:])
        return header[:1], self.exactly(length - 4)

    def receive_until(self, *kinds: bytes) -> list[tuple[bytes, bytes]]:
        """The messages up to and including the first of one of these kinds."""
        messages = [self.receive()]
        while messages[-1][0] not in kinds:
            messages.append(self.receive())
        return messages

    def drain(self) -> list[tuple[bytes, bytes]]:
        """Everything up to the end of the connection, which must come in time."""
        messages = []
        with contextlib.suppress(Closed):
            while True:
                messages.append(self.receive())
        return messages

    def start_tls(self) -> None:
        self.send(SSL_REQUEST)
        assert self.exactly(1) == b"S"
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.socket = context.wrap_socket(self.socket)

    def start(self, **more: str) -> ScramClient:
        """Up to the server's request for authentication by SCRAM."""
        self.start_tls()
        self.send(startup(user=self.server.user, database=self.server.database, **more))
        kind, body = self.receive()
        assert (kind, body[:4]) == (b"R", struct.pack("!I", 10)), (kind, body)
        return ScramClient(["SCRAM-SHA-256"], self.server.user, self.server.password)

    def send_first(self, client: ScramClient) -> None:
        first = client.get_client_first().encode()
        self.send(message(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", len(first)) + first))

    def log_in(self, **more: str) -> list[tuple[bytes, bytes]]:
        """Logs in, and returns the messages up to the first ReadyForQuery or error."""
        client = self.start(**more)
        self.send_first(client)
        _, body = self.receive()
        client.set_server_first(body[4:].decode())
        self.send(message(b"p", client.get_client_final().encode()))
        _, body = self.receive()
        client.set_server_final(body[4:].decode())
        messages = self.receive_until(b"Z", b"E")
        for kind, body in messages:
            if kind == b"K":
                self.pid, self.key = struct.unpack("!I", body[:4])[0], body[4:]
        return messages


def fields(body: bytes) -> dict[str, str]:
    """The fields of an ErrorResponse or NoticeResponse."""
    parts = body.rstrip(b"\0").split(b"\0")
    return {part[:1].decode(): part[1:].decode(errors="replace") for part in parts if part}


def errors(messages: list[tuple[bytes, bytes]]) -> list[str]:
    """The SQLSTATEs of the errors among messages."""
    return [fields(body)["C"] for kind, body in messages if kind == b"E"]
