"""Apache Superset: registers the server as a PostgreSQL, then charts, filters and SQL Lab by its REST API."""

import json
import threading
import time

import pytest
import star
from superset_client import chart, expected, metric, rows, same, sql_lab, time_axis
from superset_server import Superset, SupersetError

SCHEMA = "superset_check"
HEAVY = "select sum(a * b) as n from generate_series(1, 200000) x(a), generate_series(1, 200000) y(b)"
JOINED = f"""
    select s.day, s.sold_at, s.quantity, s.price, s.price * s.quantity as revenue,
      c.region, c.nation, p.category
    from {SCHEMA}.sales s
    join {SCHEMA}.customers c on s.customer_id = c.id
    join {SCHEMA}.products p on s.product_id = p.id"""


@pytest.fixture(scope="module")
def twin(martinet):
    """The same star schema in DuckDB, for the expected numbers."""
    yield star.load(martinet, SCHEMA)
    star.drop(martinet, SCHEMA)


@pytest.fixture(scope="module")
def superset(tmp_path_factory):
    server = Superset(tmp_path_factory.mktemp("superset"))
    try:
        yield server.start()
    finally:
        server.stop()


def uri(server, password=None, database=None):
    return (
        f"postgresql+psycopg2://{server.user}:{password or server.password}@{server.host}:{server.port}"
        f"/{database or server.database}?sslmode=require"
    )


@pytest.fixture(scope="module")
def database(superset, martinet, twin):
    registration = {
        "database_name": "Martinet",
        "sqlalchemy_uri": uri(martinet),
        "extra": json.dumps({"cost_estimate_enabled": True, "allows_virtual_table_explore": True}),
    }
    assert superset.post("/api/v1/database/test_connection/", registration) == {"message": "OK"}
    created = superset.post(
        "/api/v1/database/", {**registration, "expose_in_sqllab": True, "allow_dml": True, "allow_ctas": True}
    )
    return created["id"]


@pytest.fixture(scope="module")
def sales(superset, database):
    table = {"database": database, "schema": SCHEMA, "table_name": "sales"}
    return superset.post("/api/v1/dataset/", table)["id"]


@pytest.fixture(scope="module")
def joined(superset, database):
    table = {"database": database, "schema": SCHEMA, "table_name": "joined", "sql": JOINED}
    return superset.post("/api/v1/dataset/", table)["id"]


def test_schemas_and_tables_are_listed(superset, database):
    schemas = superset.get(f"/api/v1/database/{database}/schemas/")["result"]
    assert {"public", "information_schema", SCHEMA} <= set(schemas)
    tables = superset.get(f"/api/v1/database/{database}/tables/?q=(schema_name:{SCHEMA})")["result"]
    assert [(table["value"], table["type"]) for table in tables] == [
        ("customers", "table"),
        ("products", "table"),
        ("sales", "table"),
    ]


def test_columns_are_synced_with_their_types(superset, sales):
    found = superset.get(f"/api/v1/dataset/{sales}")["result"]
    assert [(column["column_name"], column["type"], column["is_dttm"]) for column in found["columns"]] == [
        ("id", "BIGINT", False),
        ("day", "DATE", True),
        ("sold_at", "TIMESTAMP WITHOUT TIME ZONE", True),
        ("customer_id", "INTEGER", False),
        ("product_id", "INTEGER", False),
        ("quantity", "SMALLINT", False),
        ("price", "NUMERIC(12, 2)", False),
        ("discount", "DOUBLE PRECISION", False),
        ("paid", "BOOLEAN", False),
    ]
    superset.put(f"/api/v1/dataset/{sales}/refresh", {})


def test_virtual_dataset_knows_its_types(superset, joined):
    found = superset.get(f"/api/v1/dataset/{joined}")["result"]
    generic = {column["column_name"]: column["type_generic"] for column in found["columns"]}
    number, text, time_ = 0, 1, 2
    assert generic == {
        "day": time_,
        "sold_at": time_,
        "quantity": number,
        "price": number,
        "revenue": number,
        "region": text,
        "nation": text,
        "category": text,
    }


def test_table_details_are_shown(superset, database):
    found = superset.get(f"/api/v1/database/{database}/table_metadata/?name=sales&schema={SCHEMA}")
    assert [column["name"] for column in found["columns"]][:3] == ["id", "day", "sold_at"]
    assert found["selectStar"].startswith("SELECT")


def test_big_number(superset, sales, twin):
    result = chart(superset, sales, metrics=["count", metric("SUM", "price", "total")], columns=[])
    same(rows(result), expected(twin, "select count(*), sum(price) from sales"))


@pytest.mark.parametrize(
    ("grain", "bucket"),
    [
        ("PT1H", "hour"),
        ("P1D", "day"),
        ("P1W", "week"),
        ("P1M", "month"),
        ("P3M", "quarter"),
        ("P1Y", "year"),
    ],
)
@pytest.mark.parametrize("column", ["sold_at", "day"])
def test_time_series(superset, sales, twin, column, grain, bucket):
    axis = time_axis(column, grain)
    result = chart(
        superset,
        sales,
        columns=[axis],
        metrics=["count", metric("SUM", "quantity", "quantity")],
        filters=[{"col": column, "op": "TEMPORAL_RANGE", "val": "2023-03-15 : 2024-02-01"}],
        orderby=[[column, True]],
        extras={"where": "", "having": ""},
    )
    same(
        rows(result),
        expected(
            twin,
            f"select date_trunc('{bucket}', {column})::timestamp, count(*), sum(quantity)::bigint from sales"
            f" where {column} >= '2023-03-15' and {column} < '2024-02-01' group by 1 order by 1",
        ),
    )


def test_time_series_by_category_with_a_series_limit(superset, joined, twin):
    axis = time_axis("sold_at", "P1M")
    result = chart(
        superset,
        joined,
        columns=[axis, "category"],
        series_columns=["category"],
        metrics=[metric("SUM", "revenue", "revenue")],
        series_limit=2,
        series_limit_metric=metric("SUM", "revenue", "revenue"),
        filters=[{"col": "sold_at", "op": "TEMPORAL_RANGE", "val": "2023-01-01 : 2024-01-01"}],
        orderby=[["sold_at", True], ["category", True]],
    )
    wanted = expected(
        twin,
        "with j as (select s.sold_at, p.category, s.price * s.quantity as revenue from sales s"
        " join products p on s.product_id = p.id where s.sold_at < '2024-01-01'),"
        " top as (select category from j group by 1 order by sum(revenue) desc limit 2)"
        " select date_trunc('month', sold_at)::timestamp, category, sum(revenue) from j"
        " where category in (from top) group by 1, 2 order by 1, 2",
    )
    same(rows(result), wanted)


def test_bar_chart_with_a_dimension(superset, joined, twin):
    result = chart(
        superset,
        joined,
        columns=["region"],
        metrics=[
            metric("SUM", "revenue", "revenue"),
            metric("COUNT_DISTINCT", "nation", "nations"),
            {
                "expressionType": "SQL",
                "sqlExpression": "AVG(price) FILTER (WHERE quantity > 10)",
                "label": "mean",
            },
        ],
        orderby=[[metric("SUM", "revenue", "revenue"), False]],
        extras={"where": "", "having": "SUM(quantity) > 100"},
    )
    same(
        rows(result),
        expected(
            twin,
            "select c.region, sum(s.price * s.quantity), count(distinct c.nation),"
            " avg(s.price) filter (where s.quantity > 10) from sales s"
            " join customers c on s.customer_id = c.id join products p on s.product_id = p.id"
            " group by 1 having sum(quantity) > 100 order by 2 desc nulls last",
        ),
    )


def test_table_with_filters_and_server_pagination(superset, sales, twin):
    filters = [
        {"col": "quantity", "op": ">=", "val": 10},
        {"col": "paid", "op": "IS TRUE"},
        {"col": "discount", "op": "IS NOT NULL"},
        {"col": "customer_id", "op": "NOT IN", "val": [1, 2, 3]},
    ]
    where = "quantity >= 10 and paid and discount is not null and customer_id not in (1, 2, 3)"
    page = {
        "columns": ["id", "day", "sold_at", "price", "paid"],
        "filters": filters,
        "metrics": [],
        "orderby": [["price", False], ["id", True]],
        "row_limit": 25,
        "row_offset": 50,
    }
    same(
        rows(chart(superset, sales, **page)),
        expected(
            twin,
            f"select id, day, sold_at, price, paid from sales where {where}"
            " order by price desc, id limit 25 offset 50",
        ),
    )
    total = chart(superset, sales, **{**page, "is_rowcount": True, "row_limit": 0, "row_offset": 0})
    assert [row[0] for row in rows(total)] == [
        twin.execute(f"select count(*) from sales where {where}").fetchone()[0]
    ]


@pytest.mark.parametrize("pattern", ["Produit%1_", "%N° 7%"])
def test_text_filters(superset, database, twin, pattern):
    table = {"database_id": database, "schema": SCHEMA, "table_name": "products"}
    dataset = superset.post("/api/v1/dataset/get_or_create/", table)["result"]["table_id"]
    result = chart(
        superset,
        dataset,
        columns=["name"],
        metrics=[],
        filters=[{"col": "name", "op": "ILIKE", "val": pattern}],
        orderby=[["name", True]],
    )
    same(
        rows(result),
        expected(twin, f"select distinct name from products where name ilike '{pattern}' order by 1"),
    )


def test_dashboard_filters_read_distinct_values(superset, joined, twin):
    for column in ("region", "nation", "category"):
        result = chart(superset, joined, columns=[column], metrics=[], orderby=[[column, True]])
        source = "products" if column == "category" else "customers"
        assert rows(result) == expected(twin, f"select distinct {column} from {source} order by 1 nulls last")
    values = superset.get(f"/api/v1/datasource/table/{joined}/column/region/values/")["result"]
    assert set(values) == {"Europe", "Asia", "Africa", "America", None}


def test_time_range_filter_bounds(superset, sales, twin):
    result = chart(
        superset, sales, columns=[], metrics=[metric("MIN", "sold_at", "first"), metric("MAX", "day", "last")]
    )
    same(rows(result), expected(twin, "select min(sold_at), max(day) from sales"))


def test_sql_lab_runs_in_the_chosen_schema(superset, database, twin):
    answer = sql_lab(
        superset, database, SCHEMA, "select region, count(*) as n from customers group by 1 order by 1"
    )
    assert answer["status"] == "success"
    wanted = twin.execute(
        "select region, count(*) from customers group by 1 order by 1 nulls last"
    ).fetchall()
    assert [(row["region"], row["n"]) for row in answer["data"]] == wanted
    assert [column["type"] for column in answer["columns"]] == ["STRING", "LONGINTEGER"]


def test_sql_lab_shows_every_type(superset, database):
    answer = sql_lab(superset, database, SCHEMA, "select * from sales order by id limit 3", queryLimit=2)
    (first, second) = answer["data"]
    assert (first["id"], second["id"]) == (1, 2)
    assert first["day"] == "2023-01-08"
    assert first["sold_at"].startswith("2023-01-06T11:59:00")
    assert [column["type"] for column in answer["columns"]] == [
        "LONGINTEGER",
        "DATE",
        "DATETIME",
        "INTEGER",
        "INTEGER",
        "INTEGER",
        "DECIMAL",
        "FLOAT",
        "BOOLEAN",
    ]


def test_sql_lab_makes_a_table_and_writes(superset, database, martinet, twin):
    sql_lab(superset, database, SCHEMA, "create table copied as select * from customers where id <= 10")
    sql_lab(
        superset, database, SCHEMA, "insert into copied select * from customers where id between 11 and 15"
    )
    sql_lab(superset, database, SCHEMA, "delete from copied where id = 1")
    answer = sql_lab(superset, database, SCHEMA, "select count(*) as n from copied")
    assert answer["data"] == [{"n": 14}]
    sql_lab(superset, database, SCHEMA, "drop table copied")


def test_cost_estimate(superset, database):
    (estimate,) = superset.post(
        "/api/v1/sqllab/estimate/", {"database_id": database, "schema": SCHEMA, "sql": "select * from sales"}
    )["result"]
    assert float(estimate["Total cost"]) > 0
    assert float(estimate["Start-up cost"]) >= 0


def test_a_running_query_is_stopped(superset, database, martinet):
    outcome = {}

    def run():
        try:
            outcome["answer"] = sql_lab(superset, database, SCHEMA, HEAVY, client_id="stopme")
        except SupersetError as error:
            outcome["error"] = error

    thread = threading.Thread(target=run)
    started = time.monotonic()
    thread.start()
    with martinet.connect() as watcher:
        running = (
            "select count(*) from pg_stat_activity where state = 'active' and query ilike '%generate_series%'"
        )
        while watcher.execute(f"{running} and pid <> pg_backend_pid()").fetchone()[0] == 0:
            assert time.monotonic() - started < 30, outcome
            time.sleep(0.1)
        superset.post("/api/v1/query/stop", {"client_id": "stopme"})
        thread.join(20)
        assert not thread.is_alive()
        assert "data" not in outcome.get("answer", {}), outcome
        while watcher.execute(f"{running} and pid <> pg_backend_pid()").fetchone()[0] > 0:
            assert time.monotonic() - started < 40, "the query goes on"
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("sql", "kind", "text"),
    [
        ("select nope from sales", "COLUMN_DOES_NOT_EXIST_ERROR", 'column "nope" at line'),
        ("select s.nope from sales s", "GENERIC_DB_ENGINE_ERROR", "column s.nope does not exist"),
        ("select * from nowhere", "GENERIC_DB_ENGINE_ERROR", 'relation "nowhere" does not exist'),
        ("select 1 / 0", "GENERIC_DB_ENGINE_ERROR", "division by zero"),
        ("select cast('x' as integer)", "GENERIC_DB_ENGINE_ERROR", "invalid input syntax for type integer"),
    ],
)
def test_the_error_panel_says_what_is_wrong(superset, database, sql, kind, text):
    with pytest.raises(SupersetError) as caught:
        sql_lab(superset, database, SCHEMA, sql)
    (error,) = caught.value.body["errors"]
    assert (error["error_type"], error["extra"]["engine_name"]) == (kind, "PostgreSQL")
    assert text in error["message"]


def test_a_chart_with_a_missing_column_says_so(superset, sales):
    with pytest.raises(SupersetError) as caught:
        chart(
            superset,
            sales,
            columns=[],
            metrics=[{"expressionType": "SQL", "sqlExpression": "SUM(nope)", "label": "nope"}],
        )
    assert "nope" in json.dumps(caught.value.body)


def test_connection_errors_are_recognised(superset, martinet):
    for wrong, kind in (
        (uri(martinet, password="wrong"), "CONNECTION_INVALID_PASSWORD_ERROR"),
        (uri(martinet, database="nowhere"), "CONNECTION_UNKNOWN_DATABASE_ERROR"),
    ):
        with pytest.raises(SupersetError) as caught:
            superset.post(
                "/api/v1/database/test_connection/", {"database_name": "wrong", "sqlalchemy_uri": wrong}
            )
        assert caught.value.body["errors"][0]["error_type"] == kind
