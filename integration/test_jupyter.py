"""Jupyter: a notebook with JupySQL, pandas and ADBC, run whole in a kernel of its own."""

import json
import subprocess
from pathlib import Path

import pytest
import star

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def python():
    command = [HERE.parent / "scripts" / "python-env", "jupyter"]
    return f"{subprocess.check_output(command, text=True).strip()}/bin/python"


def run_notebook(python, notebook, endpoint, folder, **variables):
    """The executed cells of `notebook`."""
    result = folder / "executed.ipynb"
    outcome = subprocess.run(
        [python, HERE / "run_notebook.py", notebook, result],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={
            **endpoint.environment(),
            **variables,
            "IPYTHONDIR": str(folder),
            "PLOOMBER_STATS_ENABLED": "false",
        },
    )
    assert outcome.returncode == 0, outcome.stderr[-5000:]
    return json.loads(result.read_text())["cells"]


def output_text(cell):
    parts = [
        part.get("text") or part.get("data", {}).get("text/plain", "") for part in cell.get("outputs", [])
    ]
    return "".join("".join(part) for part in parts)


def test_notebook_with_jupysql_pandas_and_adbc(martinet, schema, python, tmp_path):
    twin = star.load(martinet, schema)
    cells = run_notebook(python, HERE / "notebooks" / "star.ipynb", martinet, tmp_path, STAR_SCHEMA=schema)
    regions = twin.execute("select region, count(*) from customers group by 1").fetchall()
    (bottles, months) = twin.execute(
        "select sum(quantity), count(distinct date_trunc('month', sold_at)) from sales s"
        " join products p on s.product_id = p.id where category = 'Wine'"
    ).fetchone()
    (total, large) = twin.execute(
        "select sum(price) filter (where quantity > 25), count(*) filter (where quantity > 45) from sales"
    ).fetchone()
    assert json.loads(output_text(cells[-1])) == {
        "bottles": bottles,
        "months": months,
        "regions": {str(region): count for region, count in regions},
        "rows": 20000,
        "types": [
            "int64",
            "date32[day]",
            "timestamp[us]",
            "int32",
            "int32",
            "int16",
            "extension<arrow.opaque[storage_type=string, type_name=numeric, vendor_name=PostgreSQL]>",
            "double",
            "bool",
        ],
        "total": str(total),
        "written": large,
        "read_back": large,
    }
    everything = "".join(output_text(cell) for cell in cells)
    for word in ("Europe", "customers", "products", "sold_at"):
        assert word in everything


@pytest.mark.martinet_only
def test_the_notebook_of_the_demo(martinet, python, tmp_path):
    notebook = HERE.parent / "demo" / "notebooks" / "star-schema.ipynb"
    cells = run_notebook(python, notebook, martinet, tmp_path)
    ((lines, revenue),) = martinet.run("select count(*), sum(lo_revenue)::bigint from ssb.lineorder")
    assert output_text(cells[-1]) == f"{lines} order lines, revenue {revenue}, 10 brands\n"
