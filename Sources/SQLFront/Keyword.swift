/// The words that the parsers of DuckDB 1.5 and PostgreSQL 15 know, as small integers.
///
/// The order is DuckDB's categories (`duckdb_keywords()`), so that a category is a range of raw values.
package enum Keyword: UInt16, CaseIterable, Sendable {
  /// No keyword.
  case notAKeyword

  // Reserved by DuckDB: never a bare name.
  case `all`, analyse, analyze, and, `any`, array, `as`, asc, asymmetric, both, `case`, cast, check
  case collate, column, constraint, create, `default`, deferrable, desc, describe, distinct, `do`
  case `else`, end, except, `false`, fetch, `for`, foreign, from, group, having, `in`, initially
  case intersect, into, lambda, lateral, leading, limit, not, null, offset, on, only, or, order, pivot
  case pivotLonger, pivotWider, placing, primary, qualify, references, returning, select, show, `some`
  case summarize, symmetric, table, then, to, trailing, `true`, union, unique, unpivot, using, variadic
  case when, `where`, window, with
  // May name a type or a function, never a column.
  case anti, asof, at, authorization, binary, by, collation, columns, concurrently, cross, freeze, full
  case generated, glob, ilike, inner, `is`, isnull, join, left, like, map, natural, notnull, outer
  case overlaps, positional, right, semi, similar, `struct`, tablesample, tryCast, unpack, verbose
  // May name a column, never a function or a type.
  case between, bigint, bit, boolean, char, character, coalesce, dec, decimal, exists, extract, float
  case grouping, groupingId, `inout`, int, integer, interval, national, nchar, `none`, nullif, numeric
  case out, overlay, position, precision, real, row, setof, smallint, substring, time, timestamp, treat
  case trim, values, varchar, xmlattributes, xmlconcat, xmlelement, xmlexists, xmlforest, xmlnamespaces
  case xmlparse, xmlpi, xmlroot, xmlserialize, xmltable
  // Words with a meaning of their own that may still name anything.
  case abort, absolute, access, action, add, admin, after, aggregate, also, alter, always, assertion
  case assignment, attach, attribute, backward, before, begin, cache, call, called, cascade, cascaded
  case catalog, centuries, century, chain, characteristics, checkpoint, `class`, close, cluster, comment
  case comments, commit, committed, compression, configuration, conflict, connection, constraints
  case content, `continue`, conversion, copy, cost, csv, cube, current, cursor, cycle, data, database
  case day, days, deallocate, decade, decades, declare, defaults, deferred, definer, delete, delimiter
  case delimiters, depends, detach, dictionary, disable, discard, document, domain, double, drop, each
  case enable, encoding, encrypted, `enum`, error, escape, event, exclude, excluding, exclusive, execute
  case explain, export, exportState, `extension`, extensions, external, family, filter, first
  case following, force, forward, function, functions, global, grant, granted, groups, handler, header
  case hold, hour, hours, identity, `if`, ignore, immediate, immutable, implicit, `import`, include
  case including, increment, index, indexes, inherit, inherits, inline, input, insensitive, insert
  case install, instead, invoker, isolation, json, key, label, language, large, last, leakproof, level
  case listen, load, local, location, lock, locked, logged, macro, mapping, match, matched, materialized
  case maxvalue, merge, method, microsecond, microseconds, millennia, millennium, millisecond
  case milliseconds, minute, minutes, minvalue, mode, month, months, move, name, names, new, next, no
  case nothing, notify, nowait, nulls, object, of, off, oids, old, `operator`, option, options
  case ordinality, others, over, overriding, owned, owner, parallel, parser, partial, partition
  case partitioned, passing, password, percent, persistent, plans, policy, pragma, preceding, prepare
  case prepared, preserve, prior, privileges, procedural, procedure, program, publication, quarter
  case quarters, quote, range, read, reassign, recheck, recursive, ref, referencing, refresh, reindex
  case relative, release, rename, repeatable, replace, replica, reset, respect, restart, restrict
  case returns, revoke, role, rollback, rollup, rows, rule, sample, savepoint, schema, schemas, scope
  case scroll, search, second, seconds, secret, security, sequence, sequences, serializable, server
  case session, set, sets, share, simple, skip, snapshot, sorted, source, sql, stable, standalone, start
  case statement, statistics, stdin, stdout, storage, stored, strict, strip, subscription, sysid, system
  case tables, tablespace, target, temp, template, temporary, text, ties, transaction, transform
  case trigger, truncate, trusted, `type`, types, unbounded, uncommitted, unencrypted, unknown, unlisten
  case unlogged, until, update, use, user, vacuum, valid, validate, validator, value, variable, varying
  case version, view, views, virtual, volatile, week, weeks, whitespace, within, without, work, wrapper
  case write, xml, year, years, yes, zone
  // Words that only PostgreSQL, or this target, gives a meaning.
  case absent, asensitive, bigserial, bool, bpchar, buffers, bypass, bypassrls, bytea, cidr, citext
  case clustered, costs, createdb, createrole, currentCatalog, currentDate, currentRole
  case currentSchema, currentTime, currentTimestamp, currentUser, expression, float4, float8, fn
  case forceNotNull, forceNull, forceQuote, format, greatest, hstore, inet, informationSchema
  case inheritable, int2, int2vector, int4, int8, jsonb, least, localtime, localtimestamp, logVerbosity
  case login, macaddr, main, martinetCatalog, matview, money, nobypassrls, nocreatedb, nocreaterole
  case noinherit, nologin, noreplication, normalize, nosuperuser, oid, oidvector, onError
  case parallelSafe, pgCatalog, pgTemp, point, quoteIdent, regclass, regconfig, regnamespace
  case regoper, regoperator, regproc, regprocedure, regrole, regtype, rejectLimit, replication, routine
  case serial, serial2, serial4, serial8, sessionUser, settings, smallserial, superuser, systemUser
  case timestamptz, timetz, timing, uescape, updateExtensions, uuid, varbit, wal

  /// DuckDB never takes this word for a bare name.
  package var isReserved: Bool { rawValue >= Keyword.`all`.rawValue && rawValue < Keyword.anti.rawValue }

  /// A word that names a join, a type or a function, but never a column or a table.
  package var isTypeOrFunctionOnly: Bool {
    rawValue >= Keyword.anti.rawValue && rawValue < Keyword.between.rawValue
  }
}
