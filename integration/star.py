"""A small star schema for tests that compare a client's numbers with DuckDB's: the same rows in both."""

import duckdb

TABLES = {
    "customers": "id integer primary key, name varchar(40) not null, region varchar(20), nation varchar(20)",
    "products": "id integer primary key, name varchar(40) not null, category text, brand text",
    "sales": "id bigint primary key, day date not null, sold_at timestamp not null, customer_id integer,"
    " product_id integer, quantity smallint, price numeric(12,2), discount double precision, paid boolean",
}
ROWS = {
    "customers": """
        select g::integer, 'Customer ' || g,
          ['Europe', 'Asia', 'Africa', 'America', null][1 + g % 5],
          'Nation ' || (g % 23)
        from range(1, 501) t(g)""",
    "products": """
        select g::integer, 'Produit n° ' || g, ['Bread', 'Wine', 'Cheese'][1 + g % 3], 'Brand ' || (g % 11)
        from range(1, 101) t(g)""",
    "sales": """
        select g::bigint, (date '2023-01-01' + (g * 7 % 1000)::integer)::date,
          timestamp '2023-01-01 00:00:00' + interval 1 minute * (g * 7919 % 1440000),
          (1 + g * 31 % 500)::integer, (1 + g * 17 % 100)::integer, (1 + g % 50)::smallint,
          ((g * 7907 % 100000) / 100)::numeric(12,2),
          case when g % 10 = 0 then null else (g % 10) / 100 end, g % 3 = 0
        from range(1, 20001) t(g)""",
}


def load(server, schema):
    """Makes the star schema in `schema` of `server`; returns a DuckDB connection that holds the same rows."""
    twin = duckdb.connect()
    with server.connect() as connection:
        connection.execute(f"drop schema if exists {schema} cascade")
        connection.execute(f"create schema {schema}")
        for table, columns in TABLES.items():
            names = ", ".join(column.split()[0] for column in columns.split(", "))
            twin.execute(f"create table {table} as select * from ({ROWS[table]}) t({names})")
            connection.execute(f"create table {schema}.{table} ({columns})")
            with connection.cursor().copy(f"copy {schema}.{table} from stdin") as copy:
                for row in twin.table(table).fetchall():
                    copy.write_row(row)
    return twin


def drop(server, schema):
    """Removes the star schema again."""
    with server.connect() as connection:
        connection.execute(f"drop schema if exists {schema} cascade")
