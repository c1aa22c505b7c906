/// Schemas, relations, columns, keys and comments: what the lake's own metadata says.
///
/// See ``RelationSource`` for the form.
extension RelationSource {
  static let objectsText = #"""
    --- pg_namespace
    SELECT oid, name AS nspname, owner AS nspowner FROM martinet_schemas()

    --- pg_class
    SELECT oid, name AS relname, schema_oid AS relnamespace, owner AS relowner,
      CASE kind WHEN 'r' THEN 2 WHEN 'i' THEN 403 ELSE 0 END AS relam,
      CASE WHEN kind IN ('r', 'i') THEN oid ELSE 0 END AS relfilenode,
      byte_estimate // 8192 AS relpages, row_estimate AS reltuples, has_index AS relhasindex,
      persistence AS relpersistence, kind AS relkind, column_count AS relnatts, check_count AS relchecks,
      kind = 'v' AS relhasrules,
      has_foreign_key AS relhastriggers, true AS relispopulated, 'd' AS relreplident, 0 AS relfrozenxid,
      0 AS relminmxid, NULL AS relacl, NULL AS reloptions
    FROM martinet_relations()

    --- pg_attribute
    SELECT relid AS attrelid, name AS attname, type_oid AS atttypid, -1 AS attstattarget,
      type_len AS attlen, num AS attnum, ndims AS attndims, -1 AS attcacheoff, typmod AS atttypmod,
      by_val AS attbyval, type_align AS attalign, type_storage AS attstorage, not_null AS attnotnull,
      default_value IS NOT NULL AS atthasdef, true AS attislocal, collation_oid AS attcollation
    FROM martinet_attributes()

    --- pg_attrdef
    SELECT relid * 2048 + num AS oid, relid AS adrelid, num AS adnum, default_value AS adbin
    FROM martinet_attributes() WHERE default_value IS NOT NULL

    --- pg_constraint
    SELECT oid, name AS conname, schema_oid AS connamespace, kind AS contype, true AS convalidated,
      relid AS conrelid, index_oid AS conindid, ref_relid AS confrelid,
      CASE kind WHEN 'f' THEN on_update ELSE ' ' END AS confupdtype,
      CASE kind WHEN 'f' THEN on_delete ELSE ' ' END AS confdeltype,
      CASE kind WHEN 'f' THEN match_type ELSE ' ' END AS confmatchtype, true AS conislocal,
      true AS connoinherit, CAST(key_columns AS SMALLINT[]) AS conkey,
      CASE kind WHEN 'f' THEN CAST(ref_columns AS SMALLINT[]) END AS confkey, expression AS conbin
    FROM martinet_constraints()

    --- pg_index
    SELECT oid AS indexrelid, relid AS indrelid, column_count AS indnatts, column_count AS indnkeyatts,
      is_unique AS indisunique, is_primary AS indisprimary, true AS indimmediate, true AS indisvalid,
      true AS indisready, true AS indislive, key_columns AS indkey,
      CAST(system.main.list_transform(CAST(key_columns AS SMALLINT[]), lambda k: 0) AS VARCHAR)
        AS indcollation,
      CAST(system.main.list_transform(CAST(key_columns AS SMALLINT[]), lambda k: 0) AS VARCHAR) AS indclass,
      CAST(system.main.list_transform(CAST(key_columns AS SMALLINT[]), lambda k: 0) AS VARCHAR) AS indoption
    FROM martinet_indexes()

    --- pg_indexes
    SELECT s.name AS schemaname, r.name AS tablename, i.name AS indexname, i.definition AS indexdef
    FROM martinet_indexes() i JOIN martinet_relations() r ON r.oid = i.relid
    JOIN martinet_schemas() s ON s.oid = i.schema_oid

    --- pg_description
    SELECT oid AS objoid, 1259 AS classoid, 0 AS objsubid, comment AS description
    FROM martinet_relations() WHERE comment IS NOT NULL
    UNION ALL
    SELECT relid, 1259, num, comment FROM martinet_attributes() WHERE comment IS NOT NULL
    UNION ALL
    SELECT oid, 2615, 0, comment FROM martinet_schemas() WHERE comment IS NOT NULL
    UNION ALL
    SELECT oid, 2606, 0, comment FROM martinet_constraints() WHERE comment IS NOT NULL
    UNION ALL
    SELECT oid, 1255, 0, comment FROM martinet_functions() WHERE comment IS NOT NULL

    --- pg_depend
    SELECT 1259 AS classid, i.oid AS objid, 2606 AS refclassid, c.oid AS refobjid, 'i' AS deptype
    FROM martinet_indexes() i JOIN martinet_constraints() c ON c.index_oid = i.oid AND c.kind IN ('p', 'u')
    UNION ALL
    SELECT 2606, c.oid, 1259, k.index_oid, 'n'
    FROM martinet_constraints() c JOIN martinet_constraints() k
      ON c.kind = 'f' AND k.relid = c.ref_relid AND k.name = c.ref_constraint_name

    --- pg_rewrite
    SELECT oid, '_RETURN' AS rulename, oid AS ev_class, '1' AS ev_type, 'O' AS ev_enabled,
      true AS is_instead
    FROM martinet_relations() WHERE kind = 'v' AND schema_oid NOT IN (11, 13207)

    --- pg_tables
    SELECT schema_name AS schemaname, name AS tablename, {owner} AS tableowner,
      has_index AS hasindexes
    FROM martinet_relations() WHERE kind IN ('r', 'p')

    --- pg_views
    SELECT schema_name AS schemaname, name AS viewname, {owner} AS viewowner,
      view_definition AS definition
    FROM martinet_relations() WHERE kind = 'v'

    --- pg_proc
    SELECT oid, name AS proname, schema_oid AS pronamespace, 10 AS proowner, language_oid AS prolang,
      1 AS procost, CASE WHEN returns_set THEN 1000 ELSE 0 END AS prorows, kind AS prokind,
      returns_set AS proretset, 'v' AS provolatile, 'u' AS proparallel, argument_count AS pronargs,
      return_type AS prorettype, argument_types AS proargtypes,
      CAST(argument_names AS VARCHAR[]) AS proargnames, definition AS prosrc
    FROM martinet_functions()
    """#
}
