"""Temporary tables in a transaction that another commit overtakes: the way of dbt's incremental models."""

import psycopg
import pytest


@pytest.fixture
def connections(martinet, schema):
    with martinet.connect() as other, psycopg.connect(**martinet.parameters()) as connection:
        for name in ("source", "target"):
            other.execute(f"drop table if exists {schema}.{name}")
            other.execute(f"create table {schema}.{name} (i integer)")
        yield connection, other
        connection.rollback()


def test_a_transaction_that_staged_rows_goes_on_behind_another_commit(connections, schema):
    connection, other = connections
    connection.execute(f"create temporary table staged as select * from {schema}.source")
    connection.execute("insert into staged values (1)")
    other.execute(f"insert into {schema}.source values (9)")
    connection.execute(f"insert into {schema}.target select * from staged")
    connection.commit()
    assert other.execute(f"select i from {schema}.target").fetchall() == [(1,)]
    assert connection.execute("select i from staged").fetchall() == [(1,)]


def test_its_rollback_takes_the_temporary_table_along(connections, schema):
    connection, other = connections
    connection.execute("create temporary table undone as select 1 as i")
    other.execute(f"insert into {schema}.source values (9)")
    connection.execute(f"insert into {schema}.target select * from undone")
    connection.rollback()
    with pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("select * from undone")
    assert other.execute(f"select count(*) from {schema}.target").fetchone() == (0,)
