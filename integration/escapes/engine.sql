-- Engine settings, control data, the network, other roles.
set threads = 1
set threads to 64
set memory_limit = '1TB'
set max_memory = '1TB'
set global memory_limit = '1TB'
set session threads = 1
set local threads = 1
set variable x = 1
set enable_external_access = true
set enable_external_access to on
set global enable_external_access = true
reset enable_external_access
reset memory_limit
set lock_configuration = false
reset lock_configuration
set allowed_directories = ['/']
set allowed_paths = ['/']
set home_directory = '{folder}'
set extension_directory = '{folder}'
set custom_extension_repository = '{folder}'
set autoinstall_known_extensions = true
set allow_unsigned_extensions = true
set allow_community_extensions = true
set secret_directory = '{folder}'
set s3_access_key_id = 'x'
set s3_endpoint = '127.0.0.1:{port}'
set http_proxy = '127.0.0.1:{port}'
set ducklake_max_retry_count = 0
set default_null_order = 'nulls_first'
set integer_division = false
set schema = 'martinet_catalog.pg'
set disabled_filesystems = ''
set enable_progress_bar = true
set file_search_path = '{folder}'
set streaming_buffer_size = '1TB'
set martinet_user = 'other'
set variable martinet_user = 'other'
pragma threads = 1
pragma memory_limit = '1TB'
pragma database_list
pragma database_size
pragma version
pragma enable_external_access
pragma table_info('pg_class')
pragma show_tables
pragma platform
pragma user_agent
pragma enable_verification
pragma disable_optimizer
call pragma_version()
call pragma_database_size()
select set_config('enable_external_access', 'true', false)
select set_config('threads', '1', true)
select getenv('CANARY')
select getenv('HOME')
select pg_catalog.getenv('CANARY')
select "getenv"('CANARY')
select system.main.getenv('CANARY')
select main.getenv('CANARY')
select list_transform(['CANARY'], x -> getenv(x))
select getvariable('martinet_x')
select current_setting('secret_directory')
select current_setting('temp_directory')
select * from duckdb_settings()
select * from duckdb_secrets()
select * from duckdb_databases()
select * from duckdb_extensions()
select * from duckdb_temporary_files()
select * from duckdb_memory()
select * from duckdb_variables()
select * from duckdb_connection_count()
select * from duckdb_optimizers()
select * from pragma_database_size()
select * from pragma_user_agent()
select * from checkpoint()
select * from test_all_types()
select * from repeat_row(1, num_rows = 10)
select * from __ducklake_metadata_lake.ducklake_data_file
select * from __ducklake_metadata_lake.main.ducklake_metadata
insert into __ducklake_metadata_lake.ducklake_metadata values ('a', 'b')
delete from __ducklake_metadata_lake.ducklake_snapshot
drop table __ducklake_metadata_lake.ducklake_snapshot
update __ducklake_metadata_lake.ducklake_metadata set value = '/'
call lake.set_option('data_inlining_row_limit', 100)
call ducklake_set_option('lake', 'data_path', '{folder}')
call ducklake_expire_snapshots('lake', older_than => now())
call ducklake_cleanup_old_files('lake', cleanup_all => true)
call ducklake_delete_orphaned_files('lake', cleanup_all => true)
call ducklake_merge_adjacent_files('lake')
call ducklake_rewrite_data_files('lake')
call ducklake_flush_inlined_data('lake')
select * from ducklake_expire_snapshots('lake', older_than => now())
select * from ducklake_list_files('lake', 't', schema => '{schema}')
select * from martinet_control.users
select * from control.users
select * from sqlite_master
select * from martinet_facts()
select rolpassword from pg_authid
select * from pg_authid
select passwd from pg_shadow where passwd <> '********'
select * from read_csv('http://127.0.0.1:{port}/x.csv')
select * from 'http://127.0.0.1:{port}/x.csv'
select * from read_text('https://127.0.0.1:{port}/x')
select * from read_parquet('s3://bucket/x.parquet')
select * from 's3://bucket/x.parquet'
select * from 'hf://datasets/x/y.csv'
select * from postgres_scan('host=127.0.0.1 port={port}', 'public', 't')
select * from postgres_query('host=127.0.0.1 port={port}', 'select 1')
attach 'host=127.0.0.1 port={port}' as pg (type postgres)
attach 'postgres:host=127.0.0.1 port={port}' as pg
attach 'http://127.0.0.1:{port}/x.duckdb' as x
call postgres_attach('host=127.0.0.1 port={port}')
copy {schema}.t to 'http://127.0.0.1:{port}/x'
copy {schema}.t to 's3://bucket/x'
select * from dblink('host=127.0.0.1 port={port}', 'select 1') t(a int)
select http_get('http://127.0.0.1:{port}/')
listen x
notify x
load 'auto_explain'
alter system set work_mem = '1GB'
select pg_reload_conf()
select pg_rotate_logfile()
set role postgres
set role other
set session authorization other
create user intruder password 'x'
create role intruder superuser
create role intruder login password 'x'
alter user current_user superuser
alter role {user} superuser
alter role other password 'x'
drop role other
drop user other
grant other to {user}
reassign owned by other to {user}
select pg_terminate_backend(pid) from pg_stat_activity where usename = 'martinet'
select pg_cancel_backend(pid) from pg_stat_activity where usename = 'martinet'
select pg_promote()
select pg_switch_wal()
select pg_start_backup('x')
select * from generate_series(1, 10) t(i), read_text('{canary}')
