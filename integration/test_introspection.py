"""Introspection stays quick with a thousand tables: each query of psql, SQLAlchemy and the drivers."""

import statistics
import subprocess
import time
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy
from servers import Endpoint

TABLES = 1000
LIMIT_S = 0.1
RUNS = 5
QUERY_MARK = "********* QUERY **********"
END_MARK = "**************************"
PSQL_COMMANDS = [
    r"\d",
    r"\dt",
    r"\dt+",
    r"\d {schema}.t500",
    r"\dt {schema}.*",
    r"\dn+",
    r"\dv",
    r"\di",
    r"\df",
    r"\du",
]
QUERIES = [
    "select table_schema, table_name, table_type from information_schema.tables",
    "select column_name, data_type, is_nullable from information_schema.columns"
    " where table_schema = '{schema}' and table_name = 't500' order by ordinal_position",
    "select count(*) from information_schema.columns where table_schema = '{schema}'",
    "select constraint_name from information_schema.table_constraints where table_schema = '{schema}'",
    "select count(*) from pg_class",
    "select count(*) from pg_attribute",
    "select oid, typname from pg_type where oid = 23",
    "select '{schema}.t500'::regclass::oid",
]


@pytest.fixture(scope="module")
def crowded(martinet: Endpoint, schema: str) -> str:
    with psycopg.connect(**martinet.parameters()) as connection:
        for number in range(TABLES):
            connection.execute(
                f"create table {schema}.t{number} (id integer primary key, name varchar(40) not null,"
                " amount numeric(12,2), day date, note text)"
            )
        connection.commit()
    return schema


@pytest.fixture(scope="module")
def connection(martinet: Endpoint, crowded: str) -> Iterator[psycopg.Connection]:
    with martinet.connect() as connection:
        yield connection


def median_s(connection: psycopg.Connection, query: str) -> float:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        connection.pgconn.exec_(query.encode())
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def queries_of(server: Endpoint, command: str) -> list[str]:
    """What psql sends for a command, as it shows itself with -E."""
    result = subprocess.run(
        ["psql", "-X", "-E", "-c", command],
        env=server.environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    parts = result.stdout.split(QUERY_MARK)[1:]
    return [part.split(END_MARK)[0].strip() for part in parts]


@pytest.mark.parametrize("command", PSQL_COMMANDS)
def test_each_query_of_psql_is_quick(martinet: Endpoint, connection, crowded: str, command: str) -> None:
    queries = queries_of(martinet, command.format(schema=crowded))
    assert queries
    slow = {query: seconds for query in queries if (seconds := median_s(connection, query)) > LIMIT_S}
    assert not slow


@pytest.mark.parametrize("query", QUERIES)
def test_a_catalog_query_is_quick(connection, crowded: str, query: str) -> None:
    assert median_s(connection, query.format(schema=crowded)) <= LIMIT_S


def test_sqlalchemy_lists_tables_and_columns_quickly(martinet: Endpoint, crowded: str) -> None:
    engine = sqlalchemy.create_engine(martinet.uri("postgresql+psycopg2"))
    slow = {}

    @sqlalchemy.event.listens_for(engine, "before_cursor_execute")
    def before(connection, cursor, statement, parameters, context, executemany) -> None:
        context.started = time.perf_counter()

    @sqlalchemy.event.listens_for(engine, "after_cursor_execute")
    def after(connection, cursor, statement, parameters, context, executemany) -> None:
        seconds = time.perf_counter() - context.started
        slow[statement] = min(seconds, slow.get(statement, seconds))

    for _ in range(RUNS):
        inspector = sqlalchemy.inspect(engine)
        assert len(inspector.get_table_names(crowded)) == TABLES
        assert len(inspector.get_columns("t500", crowded)) == 5
        assert inspector.get_pk_constraint("t500", crowded)["constrained_columns"] == ["id"]
        inspector.get_foreign_keys("t500", crowded)
        inspector.get_indexes("t500", crowded)
    engine.dispose()
    assert {statement: seconds for statement, seconds in slow.items() if seconds > LIMIT_S} == {}
