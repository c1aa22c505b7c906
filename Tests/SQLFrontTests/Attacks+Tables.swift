extension Attacks {
  /// One a line.
  static let tables = #"""
    SELECT * FROM 'x.parquet'
    SELECT * FROM "x.parquet"
    SELECT * FROM x.parquet
    SELECT * FROM "x"."parquet"
    SELECT * FROM "x"."PARQUET"
    FROM 'x.parquet'
    FROM "a/b"
    FROM "s3://b/x"
    FROM "*.csv"
    SELECT * FROM t, 'b.csv'
    SELECT * FROM t , LATERAL 'b.csv'
    SELECT * FROM t JOIN 'b.csv' ON true
    SELECT * FROM t JOIN "b.csv" USING (a)
    SELECT * FROM t CROSS JOIN "/etc/passwd"
    SELECT * FROM t NATURAL JOIN 'b.csv'
    SELECT * FROM t POSITIONAL JOIN 'b.csv'
    SELECT * FROM t ASOF JOIN 'b.csv' USING (a)
    SELECT * FROM t ANTI JOIN 'b.csv' USING (a)
    SELECT * FROM t SEMI JOIN 'b.csv' USING (a)
    SELECT * FROM t LEFT JOIN u ON a.x = b.where, 'b.csv'
    SELECT * FROM t LEFT JOIN u ON a.x = set, 'b.csv'
    SELECT * FROM t LEFT JOIN u ON a.x = b."select", 'b.csv'
    SELECT * FROM t LEFT JOIN u ON CASE WHEN x THEN 'a' ELSE 'b' END = 'c', 'b.csv'
    SELECT * FROM t AS x(a, b), 'b.csv'
    SELECT * FROM t TABLESAMPLE reservoir(10), 'b.csv'
    SELECT * FROM t AT (VERSION => 1), 'b.csv'
    SELECT * FROM unnest([1]), 'b.csv'
    SELECT * FROM (VALUES (1)) v, 'b.csv'
    SELECT * FROM (SELECT 1) v, 'b.csv'
    SELECT * FROM (t JOIN 'b.csv' ON true)
    SELECT * FROM ((t JOIN u ON true), 'b.csv')
    SELECT * FROM a: 'b.csv'
    SELECT * FROM t, a: 'b.csv'
    SELECT * FROM ONLY 'b.csv'
    SELECT * FROM ONLY ("b.csv")
    SELECT * FROM ONLY ('b.csv')
    TABLE 'b.csv'
    TABLE "b.csv"
    TABLE ONLY ("b.csv")
    TABLE b.csv
    WITH x AS (TABLE 'b.csv') SELECT * FROM x
    WITH x AS (FROM 'b.csv') FROM x
    WITH x AS MATERIALIZED (FROM 'b.csv') FROM x
    WITH RECURSIVE x AS (SELECT 1 UNION ALL FROM 'b.csv') FROM x
    SELECT (SELECT a FROM 'b.csv')
    SELECT EXISTS(FROM 'b.csv')
    SELECT ARRAY(FROM 'b.csv')
    SELECT ARRAY(SELECT a FROM 'b.csv')
    SELECT 1 WHERE 1 IN (FROM 'b.csv')
    SELECT 1 WHERE 1 = ANY(FROM 'b.csv')
    SELECT 1 = ALL (SELECT a FROM 'b.csv')
    SELECT 1 UNION FROM 'b.csv'
    SELECT 1 UNION ALL TABLE 'b.csv'
    SELECT 1 EXCEPT SELECT a FROM 'b.csv'
    SELECT DISTINCT FROM 'b.csv'
    SELECT extract(year FROM d) FROM 'b.csv'
    SELECT trim(x FROM y), z FROM 'b.csv'
    SELECT substring((SELECT a FROM 'b.csv') FROM 1)
    SELECT a IS DISTINCT FROM b FROM 'b.csv'
    SELECT DISTINCT a FROM 'b.csv'
    (SELECT * FROM 'b.csv')
    ((FROM 'b.csv'))
    DESCRIBE 'b.csv'
    DESC 'b.csv'
    DESCRIBE "b.csv"
    DESCRIBE SELECT * FROM 'b.csv'
    SHOW 'b.csv'
    SUMMARIZE 'b.csv'
    SUMMARIZE "b.csv"
    SUMMARIZE SELECT * FROM 'b.csv'
    SELECT * FROM (SHOW 'b.csv')
    SELECT * FROM (SHOW DATABASES)
    SELECT * FROM (SHOW ALL TABLES)
    SELECT * FROM (DESCRIBE 'b.csv')
    SELECT * FROM (SUMMARIZE 'b.csv')
    PIVOT 'b.csv' ON a USING sum(b)
    PIVOT "b.csv" ON a USING sum(b)
    PIVOT_WIDER 'b.csv' ON a
    UNPIVOT 'b.csv' ON a
    UNPIVOT "b.csv" ON a
    PIVOT_LONGER 'b.csv' ON a
    PIVOT (FROM 'b.csv') ON a USING sum(b)
    PIVOT (SELECT * FROM t, 'b.csv') ON a USING sum(b)
    PIVOT t JOIN 'b.csv' USING (a) ON b
    SELECT * FROM (PIVOT 'b.csv' ON a)
    SELECT * FROM t UNION ALL PIVOT 'b.csv' ON a
    FROM t PIVOT (sum((SELECT max(a) FROM 'b.csv')) FOR a IN (1))
    SELECT * FROM 'b.csv' PIVOT (sum(a) FOR b IN (1))
    UPDATE 'b.csv' SET a = 1
    UPDATE t SET a = 1 FROM 'b.csv'
    UPDATE t SET a = (SELECT a FROM 'b.csv')
    UPDATE "b.csv" SET a = 1
    DELETE FROM 'b.csv'
    DELETE FROM t USING 'b.csv'
    DELETE FROM t USING u, 'b.csv'
    DELETE FROM t USING u JOIN 'b.csv' ON true
    INSERT INTO t FROM 'b.csv'
    INSERT INTO t SELECT * FROM 'b.csv'
    INSERT INTO t TABLE 'b.csv'
    INSERT INTO t BY NAME FROM 'b.csv'
    INSERT INTO t (a) VALUES ((SELECT a FROM 'b.csv'))
    INSERT INTO 'b.csv' VALUES (1)
    MERGE INTO t USING 'b.csv' s ON false WHEN NOT MATCHED THEN INSERT VALUES (1)
    MERGE INTO t USING (FROM 'b.csv') s ON false WHEN NOT MATCHED THEN INSERT VALUES (1)
    MERGE INTO t USING u JOIN 'b.csv' ON true ON false WHEN NOT MATCHED THEN INSERT VALUES (1)
    CREATE TABLE x AS FROM 'b.csv'
    CREATE TABLE x AS TABLE 'b.csv'
    CREATE TABLE x AS SELECT * FROM 'b.csv'
    CREATE TEMP TABLE x AS FROM "b.csv"
    CREATE TABLE x (LIKE "b.csv")
    CREATE TABLE x (LIKE b.csv)
    CREATE TABLE x (a int DEFAULT (getenv('x')))
    SELECT * INTO x FROM 'b.csv'
    CREATE VIEW v AS FROM 'b.csv'
    CREATE OR REPLACE VIEW v AS SELECT * FROM 'b.csv'
    CREATE VIEW v AS SELECT * FROM read_csv('b.csv')
    CREATE MACRO m() AS TABLE FROM 'b.csv'
    CREATE MACRO m() AS TABLE TABLE 'b.csv'
    CREATE MACRO m(x) AS TABLE SELECT * FROM query_table(x)
    CREATE MACRO m(x) AS getenv(x)
    CREATE MACRO m(x) AS (SELECT content FROM read_text(x))
    CREATE MACRO m(x := getenv('a')) AS x
    CREATE FUNCTION m(x) AS getenv(x)
    CREATE MACRO sum(x) AS 1
    CREATE MACRO current_setting(x) AS 1
    EXPLAIN FROM 'b.csv'
    EXPLAIN ANALYZE SELECT * FROM 'b.csv'
    EXPLAIN (FORMAT json) SELECT * FROM 'b.csv'
    PREPARE p AS FROM 'b.csv'
    PREPARE p AS SELECT * FROM read_text($1)
    EXECUTE p(getenv('x'))
    EXECUTE p((SELECT content FROM read_text('x')))
    DECLARE c CURSOR FOR SELECT * FROM 'b.csv'
    DECLARE c CURSOR FOR DELETE FROM t
    SELECT * FROM $1
    SELECT * FROM t, $1
    TABLE $1
    SELECT * FROM E'b.csv'
    SELECT * FROM U&'b.csv'
    SELECT * FROM $$b.csv$$
    SELECT * FROM $a$b.csv$a$
    SELECT * FROM U&"b\002Ecsv"
    SELECT * FROM U&"\002Ftmp\002Fx"
    SELECT * FROM/**/'b.csv'
    SELECT * FROM "B.CSV"
    SELECT * FROM "b.csv.gz"
    SELECT * FROM "b.Parquet"
    SELECT * FROM "data.db"
    SELECT * FROM "data.duckdb"
    SELECT * FROM "x.sqlite"
    SELECT * FROM "x.json"
    SELECT * FROM "x.ndjson"
    SELECT * FROM "x.xlsx"
    SELECT * FROM "x.arrow"
    SELECT * FROM "C:\x"
    SELECT * FROM "https://x/y"
    SELECT * FROM public."x.csv"
    SELECT * FROM lake.public."x.csv"
    SELECT * FROM "/tmp/x"."csv"
    SELECT * FROM read_text('/etc/passwd')
    SELECT * FROM READ_TEXT('/etc/passwd')
    SELECT * FROM "read_text"('/etc/passwd')
    SELECT * FROM "Read_Text"('/etc/passwd')
    SELECT * FROM system.main.read_text('/etc/passwd')
    SELECT * FROM pg_catalog.read_text('/etc/passwd')
    SELECT * FROM main.read_csv('x')
    SELECT * FROM read_csv_auto('x')
    SELECT * FROM read_blob('x')
    SELECT * FROM read_json('x')
    SELECT * FROM read_json_auto('x')
    SELECT * FROM read_ndjson('x')
    SELECT * FROM read_ndjson_objects('x')
    SELECT * FROM read_parquet('x')
    SELECT * FROM read_parquet(['x','y'])
    SELECT * FROM parquet_scan('x')
    SELECT * FROM parquet_metadata('x')
    SELECT * FROM parquet_schema('x')
    SELECT * FROM parquet_kv_metadata('x')
    SELECT * FROM parquet_file_metadata('x')
    SELECT * FROM parquet_bloom_probe('x', 'a', 1)
    """#
}
