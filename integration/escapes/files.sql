-- Reading files of the server.
select * from '{canary}'
select * from "{canary}"
select * from "{canary}" t
from '{canary}'
from "{canary}"
table "{canary}"
select * from E'{canary}'
select * from $${canary}$$
select * from '{folder}/*.csv'
select * from 'file://{canary}'
select * from lake."{canary}"
select * from read_text('{canary}')
select * from read_text(['{canary}'])
select * from READ_TEXT('{canary}')
select * from "read_text"('{canary}')
select * from read_text/**/('{canary}')
select * from main.read_text('{canary}')
select * from system.main.read_text('{canary}')
select * from pg_catalog.read_text('{canary}')
select * from read_blob('{canary}')
select * from read_csv('{canary}')
select * from read_csv_auto('{canary}')
select * from read_csv('{canary}', header = false, delim = '|', columns = {{'a': 'varchar'}})
select * from read_json('{canary}')
select * from read_json_auto('{canary}')
select * from read_json_objects('{canary}')
select * from read_ndjson('{canary}')
select * from read_ndjson_objects('{canary}')
select * from read_parquet('{canary}')
select * from parquet_scan('{canary}')
select * from parquet_metadata('{data}/files/**/*.parquet')
select * from parquet_schema('{data}/files/**/*.parquet')
select * from parquet_file_metadata('{data}/files/**/*.parquet')
select * from parquet_kv_metadata('{data}/files/**/*.parquet')
select * from parquet_bloom_probe('{data}/files/x.parquet', 'a', 1)
select * from read_parquet('{data}/files/**/*.parquet')
select * from '{data}/files/**/*.parquet'
select * from sniff_csv('{canary}')
select * from glob('{folder}/*')
select * from glob('/*')
select * from glob('{data}/*')
select * from glob('{data}/files/*')
select * from read_duckdb('{canary}')
select * from sqlite_scan('{data}/control.sqlite', 'users')
select * from sqlite_scan('{data}/catalog.sqlite', 'ducklake_snapshot')
select * from sqlite_query('{data}/control.sqlite', 'select 1')
select * from read_text('{data}/control.sqlite')
select * from read_blob('{data}/tls/server.key')
select * from read_text('{data}/tls/server.key')
select * from read_text('/proc/self/environ')
select * from read_text('/proc/self/cmdline')
select content from read_text('{folder}/*')
select (select content from read_text('{canary}'))
select * from (values ('{canary}')) t(p), lateral read_text(p)
select * from (values ('{canary}')) t(p), read_text(t.p)
select * from (select * from read_text('{canary}')) t
select * from pg_class where exists (select 1 from read_text('{canary}'))
with t as (select * from read_text('{canary}')) select * from t
with t as materialized (from '{canary}') select * from t
select 1 union all select length(content) from read_text('{canary}')
select 1 where (select count(*) from read_text('{canary}')) > 0
create view {schema}.v as select * from read_text('{canary}')
create or replace view {schema}.v as from '{canary}'
create table {schema}.x as select * from read_text('{canary}')
create table {schema}.x as from '{canary}'
create temp table x as select * from read_text('{canary}')
insert into {schema}.t select length(content) from read_text('{canary}')
update {schema}.t set a = (select length(content) from read_text('{canary}'))
delete from {schema}.t where a = (select length(content) from read_text('{canary}'))
merge into {schema}.t using (select 1 as a from read_text('{canary}')) s on t.a = s.a when not matched then insert values (1)
create macro {schema}.m() as table select * from read_text('{canary}')
create macro {schema}.m(p) as (select content from read_text(p))
create temp macro m() as table select * from read_text('{canary}')
create function {schema}.m() as table select * from read_text('{canary}')
prepare p as select * from read_text('{canary}')
prepare p(text) as select * from read_text($1)
declare c cursor with hold for select * from read_text('{canary}')
explain select * from read_text('{canary}')
explain analyze select * from read_text('{canary}')
copy (select * from read_text('{canary}')) to stdout
copy (from '{canary}') to stdout
copy {schema}.t from '{canary}'
copy {schema}.t (a) from '{canary}' with (format csv)
copy {schema}.t from program 'cat {canary}'
copy {schema}.t from '/dev/stdin'
describe select * from read_text('{canary}')
describe '{canary}'
summarize '{canary}'
summarize select * from read_text('{canary}')
show '{canary}'
pivot '{canary}' on a
pivot (from read_text('{canary}')) on filename using count(*)
unpivot '{canary}' on a
select * from query('select * from read_text(''{canary}'')')
select * from query_table('{canary}')
select * from query_table(['{canary}'])
select * from json_execute_serialized_sql(json_serialize_sql('select * from read_text(''{canary}'')'))
pragma json_execute_serialized_sql('{{}}')
select * from duckdb_logs()
select * from which_secret('s3://x', 's3')
select pg_read_file('{canary}')
select pg_read_binary_file('{canary}')
select pg_ls_dir('{folder}')
select * from pg_stat_file('{canary}')
select lo_import('{canary}')
select lo_export(1, '{target}')
select file_exists('{canary}')
select * from read_xlsx('{canary}')
select * from st_read('{canary}')
select * from read_avro('{canary}')
select * from iceberg_scan('{folder}')
select * from delta_scan('{folder}')
select * from pg_read_file('{canary}') t
call ducklake_add_data_files('lake', 't', '{canary}', schema => '{schema}')
call ducklake_add_data_files('lake', 't', '{data}/files/*.parquet')
select * from ducklake_add_data_files('lake', 't', '{canary}')
select 1; select * from read_text('{canary}')
begin; select * from read_text('{canary}'); commit
import database '{folder}'
