"""ALTER TABLE … SET SCHEMA: the table keeps its rows, defaults, comments and keys."""

import contextlib
import sqlite3

import psycopg
import pytest


@pytest.fixture
def connection(martinet, schema):
    with martinet.connect() as connection:
        connection.execute(f"drop schema if exists {schema}_to cascade")
        connection.execute(f"create schema {schema}_to")
        connection.execute(
            f"create table {schema}.t (i integer not null default 5 primary key, s text default 'a''b',"
            " n numeric(10,2) unique)"
        )
        connection.execute(f"create index t_s on {schema}.t (s)")
        connection.execute(f"comment on table {schema}.t is 'a table'")
        connection.execute(f"comment on column {schema}.t.s is 'a column'")
        connection.execute(f"insert into {schema}.t (n) values (1.5)")
        yield connection
        connection.rollback()
        connection.execute(f"drop table if exists {schema}.t")
        connection.execute(f"drop schema {schema}_to cascade")


def test_everything_goes_along(connection, schema):
    connection.execute(f"alter table {schema}.t set schema {schema}_to")
    with pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute(f"select * from {schema}.t")
    connection.execute(f"insert into {schema}_to.t (i) values (6)")
    rows = connection.execute(f"select i, s, n::text from {schema}_to.t order by i").fetchall()
    assert rows == [(5, "a'b", "1.50"), (6, "a'b", None)]
    table = f"'{schema}_to.t'::regclass"
    comments = connection.execute(f"select obj_description({table}, 'pg_class'), col_description({table}, 2)")
    assert comments.fetchone() == ("a table", "a column")
    keys = connection.execute(f"select conname from pg_constraint where conrelid = {table} order by 1")
    assert keys.fetchall() == [("t_n_key",), ("t_pkey",)]
    indexes = connection.execute(f"select indexname from pg_indexes where schemaname = '{schema}_to'")
    assert ("t_s",) in indexes.fetchall()


def test_in_a_transaction_with_what_loaders_do_around_it(connection, schema):
    connection.execute(f"create table {schema}_to.t (i integer)")
    with connection.transaction():
        connection.execute(f"drop table if exists {schema}_to.t")
        connection.execute(f"alter table {schema}.t set schema {schema}_to")
        connection.execute(f"create table {schema}.t (like {schema}_to.t including all)")
    assert connection.execute(f"select count(*) from {schema}_to.t").fetchone() == (1,)
    assert connection.execute(f"select count(*) from {schema}.t").fetchone() == (0,)


def test_a_rollback_leaves_the_table_where_it_was(connection, schema):
    with connection.transaction(force_rollback=True):
        connection.execute(f"alter table {schema}.t set schema {schema}_to")
    assert connection.execute(f"select count(*) from {schema}.t").fetchone() == (1,)


def test_refusals(connection, schema):
    with pytest.raises(psycopg.errors.InvalidSchemaName):
        connection.execute(f"alter table {schema}.t set schema nowhere")
    with pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute(f"alter table {schema}.nothing set schema {schema}_to")
    connection.execute(f"create table {schema}_to.t (i integer)")
    with pytest.raises(psycopg.errors.DuplicateTable):
        connection.execute(f"alter table {schema}.t set schema {schema}_to")


@pytest.mark.martinet_only
def test_partitions_and_sort_order_go_along(connection, schema, martinet_server):
    connection.execute(f"alter table {schema}.t set partitioned by (i)")
    connection.execute(f"alter table {schema}.t set sorted by (n desc, s)")
    connection.execute(f"alter table {schema}.t set schema {schema}_to")
    of_table = (
        "join ducklake_table t using (table_id) join ducklake_schema s using (schema_id)"
        f" where s.schema_name = '{schema}_to' and s.end_snapshot is null and t.end_snapshot is null"
    )
    with contextlib.closing(sqlite3.connect(martinet_server.data / "catalog.sqlite")) as catalog:
        partitions = catalog.execute(f"select transform from ducklake_partition_column {of_table}").fetchall()
        order = catalog.execute(
            f"select expression, sort_direction from ducklake_sort_expression {of_table}"
            " order by sort_key_index"
        ).fetchall()
    assert partitions == [("identity",)]
    assert order == [("n", "DESC"), ("s", "ASC")]
