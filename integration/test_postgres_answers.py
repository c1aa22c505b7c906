"""The same statement on a real PostgreSQL and on Martinet: same names, same text, same SQLSTATE."""

from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from differences import PAGE, Difference, differences, page
from psycopg import pq
from servers import Endpoint

FOLDER = Path(__file__).parent / "answers"


@dataclass
class Answer:
    """What a client sees of one simple query, values as text."""

    sqlstate: str
    message: str
    names: list[str]
    rows: list[tuple[str | None, ...]]
    tag: str


def statements() -> list[pytest.param]:
    """The statements of answers/*.sql: each starts at a line that does not go on with a quoted string."""
    cases = []
    for path in sorted(FOLDER.glob("*.sql")):
        text: list[str] = []
        for line in path.read_text().splitlines():
            if line.startswith("'"):
                text[-1] += "\n" + line
            elif line and not line.startswith("--"):
                text.append(line)
        cases += [pytest.param(statement, id=f"{path.stem}: {statement[:90]}") for statement in text]
    return cases


def ask(connection: psycopg.Connection, statement: str) -> Answer:
    result = connection.pgconn.exec_(statement.encode())
    if result.status in (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.BAD_RESPONSE):
        state = result.error_field(pq.DiagnosticField.SQLSTATE) or b""
        message = result.error_field(pq.DiagnosticField.MESSAGE_PRIMARY) or b""
        return Answer(state.decode(), message.decode(), [], [], "")
    names = [(result.fname(column) or b"").decode() for column in range(result.nfields)]
    rows = []
    for row in range(result.ntuples):
        values = [result.get_value(row, column) for column in range(result.nfields)]
        rows.append(tuple(None if value is None else value.decode() for value in values))
    return Answer("", "", names, rows, (result.command_status or b"").decode())


@pytest.fixture(scope="module")
def ours(martinet: Endpoint):
    with martinet.connect(options="-c timezone=UTC") as connection:
        yield connection


@pytest.fixture(scope="module")
def theirs(postgres: Endpoint):
    with postgres.connect(options="-c timezone=UTC") as connection:
        yield connection


@pytest.mark.parametrize("statement", statements())
def test_the_answer_is_postgresqls(ours, theirs, statement: str) -> None:
    expected, actual = ask(theirs, statement), ask(ours, statement)
    assert actual.sqlstate == expected.sqlstate, actual.message
    assert actual.names == expected.names
    assert actual.rows == expected.rows
    assert actual.tag == expected.tag


def said(answer: Answer) -> str:
    """An answer in the words of answers/differences.txt."""
    if answer.sqlstate:
        return "ERROR " + answer.sqlstate
    return "; ".join(
        ", ".join("NULL" if value is None else value for value in row) or "()" for row in answer.rows
    )


@pytest.mark.martinet_only
@pytest.mark.parametrize("difference", differences(), ids=lambda each: each.statement)
def test_a_known_difference_is_what_the_list_says(ours, theirs, difference: Difference) -> None:
    assert said(ask(ours, difference.statement)) == difference.ours
    # One that is gone leaves the list and goes where answers are compared.
    assert said(ask(theirs, difference.statement)) == difference.theirs != difference.ours


def test_users_are_told_of_every_difference() -> None:
    assert PAGE.read_text() == page(), "run: python integration/differences.py"


SCRIPTS = {
    "an error aborts the transaction": [
        *(
            "begin",
            "insert into {t} values (1, 1.5)",
            "select nope",
            "select 1",
            "insert into {t} values (2, 1)",
        ),
        *("commit", "select count(*) from {t}"),
    ],
    "a syntax error aborts it too": ["begin", "selec 1", "select 1", "end", "select count(*) from {t}"],
    "division by zero aborts it too": ["begin", "select 1/0", "select 1", "rollback", "select 1"],
    "transaction statements outside": ["commit", "rollback", "begin", "begin", "commit"],
    "bare numeric keeps its digits": [
        "create table {t}_n (a numeric, b numeric(10), c numeric(10,3), d decimal)",
        "insert into {t}_n values (1.23456789, 2.5, 1.0005, 0.000001), (100, -2.5, 7, 123456789.987654321)",
        "select * from {t}_n order by a",
        "select sum(a), max(d), sum(c) from {t}_n",
        "drop table {t}_n",
    ],
    "values are checked when written": [
        *("insert into {t} values ('x', 1)", "insert into {t} values (3000000000, 1)"),
        *(
            "insert into {t} (nope) values (1)",
            "insert into {t} values (1, 2, 3)",
            "select count(*) from {t}",
        ),
    ],
    "NOT NULL and defaults": [
        "create table {t}_d (a integer not null, b text default 'x', c integer default 1 + 1)",
        *("insert into {t}_d (a) values (1)", "insert into {t}_d (b) values ('y')"),
        *(
            "insert into {t}_d values (2, default, null)",
            "select * from {t}_d order by a",
            "drop table {t}_d",
        ),
    ],
    "varchar lengths": [
        *("create table {t}_v (a varchar(3))", "insert into {t}_v values ('abc')"),
        *("select * from {t}_v", "drop table {t}_v"),
    ],
    "names fold to lower case": [
        *('create table {t}_C (A integer, "B" integer)', "insert into {t}_c values (1, 2)"),
        *('select A, "B" from {t}_c', "select * from {t}_C", "drop table {t}_C"),
    ],
    "update, delete, truncate": [
        *(
            "insert into {t} select i, i * 0.5 from generate_series(1, 10) t(i)",
            "update {t} set b = -1 where a > 5",
        ),
        *(
            "update {t} set b = x.v from (values (1, 99)) x(k, v) where a = x.k",
            "delete from {t} where a between 2 and 4",
        ),
        *("select * from {t} order by a", "truncate {t}", "select count(*) from {t}", "truncate table {t}"),
    ],
    "prepare and execute": [
        *(
            "prepare p (int, text) as select $1 + 1, $2",
            "execute p(1, 'a')",
            "execute p('x', 'a')",
            "deallocate p",
        ),
        *("execute p(1, 'a')", "prepare q as select 1", "prepare q as select 2", "deallocate all"),
    ],
    "cursors": [
        *(
            "begin",
            "declare c cursor for select i from generate_series(1, 5) t(i)",
            "fetch 2 from c",
            "fetch c",
        ),
        *("move 1 in c", "fetch all from c", "fetch c", "close c", "fetch c", "rollback"),
        *("declare c cursor for select 1", "fetch nothing", "select 1"),
    ],
    "settings": [
        *("set application_name = 'a b'", "show application_name", "reset application_name"),
        *(
            "begin",
            "set local statement_timeout = '5s'",
            "show statement_timeout",
            "commit",
            "show statement_timeout",
        ),
        *("set statement_timeout = 1500", "show statement_timeout", "set statement_timeout to default"),
        *(
            "set nothing = 1",
            "show nothing",
            "set my.own = 'x'",
            "show my.own",
            "select current_setting('my.own')",
        ),
        *("set timezone = 'Europe/Paris'", "select timestamptz '2024-07-01 12:00+00'", "show timezone"),
        *(
            "set time zone 'UTC'",
            "select set_config('application_name', 'z', false)",
            "show application_name",
        ),
        *(
            "set search_path = pg_catalog, public",
            "show search_path",
            "reset search_path",
            "show search_path",
        ),
    ],
    "schemas and views": [
        *(
            "create view {t}_w as select a, b * 2 as twice from {t}",
            "select * from {t}_w",
            "drop table {t}_w",
        ),
        *(
            "create or replace view {t}_w as select a, b * 2 as twice, 1 as one from {t}",
            "select * from {t}_w",
        ),
        *("drop view {t}_w", "drop view {t}_w", "drop view if exists {t}_w", "create table {t} (a int)"),
        *("create table if not exists {t} (a int)", "create schema public", "drop schema no_such_schema"),
    ],
    "create table as and insert select": [
        *(
            "create table {t}_a as select 1 as a, 'x' as b",
            "insert into {t}_a select 2, 'y' union all select 3, 'z'",
        ),
        *("select * from {t}_a order by a", "create table {t}_a as select 1", "drop table {t}_a"),
        *(
            "create table {t}_a as select sum(x) as s from (values (9007199254740993), (1)) t(x)",
            "select * from {t}_a",
        ),
        *(
            "drop table {t}_a",
            "select * into {t}_a from (values (1)) t(x)",
            "select * from {t}_a",
            "drop table {t}_a",
        ),
    ],
    "alter table": [
        *(
            "create table {t}_b (a integer)",
            "insert into {t}_b values (1)",
            "alter table {t}_b add column b text",
        ),
        *(
            "alter table {t}_b add column c integer default 7",
            "select * from {t}_b",
            "alter table {t}_b rename a to z",
        ),
        *("alter table {t}_b drop column b", "select * from {t}_b", "alter table {t}_b add column z int"),
        *("alter table {t}_b rename to t_renamed", "drop table t_renamed", "drop table {t}_b"),
    ],
}


@pytest.mark.parametrize("script", list(SCRIPTS.values()), ids=list(SCRIPTS))
def test_a_script_goes_as_in_postgresql(martinet: Endpoint, postgres: Endpoint, script: list[str]) -> None:
    answers = []
    for server in (postgres, martinet):
        with server.connect(options="-c timezone=UTC") as connection:
            connection.execute("drop table if exists answers")
            connection.execute("create table answers (a integer, b numeric(10,2))")
            answers.append([ask(connection, statement.format(t="answers")) for statement in script])
            if connection.info.transaction_status != pq.TransactionStatus.IDLE:
                connection.execute("rollback")
            connection.execute("drop table answers")
    for statement, expected, actual in zip(script, *answers, strict=True):
        seen = (actual.sqlstate, actual.names, actual.rows, actual.tag)
        wanted = (expected.sqlstate, expected.names, expected.rows, expected.tag)
        assert seen == wanted, f"{statement}\n{actual.message}"
