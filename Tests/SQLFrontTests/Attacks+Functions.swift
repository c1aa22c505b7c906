extension Attacks {
  /// One a line.
  static let functions = #"""
    SELECT * FROM read_duckdb('x')
    SELECT * FROM sniff_csv('x')
    SELECT * FROM glob('/*')
    SELECT * FROM t, glob('/*')
    SELECT * FROM t JOIN glob('/*') ON true
    SELECT * FROM g: glob('/*')
    SELECT * FROM LATERAL glob('/*')
    SELECT (SELECT file FROM glob('/*'))
    SELECT read_text('x')
    SELECT 'x'.read_text()
    SELECT ('x').read_text()
    SELECT 'x'.getenv()
    SELECT 'HOME'.upper().getenv()
    SELECT t.a.getenv() FROM t
    SELECT getenv('HOME')
    SELECT "getenv"('HOME')
    SELECT GETENV('HOME')
    SELECT U&"\0067etenv"('HOME')
    SELECT getenv/**/('HOME')
    SELECT list_transform(['HOME'], x -> getenv(x))
    SELECT list_transform(['HOME'], lambda x: getenv(x))
    SELECT [getenv(x) FOR x IN ['HOME']]
    SELECT {'a': getenv('HOME')}
    SELECT max(getenv('x')) OVER (PARTITION BY a) FROM t
    SELECT a FROM t ORDER BY getenv('x')
    SELECT a FROM t GROUP BY getenv('x')
    SELECT a FROM t LIMIT getenv('x')
    SELECT a FROM t QUALIFY getenv('x') = 'a'
    SELECT a FROM t WHERE getenv('x') = 'a'
    SELECT COLUMNS(c -> getenv(c) = 'x') FROM t
    SELECT CASE WHEN getenv('x') = 'a' THEN 1 END
    SELECT query('SELECT 1')
    SELECT * FROM query('SELECT 1')
    SELECT * FROM query_table('b.csv')
    SELECT * FROM query_table(['b.csv'])
    SELECT * FROM histogram('b.csv', a)
    SELECT * FROM histogram_values('b.csv', a)
    SELECT * FROM json_execute_serialized_sql('{}')
    SELECT json_serialize_plan('SELECT * FROM ''b.csv''')
    SELECT * FROM duckdb_settings()
    SELECT * FROM duckdb_secrets()
    SELECT * FROM duckdb_databases()
    SELECT * FROM duckdb_logs()
    SELECT * FROM duckdb_logs
    SELECT * FROM duckdb_databases
    SELECT * FROM system.main.duckdb_logs
    SELECT * FROM lake.main.duckdb_logs
    SELECT * FROM "duckdb_logs"
    SELECT * FROM pragma_database_list
    SELECT * FROM sqlite_master
    SELECT * FROM duckdb_temporary_files()
    SELECT * FROM duckdb_external_file_cache()
    SELECT * FROM pragma_storage_info('t')
    SELECT * FROM pragma_table_info('t')
    SELECT * FROM which_secret('a', 's3')
    SELECT * FROM ducklake_list_files('lake', 't')
    SELECT * FROM ducklake_add_data_files('lake', 't', '/etc/passwd')
    SELECT * FROM ducklake_set_option('lake', 'x', 'y')
    SELECT * FROM ducklake_cleanup_old_files('lake')
    SELECT * FROM lake.set_option('parquet_version', '1')
    SELECT * FROM set_option('parquet_version', '1')
    SELECT * FROM options()
    SELECT * FROM lake.options()
    SELECT * FROM merge_adjacent_files()
    SELECT * FROM lake.merge_adjacent_files()
    SELECT * FROM lake.cleanup_old_files()
    SELECT * FROM lake.set_commit_message('a', 'b')
    SELECT * FROM __ducklake_metadata_lake.ducklake_snapshot
    SELECT * FROM "__ducklake_metadata_lake".main.ducklake_snapshot
    SELECT * FROM __DUCKLAKE_METADATA_lake.ducklake_table
    DELETE FROM __ducklake_metadata_lake.ducklake_snapshot
    INSERT INTO martinet_catalog.pg.pg_roles VALUES (1)
    DROP TABLE martinet_catalog.pg.pg_class
    DROP VIEW martinet_catalog.pg.pg_class
    DROP SCHEMA martinet_catalog CASCADE
    CREATE TABLE martinet_catalog.pg.x (a int)
    CREATE VIEW pg_class AS SELECT 1
    CREATE TABLE pg_roles (a int)
    CREATE TEMP TABLE pg_class (a int)
    CREATE VIEW system.main.x AS SELECT 1
    ALTER TABLE t RENAME TO pg_class
    CREATE SCHEMA pg_evil
    CREATE SCHEMA information_schema
    DROP SCHEMA main CASCADE
    DROP SCHEMA lake.main CASCADE
    DROP SCHEMA pg_catalog
    UPDATE pg_catalog.pg_class SET relname = 'x'
    DELETE FROM information_schema.tables
    COPY t FROM '/etc/passwd'
    COPY t TO '/tmp/x'
    COPY t FROM PROGRAM 'id'
    COPY (SELECT 1) TO PROGRAM 'id'
    COPY (SELECT 1) TO '/tmp/x'
    COPY (SELECT * FROM 'b.csv') TO STDOUT
    COPY "b.csv" TO STDOUT
    COPY b.csv TO STDOUT
    COPY 'b.csv' TO STDOUT
    COPY duckdb_logs TO STDOUT
    COPY __ducklake_metadata_lake.ducklake_table TO STDOUT
    COPY (DELETE FROM t RETURNING *) TO STDOUT
    COPY FROM DATABASE a TO b
    ATTACH 'x.db'
    ATTACH ':memory:' AS x
    DETACH lake
    USE system
    INSTALL httpfs
    LOAD httpfs
    LOAD '/tmp/x.so'
    FORCE INSTALL httpfs
    PRAGMA database_list
    PRAGMA enable_logging
    EXPORT DATABASE '/tmp/x'
    IMPORT DATABASE '/tmp/x'
    CREATE SECRET s (TYPE s3)
    CREATE OR REPLACE SECRET s (TYPE s3)
    CREATE PERSISTENT SECRET s (TYPE s3)
    DROP SECRET s
    CALL lake.set_option('x', 'y')
    CALL duckdb_settings()
    DO $$ BEGIN END $$
    SET GLOBAL x = 1
    SET VARIABLE martinet_user = 'x'
    UPDATE EXTENSIONS
    SELECT getvariable('martinet_user')
    SELECT nextval('s')
    SELECT currval('s')
    SELECT setval('s', 1)
    SELECT write_log('x')
    SELECT * FROM enable_logging()
    SELECT * FROM truncate_duckdb_logs()
    SELECT * FROM checkpoint()
    SELECT * FROM force_checkpoint()
    SELECT * FROM sqlite_scan('x', 'y')
    SELECT * FROM postgres_scan('x', 'y', 'z')
    SELECT * FROM postgres_query('x', 'y')
    SELECT * FROM mysql_query('x', 'y')
    SELECT * FROM iceberg_scan('x')
    SELECT * FROM st_read('x')
    SELECT * FROM dbgen(sf = 100)
    CALL dbgen(sf = 100)
    SELECT * FROM seq_scan('x')
    SELECT * FROM pg_read_file('x')
    SELECT pg_read_file('x')
    SELECT pg_ls_dir('/')
    SELECT lo_import('/etc/passwd')
    SELECT system.main.getenv('x')
    SELECT system.main.current_setting('x')
    SELECT main.current_setting('x')
    SELECT temp.main.lower('x')
    SELECT __internal_decompress_string('x')
    SELECT finalize('x')
    SELECT 1; FROM 'b.csv'
    SELECT ?
    SELECT * FROM ?
    SELECT * FROM t WHERE a = ?
    SELECT 1 FROM t FOR UPDATE OF u UNION FROM 'b.csv'
    SELECT * FROM t USING SAMPLE 10, 'b.csv'
    VALUES ((SELECT a FROM 'b.csv'))
    VALUES (getenv('x'))
    CREATE TABLE t (a varchar CHECK (a = getenv('x')))
    ALTER TABLE t ADD COLUMN b varchar DEFAULT getenv('x')
    ALTER TABLE t ALTER COLUMN a TYPE varchar USING getenv('x')
    SELECT 1 FROM t FETCH FIRST (SELECT max(a) FROM 'b.csv') ROWS ONLY
    SELECT count(*) FILTER (WHERE getenv('x') = 'a') FROM t
    SELECT a AS select FROM t, 'b.csv'
    SELECT 'a' 'b' FROM "x.csv"
    WITH t(a) AS (SELECT 1), u AS (FROM 'b.csv') SELECT 1
    SELECT * FROM t WHERE a IN (SELECT b FROM u, 'b.csv')
    SELECT * FROM (VALUES ('a')) v JOIN 'b.csv' ON true
    SELECT * FROM (FROM (FROM (FROM 'b.csv')))
    SELECT * FROM t TABLESAMPLE (10 PERCENT) , "b.csv"
    SELECT * FROM "b.csv"*
    SELECT * FROM a JOIN b ON b.ts = '2020-01-01'::timestamp with time zone, 'b.csv'
    SELECT * FROM a JOIN b ON b.x::UNION(n INT) = a.x, 'b.csv'
    SELECT * FROM a JOIN b ON mode() WITHIN GROUP (ORDER BY x) = 1, 'b.csv'
    SELECT * FROM (values, 'b.csv')
    SELECT * FROM (values JOIN 'b.csv' ON true)
    CREATE TABLE x PARTITIONED BY (getenv('x')) AS SELECT 1
    UPDATE EXTENSIONS (httpfs)
    SELECT * FROM "PG_CATALOG".pg_settings
    SELECT * FROM lake."PG_CATALOG".pg_settings
    SELECT * FROM U&"pg_catalog".pg_settings
    SELECT * FROM "Information_Schema".tables
    SELECT "PG_CATALOG".pg_get_viewdef(1)
    SELECT * FROM "SYSTEM".pg_catalog.pg_settings
    """#
}
