"""Charts and SQL Lab as Superset's pages ask for them, and their numbers as DuckDB computes them."""

import datetime
import decimal
import itertools

import pytest

query_numbers = itertools.count()


def metric(aggregate, column, label):
    return {
        "expressionType": "SIMPLE",
        "column": {"column_name": column},
        "aggregate": aggregate,
        "label": label,
    }


def time_axis(column, grain):
    """`column` as the axis of a time series; `grain` is an ISO 8601 duration."""
    return {
        "columnType": "BASE_AXIS",
        "expressionType": "SQL",
        "label": column,
        "sqlExpression": column,
        "timeGrain": grain,
    }


def chart(superset, dataset, **query):
    answer = superset.post(
        "/api/v1/chart/data",
        {
            "datasource": {"id": dataset, "type": "table"},
            "force": True,
            "queries": [{"row_limit": 10000, **query}],
            "result_format": "json",
            "result_type": "full",
        },
    )
    (result,) = answer["result"]
    assert result["error"] is None, result["error"]
    return result


def rows(result):
    """The rows of a chart as tuples; milliseconds since the epoch stay as they are."""
    return [tuple(row[name] for name in result["colnames"]) for row in result["data"]]


def expected(twin, sql):
    def plain(value):
        if isinstance(value, decimal.Decimal):
            return float(value)
        if isinstance(value, datetime.datetime):
            return value.replace(tzinfo=datetime.UTC).timestamp() * 1000
        if isinstance(value, datetime.date):
            return plain(datetime.datetime.combine(value, datetime.time()))
        return value

    return [tuple(plain(value) for value in row) for row in twin.execute(sql).fetchall()]


def same(actual, wanted):
    assert len(actual) == len(wanted)
    for left, right in zip(actual, wanted, strict=True):
        for a, b in zip(left, right, strict=True):
            if isinstance(a, float) or isinstance(b, float):
                assert float(a) == pytest.approx(float(b), rel=1e-9), (left, right)
            else:
                assert a == b, (left, right)


def sql_lab(superset, database, schema, sql, **more):
    """Runs `sql` as SQL Lab does, in `schema`."""
    return superset.post(
        "/api/v1/sqllab/execute/",
        {
            "database_id": database,
            "sql": sql,
            "schema": schema,
            "client_id": f"q{next(query_numbers)}",
            "runAsync": False,
            **more,
        },
    )
