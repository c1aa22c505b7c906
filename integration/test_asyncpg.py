"""asyncpg: everything binary, named statements, its own introspection of types, cursors, COPY."""

import asyncio
import datetime
import io
import time
from collections.abc import Awaitable, Callable, Iterator
from decimal import Decimal

import asyncpg
import pytest
from samples import COLUMNS, HEAVY, NAMES, VALUES, create_types_table
from servers import Endpoint

Body = Callable[[asyncpg.Connection], Awaitable[None]]


@pytest.fixture(scope="module")
def filled(martinet: Endpoint, schema: str) -> str:
    with martinet.connect() as connection:
        for statement in create_types_table(schema):
            connection.execute(statement)
    return schema


@pytest.fixture
def run(martinet: Endpoint, filled: str) -> Iterator[Callable[[Body], None]]:
    """Runs a coroutine function with a connection."""

    async def with_connection(body: Body) -> None:
        connection = await asyncpg.connect(
            martinet.uri(query=""), ssl="require", timeout=10, command_timeout=60
        )
        try:
            await body(connection)
        finally:
            await connection.close(timeout=5)

    yield lambda body: asyncio.run(with_connection(body))


def test_the_connection_looks_like_postgresql(run) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        assert connection.get_server_version().major >= 15
        assert connection.get_settings().server_encoding == "UTF8"
        assert await connection.fetchval("select current_user") == "martinet"

    run(body)


@pytest.mark.parametrize(("name", "value"), list(zip(NAMES, VALUES, strict=True)), ids=NAMES)
def test_a_value_of_each_type_and_null(run, filled: str, name: str, value: object) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        first, second = await connection.fetch(f'select "{name}" from {filled}.samples order by id')
        assert first[0] == value
        assert second[0] is None

    run(body)


@pytest.mark.parametrize(
    ("sql_type", "value"), [(t, v) for _, t, _, v in COLUMNS], ids=[name for name, *_ in COLUMNS]
)
def test_a_parameter_of_each_type_comes_back(run, sql_type: str, value: object) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        assert await connection.fetchval(f"select $1::{sql_type}", value) == value
        assert await connection.fetchval(f"select $1::{sql_type}", None) is None

    run(body)


def test_parameters_take_the_types_of_columns(run, filled: str) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        statement = await connection.prepare(
            f"select id from {filled}.samples"
            " where day = $1 and price < $2 and words like $3 and whole = any($4)"
        )
        types = [parameter.name for parameter in statement.get_parameters()]
        assert types == ["date", "numeric", "text", "int4[]"]
        found = await statement.fetchval(datetime.date(2024, 2, 29), Decimal(0), "Zo%", [2147483647])
        assert found == 1
        columns = ", ".join(NAMES)
        marks = ", ".join(f"${number}" for number in range(1, len(NAMES) + 1))
        transaction = connection.transaction()
        await transaction.start()
        status = await connection.execute(
            f"insert into {filled}.samples (id, {columns}) values (3, {marks})", *VALUES
        )
        assert status == "INSERT 0 1"
        row = await connection.fetchrow(f"select {columns} from {filled}.samples where id = $1", 3)
        assert list(row) == VALUES
        await transaction.rollback()

    run(body)


def test_columns_are_described_before_execution(run, filled: str) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        statement = await connection.prepare(f"select * from {filled}.samples")
        types = {column.name: column.type.name for column in statement.get_attributes()}
        assert types["price"] == "numeric"
        assert types["numbers"] == "int4[]"
        assert types["moment"] == "timestamptz"

    run(body)


def test_a_result_of_a_million_rows(run) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        rows = await connection.fetch(
            "select i, i * 0.5::float8 as half from generate_series(1, 1000000) t(i)"
        )
        assert (len(rows), rows[-1]["i"], rows[-1]["half"]) == (1000000, 1000000, 500000.0)

    run(body)


def test_a_cursor_fetches_in_parts(run) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        async with connection.transaction():
            total = 0
            async for row in connection.cursor("select i from generate_series(1, 20000) t(i)", prefetch=500):
                total += row[0]
            assert total == 20000 * 20001 // 2
            cursor = await connection.cursor("select i from generate_series(1, 100) t(i)")
            await cursor.forward(10)
            assert (await cursor.fetchrow())["i"] == 11
            assert len(await cursor.fetch(1000)) == 89

    run(body)


def test_copy_in_and_out(run, filled: str) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        columns = ", ".join(f"{name} {sql_type}" for name, sql_type, _, _ in COLUMNS)
        await connection.execute(f"create table {filled}.copied ({columns})")
        records = [tuple(VALUES) if number % 2 else (None,) * len(VALUES) for number in range(500)]
        status = await connection.copy_records_to_table("copied", schema_name=filled, records=records)
        assert status == "COPY 500"
        assert await connection.fetchval(f"select count(*) from {filled}.copied where words is null") == 250
        row = await connection.fetchrow(f"select * from {filled}.copied where words is not null limit 1")
        assert list(row) == VALUES
        out = io.BytesIO()
        await connection.copy_from_query(
            f"select whole, words from {filled}.copied where words is not null limit 1",
            output=out,
            format="csv",
        )
        assert out.getvalue().decode() == "2147483647,Zoë 'quoted' \\ 🦆\n"
        await connection.execute(f"drop table {filled}.copied")

    run(body)


def test_executemany_is_one_transaction(run, filled: str) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        await connection.execute(f"create table {filled}.many (a int, b text)")
        insert = f"insert into {filled}.many values ($1, $2)"
        await connection.executemany(insert, [(i, str(i)) for i in range(300)])
        assert await connection.fetchval(f"select count(*) from {filled}.many") == 300
        with pytest.raises(asyncpg.DataError):
            await connection.executemany(insert, [(1, "a"), ("x", "b")])
        with pytest.raises(asyncpg.DivisionByZeroError):
            await connection.executemany(f"insert into {filled}.many select 1/$1::int, 'x'", [(1,), (0,)])
        assert await connection.fetchval(f"select count(*) from {filled}.many") == 300

    run(body)


def test_transactions(run, filled: str) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        with pytest.raises(ZeroDivisionError):
            async with connection.transaction():
                await connection.execute(f"create table {filled}.gone (a int)")
                raise ZeroDivisionError
        assert await connection.fetchval("select to_regclass($1)::text", f"{filled}.gone") is None
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
                await connection.execute(f"create table {filled}.refused (a int)")

    run(body)


def test_a_reset_connection_is_as_new(run) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        before = await connection.fetchval("show application_name")
        await connection.execute("set application_name = 'changed'")
        await connection.reset()
        assert await connection.fetchval("show application_name") == before

    run(body)


def test_cancel_by_timeout(run) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        started = time.monotonic()
        with pytest.raises(asyncio.TimeoutError):
            await connection.fetch(HEAVY, timeout=0.3)
        assert time.monotonic() - started < 5
        assert await connection.fetchval("select 1") == 1

    run(body)


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("select * from nowhere", asyncpg.UndefinedTableError),
        ("select nothing from pg_class", asyncpg.UndefinedColumnError),
        ("selec 1", asyncpg.PostgresSyntaxError),
        ("select no_such_function(1)", asyncpg.UndefinedFunctionError),
        ("select 1/0", asyncpg.DivisionByZeroError),
        ("select 'x'::integer", asyncpg.InvalidTextRepresentationError),
    ],
    ids=str,
)
def test_an_error_has_its_class(run, statement: str, error: type[Exception]) -> None:
    async def body(connection: asyncpg.Connection) -> None:
        with pytest.raises(error):
            await connection.fetch(statement)
        assert await connection.fetchval("select 1") == 1

    run(body)


def test_a_pool(martinet: Endpoint) -> None:
    async def body() -> None:
        uri = martinet.uri(query="")
        async with asyncpg.create_pool(uri, ssl="require", min_size=2, max_size=5) as pool:
            results = await asyncio.gather(*[pool.fetchval("select $1::int", number) for number in range(40)])
            assert results == list(range(40))

    asyncio.run(body())
