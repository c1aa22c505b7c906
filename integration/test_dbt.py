"""dbt-postgres on a small project: seeds, views, tables, incremental models, snapshots, tests and docs."""

import json
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
import star

ROOT = Path(__file__).parent.parent
SCHEMA = "dbt_check"


@pytest.fixture(scope="module")
def project(martinet, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dbt") / "project"
    shutil.copytree(Path(__file__).parent / "dbt", folder)
    star.drop(martinet, SCHEMA)
    yield folder
    star.drop(martinet, SCHEMA)


@pytest.fixture(scope="module")
def dbt(martinet, project):
    environment = subprocess.check_output([ROOT / "scripts" / "python-env", "dbt"], text=True).strip()

    def run(*arguments, fails=False):
        outcome = subprocess.run(
            [f"{environment}/bin/dbt", "--no-use-colors", *arguments, "--profiles-dir", project],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env={
                **os.environ,
                "PGHOST": martinet.host,
                "PGPORT": str(martinet.port),
                "PGUSER": martinet.user,
                "PGPASSWORD": martinet.password,
                "PGDATABASE": martinet.database,
            },
        )
        assert (outcome.returncode != 0) == fails, outcome.stdout[-6000:] + outcome.stderr[-2000:]
        return outcome.stdout

    return run


def query(server, sql):
    with server.connect() as connection:
        return connection.execute(sql).fetchall()


def test_debug_connects(dbt):
    assert "Connection test: [OK connection ok]" in dbt("debug")


def test_first_build_makes_everything(dbt, martinet):
    dbt("build")
    assert query(martinet, f"select count(*), sum(amount) from {SCHEMA}.orders") == [(40, Decimal("2665.00"))]
    totals = query(martinet, f"select name, orders from {SCHEMA}.customer_totals order by customer_id")
    assert totals == [("Ada", 13), ("Zoë", 14), ("Cid", 13)]
    kinds = query(
        martinet,
        "select table_name, table_type from information_schema.tables"
        f" where table_schema = '{SCHEMA}' order by table_name",
    )
    assert ("staged_orders", "VIEW") in kinds
    assert ("customer_totals", "BASE TABLE") in kinds
    assert ("recent", "VIEW") not in kinds
    first = query(martinet, f"select count(*) from {SCHEMA}.order_events_merge")
    assert first == query(
        martinet, f"select count(*) from {SCHEMA}.orders where ordered_at < timestamp '2024-01-20'"
    )


def test_comments_are_kept(dbt, martinet):
    rows = query(
        martinet,
        f"select obj_description('{SCHEMA}.customer_totals'::regclass, 'pg_class'),"
        f" col_description('{SCHEMA}.customer_totals'::regclass, 1)",
    )
    assert rows == [("What each customer bought", "the customer's number")]


def test_second_build_is_incremental(dbt, martinet, project):
    seed = project / "seeds" / "customers.csv"
    seed.write_text(seed.read_text().replace("2,Zoë,Asia", "2,Zoë,Africa"))
    dbt("build")
    rows = query(martinet, f"select count(*), count(distinct order_id) from {SCHEMA}.order_events_merge")
    assert rows == [(40, 40)]
    assert rows == query(
        martinet, f"select count(*), count(distinct order_id) from {SCHEMA}.order_events_deleteinsert"
    )
    (((appended, distinct),)) = query(
        martinet, f"select count(*), count(distinct order_id) from {SCHEMA}.order_events_append"
    )
    assert (appended > 40, distinct) == (True, 40)
    runs = query(martinet, f"select count(distinct loaded_by) from {SCHEMA}.order_events_merge")
    assert runs == [(2,)]
    history = query(
        martinet,
        f"select region, dbt_valid_to is null from {SCHEMA}.customer_history where id = 2"
        " order by dbt_valid_from",
    )
    assert history == [("Asia", False), ("Africa", True)]


def test_full_refresh_starts_again(dbt, martinet):
    dbt("run", "--full-refresh", "--select", "order_events_append")
    assert query(martinet, f"select count(distinct loaded_by) from {SCHEMA}.order_events_append") == [(1,)]


def test_a_failing_test_is_reported(dbt, project):
    failing = project / "tests" / "no_large_amounts.sql"
    failing.write_text("select * from {{ ref('staged_orders') }} where amount > 100\n")
    assert "FAIL 10" in dbt("test", "--select", "no_large_amounts", fails=True)
    failing.unlink()


def test_an_error_names_the_missing_column(dbt, project):
    broken = project / "models" / "broken.sql"
    broken.write_text("select nope from {{ ref('staged_orders') }}\n")
    assert 'column "nope" does not exist' in dbt("run", "--select", "broken", fails=True)
    broken.unlink()


def test_docs_know_the_columns(dbt, project):
    dbt("docs", "generate")
    catalog = json.loads((project / "target" / "catalog.json").read_text())
    node = catalog["nodes"]["model.martinet_check.customer_totals"]
    assert node["metadata"]["type"] == "BASE TABLE"
    assert node["metadata"]["comment"] == "What each customer bought"
    types = {name: column["type"] for name, column in node["columns"].items()}
    assert types["customer_id"] == "integer"
    assert types["orders"] == "bigint"
    assert types["amount"].startswith("numeric")
    assert catalog["nodes"]["model.martinet_check.staged_orders"]["metadata"]["type"] == "VIEW"
