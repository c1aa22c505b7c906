/// What clients ask of the server itself: names, definitions, privileges, sizes, settings.
///
/// `{pg}` and `{sys}` are the schemas of the emulation and of the engine, see ``CatalogSQL``.
extension CatalogMacros {
  static let systemText = #"""
    CREATE MACRO {pg}.version() AS martinet_session('version');
    CREATE MACRO {pg}.current_database() AS martinet_session('database');
    CREATE MACRO {pg}.current_catalog() AS martinet_session('database');
    CREATE MACRO {pg}.current_user() AS martinet_session('user');
    CREATE MACRO {pg}.current_role() AS martinet_session('user');
    CREATE MACRO {pg}.user() AS martinet_session('user');
    CREATE MACRO {pg}.session_user() AS martinet_session('session_user');
    CREATE MACRO {pg}.current_schema() AS martinet_session('schema');
    CREATE MACRO {pg}.current_schemas(implicit) AS
      CAST(CASE WHEN implicit THEN martinet_session('all_schemas') ELSE martinet_session('schemas') END
        AS VARCHAR[]);
    CREATE MACRO {pg}.current_query() AS martinet_session('query');
    CREATE MACRO {pg}.pg_backend_pid() AS CAST(martinet_session('pid') AS INTEGER);
    CREATE MACRO {pg}.inet_client_addr() AS martinet_session('client_address');
    CREATE MACRO {pg}.inet_client_port() AS CAST(martinet_session('client_port') AS INTEGER);
    CREATE MACRO {pg}.inet_server_addr() AS martinet_session('server_address');
    CREATE MACRO {pg}.inet_server_port() AS CAST(martinet_session('server_port') AS INTEGER);
    CREATE MACRO {pg}.pg_postmaster_start_time() AS CAST(martinet_session('start_time') AS TIMESTAMPTZ);
    CREATE MACRO {pg}.pg_conf_load_time() AS CAST(martinet_session('start_time') AS TIMESTAMPTZ);
    CREATE MACRO {pg}.pg_my_temp_schema() AS CAST(martinet_session('temporary_schema') AS BIGINT);
    CREATE MACRO {pg}.pg_is_other_temp_schema(schema_oid) AS false;
    CREATE MACRO {pg}.pg_jit_available() AS false;
    CREATE MACRO {pg}.pg_trigger_depth() AS 0;
    CREATE MACRO {pg}.pg_blocking_pids(pid) AS CAST([] AS INTEGER[]);
    CREATE MACRO {pg}.pg_is_in_recovery() AS false;
    CREATE MACRO {pg}.pg_is_wal_replay_paused() AS false;
    CREATE MACRO {pg}.pg_last_wal_receive_lsn() AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_last_wal_replay_lsn() AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_last_xact_replay_timestamp() AS CAST(NULL AS TIMESTAMPTZ);
    CREATE MACRO {pg}.pg_current_wal_lsn() AS '0/0';
    CREATE MACRO {pg}.pg_current_xact_id() AS {sys}.txid_current();
    CREATE MACRO {pg}.txid_current_if_assigned() AS CAST(NULL AS BIGINT);
    CREATE MACRO {pg}.pg_listening_channels() AS {sys}.unnest(CAST([] AS VARCHAR[]));
    CREATE MACRO {pg}.current_setting(name) AS martinet_setting(name, false),
      (name, missing_ok) AS martinet_setting(name, missing_ok);
    CREATE MACRO {pg}.set_config(name, value, is_local) AS martinet_set_config(name, value, is_local);
    CREATE MACRO {pg}.pg_client_encoding() AS martinet_setting('client_encoding', false);
    CREATE MACRO {pg}.getdatabaseencoding() AS 'UTF8';
    CREATE MACRO {pg}.pg_encoding_to_char(number) AS
      CASE number WHEN 6 THEN 'UTF8' WHEN 0 THEN 'SQL_ASCII' ELSE '' END;
    CREATE MACRO {pg}.pg_char_to_encoding(name) AS
      CASE {sys}.upper(name) WHEN 'UTF8' THEN 6 WHEN 'SQL_ASCII' THEN 0 ELSE -1 END;
    CREATE MACRO {pg}.pg_encoding_max_length(number) AS CASE number WHEN 6 THEN 4 ELSE 1 END;

    CREATE MACRO {pg}.pg_get_userbyid(role) AS
      coalesce(martinet_text('role', CAST(role AS BIGINT)), 'unknown (OID=' || CAST(role AS VARCHAR) || ')');
    CREATE MACRO {pg}.pg_get_expr(tree, relation) AS CAST(tree AS VARCHAR),
      (tree, relation, pretty) AS CAST(tree AS VARCHAR);
    CREATE MACRO {pg}.pg_get_viewdef(view) AS martinet_text('view', CAST(CAST(view AS regclass) AS BIGINT)),
      (view, pretty) AS martinet_text('view', CAST(CAST(view AS regclass) AS BIGINT));
    CREATE MACRO {pg}.pg_get_indexdef(i) AS martinet_text('index', CAST(i AS BIGINT)),
      (i, number, pretty) AS CASE WHEN number = 0 THEN martinet_text('index', CAST(i AS BIGINT))
        ELSE martinet_column_text('name', CAST(i AS BIGINT), CAST(number AS BIGINT)) END;
    CREATE MACRO {pg}.pg_get_constraintdef(c) AS martinet_text('constraint', CAST(c AS BIGINT)),
      (c, pretty) AS martinet_text('constraint', CAST(c AS BIGINT));
    CREATE MACRO {pg}.pg_get_functiondef(f) AS martinet_text('function', CAST(f AS BIGINT));
    CREATE MACRO {pg}.pg_get_function_arguments(f) AS martinet_text('arguments', CAST(f AS BIGINT));
    CREATE MACRO {pg}.pg_get_function_identity_arguments(f) AS martinet_text('arguments', CAST(f AS BIGINT));
    CREATE MACRO {pg}.pg_get_function_result(f) AS martinet_text('result', CAST(f AS BIGINT));
    CREATE MACRO {pg}.pg_get_function_arg_default(f, number) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_get_function_sqlbody(f) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_get_ruledef(r) AS CAST(NULL AS VARCHAR), (r, pretty) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_get_triggerdef(t) AS CAST(NULL AS VARCHAR), (t, pretty) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_get_partkeydef(t) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_get_partition_constraintdef(t) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_get_statisticsobjdef(s) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_get_statisticsobjdef_columns(s) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_partition_ancestors(t) AS CAST(t AS regclass);
    CREATE MACRO {pg}.pg_partition_ancestors(t) AS TABLE
      SELECT CAST(t AS regclass) AS relid, CAST(1 AS BIGINT) AS ordinality;
    CREATE MACRO {pg}.pg_partition_root(t) AS CAST(NULL AS regclass);
    CREATE MACRO {pg}.pg_partition_tree(t) AS TABLE SELECT CAST(t AS regclass) AS relid,
      CAST(NULL AS regclass) AS parentrelid, true AS isleaf, 0 AS level;
    CREATE MACRO {pg}.pg_get_keywords() AS TABLE SELECT keyword_name AS word,
      {sys}.upper(keyword_category[1]) AS catcode, keyword_category AS catdesc FROM {sys}.duckdb_keywords();
    CREATE MACRO {pg}.pg_get_serial_sequence(t, c) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_get_replica_identity_index(t) AS CAST(NULL AS BIGINT);
    CREATE MACRO {pg}.pg_index_column_has_property(i, number, property) AS
      CASE property WHEN 'asc' THEN true WHEN 'nulls_last' THEN true WHEN 'orderable' THEN true
        WHEN 'returnable' THEN true ELSE false END;
    CREATE MACRO {pg}.pg_indexam_has_property(am, property) AS
      property IN ('can_order', 'can_unique', 'can_multi_col');
    CREATE MACRO {pg}.pg_relation_is_updatable(r, include_triggers) AS 28;
    CREATE MACRO {pg}.pg_column_is_updatable(r, number, include_triggers) AS true;
    CREATE MACRO {pg}.pg_relation_is_publishable(r) AS false;
    CREATE MACRO {pg}.pg_relation_filenode(r) AS CAST(r AS BIGINT);
    CREATE MACRO {pg}.pg_relation_filepath(r) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_tablespace_location(t) AS '';
    CREATE MACRO {pg}.pg_filenode_relation(space, node) AS CAST(node AS regclass);
    CREATE MACRO {pg}.pg_options_to_table(options) AS
      {sys}.unnest(CAST([] AS STRUCT(option_name VARCHAR, option_value VARCHAR)[]));
    CREATE MACRO {pg}.format_type(type, modifier) AS
      martinet_type_name(CAST(type AS BIGINT), CAST(coalesce(modifier, -1) AS BIGINT));
    CREATE MACRO {pg}.pg_typeof(value) AS CAST(martinet_engine_type({sys}.typeof(value)) AS regtype);
    CREATE MACRO {pg}.to_regclass(name) AS CAST(martinet_oid('relation', CAST(name AS VARCHAR)) AS regclass);
    CREATE MACRO {pg}.to_regtype(name) AS CAST(martinet_oid('type', CAST(name AS VARCHAR)) AS regtype);
    CREATE MACRO {pg}.to_regnamespace(name) AS
      CAST(martinet_oid('schema', CAST(name AS VARCHAR)) AS regnamespace);
    CREATE MACRO {pg}.to_regrole(name) AS CAST(martinet_oid('role', CAST(name AS VARCHAR)) AS regrole);
    CREATE MACRO {pg}.to_regproc(name) AS CAST(martinet_oid('function', CAST(name AS VARCHAR)) AS regproc);
    CREATE MACRO {pg}.to_regprocedure(name) AS
      CAST(martinet_oid('function', CAST(name AS VARCHAR)) AS regproc);

    CREATE MACRO {pg}.obj_description(object) AS martinet_text('comment', CAST(object AS BIGINT)),
      (object, catalog) AS martinet_text('comment', CAST(object AS BIGINT));
    CREATE MACRO {pg}.shobj_description(object, catalog) AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.col_description(relation, number) AS
      martinet_column_text('comment', CAST(CAST(relation AS regclass) AS BIGINT), CAST(number AS BIGINT));

    CREATE MACRO {pg}.pg_table_is_visible(o) AS martinet_is_visible('relation', CAST(o AS BIGINT));
    CREATE MACRO {pg}.pg_type_is_visible(o) AS martinet_is_visible('type', CAST(o AS BIGINT));
    CREATE MACRO {pg}.pg_function_is_visible(o) AS martinet_is_visible('function', CAST(o AS BIGINT));
    CREATE MACRO {pg}.pg_operator_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_opclass_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_opfamily_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_conversion_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_collation_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_statistics_obj_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_ts_parser_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_ts_dict_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_ts_template_is_visible(o) AS true;
    CREATE MACRO {pg}.pg_ts_config_is_visible(o) AS true;

    CREATE MACRO {pg}.pg_relation_size(r) AS martinet_size(CAST(CAST(r AS regclass) AS BIGINT)),
      (r, fork) AS martinet_size(CAST(CAST(r AS regclass) AS BIGINT));
    CREATE MACRO {pg}.pg_table_size(r) AS martinet_size(CAST(CAST(r AS regclass) AS BIGINT));
    CREATE MACRO {pg}.pg_total_relation_size(r) AS martinet_size(CAST(CAST(r AS regclass) AS BIGINT));
    CREATE MACRO {pg}.pg_indexes_size(r) AS CAST(0 AS BIGINT);
    CREATE MACRO {pg}.pg_database_size(d) AS martinet_size(CAST(0 AS BIGINT));
    CREATE MACRO {pg}.pg_tablespace_size(t) AS martinet_size(CAST(0 AS BIGINT));
    CREATE MACRO {pg}.pg_column_size(value) AS {sys}.strlen(CAST(value AS VARCHAR));
    CREATE MACRO {pg}.pg_size_bytes(size) AS martinet_size_bytes(CAST(size AS VARCHAR));
    CREATE MACRO {pg}.pg_size_pretty(size) AS CASE
      WHEN {sys}.abs(size) < 10240 THEN CAST(CAST(size AS BIGINT) AS VARCHAR) || ' bytes'
      WHEN {sys}.abs(size) < 20971520 - 1024
        THEN CAST(CAST({sys}.round(size / 1024.0) AS BIGINT) AS VARCHAR) || ' kB'
      WHEN {sys}.abs(size) < 21474836480 - 1048576
        THEN CAST(CAST({sys}.round(size / 1048576.0) AS BIGINT) AS VARCHAR) || ' MB'
      WHEN {sys}.abs(size) < 21990232555520 - 1073741824
        THEN CAST(CAST({sys}.round(size / 1073741824.0) AS BIGINT) AS VARCHAR) || ' GB'
      ELSE CAST(CAST({sys}.round(size / 1099511627776.0) AS BIGINT) AS VARCHAR) || ' TB' END;

    CREATE MACRO {pg}.pg_stat_get_live_tuples(r) AS CAST(0 AS BIGINT);
    CREATE MACRO {pg}.pg_stat_get_dead_tuples(r) AS CAST(0 AS BIGINT);
    CREATE MACRO {pg}.pg_stat_get_numscans(r) AS CAST(0 AS BIGINT);
    CREATE MACRO {pg}.pg_stat_get_tuples_returned(r) AS CAST(0 AS BIGINT);
    CREATE MACRO {pg}.pg_stat_get_last_analyze_time(r) AS CAST(NULL AS TIMESTAMPTZ);
    CREATE MACRO {pg}.pg_stat_get_last_autoanalyze_time(r) AS CAST(NULL AS TIMESTAMPTZ);
    CREATE MACRO {pg}.pg_stat_get_db_numbackends(d) AS 0;
    CREATE MACRO {pg}.pg_stat_reset() AS CAST(NULL AS VARCHAR);
    CREATE MACRO {pg}.pg_reload_conf() AS true;

    CREATE MACRO {pg}.pg_advisory_lock(a) AS '', (a, b) AS '';
    CREATE MACRO {pg}.pg_advisory_lock_shared(a) AS '', (a, b) AS '';
    CREATE MACRO {pg}.pg_advisory_xact_lock(a) AS '', (a, b) AS '';
    CREATE MACRO {pg}.pg_advisory_xact_lock_shared(a) AS '', (a, b) AS '';
    CREATE MACRO {pg}.pg_try_advisory_lock(a) AS true, (a, b) AS true;
    CREATE MACRO {pg}.pg_try_advisory_lock_shared(a) AS true, (a, b) AS true;
    CREATE MACRO {pg}.pg_try_advisory_xact_lock(a) AS true, (a, b) AS true;
    CREATE MACRO {pg}.pg_advisory_unlock(a) AS true, (a, b) AS true;
    CREATE MACRO {pg}.pg_advisory_unlock_shared(a) AS true, (a, b) AS true;
    CREATE MACRO {pg}.pg_advisory_unlock_all() AS '';

    """#

  /// Privileges are checked when a statement runs; until roles have grants, every role may do everything.
  static let privilegeText: String = {
    let twoOrThree = [
      "table", "any_column", "database", "schema", "function", "sequence", "tablespace", "type", "language",
      "foreign_data_wrapper", "server", "parameter",
    ]
    return twoOrThree.map {
      """
      CREATE MACRO {pg}.has_\($0)_privilege(object, privilege) AS true,
        (role, object, privilege) AS true;
      """
    }.joined(separator: "\n") + """

      CREATE MACRO {pg}.has_column_privilege(relation, col, privilege) AS true,
        (role, relation, col, privilege) AS true;
      CREATE MACRO {pg}.pg_has_role(member, privilege) AS true, (role, member, privilege) AS true;
      CREATE MACRO {pg}.row_security_active(relation) AS false;
      """
  }()
}
