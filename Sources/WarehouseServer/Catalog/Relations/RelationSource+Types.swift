/// Types and what PostgreSQL knows about them: casts, operators, access methods, collations.
///
/// See ``RelationSource`` for the form.
extension RelationSource {
  static let typesText = #"""
    --- pg_type
    SELECT oid, name AS typname, 11 AS typnamespace, 10 AS typowner, len AS typlen, by_val AS typbyval,
      kind AS typtype, category AS typcategory, preferred AS typispreferred, true AS typisdefined,
      delimiter AS typdelim, relid AS typrelid, subscript AS typsubscript, element AS typelem,
      array_oid AS typarray, input AS typinput, output AS typoutput, receive AS typreceive,
      send AS typsend, modin AS typmodin, modout AS typmodout, align AS typalign, storage AS typstorage,
      -1 AS typtypmod, collation_oid AS typcollation
    FROM martinet_types()

    --- pg_range
    SELECT * FROM (VALUES (3904, 23, 4451, 1978), (3906, 1700, 4532, 3125), (3908, 1114, 4533, 3128),
      (3910, 1184, 4534, 3127), (3912, 1082, 4535, 3122), (3926, 20, 4536, 3124))
      t(rngtypid, rngsubtype, rngmultitypid, rngsubopc)

    --- pg_am
    SELECT * FROM (VALUES (2, 'heap', 't'), (403, 'btree', 'i'), (405, 'hash', 'i'), (783, 'gist', 'i'),
      (2742, 'gin', 'i'), (4000, 'spgist', 'i'), (3580, 'brin', 'i')) t(oid, amname, amtype)

    --- pg_opclass
    SELECT *, 403 AS opcmethod, 11 AS opcnamespace, 10 AS opcowner, true AS opcdefault
    FROM (VALUES (10000, 'array_ops', 397, 2277), (10003, 'bool_ops', 424, 16),
      (10004, 'bpchar_ops', 426, 1042), (10006, 'bytea_ops', 428, 17), (10007, 'char_ops', 429, 18),
      (3122, 'date_ops', 434, 1082), (10012, 'float4_ops', 1970, 700), (3123, 'float8_ops', 1970, 701),
      (1979, 'int2_ops', 1976, 21), (1978, 'int4_ops', 1976, 23), (3124, 'int8_ops', 1976, 20),
      (10022, 'interval_ops', 1982, 1186), (10028, 'name_ops', 1994, 19),
      (3125, 'numeric_ops', 1988, 1700), (1981, 'oid_ops', 1989, 26), (3126, 'text_ops', 1994, 25),
      (10038, 'time_ops', 1996, 1083), (3127, 'timestamptz_ops', 434, 1184),
      (3128, 'timestamp_ops', 434, 1114), (10065, 'uuid_ops', 2968, 2950), (10088, 'jsonb_ops', 4033, 3802))
      t(oid, opcname, opcfamily, opcintype)

    --- pg_opfamily
    SELECT *, 403 AS opfmethod, 11 AS opfnamespace, 10 AS opfowner
    FROM (VALUES (397, 'array_ops'), (424, 'bool_ops'), (426, 'bpchar_ops'), (428, 'bytea_ops'),
      (434, 'datetime_ops'), (1970, 'float_ops'), (1976, 'integer_ops'), (1982, 'interval_ops'),
      (1988, 'numeric_ops'), (1989, 'oid_ops'), (1994, 'text_ops'), (1996, 'time_ops'),
      (2968, 'uuid_ops'), (4033, 'jsonb_ops')) t(oid, opfname)

    --- pg_operator
    SELECT *, 11 AS oprnamespace, 10 AS oprowner, 'b' AS oprkind,
      oprname = '=' AS oprcanmerge, oprname = '=' AS oprcanhash
    FROM (VALUES (91, '=', 16, 16, 16), (15, '=', 23, 20, 16), (94, '=', 21, 21, 16), (96, '=', 23, 23, 16),
      (97, '<', 23, 23, 16), (521, '>', 23, 23, 16), (98, '=', 25, 25, 16), (664, '<', 25, 25, 16),
      (666, '>', 25, 25, 16), (410, '=', 20, 20, 16), (412, '<', 20, 20, 16), (413, '>', 20, 20, 16),
      (607, '=', 26, 26, 16), (609, '<', 26, 26, 16), (610, '>', 26, 26, 16), (641, '~', 25, 25, 16),
      (654, '||', 25, 25, 25), (670, '=', 701, 701, 16), (672, '<', 701, 701, 16), (674, '>', 701, 701, 16),
      (1093, '=', 1082, 1082, 16), (1095, '<', 1082, 1082, 16), (1097, '>', 1082, 1082, 16),
      (1320, '=', 1184, 1184, 16), (1322, '<', 1184, 1184, 16), (1324, '>', 1184, 1184, 16),
      (1752, '=', 1700, 1700, 16), (1754, '<', 1700, 1700, 16), (1756, '>', 1700, 1700, 16),
      (2060, '=', 1114, 1114, 16), (2062, '<', 1114, 1114, 16), (2064, '>', 1114, 1114, 16),
      (2972, '=', 2950, 2950, 16), (2974, '<', 2950, 2950, 16), (2975, '>', 2950, 2950, 16))
      t(oid, oprname, oprleft, oprright, oprresult)

    --- pg_cast
    SELECT row_number() OVER () + 10100 AS oid, *
    FROM (VALUES (20, 21, 'a', 'f'), (20, 23, 'a', 'f'), (20, 700, 'i', 'f'), (20, 701, 'i', 'f'),
      (20, 1700, 'i', 'f'), (21, 20, 'i', 'f'), (21, 23, 'i', 'f'), (21, 700, 'i', 'f'), (21, 701, 'i', 'f'),
      (21, 1700, 'i', 'f'), (23, 20, 'i', 'f'), (23, 21, 'a', 'f'), (23, 700, 'i', 'f'), (23, 701, 'i', 'f'),
      (23, 1700, 'i', 'f'), (700, 20, 'a', 'f'), (700, 701, 'i', 'f'), (700, 1700, 'a', 'f'),
      (701, 20, 'a', 'f'), (701, 23, 'a', 'f'), (701, 700, 'a', 'f'), (701, 1700, 'a', 'f'),
      (1700, 20, 'a', 'f'), (1700, 23, 'a', 'f'), (1700, 700, 'i', 'f'), (1700, 701, 'i', 'f'),
      (23, 16, 'e', 'f'), (16, 23, 'e', 'f'), (25, 1043, 'i', 'b'), (1043, 25, 'i', 'b'),
      (25, 1042, 'i', 'b'), (1042, 25, 'i', 'f'), (19, 25, 'i', 'f'), (25, 19, 'i', 'f'),
      (1082, 1114, 'i', 'f'), (1082, 1184, 'i', 'f'), (1114, 1082, 'a', 'f'), (1114, 1184, 'i', 'f'),
      (1184, 1082, 'a', 'f'), (1184, 1114, 'a', 'f'), (114, 3802, 'a', 'i'), (3802, 114, 'a', 'i'))
      t(castsource, casttarget, castcontext, castmethod)

    --- pg_collation
    SELECT *, 11 AS collnamespace, 10 AS collowner, true AS collisdeterministic, -1 AS collencoding
    FROM (VALUES (100, 'default', 'd', NULL, NULL), (950, 'C', 'c', 'C', 'C'),
      (951, 'POSIX', 'c', 'POSIX', 'POSIX')) t(oid, collname, collprovider, collcollate, collctype)

    --- pg_language
    SELECT *, 10 AS lanowner, lanname = 'sql' AS lanpltrusted
    FROM (VALUES (12, 'internal'), (13, 'c'), (14, 'sql')) t(oid, lanname)

    --- pg_ts_config
    SELECT 3748 AS oid, 'simple' AS cfgname, 11 AS cfgnamespace, 10 AS cfgowner, 3722 AS cfgparser

    --- pg_ts_parser
    SELECT 3722 AS oid, 'default' AS prsname, 11 AS prsnamespace

    --- pg_extension
    SELECT 13559 AS oid, 'plpgsql' AS extname, 10 AS extowner, 11 AS extnamespace, '1.0' AS extversion
    WHERE false

    --- pg_timezone_names
    SELECT name, abbrev, utc_offset, is_dst FROM system.main.pg_timezone_names()

    --- pg_timezone_abbrevs
    SELECT DISTINCT ON (abbrev) abbrev, utc_offset, is_dst FROM system.main.pg_timezone_names()
    """#
}
