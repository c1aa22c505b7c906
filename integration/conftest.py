"""Fixtures of the end-to-end tests: `martinet`, the server under test, and `postgres`, the real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Endpoint, Martinet, PostgresCluster

SSB_SCALE = 0.01
TPCH_SCALE = 0.01


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--against-postgres",
        action="store_true",
        help="run the tests against a real PostgreSQL in Martinet's place: shows whether a test is right",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "martinet_only: about something that PostgreSQL does not have")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--against-postgres"):
        skip = pytest.mark.skip(reason="only about Martinet")
        for item in items:
            if "martinet_only" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Endpoint]:
    """A real PostgreSQL."""
    cluster = PostgresCluster()
    try:
        cluster.start()
        yield cluster.endpoint
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def martinet_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Martinet]:
    """The running program with its folder and log; most tests need only `martinet`."""
    server = Martinet(tmp_path_factory.mktemp("martinet"))
    server.data.mkdir()
    server.add_user(server.endpoint.user, server.endpoint.password, "--superuser")
    server.load("ssb", SSB_SCALE)
    server.load("tpch", TPCH_SCALE)
    server.start()
    request.config.stash[SERVER] = server
    yield server
    status = server.stop()
    assert status == 0, f"the server stopped with status {status}\n{server.log_tail()}"


@pytest.fixture(scope="session")
def martinet(request: pytest.FixtureRequest) -> Endpoint:
    """The server under test: Martinet, or with --against-postgres the real PostgreSQL."""
    if request.config.getoption("--against-postgres"):
        return request.getfixturevalue("postgres")
    server = request.getfixturevalue("martinet_server")
    request.config.stash[LOG] = server.log
    return server.endpoint


SERVER = pytest.StashKey[Martinet]()
LOG = pytest.StashKey[Path]()
LOG_START = pytest.StashKey[int]()


def pytest_runtest_setup(item: pytest.Item) -> None:
    log = item.config.stash.get(LOG, None)
    item.stash[LOG_START] = log.stat().st_size if log else 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A failed test shows what the server logged meanwhile."""
    report = yield
    log = item.config.stash.get(LOG, None)
    if report.failed and log:
        with log.open("rb") as file:
            file.seek(item.stash.get(LOG_START, 0))
            report.sections.append(("server log", file.read().decode(errors="replace")[-8000:]))
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Ends the run after the test in which the server under test ended: no later test could tell anything."""
    server = item.config.stash.get(SERVER, None)
    status = server.process.poll() if server is not None and server.process is not None else None
    if status is not None:
        end = f"the server ended with status {status} in {item.nodeid}\n{server.log_tail()}"
        pytest.exit(end, returncode=1)


@pytest.fixture(scope="module")
def schema(martinet: Endpoint, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty schema named after the test module, dropped afterwards."""
    name = request.module.__name__.split(".")[-1]
    with martinet.connect() as connection:
        connection.execute(f"drop schema if exists {name} cascade")
        connection.execute(f"create schema {name}")
    yield name
    with martinet.connect() as connection:
        connection.execute(f"drop schema if exists {name} cascade")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Martinet]:
    """The program with an empty data folder; a server that a test starts and leaves is ended."""
    program = Martinet(tmp_path)
    yield program
    if program.process is not None and program.process.poll() is None:
        program.kill()


@pytest.fixture
def running_program(program: Martinet) -> Martinet:
    """A server of the test's own with one user."""
    program.add_user(program.endpoint.user, program.endpoint.password, "--superuser")
    program.start()
    return program
