-- Writing files of the server, running programs.
copy {schema}.t to '{target}'
copy {schema}.t to '{target}' (format csv)
copy {schema}.t to '{target}' (format parquet)
copy {schema}.t to '{target}' with (format json)
copy (select 1) to '{target}'
copy (select 1 as a) to '{target}' (partition_by (a))
copy {schema}.t to program 'touch {target}'
copy (select 1) to program 'touch {target}'
COPY {schema}.t TO '{data}/files/x.parquet' (FORMAT parquet)
copy (select 1) to '{data}/tls/server.crt'
copy (select 1) to '{data}/control.sqlite'
copy from database lake to memory
copy from database memory to lake
export database '{target}'
export database '{target}' (format parquet)
attach '{target}' as other
attach '{target}.duckdb'
attach if not exists '{target}.duckdb' as other
attach or replace '{target}.duckdb' as other
attach '{target}.duckdb' as other (type sqlite)
attach ':memory:' as other
attach '' as other
attach database ':memory:' as other
attach '{data}/control.sqlite' as control (type sqlite)
attach 'sqlite:{data}/control.sqlite' as control
attach 'ducklake:sqlite:{data}/catalog.sqlite' as again (data_path '{folder}')
attach 'ducklake:{target}' as again
detach lake
detach database lake
detach martinet_catalog
use memory
use system
use martinet_catalog
use martinet_catalog.pg
call sqlite_attach('{data}/control.sqlite')
create database other
create database "{target}"
drop database lake
pragma enable_profiling
pragma profile_output = '{target}'
set profile_output = '{target}'
set profiling_output = '{target}'
set log_query_path = '{target}'
call enable_logging(storage => 'file', storage_config => {{'path': '{target}'}})
call enable_logging()
call disable_logging()
call truncate_duckdb_logs()
select * from enable_logging()
pragma enable_logging
set temp_directory = '{folder}'
set logging_storage = 'file'
select write_log('{token}')
checkpoint
force checkpoint
checkpoint lake
call force_checkpoint('lake')
pragma force_checkpoint
load '{canary}'
load httpfs
load sqlite_scanner
install httpfs
install '{canary}'
force install httpfs
install httpfs from community
update extensions
create extension httpfs
create secret s (type s3, key_id 'a', secret 'b')
create or replace secret s (type s3, provider credential_chain)
create persistent secret s (type s3, key_id 'a', secret 'b')
create temporary secret s (type http, bearer_token 'x')
drop secret s
create function {schema}.f() returns int as '{canary}', 'f' language c
create function {schema}.f() returns int language plpython3u as 'import os'
do $$ begin perform 1; end $$
create language plpython3u
create server s foreign data wrapper postgres_fdw
create foreign table {schema}.f (a int) server s
create tablespace t location '{folder}'
vacuum into '{target}'
select lo_export(1, '{target}')
select pg_file_write('{target}', 'x', false)
create table {schema}.x (a int) with (location = '{target}')
create table memory.main.x (a int)
create table system.main.x (a int)
create table martinet_catalog.pg.x (a int)
create view martinet_catalog.pg.pg_class as select 1
create or replace macro martinet_catalog.pg.version() as 'owned'
create or replace macro version() as 'owned'
drop schema martinet_catalog.pg cascade
drop view martinet_catalog.pg.pg_class
drop table pg_catalog.pg_class
drop view pg_class
drop schema pg_catalog cascade
create table pg_catalog.x (a int)
create schema pg_catalog
create schema pg_evil
