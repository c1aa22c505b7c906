"""pgjdbc, the driver behind DBeaver, Metabase and most Java tools: Debian's jar, a program compiled here."""

import subprocess
from pathlib import Path

import pytest

DRIVER = Path("/usr/share/java/postgresql.jar")
SOURCE = Path(__file__).parent / "java" / "JdbcCheck.java"
CHECKS = [
    "connect",
    "tables",
    "columns",
    "keys",
    "types",
    "schemas",
    "values",
    "binary",
    "parameters",
    "portals",
    "batch",
    "cancel",
    "timeout",
    "errors",
    "transactions",
    "copy",
]


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jdbc")
    subprocess.run(["javac", "-Xlint:all", "-Werror", "-cp", DRIVER, "-d", folder, SOURCE], check=True)
    return folder


@pytest.mark.parametrize("check", CHECKS)
def test_pgjdbc(martinet, classes, check):
    url = f"jdbc:postgresql://{martinet.host}:{martinet.port}/{martinet.database}"
    command = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{classes}:{DRIVER}"]
    run = subprocess.run(
        [*command, "JdbcCheck", url, martinet.user, martinet.password, check],
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    assert run.stdout.strip() == "ok"
