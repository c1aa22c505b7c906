"""psql: the backslash commands, which are long queries on the catalogs, scripts, COPY and cursors."""

import signal
import subprocess
import time
from collections.abc import Iterator

import pytest
from samples import HEAVY
from servers import Endpoint

DDL = """
create table {0}.customers (
  id integer primary key, name varchar(40) not null, balance numeric(12,2) default 0,
  since date, seen timestamp, moment timestamptz, weight double precision, active boolean,
  note text, tags text[], key uuid, picture bytea, small smallint, large bigint, clock time);
create table {0}.orders (
  id bigint not null, customer_id integer references {0}.customers (id), amount numeric(15,2) not null,
  constraint orders_key primary key (id));
create view {0}.actives as select id, name from {0}.customers where active;
comment on table {0}.customers is 'who buys';
comment on column {0}.customers.name is 'as printed';
insert into {0}.customers (id, name, active, note)
  select i, 'Customer ' || i, i % 2 = 0, case when i % 3 = 0 then null else 'n' || i end
  from generate_series(1, 3000) t(i);
"""


def psql(
    server: Endpoint, *arguments: str, stdin: str | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        ["psql", "-X", "-v", "ON_ERROR_STOP=1", *arguments],
        env=server.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        input=stdin if stdin is not None else "",
    )
    if check:
        assert result.returncode == 0, result.stderr
        assert "ERROR" not in result.stderr, result.stderr
    return result


@pytest.fixture(scope="module")
def tables(martinet: Endpoint, schema: str) -> str:
    psql(martinet, "-q", stdin=DDL.format(schema))
    return schema


@pytest.fixture(scope="module")
def twin(postgres: Endpoint, tables: str) -> Iterator[str]:
    """The same schema, table for table, on a real PostgreSQL; the same one with --against-postgres."""
    with postgres.connect() as connection:
        exists = connection.execute("select to_regclass(%s)", (f"{tables}.orders",)).fetchone()
    if exists == (None,):
        psql(postgres, "-q", stdin=f"create schema if not exists {tables};" + DDL.format(tables))
    yield tables
    postgres.run(f"drop schema if exists {tables} cascade")


def test_the_connection_line_is_encrypted(martinet: Endpoint) -> None:
    out = psql(martinet, "-c", r"\conninfo").stdout
    assert f'You are connected to database "{martinet.database}" as user "{martinet.user}"' in out
    assert "SSL connection (protocol: TLSv1.3" in out


def test_the_password_is_asked_for(martinet: Endpoint) -> None:
    environment = {**martinet.environment(), "PGPASSWORD": "wrong"}
    result = subprocess.run(
        ["psql", "-X", "-w", "-c", "select 1"], env=environment, capture_output=True, text=True, timeout=30
    )
    assert result.returncode == 2
    assert f'FATAL:  password authentication failed for user "{martinet.user}"' in result.stderr


SAME_TEXT = [
    r"\d {0}.customers",
    r"\d {0}.orders",
    r"\d+ {0}.actives",
    r"\d {0}.actives",
    r"\dt {0}.*",
    r"\dv {0}.*",
    r"\di {0}.*",
    r"\d {0}.*",
    r"\dn {0}",
    r"\dd {0}.*",
    r"\dm {0}.*",
    r"\ds {0}.*",
    r"\dp {0}.nothing",
    r"\dT {0}.*",
    r"\df {0}.*",
    r"\d {0}.nothing",
]


@pytest.mark.parametrize("command", SAME_TEXT)
def test_a_description_reads_as_in_postgresql(
    martinet: Endpoint, postgres: Endpoint, twin: str, command: str
) -> None:
    line = command.format(twin)
    ours = psql(martinet, "-c", line, check=False)
    theirs = psql(postgres, "-c", line, check=False)
    assert (ours.stdout, ours.stderr, ours.returncode) == (theirs.stdout, theirs.stderr, theirs.returncode)


def test_commands_that_list_the_server(martinet: Endpoint, tables: str) -> None:
    assert martinet.database in psql(martinet, "-Atc", r"\l").stdout
    assert martinet.user in psql(martinet, "-Atc", r"\du").stdout
    assert martinet.user in psql(martinet, "-Atc", r"\dg").stdout
    assert tables in psql(martinet, "-Atc", r"\dn").stdout
    assert tables in psql(martinet, "-Atc", r"\dn+").stdout
    assert "who buys" in psql(martinet, "-Atc", rf"\dt+ {tables}.*").stdout
    assert "as printed" in psql(martinet, "-Atc", rf"\d+ {tables}.customers").stdout
    assert "upper" in psql(martinet, "-Atc", r"\df upper").stdout


LISTINGS = """
d d+ dt dt+ dv di ds dE dm dn dn+ du du+ df da dT dx dD dC dO do dL db dp z ddp drds dRp dRs dy dX dF des
dew det dAc dAf dAo dAp l l+ dconfig
""".split()


@pytest.mark.parametrize("command", LISTINGS)
def test_no_listing_command_fails(martinet: Endpoint, tables: str, command: str) -> None:
    psql(martinet, "-c", "\\" + command)


def test_completion_finds_tables(martinet: Endpoint, tables: str) -> None:
    """psql's own query for completing the name of a table."""
    out = psql(
        martinet,
        "-Atc",
        "SELECT c.relname, NULL::pg_catalog.text FROM pg_catalog.pg_class c"
        " WHERE c.relkind IN ('r', 'S', 'v', 'm', 'f', 'p') AND (c.relname) LIKE 'cust%'"
        " AND c.relnamespace <> (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'pg_catalog')"
        " LIMIT 1000",
    ).stdout
    assert "customers|" in out


def test_a_result_prints_as_in_postgresql(martinet: Endpoint, postgres: Endpoint) -> None:
    statement = (
        "select 1 as one, null as nothing, true as yes, 1.50::numeric(5,2) as price, 'Zoë' as name,"
        " date '2024-02-29' as day, timestamp '2024-02-29 12:00:00.5' as stamp, 0.1::float8 as double,"
        " 1e20::float8 as big, 'NaN'::float8 as nan, array[1,2,null] as list,"
        " interval '1 day 2 hours' as span,"
        " '\\x00ff'::bytea as bytes, -7/2 as half, count(*) from generate_series(1, 5)"
    )
    assert psql(martinet, "-c", statement).stdout == psql(postgres, "-c", statement).stdout


def test_a_big_result_comes_by_fetches(martinet: Endpoint) -> None:
    out = psql(
        martinet,
        "-At",
        "-v",
        "FETCH_COUNT=1000",
        "-c",
        "select i from generate_series(1, 200000) t(i) order by i",
    ).stdout.split()
    assert (len(out), out[0], out[-1]) == (200000, "1", "200000")


def test_copy_through_the_client(martinet: Endpoint, tables: str, tmp_path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = ["1,one", "2,", '3,"quoted ""text"", with a comma"']
    source.write_text("\n".join(["a,b", *lines]) + "\n")
    script = (
        f"create table {tables}.copied (a integer, b text);\n"
        f"\\copy {tables}.copied from '{source}' with (format csv, header)\n"
        f"\\copy (select * from {tables}.copied order by a) to '{target}' csv\n"
        f"select count(*), count(b) from {tables}.copied;\n"
        f"drop table {tables}.copied;\n"
    )
    out = psql(martinet, "-At", stdin=script).stdout.splitlines()
    assert out == ["CREATE TABLE", "COPY 3", "COPY 3", "3|2", "DROP TABLE"]
    assert target.read_text().splitlines() == lines


def test_command_tags(martinet: Endpoint, tables: str) -> None:
    script = f"""
    begin; create table {tables}.tags (a int); insert into {tables}.tags values (1), (2), (3);
    update {tables}.tags set a = 5 where a > 1; delete from {tables}.tags where a = 5; table {tables}.tags;
    drop table {tables}.tags; commit; set application_name = 'x'; reset application_name;
    create schema {tables}_2; drop schema {tables}_2; begin; rollback;
    """
    out = psql(martinet, "-At", stdin=script).stdout.splitlines()
    assert out == [
        *("BEGIN", "CREATE TABLE", "INSERT 0 3", "UPDATE 2", "DELETE 2", "1", "DROP TABLE", "COMMIT"),
        *("SET", "RESET", "CREATE SCHEMA", "DROP SCHEMA", "BEGIN", "ROLLBACK"),
    ]


def test_an_error_stops_a_script_and_shows_its_place(martinet: Endpoint) -> None:
    result = psql(
        martinet, "-v", "VERBOSITY=verbose", "-c", "select 1;  select nope from pg_class", check=False
    )
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert lines[0] == 'ERROR:  42703: column "nope" does not exist'
    assert lines[1] == "LINE 1: select 1;  select nope from pg_class"
    assert lines[2].index("^") == lines[1].index("nope")


def test_statements_of_one_string_are_one_transaction(martinet: Endpoint, tables: str) -> None:
    result = psql(martinet, "-c", f"create table {tables}.gone (a int); select 1/0", check=False)
    assert "ERROR:  division by zero" in result.stderr
    assert psql(martinet, "-Atc", f"select to_regclass('{tables}.gone') is null").stdout == "t\n"


def test_an_error_in_a_transaction_aborts_it(martinet: Endpoint, tables: str) -> None:
    script = f"begin; create table {tables}.half (a int);\nselect nope;\nselect 1;\ncommit;\n"
    result = subprocess.run(
        ["psql", "-X", "-At"],
        env=martinet.environment(),
        input=script,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.stdout.splitlines() == ["BEGIN", "CREATE TABLE", "ROLLBACK"]
    assert "current transaction is aborted, commands ignored until end of transaction block" in result.stderr
    assert psql(martinet, "-Atc", f"select to_regclass('{tables}.half') is null").stdout == "t\n"


def test_control_c_cancels(martinet: Endpoint) -> None:
    process = subprocess.Popen(
        ["psql", "-X", "-c", HEAVY],
        env=martinet.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(1)  # until the statement runs; psql says nothing before its result
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=15)
    assert "ERROR:  canceling statement due to user request" in stderr


def test_variables_watch_and_gexec(martinet: Endpoint) -> None:
    script = "select 41 + 1 as answer \\gset\nselect :answer, :'answer' || '!';\nselect 'select 7' \\gexec\n"
    assert psql(martinet, "-At", stdin=script).stdout.splitlines() == ["42|42!", "7"]


def test_describing_a_statement_and_binding(martinet: Endpoint) -> None:
    out = psql(martinet, "-At", stdin="select 1::int as a, 'x'::text as b, now() as c \\gdesc\n").stdout
    assert out.splitlines() == ["a|integer", "b|text", "c|timestamp with time zone"]
