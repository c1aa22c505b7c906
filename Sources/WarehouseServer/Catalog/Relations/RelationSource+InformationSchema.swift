/// The views of information_schema that have something to say.
///
/// See ``RelationSource`` for the form. `{db}` is the expression of the database's name.
extension RelationSource {
  static let informationSchemaText = #"""
    --- information_schema_catalog_name
    SELECT {db} AS catalog_name

    --- schemata
    SELECT {db} AS catalog_name, s.name AS schema_name, {owner} AS schema_owner
    FROM martinet_schemas() s

    --- tables
    SELECT {db} AS table_catalog, schema_name AS table_schema, name AS table_name,
      CASE WHEN kind = 'v' THEN 'VIEW' WHEN persistence = 't' THEN 'LOCAL TEMPORARY' ELSE 'BASE TABLE' END
        AS table_type,
      CASE kind WHEN 'v' THEN 'NO' ELSE 'YES' END AS is_insertable_into, 'NO' AS is_typed,
      CASE persistence WHEN 't' THEN 'PRESERVE' END AS commit_action
    FROM martinet_relations() WHERE kind IN ('r', 'v', 'p', 'f')

    --- views
    SELECT {db} AS table_catalog, schema_name AS table_schema, name AS table_name, view_definition,
      'NONE' AS check_option, 'NO' AS is_updatable, 'NO' AS is_insertable_into,
      'NO' AS is_trigger_updatable, 'NO' AS is_trigger_deletable, 'NO' AS is_trigger_insertable_into
    FROM martinet_relations() WHERE kind = 'v'

    --- columns
    SELECT {db} AS table_catalog, schema_name AS table_schema, relation_name AS table_name,
      name AS column_name, num AS ordinal_position, default_value AS column_default,
      CASE WHEN not_null THEN 'NO' ELSE 'YES' END AS is_nullable, data_type,
      CASE WHEN type_oid IN (1042, 1043) AND typmod > 4 THEN typmod - 4 END AS character_maximum_length,
      CASE WHEN type_oid IN (25, 1042, 1043) THEN 1073741824 END AS character_octet_length,
      CASE type_oid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 700 THEN 24 WHEN 701 THEN 53
        WHEN 1700 THEN CASE WHEN typmod > 0 THEN (typmod - 4) >> 16 END END AS numeric_precision,
      CASE WHEN type_oid IN (20, 21, 23, 700, 701) THEN 2 WHEN type_oid = 1700 THEN 10 END
        AS numeric_precision_radix,
      CASE WHEN type_oid IN (20, 21, 23) THEN 0
        WHEN type_oid = 1700 AND typmod > 0 THEN (typmod - 4) & 65535 END AS numeric_scale,
      CASE WHEN type_oid = 1082 THEN 0 WHEN type_oid IN (1083, 1114, 1184, 1186, 1266) THEN 6 END
        AS datetime_precision,
      {db} AS udt_catalog, 'pg_catalog' AS udt_schema, type_name AS udt_name,
      CAST(num AS VARCHAR) AS dtd_identifier, 'NO' AS is_self_referencing, 'NO' AS is_identity,
      'NO' AS identity_cycle, 'NEVER' AS is_generated,
      CASE relation_kind WHEN 'v' THEN 'NO' ELSE 'YES' END AS is_updatable
    FROM martinet_attributes() WHERE relation_kind IN ('r', 'v', 'p', 'f')

    --- column_udt_usage
    SELECT {db} AS udt_catalog, 'pg_catalog' AS udt_schema, type_name AS udt_name,
      {db} AS table_catalog, schema_name AS table_schema, relation_name AS table_name,
      name AS column_name
    FROM martinet_attributes() WHERE relation_kind IN ('r', 'v', 'p', 'f')

    --- element_types
    SELECT {db} AS object_catalog, schema_name AS object_schema, relation_name AS object_name,
      'TABLE' AS object_type, CAST(num AS VARCHAR) AS collection_type_identifier,
      element_data_type AS data_type, {db} AS udt_catalog, 'pg_catalog' AS udt_schema,
      system.main.ltrim(type_name, '_') AS udt_name, 'a' || CAST(num AS VARCHAR) AS dtd_identifier
    FROM martinet_attributes() WHERE relation_kind IN ('r', 'v', 'p', 'f') AND data_type = 'ARRAY'

    --- table_constraints
    SELECT {db} AS constraint_catalog, schema_name AS constraint_schema, name AS constraint_name,
      {db} AS table_catalog, schema_name AS table_schema, relation_name AS table_name,
      CASE kind WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'f' THEN 'FOREIGN KEY'
        ELSE 'CHECK' END AS constraint_type,
      'NO' AS is_deferrable, 'NO' AS initially_deferred, 'NO' AS enforced,
      CASE kind WHEN 'u' THEN 'YES' END AS nulls_distinct
    FROM martinet_constraints()

    --- key_column_usage
    SELECT {db} AS constraint_catalog, schema_name AS constraint_schema, constraint_name,
      {db} AS table_catalog, schema_name AS table_schema, relation_name AS table_name, column_name,
      position AS ordinal_position, ref_position AS position_in_unique_constraint
    FROM martinet_constraint_columns() WHERE kind IN ('p', 'u', 'f')

    --- referential_constraints
    SELECT {db} AS constraint_catalog, c.schema_name AS constraint_schema, c.name AS constraint_name,
      CASE WHEN c.ref_constraint_name IS NOT NULL THEN {db} END AS unique_constraint_catalog,
      CASE WHEN c.ref_constraint_name IS NOT NULL THEN c.ref_schema_name END AS unique_constraint_schema,
      c.ref_constraint_name AS unique_constraint_name,
      CASE c.match_type WHEN 'f' THEN 'FULL' WHEN 'p' THEN 'PARTIAL' ELSE 'NONE' END AS match_option,
      CASE c.on_update WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT'
        WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS update_rule,
      CASE c.on_delete WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT'
        WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS delete_rule
    FROM martinet_constraints() c WHERE c.kind = 'f'

    --- constraint_column_usage
    SELECT {db} AS table_catalog,
      CASE kind WHEN 'f' THEN ref_schema_name ELSE schema_name END AS table_schema,
      CASE kind WHEN 'f' THEN ref_relation_name ELSE relation_name END AS table_name,
      CASE kind WHEN 'f' THEN ref_column_name ELSE column_name END AS column_name,
      {db} AS constraint_catalog, schema_name AS constraint_schema, constraint_name
    FROM martinet_constraint_columns()

    --- constraint_table_usage
    SELECT {db} AS table_catalog,
      CASE kind WHEN 'f' THEN ref_schema_name ELSE schema_name END AS table_schema,
      CASE kind WHEN 'f' THEN ref_relation_name ELSE relation_name END AS table_name,
      {db} AS constraint_catalog, schema_name AS constraint_schema, name AS constraint_name
    FROM martinet_constraints() WHERE kind <> 'c'

    --- check_constraints
    SELECT {db} AS constraint_catalog, schema_name AS constraint_schema, name AS constraint_name,
      expression AS check_clause
    FROM martinet_constraints() WHERE kind = 'c'
    UNION ALL
    SELECT {db}, schema_name, CAST(relid AS VARCHAR) || '_' || CAST(num AS VARCHAR) || '_not_null',
      name || ' IS NOT NULL'
    FROM martinet_attributes() WHERE not_null AND relation_kind = 'r'

    --- routines
    SELECT {db} AS specific_catalog, schema_name AS specific_schema,
      name || '_' || CAST(oid AS VARCHAR) AS specific_name, {db} AS routine_catalog,
      schema_name AS routine_schema, name AS routine_name, 'FUNCTION' AS routine_type,
      'USER-DEFINED' AS data_type, 'SQL' AS routine_body, definition AS routine_definition,
      'SQL' AS external_language, 'GENERAL' AS parameter_style, 'NO' AS is_deterministic,
      'MODIFIES' AS sql_data_access, 'YES' AS is_null_call, 'YES' AS schema_level_routine,
      'INVOKER' AS security_type, 'NO' AS as_locator, 'NO' AS is_udt_dependent, '0' AS dtd_identifier
    FROM martinet_functions() WHERE schema_oid NOT IN (11, 13207)

    --- parameters
    SELECT {db} AS specific_catalog, schema_name AS specific_schema,
      name || '_' || CAST(oid AS VARCHAR) AS specific_name, CAST(i AS INTEGER) AS ordinal_position,
      'IN' AS parameter_mode, 'NO' AS is_result, 'NO' AS as_locator,
      CAST(argument_names AS VARCHAR[])[i] AS parameter_name, 'USER-DEFINED' AS data_type,
      CAST(i AS VARCHAR) AS dtd_identifier
    FROM (SELECT *, system.main.unnest(system.main.range(1, argument_count + 1)) AS i
      FROM martinet_functions() WHERE schema_oid NOT IN (11, 13207))

    --- enabled_roles
    SELECT {user} AS role_name

    --- applicable_roles
    SELECT {user} AS grantee, {user} AS role_name, 'NO' AS is_grantable WHERE false

    --- administrable_role_authorizations
    SELECT {user} AS grantee, {user} AS role_name, 'NO' AS is_grantable WHERE false

    --- character_sets
    SELECT 'UTF8' AS character_set_name, 'UCS' AS character_repertoire, 'UTF8' AS form_of_use,
      {db} AS default_collate_catalog, 'pg_catalog' AS default_collate_schema,
      'C.UTF-8' AS default_collate_name

    --- collations
    SELECT {db} AS collation_catalog, 'pg_catalog' AS collation_schema, n AS collation_name,
      'NO PAD' AS pad_attribute
    FROM (VALUES ('default'), ('C'), ('POSIX')) t(n)

    --- view_table_usage
    SELECT {db} AS view_catalog, schema_name AS view_schema, name AS view_name, {db} AS table_catalog,
      schema_name AS table_schema, name AS table_name
    FROM martinet_relations() WHERE false

    --- sql_implementation_info
    SELECT * FROM (VALUES ('10003', 'CATALOG NAME', 'Y'), ('17', 'DBMS NAME', 'PostgreSQL'),
      ('18', 'DBMS VERSION', '15.00.0000'), ('28', 'IDENTIFIER CASE', NULL))
      t(implementation_info_id, implementation_info_name, character_value)

    """#

  /// Privileges: the owner of everything is every superuser and every user may read and write, so one
  /// row per relation and privilege for the user who asks.
  static let privilegesText = #"""
    --- table_privileges
    SELECT {owner} AS grantor, {user} AS grantee, {db} AS table_catalog,
      schema_name AS table_schema, name AS table_name, p AS privilege_type, 'YES' AS is_grantable,
      CASE p WHEN 'SELECT' THEN 'YES' ELSE 'NO' END AS with_hierarchy
    FROM martinet_relations(), (VALUES ('INSERT'), ('SELECT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'),
      ('REFERENCES'), ('TRIGGER')) t(p)
    WHERE kind IN ('r', 'v', 'p', 'f')

    --- role_table_grants
    SELECT {owner} AS grantor, {user} AS grantee, {db} AS table_catalog,
      schema_name AS table_schema, name AS table_name, p AS privilege_type, 'YES' AS is_grantable,
      CASE p WHEN 'SELECT' THEN 'YES' ELSE 'NO' END AS with_hierarchy
    FROM martinet_relations(), (VALUES ('INSERT'), ('SELECT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'),
      ('REFERENCES'), ('TRIGGER')) t(p)
    WHERE kind IN ('r', 'v', 'p', 'f')

    --- column_privileges
    SELECT {user} AS grantor, {user} AS grantee, {db} AS table_catalog, schema_name AS table_schema,
      relation_name AS table_name, name AS column_name, p AS privilege_type, 'YES' AS is_grantable
    FROM martinet_attributes(), (VALUES ('INSERT'), ('SELECT'), ('UPDATE'), ('REFERENCES')) t(p)
    WHERE relation_kind IN ('r', 'v', 'p', 'f')

    --- role_column_grants
    SELECT {user} AS grantor, {user} AS grantee, {db} AS table_catalog, schema_name AS table_schema,
      relation_name AS table_name, name AS column_name, p AS privilege_type, 'YES' AS is_grantable
    FROM martinet_attributes(), (VALUES ('INSERT'), ('SELECT'), ('UPDATE'), ('REFERENCES')) t(p)
    WHERE relation_kind IN ('r', 'v', 'p', 'f')

    --- usage_privileges
    SELECT {user} AS grantor, {user} AS grantee, {db} AS object_catalog, 'pg_catalog' AS object_schema,
      'default' AS object_name, 'COLLATION' AS object_type, 'USAGE' AS privilege_type,
      'NO' AS is_grantable
    WHERE false
    """#
}
