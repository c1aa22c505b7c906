"""What SQLAlchemy asks of a PostgreSQL, written for versions 1.4 and 2 alike.

test_sqlalchemy2.py runs it in this environment; test_sqlalchemy14.py runs it by pytest in an environment
with the older version. MARTINET_URL tells it where to connect.
"""

import datetime
import os
import threading
import time
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base

SCHEMA = f"sqlalchemy_{sa.__version__.split('.')[0]}"
HEAVY = "select sum(a * b) from generate_series(1, 300000) x(a), generate_series(1, 300000) y(b)"
Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"
    __table_args__ = {"schema": SCHEMA, "comment": "who buys"}  # noqa: RUF012

    id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    name = sa.Column(sa.String(40), nullable=False, comment="as printed")
    balance = sa.Column(sa.Numeric(12, 2))
    since = sa.Column(sa.Date)
    seen = sa.Column(sa.DateTime)
    moment = sa.Column(sa.DateTime(timezone=True))
    weight = sa.Column(sa.Float(53))
    active = sa.Column(sa.Boolean)
    tags = sa.Column(sa.ARRAY(sa.Text))
    picture = sa.Column(sa.LargeBinary)


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (
        sa.UniqueConstraint("number", name="orders_number_key"),
        sa.Index("orders_customer_index", "customer_id"),
        {"schema": SCHEMA},
    )

    id = sa.Column(sa.BigInteger, primary_key=True, autoincrement=False)
    number = sa.Column(sa.Text, nullable=False)
    customer_id = sa.Column(sa.ForeignKey(Customer.id, name="orders_customer_fkey"))
    amount = sa.Column(sa.Numeric(15, 2), nullable=False)


NOW = datetime.datetime(2024, 2, 29, 12, 34, 56, 789000)
ADA = {
    "id": 1,
    "name": "Ada",
    "balance": Decimal("10.50"),
    "since": datetime.date(1999, 12, 31),
    "seen": NOW,
    "moment": NOW.replace(tzinfo=datetime.timezone.utc),  # noqa: UP017
    "weight": 0.1,
    "active": True,
    "tags": ["a", "b,c"],
    "picture": b"\x00\xff",
}


def state_of(error):
    """The SQLSTATE, which psycopg2 and psycopg 3 name differently."""
    return getattr(error.orig, "sqlstate", None) or error.orig.pgcode


@pytest.fixture(scope="module")
def engine():
    engine = sa.create_engine(os.environ["MARTINET_URL"], future=True)
    with engine.begin() as connection:
        connection.execute(sa.text(f"drop schema if exists {SCHEMA} cascade"))
        connection.execute(sa.text(f"create schema {SCHEMA}"))
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.text(f"create view {SCHEMA}.actives as select id from {SCHEMA}.customers"))
    with Session(engine) as session:
        session.add(Customer(**ADA))
        session.add(Customer(id=2, name="Zoë"))
        session.flush()
        session.add_all([Order(id=i, number=f"n{i}", customer_id=1, amount=i) for i in range(1, 11)])
        session.commit()
    yield engine
    with engine.begin() as connection:
        connection.execute(sa.text(f"drop schema {SCHEMA} cascade"))
    engine.dispose()


@pytest.fixture
def inspector(engine):
    return sa.inspect(engine)


def test_the_dialect_recognizes_a_postgresql(engine):
    with engine.connect() as connection:
        assert connection.dialect.server_version_info >= (15,)
        assert connection.dialect.default_schema_name == "public"
        assert connection.get_isolation_level() in ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")


def test_objects_come_back_as_written(engine):
    with Session(engine) as session:
        ada = session.get(Customer, 1)
        assert {name: getattr(ada, name) for name in ADA} == ADA
        zoe = session.get(Customer, 2)
        assert (zoe.name, zoe.balance, zoe.tags, zoe.active) == ("Zoë", None, None, None)


def test_objects_are_changed_and_removed(engine):
    with Session(engine) as session:
        session.add(Customer(id=3, name="Eve"))
        session.commit()
        eve = session.get(Customer, 3)
        eve.balance = Decimal("-0.01")
        eve.tags = ["x"]
        session.commit()
        session.expire_all()
        assert session.get(Customer, 3).balance == Decimal("-0.01")
        session.delete(eve)
        session.commit()
        assert session.get(Customer, 3) is None


def test_joins_groups_and_limits(engine):
    total = sa.func.sum(Order.amount).label("total")
    query = sa.select(Customer.name, total, sa.func.count()).join(Order).group_by(Customer.name)
    with engine.connect() as connection:
        assert connection.execute(query).all() == [("Ada", Decimal("55.00"), 10)]
        page = sa.select(Order.id).order_by(Order.id.desc()).limit(2).offset(1)
        assert connection.execute(page).scalars().all() == [9, 8]
        chosen = sa.select(Order.id).where(Order.number.in_(["n1", "n3"]), Order.amount > 1)
        assert connection.execute(chosen).scalars().all() == [3]
        assert connection.execute(sa.select(Customer.id).where(Customer.name.ilike("ZO%"))).scalar() == 2
        month = sa.func.date_trunc("month", Customer.seen)
        assert connection.execute(sa.select(month).where(Customer.id == 1)).scalar() == NOW.replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )


def test_many_rows_are_inserted_at_once(engine):
    table = sa.Table(
        "bulk", sa.MetaData(), sa.Column("a", sa.Integer), sa.Column("b", sa.Text), schema=SCHEMA
    )
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert(), [{"a": i, "b": f"row {i}"} for i in range(2500)])
        assert connection.execute(sa.select(sa.func.count(), sa.func.sum(table.c.a))).one() == (2500, 3123750)
        table.drop(connection)


def test_a_big_result_is_streamed(engine):
    with engine.connect().execution_options(stream_results=True) as connection:
        rows = connection.execute(sa.text("select i from generate_series(1, 100000) t(i)"))
        assert sum(row[0] for row in rows) == 100000 * 100001 // 2


def test_a_savepoint_that_is_released(engine):
    with engine.connect() as connection, connection.begin(), connection.begin_nested():
        assert connection.execute(sa.text("select 1")).scalar() == 1


def test_a_rolled_back_transaction_leaves_nothing(engine):
    with engine.connect() as connection:
        transaction = connection.begin()
        connection.execute(sa.insert(Customer).values(id=9, name="gone"))
        transaction.rollback()
        assert connection.execute(sa.select(Customer.id).where(Customer.id == 9)).first() is None


def test_reflection_of_names(inspector):
    assert SCHEMA in inspector.get_schema_names()
    assert {"public", "information_schema"} <= set(inspector.get_schema_names())
    assert sorted(inspector.get_table_names(SCHEMA)) == ["customers", "orders"]
    assert inspector.get_view_names(SCHEMA) == ["actives"]
    assert inspector.has_table("customers", SCHEMA)
    assert not inspector.has_table("nothing", SCHEMA)
    assert "id" in inspector.get_view_definition("actives", SCHEMA)


def test_reflection_of_columns(inspector):
    columns = {column["name"]: column for column in inspector.get_columns("customers", SCHEMA)}
    assert list(columns) == list(ADA)
    types = {name: str(column["type"].compile(inspector.bind.dialect)) for name, column in columns.items()}
    assert types == {
        "id": "INTEGER",
        "name": "VARCHAR(40)",
        "balance": "NUMERIC(12, 2)",
        "since": "DATE",
        "seen": "TIMESTAMP WITHOUT TIME ZONE",
        "moment": "TIMESTAMP WITH TIME ZONE",
        "weight": "DOUBLE PRECISION",
        "active": "BOOLEAN",
        "tags": "TEXT[]",
        "picture": "BYTEA",
    }
    assert not columns["name"]["nullable"]
    assert columns["balance"]["nullable"]
    assert columns["name"]["comment"] == "as printed"


def test_reflection_of_keys_indexes_and_comments(inspector):
    key = inspector.get_pk_constraint("customers", SCHEMA)
    assert (key["name"], key["constrained_columns"]) == ("customers_pkey", ["id"])
    (foreign,) = inspector.get_foreign_keys("orders", SCHEMA)
    assert foreign["name"] == "orders_customer_fkey"
    assert (foreign["constrained_columns"], foreign["referred_columns"]) == (["customer_id"], ["id"])
    assert (foreign["referred_schema"], foreign["referred_table"]) == (SCHEMA, "customers")
    (unique,) = inspector.get_unique_constraints("orders", SCHEMA)
    assert (unique["name"], unique["column_names"]) == ("orders_number_key", ["number"])
    indexes = {index["name"]: index["column_names"] for index in inspector.get_indexes("orders", SCHEMA)}
    assert indexes["orders_customer_index"] == ["customer_id"]
    assert inspector.get_table_comment("customers", SCHEMA) == {"text": "who buys"}
    assert inspector.get_check_constraints("customers", SCHEMA) == []
    assert inspector.get_sequence_names(SCHEMA) == []


def test_reflection_of_a_whole_schema(engine):
    metadata = sa.MetaData()
    metadata.reflect(engine, schema=SCHEMA, views=True)
    assert sorted(metadata.tables) == [f"{SCHEMA}.{name}" for name in ("actives", "customers", "orders")]
    orders = metadata.tables[f"{SCHEMA}.orders"]
    assert [column.name for column in orders.primary_key] == ["id"]
    assert next(iter(orders.c.customer_id.foreign_keys)).column.table.name == "customers"
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.max(orders.c.amount))).scalar() == 10


def test_a_cancelled_statement_raises_and_the_connection_goes_on(engine):
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        threading.Timer(0.3, driver.cancel).start()
        started = time.monotonic()
        with pytest.raises(sa.exc.OperationalError) as caught:
            connection.execute(sa.text(HEAVY))
        assert time.monotonic() - started < 5
        assert state_of(caught.value) == "57014"
        connection.rollback()
        assert connection.execute(sa.text("select 1")).scalar() == 1


@pytest.mark.parametrize(
    ("statement", "error", "state"),
    [
        ("select * from nowhere", sa.exc.ProgrammingError, "42P01"),
        ("select nothing from pg_class", sa.exc.ProgrammingError, "42703"),
        ("selec 1", sa.exc.ProgrammingError, "42601"),
        ("select 1/0", sa.exc.DataError, "22012"),
    ],
)
def test_an_error_has_its_class_and_sqlstate(engine, statement, error, state):
    with pytest.raises(error) as caught, engine.connect() as connection:
        connection.execute(sa.text(statement))
    assert state_of(caught.value) == state
