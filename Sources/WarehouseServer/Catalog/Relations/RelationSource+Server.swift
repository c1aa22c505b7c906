/// The server: databases, roles, settings, sessions.
///
/// See ``RelationSource`` for the form.
extension RelationSource {
  static let serverText = #"""
    --- pg_database
    SELECT oid, name AS datname, owner AS datdba, 6 AS encoding, 'c' AS datlocprovider,
      true AS datallowconn, -1 AS datconnlimit, 716 AS datfrozenxid, 1 AS datminmxid,
      1663 AS dattablespace, 'C.UTF-8' AS datcollate, 'C.UTF-8' AS datctype
    FROM martinet_databases()

    --- pg_tablespace
    SELECT * FROM (VALUES (1663, 'pg_default', 10), (1664, 'pg_global', 10)) t(oid, spcname, spcowner)

    --- pg_roles
    SELECT name AS rolname, superuser AS rolsuper, true AS rolinherit, superuser AS rolcreaterole,
      superuser AS rolcreatedb, can_login AS rolcanlogin, -1 AS rolconnlimit, '********' AS rolpassword,
      superuser AS rolbypassrls, oid
    FROM martinet_roles()

    --- pg_authid
    SELECT oid, name AS rolname, superuser AS rolsuper, true AS rolinherit, superuser AS rolcreaterole,
      superuser AS rolcreatedb, can_login AS rolcanlogin, superuser AS rolbypassrls, -1 AS rolconnlimit
    FROM martinet_roles()

    --- pg_user
    SELECT name AS usename, oid AS usesysid, superuser AS usecreatedb, superuser AS usesuper,
      superuser AS usebypassrls, '********' AS passwd
    FROM martinet_roles() WHERE can_login

    --- pg_shadow
    SELECT name AS usename, oid AS usesysid, superuser AS usecreatedb, superuser AS usesuper,
      superuser AS usebypassrls
    FROM martinet_roles() WHERE can_login

    --- pg_group
    SELECT name AS groname, oid AS grosysid, CAST([] AS BIGINT[]) AS grolist
    FROM martinet_roles() WHERE NOT can_login

    --- pg_settings
    SELECT name, setting, unit, category, description AS short_desc, context, vartype, source,
      min_value AS min_val, max_value AS max_val, CAST(enum_values AS VARCHAR[]) AS enumvals,
      boot_value AS boot_val, reset_value AS reset_val
    FROM martinet_settings()

    --- pg_stat_activity
    SELECT d.oid AS datid, s.database_name AS datname, s.pid, s.user_oid AS usesysid,
      s.user_name AS usename, s.application_name, s.client_address AS client_addr,
      s.client_port, CAST(s.backend_start AS TIMESTAMPTZ) AS backend_start,
      CAST(s.transaction_start AS TIMESTAMPTZ) AS xact_start,
      CAST(s.query_start AS TIMESTAMPTZ) AS query_start,
      CAST(s.state_change AS TIMESTAMPTZ) AS state_change, s.wait_event_type, s.wait_event, s.state,
      s.query, 'client backend' AS backend_type
    FROM martinet_sessions() s LEFT JOIN martinet_databases() d ON d.name = s.database_name

    --- pg_stat_ssl
    SELECT pid, is_encrypted AS ssl, tls_version AS version, tls_cipher AS cipher FROM martinet_sessions()

    --- pg_stat_gssapi
    SELECT pid FROM martinet_sessions()

    --- pg_prepared_statements
    SELECT name, statement, CAST(prepare_time AS TIMESTAMPTZ) AS prepare_time,
      CAST(parameter_types AS BIGINT[]) AS parameter_types, from_sql
    FROM martinet_prepared_statements()

    --- pg_cursors
    SELECT name, statement, is_holdable, is_scrollable, CAST(creation_time AS TIMESTAMPTZ) AS creation_time
    FROM martinet_cursors()

    --- pg_stat_database
    SELECT oid AS datid, name AS datname, (SELECT count(*) FROM martinet_sessions()) AS numbackends
    FROM martinet_databases()

    --- pg_stat_all_tables
    SELECT oid AS relid, schema_name AS schemaname, name AS relname,
      greatest(row_estimate, 0) AS n_live_tup
    FROM martinet_relations() WHERE kind = 'r'

    --- pg_stat_user_tables
    SELECT oid AS relid, schema_name AS schemaname, name AS relname,
      greatest(row_estimate, 0) AS n_live_tup
    FROM martinet_relations() WHERE kind = 'r' AND schema_oid NOT IN (11, 13207)

    --- pg_stat_sys_tables
    SELECT oid AS relid, schema_name AS schemaname, name AS relname
    FROM martinet_relations() WHERE kind = 'r' AND schema_oid IN (11, 13207)

    --- pg_statio_all_tables
    SELECT oid AS relid, schema_name AS schemaname, name AS relname
    FROM martinet_relations() WHERE kind = 'r'

    --- pg_statio_user_tables
    SELECT oid AS relid, schema_name AS schemaname, name AS relname
    FROM martinet_relations() WHERE kind = 'r' AND schema_oid NOT IN (11, 13207)

    --- pg_stat_all_indexes
    SELECT i.relid, i.oid AS indexrelid, r.schema_name AS schemaname, r.name AS relname,
      i.name AS indexrelname
    FROM martinet_indexes() i JOIN martinet_relations() r ON r.oid = i.relid

    --- pg_stat_user_indexes
    SELECT i.relid, i.oid AS indexrelid, r.schema_name AS schemaname, r.name AS relname,
      i.name AS indexrelname
    FROM martinet_indexes() i JOIN martinet_relations() r ON r.oid = i.relid
    """#
}
