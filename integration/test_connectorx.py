"""connectorx: reads into Arrow in parallel, by each of its four protocols."""

import connectorx
import pytest
from samples import create_types_table
from servers import Endpoint

PROTOCOLS = ["binary", "csv", "cursor", "simple"]
READABLE = "id, flag, small, whole, large, single, double, price, day, clock, stamp, moment, words, short"


@pytest.fixture(scope="module")
def filled(martinet: Endpoint, schema: str) -> str:
    with martinet.connect() as connection:
        for statement in create_types_table(schema):
            connection.execute(statement)
        connection.execute(
            f"create table {schema}.numbers as"
            " select i::integer as i, i * 0.5::float8 as half, 'row ' || i as name,"
            " date '2024-01-01' + i % 365 as day"
            " from generate_series(1, 100000) t(i)"
        )
    return schema


def read(server: Endpoint, query: str, protocol: str, **options: object):
    return connectorx.read_sql(server.uri(), query, protocol=protocol, return_type="arrow", **options)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_values_of_each_type(martinet: Endpoint, filled: str, protocol: str) -> None:
    table = read(martinet, f"select {READABLE} from {filled}.samples where id = 1", protocol)
    (row,) = table.to_pylist()
    assert (row["flag"], row["small"], row["whole"], row["large"]) == (
        True,
        -32768,
        2147483647,
        -9223372036854775807,
    )
    assert (row["single"], row["double"], float(row["price"])) == (1.5, 0.1, -1234567.89)
    empty = None if protocol == "csv" else ""  # the client reads an empty CSV field as NULL
    assert (row["words"], row["short"]) == ("Zoë 'quoted' \\ 🦆", empty)
    assert str(row["day"])[:10] == "2024-02-29"
    assert str(row["stamp"])[:21] == "1999-12-31 23:59:59.5"


@pytest.mark.parametrize("protocol", ["binary", "cursor"])
def test_nulls(martinet: Endpoint, filled: str, protocol: str) -> None:
    table = read(martinet, f"select {READABLE} from {filled}.samples where id = 2", protocol)
    (row,) = table.to_pylist()
    assert {value for name, value in row.items() if name != "id"} == {None}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_partitioned_read(martinet: Endpoint, filled: str, protocol: str) -> None:
    query = f"select * from {filled}.numbers"
    table = read(martinet, query, protocol, partition_on="i", partition_num=4)
    assert table.num_rows == 100000
    assert sum(table["i"].to_pylist()) == 100000 * 100001 // 2
    assert sum(table["half"].to_pylist()) == 100000 * 100001 / 4


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_error_is_reported(martinet: Endpoint, protocol: str) -> None:
    with pytest.raises(RuntimeError, match="nowhere"):
        read(martinet, "select * from nowhere", protocol)
