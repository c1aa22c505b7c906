"""dlt from a real PostgreSQL into the server: every write disposition of its postgres destination."""

import datetime
import os
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = "dlt_source"
ADA = (1, "Ada", "Europe", Decimal("10.50"), datetime.date(2024, 2, 29), True)
ZOE = (2, "Zoë", None, Decimal("-1.25"), datetime.date(1999, 12, 31), False)
CID = (3, "Cid", "Asia", None, None, None)
EVE = (4, "Eve", "Africa", Decimal("99999999.99"), datetime.date(2025, 1, 1), True)


@pytest.fixture
def source(postgres):
    """Two tables in production: customers with all kinds of columns, and orders."""
    with postgres.connect() as connection:
        connection.execute(f"drop schema if exists {SOURCE} cascade; create schema {SOURCE}")
        connection.execute(
            f"create table {SOURCE}.customers (id integer primary key, name varchar(40) not null,"
            " region text, balance numeric(12,2), since date, active boolean, seen timestamp with time zone,"
            " details jsonb, picture bytea, weight double precision)"
        )
        connection.execute(
            f"create table {SOURCE}.orders (id bigint primary key, customer_id integer, at timestamp,"
            " amount numeric(18,4))"
        )
        insert(connection, ADA, ZOE, CID)
        connection.execute(
            f"update {SOURCE}.customers set seen = '2024-02-29 12:00:00+00', weight = 0.1,"
            """ details = '{"a": [1, null, "ü"]}',"""
            " picture = '\\x00ff' where id = 1"
        )
        connection.execute(
            f"insert into {SOURCE}.orders select g, 1 + g % 3,"
            " timestamp '2024-01-01' + g * interval '1 hour', g / 8.0 from generate_series(1, 1000) g"
        )
        yield connection
        connection.execute(f"drop schema {SOURCE} cascade")


def insert(connection, *customers):
    connection.cursor().executemany(
        f"insert into {SOURCE}.customers (id, name, region, balance, since, active)"
        " values (%s, %s, %s, %s, %s, %s)",
        customers,
    )


@pytest.fixture
def load(postgres, martinet, tmp_path, request):
    """Runs the pipeline into a dataset of its own, which is dropped afterwards."""
    environment = subprocess.check_output([ROOT / "scripts" / "python-env", "dlt"], text=True).strip()
    dataset = "dlt_" + "".join(letter if letter.isalnum() else "_" for letter in request.node.callspec.id)
    datasets = [dataset, f"{dataset}_staging"]

    def drop():
        with martinet.connect() as connection:
            for name in datasets:
                connection.execute(f"drop schema if exists {name} cascade")

    def run(disposition, strategy):
        outcome = subprocess.run(
            [
                f"{environment}/bin/python",
                Path(__file__).parent / "dlt_pipeline.py",
                *(tmp_path, SOURCE, dataset, disposition, strategy),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
            cwd=tmp_path,
            env={
                **os.environ,
                "SOURCE_URI": postgres.uri("postgresql+psycopg2"),
                "TARGET_URI": martinet.uri(),
                "RUNTIME__DLTHUB_TELEMETRY": "false",
                "DLT_DATA_DIR": str(tmp_path),
            },
        )
        assert outcome.returncode == 0, outcome.stdout[-2000:] + outcome.stderr[-6000:]
        assert outcome.stdout.strip().endswith("ok")
        return dataset

    drop()
    yield run
    drop()


def customers(server, dataset, where="true"):
    return server.run(
        f"select id, name, region, balance, since, active from {dataset}.customers"
        f" where {where} order by id, name"
    )


@pytest.mark.parametrize("strategy", ["append"])
def test_append(load, source, martinet, strategy):
    dataset = load("append", strategy)
    assert customers(martinet, dataset) == [ADA, ZOE, CID]
    rows = martinet.run(
        f"select seen, details ->> 'a', picture, weight from {dataset}.customers where id = 1"
    )
    assert rows[0][0] == datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC)
    assert rows[0][1].replace(" ", "") == '[1,null,"ü"]'
    assert rows[0][2:] == (b"\x00\xff", 0.1)
    assert martinet.run(f"select count(*), sum(amount), max(at) from {dataset}.orders") == [
        (1000, Decimal("62562.5000"), datetime.datetime(2024, 2, 11, 16))
    ]
    insert(source, EVE)
    load("append", strategy)
    assert [row[0] for row in customers(martinet, dataset)] == [1, 1, 2, 2, 3, 3, 4]
    assert martinet.run(f"select count(*) from {dataset}._dlt_loads") == [(2,)]


@pytest.mark.parametrize("strategy", ["truncate-and-insert", "insert-from-staging", "staging-optimized"])
def test_replace(load, source, martinet, strategy):
    dataset = load("replace", strategy)
    assert customers(martinet, dataset) == [ADA, ZOE, CID]
    source.execute(f"delete from {SOURCE}.customers where id = 2")
    insert(source, EVE)
    load("replace", strategy)
    assert customers(martinet, dataset) == [ADA, CID, EVE]
    assert martinet.run(f"select count(*) from {dataset}.orders") == [(1000,)]


@pytest.mark.parametrize("strategy", ["delete-insert", "upsert", "insert-only"])
def test_merge(load, source, martinet, strategy):
    dataset = load("merge", strategy)
    assert customers(martinet, dataset) == [ADA, ZOE, CID]
    source.execute(f"update {SOURCE}.customers set region = 'Asia' where id = 2")
    insert(source, EVE)
    load("merge", strategy)
    zoe = ZOE if strategy == "insert-only" else (*ZOE[:2], "Asia", *ZOE[3:])
    assert customers(martinet, dataset) == [ADA, zoe, CID, EVE]
    assert martinet.run(f"select count(*), count(distinct id) from {dataset}.orders") == [(1000, 1000)]


@pytest.mark.parametrize("strategy", ["scd2"])
def test_slowly_changing_dimension(load, source, martinet, strategy):
    dataset = load("merge", strategy)
    source.execute(f"update {SOURCE}.customers set region = 'Asia' where id = 2")
    load("merge", strategy)
    assert customers(martinet, dataset, "_dlt_valid_to is null") == [ADA, (*ZOE[:2], "Asia", *ZOE[3:]), CID]
    assert customers(martinet, dataset, "_dlt_valid_to is not null") == [ZOE]


@pytest.mark.parametrize("strategy", ["new-column"])
def test_a_new_column_in_production_appears(load, source, martinet, strategy):
    dataset = load("append", "append")
    source.execute(f"alter table {SOURCE}.customers add column email text")
    source.execute(f"update {SOURCE}.customers set email = 'a@example.org' where id = 1")
    load("append", "append")
    assert martinet.run(f"select count(*), count(email) from {dataset}.customers") == [(6, 1)]
