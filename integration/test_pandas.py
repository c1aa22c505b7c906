"""pandas over SQLAlchemy and over ADBC: read_sql in parts and whole, read_sql_table, to_sql."""

import adbc_driver_postgresql.dbapi as adbc
import numpy
import pandas
import pytest
import sqlalchemy
from servers import Endpoint


@pytest.fixture(scope="module")
def engine(martinet: Endpoint):
    engine = sqlalchemy.create_engine(martinet.uri("postgresql+psycopg"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def frame() -> pandas.DataFrame:
    count = 5000
    return pandas.DataFrame(
        {
            "a": numpy.arange(count, dtype="int64"),
            "b": numpy.arange(count) / 8,
            "c": [f"row {i}" if i % 3 else None for i in range(count)],
            "d": pandas.date_range("2024-01-01", periods=count, freq="h"),
            "e": numpy.arange(count) % 2 == 0,
        }
    )


@pytest.mark.timeout(180)  # row by row is slow on a lake: every INSERT makes a file
@pytest.mark.parametrize("method", [None, "multi"])
def test_a_frame_is_written_and_read_back(engine, schema: str, frame: pandas.DataFrame, method) -> None:
    frame.to_sql(
        "written", engine, schema=schema, if_exists="replace", index=False, method=method, chunksize=1000
    )
    back = pandas.read_sql_table("written", engine, schema=schema).sort_values("a", ignore_index=True)
    pandas.testing.assert_frame_equal(back, frame, check_dtype=False)


def test_appending_and_refusing(engine, schema: str, frame: pandas.DataFrame) -> None:
    few = frame.head(10)
    few.to_sql("grown", engine, schema=schema, index=False)
    few.to_sql("grown", engine, schema=schema, index=False, if_exists="append")
    count = pandas.read_sql(f"select count(*) as n from {schema}.grown", engine)
    assert count["n"].tolist() == [20]
    with pytest.raises(ValueError, match="already exists"):
        few.to_sql("grown", engine, schema=schema, index=False)


def test_an_index_becomes_an_index(engine, schema: str, frame: pandas.DataFrame) -> None:
    frame.head(10).set_index("a").to_sql("indexed", engine, schema=schema)
    (index,) = sqlalchemy.inspect(engine).get_indexes("indexed", schema)
    assert index["column_names"] == ["a"]


def test_a_query_with_parameters_in_parts(engine) -> None:
    query = sqlalchemy.text("select i, i % 7 as seventh from generate_series(1, :last) t(i)")
    with engine.connect().execution_options(stream_results=True) as connection:
        parts = list(pandas.read_sql(query, connection, params={"last": 25000}, chunksize=10000))
    assert [len(part) for part in parts] == [10000, 10000, 5000]
    assert sum(part["i"].sum() for part in parts) == 25000 * 25001 // 2


def test_dates_and_nulls_keep_their_meaning(engine) -> None:
    frame = pandas.read_sql(
        "select * from (values (1, timestamp '2024-01-01 10:00', 1.5::float8), (2, null, null)) t(a, b, c)"
        " order by a",
        engine,
    )
    assert str(frame["b"].dtype).startswith("datetime64")
    assert frame["b"].isna().tolist() == [False, True]
    assert frame["c"].isna().tolist() == [False, True]


def test_reading_over_adbc(martinet: Endpoint, schema: str, frame: pandas.DataFrame) -> None:
    with adbc.connect(martinet.uri()) as connection:
        frame.to_sql("by_adbc", connection, schema=schema, index=False, if_exists="replace")
        connection.commit()
        back = pandas.read_sql(f"select * from {schema}.by_adbc order by a", connection)
    pandas.testing.assert_frame_equal(back, frame, check_dtype=False)


def test_an_error_names_the_relation(engine) -> None:
    with pytest.raises(pandas.errors.DatabaseError, match='relation "nowhere" does not exist'):
        pandas.read_sql("select * from nowhere", engine)
