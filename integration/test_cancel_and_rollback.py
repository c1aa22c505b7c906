"""A transaction whose statement was cancelled can be rolled back, whenever the cancellations come."""

import threading
from contextlib import ExitStack

from raw import RawConnection, cancel_request, errors, query
from servers import Endpoint

HEAVY = "select sum(i * i) from range(100000000000) r(i)"
ROUNDS = 300


def cancel_again_and_again(server: Endpoint, request: bytes, done: threading.Event) -> None:
    """CancelRequests as fast as one thread can send them, each until the server has dealt with it."""
    while not done.is_set():
        with RawConnection(server) as connection:
            connection.send(request)
            connection.drain()


def answers(connection: RawConnection, sql: str) -> list[str]:
    connection.send(query(sql))
    return errors(connection.receive_until(b"Z"))


def test_a_cancelled_transaction_can_always_be_rolled_back(martinet: Endpoint) -> None:
    """Cancellations go on while the engine undoes the transaction: they must not stop it there."""
    with RawConnection(martinet) as connection:
        connection.log_in()
        request = cancel_request(connection.pid, connection.key)
        for _ in range(ROUNDS):
            assert answers(connection, "begin; create temp table t as select 1 as i") == []
            with ExitStack() as stack:
                done = threading.Event()
                for _ in range(2):
                    thread = threading.Thread(target=cancel_again_and_again, args=(martinet, request, done))
                    thread.start()
                    stack.callback(thread.join)
                stack.callback(done.set)
                assert answers(connection, HEAVY) == ["57014"]
                assert answers(connection, "rollback") in ([], ["57014"])
            assert answers(connection, "rollback") == []
            assert answers(connection, "select 1") == []
