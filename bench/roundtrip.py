"""The price of a round trip: `select 1` on an open connection, and connecting with TLS and SCRAM."""

import sys

from common import Report, arguments, martinet, postgres
from psycopg import pq

LOOPS = 500


def conninfo(endpoint) -> bytes:
    return " ".join(f"{key}={value}" for key, value in endpoint.parameters().items()).encode()


def connect(endpoint) -> pq.PGconn:
    connection = pq.PGconn.connect(conninfo(endpoint))
    if connection.status != pq.ConnStatus.OK:
        raise RuntimeError(connection.error_message.decode())
    return connection


def simple(connection: pq.PGconn) -> None:
    for _ in range(LOOPS):
        result = connection.exec_(b"select 1")
        assert result.get_value(0, 0) == b"1"


def extended(connection: pq.PGconn) -> None:
    for _ in range(LOOPS):
        result = connection.exec_params(b"select 1", [])
        assert result.get_value(0, 0) == b"1"


def expression(connection: pq.PGconn) -> None:
    for number in range(LOOPS):
        result = connection.exec_params(b"select $1::integer", [b"%d" % number])
        assert result.get_value(0, 0) == b"%d" % number


def log_in(endpoint) -> None:
    connection = connect(endpoint)
    assert connection.ssl_in_use
    connection.finish()


def main() -> int:
    options = arguments(__doc__, runs=9, connects=40)
    report = Report("roundtrip")
    with postgres() as cluster:
        if options.without_martinet:
            measure(report, {"postgres": cluster.endpoint}, options)
        else:
            with martinet() as server:
                measure(report, {"martinet": server.endpoint, "postgres": cluster.endpoint}, options)
    report.notes["statements in a run"] = LOOPS
    return 0 if report.save() else 1


def measure(report: Report, endpoints, options) -> None:
    connections = {side: connect(endpoint) for side, endpoint in endpoints.items()}
    # Literals are answered without the engine, for the sake of pools and health checks; a parameter is not.
    measured = (
        ("select 1, simple", simple, {"postgres": 2.0}),
        ("select 1, extended", extended, {"postgres": 2.0}),
        ("select $1::integer, extended", expression, None),
    )
    for name, body, targets in measured:
        sides = {side: (lambda c=connection, b=body: b(c)) for side, connection in connections.items()}
        report.compare(f"{LOOPS} × {name}", sides, runs=options.runs, warm_up=2, targets=targets)
    for connection in connections.values():
        connection.finish()
    sides = {side: (lambda e=endpoint: log_in(e)) for side, endpoint in endpoints.items()}
    report.compare(
        "connect with TLS and SCRAM", sides, runs=options.connects, warm_up=5, targets={"postgres": 1.5}
    )


if __name__ == "__main__":
    sys.exit(main())
