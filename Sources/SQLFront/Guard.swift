/// Decides whether a statement may reach the engine. Whatever is not known to be harmless is refused.
///
/// Three rules hold the fence, each over tokens, so that subqueries, common table expressions, the bodies of views and
/// macros, EXPLAIN and PREPARE are covered alike:
/// 1. only statements that `Statement` knows, and of those the ones listed in `check`;
/// 2. no call of a function of the engine that is not reviewed (`ReviewedFunctions`), anywhere a name stands before
///    a bracket;
/// 3. where a table is named there stands an identifier, never a string or a parameter, and the identifier can't be
///    a file's name (DuckDB reads `FROM 'x.parquet'`, `FROM "x.parquet"` and even `FROM x.parquet` as files).
package struct Guard: Sendable {
  /// Functions of the engine that may not be called as scalar functions.
  let deniedScalars: NameSet
  /// Functions that may not stand where a table stands.
  let deniedTables: NameSet
  /// Every function of the engine: no macro of a user may take such a name.
  let engineFunctions: NameSet
  /// Whether the statement is a superuser's.
  private(set) var isSuperuser = false
  /// Relations with what the log-in of users needs.
  static let secretRelations: Set<String> = ["pg_authid", "pg_shadow"]
  /// Functions that act on the server.
  static let serverFunctions: Set<String> = ["pg_reload_conf"]

  /// The engine's own functions (`duckdb_functions()`), taken when the server starts: `tableFunctions` are its table
  /// functions, pragmas and table macros, `scalarFunctions` all others. `shadowed` are functions of the engine that
  /// the server's catalogs replace by harmless ones of the same name.
  package init(
    tableFunctions: [String], scalarFunctions: [String],
    shadowed: [String] = ["current_setting", "set_config"]
  ) {
    let never = Set(ReviewedFunctions.words(ReviewedFunctions.never))
    let scalars = Set(ReviewedFunctions.words(ReviewedFunctions.scalar)).union(shadowed)
    let tables = Set(ReviewedFunctions.words(ReviewedFunctions.table))
    let known = Set(tableFunctions.map { lowercased($0) }).union(scalarFunctions.map { lowercased($0) })
    let icu = known.filter { $0.hasPrefix("icu_collate_") }
    deniedScalars = NameSet(known.subtracting(scalars).subtracting(icu).union(never))
    deniedTables = NameSet(
      Set(tableFunctions.map { lowercased($0) }).subtracting(tables).union(never)
        .union(ReviewedFunctions.words(ReviewedFunctions.lakeMaintenance)))
    engineFunctions = NameSet(known.union(tables).union(scalars).union(never))
  }

  /// Throws 42501 or 0A000 if the statement may not run. What only superusers may see or do is refused to others.
  package func check(_ statement: ParsedStatement, isSuperuser: Bool = false) throws(SQLError) {
    var rules = self
    rules.isSuperuser = isSuperuser
    try rules.check(statement)
  }

  private func check(_ statement: ParsedStatement) throws(SQLError) {
    switch statement.statement {
    case .refused(let error): throw error
    case .begin, .commit, .rollback, .savepoint, .releaseSavepoint, .rollbackToSavepoint, .setTransaction,
      .set, .show, .reset, .discard, .fetch, .closeCursor, .deallocate, .listen, .notify, .unlisten,
      .lockTable, .maintenance, .privileges, .role, .createIndex:
      return
    case .comment(let comment): try checkTarget(comment.object, statement)
    case .execute: try scan(statement)
    case .declareCursor(let cursor):
      guard case .query = cursor.query.statement else {
        throw cursor.query.source.syntaxError(at: cursor.query.tokens.lowerBound)
      }
      try check(cursor.query)
    case .prepare(let prepared): try checkInner(prepared.statement)
    case .explain(let explain): try checkInner(explain.statement)
    case .copy(let copy):
      switch copy.source {
      case .query(let query): try check(query)
      case .table(let name, _):
        if copy.direction == .fromClient { try checkTarget(name, statement) }
        try checkReadable(name, statement)
      }
    case .query: try scan(statement)
    case .insert(let change), .update(let change), .delete(let change), .merge(let change):
      try checkTarget(change.table, statement)
      try scan(statement)
    case .createTable(let table):
      try checkNewName(table.name, statement)
      for like in table.likes { try checkReadable(like, statement) }
      try scan(statement)
    case .createView(let view):
      try checkNewName(view.name, statement)
      try scan(statement)
    case .createFunction(let function):
      try checkNewName(function.name, statement)
      if engineFunctions.contains(function.name.name) {
        throw SQLError("42723", "function \"\(function.name.name)\" already exists")
      }
      try scan(statement)
    case .createSchema(let schema): try checkNewSchema(schema.name)
    case .alter(let change): try checkAlter(change, statement)
    case .drop(let drop):
      for name in drop.names { try checkDropped(name, drop, statement) }
    case .truncate(let truncate):
      for name in truncate.tables { try checkTarget(name, statement) }
    }
  }

  /// What may stand inside EXPLAIN and PREPARE.
  private func checkInner(_ statement: ParsedStatement) throws(SQLError) {
    switch statement.statement {
    case .query, .insert, .update, .delete, .merge, .refused: break
    case .createTable(let table) where table.isFromQuery: break
    case .execute, .declareCursor: break
    default: throw statement.source.syntaxError(at: statement.tokens.lowerBound)
    }
    try check(statement)
  }

  private func scan(_ statement: ParsedStatement) throws(SQLError) {
    var scanner = GuardScanner(self, statement)
    try scanner.run()
  }

  private func checkAlter(_ change: AlterStatement, _ statement: ParsedStatement) throws(SQLError) {
    if change.objectKind == "schema" {
      try checkSchemaChange(change.name.name)
      for case .rename(let name) in change.actions { try checkNewSchema(name) }
      return
    }
    try checkTarget(change.name, statement)
    for action in change.actions {
      switch action {
      case .rename(let name): try checkNewName(QualifiedName(name: name), statement)
      case .setSchema(let name): try checkSchemaChange(name)
      default: break
      }
    }
    try scan(statement)
  }

  private func checkDropped(
    _ name: QualifiedName, _ drop: DropStatement, _ statement: ParsedStatement
  ) throws(SQLError) {
    if drop.objectKind == "schema" { return try checkSchemaChange(name.name) }
    try checkTarget(name, statement)
  }

  /// A schema that the search path may name: none of the server's own.
  package static func isVisibleSchema(_ name: String) -> Bool {
    let folded = lowercased(name)
    if folded.hasPrefix("__") || folded == "martinet_catalog" || folded == "system" || folded == "temp" {
      return false
    }
    return !folded.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") || $0 == 0 }
  }

  private func checkNewSchema(_ name: String) throws(SQLError) {
    if name.hasPrefix("pg_") {
      throw SQLError(
        "42939", "unacceptable schema name \"\(name)\"",
        detail: "The prefix \"pg_\" is reserved for system schemas.")
    }
    try checkSchemaChange(name)
  }

  private func checkSchemaChange(_ name: String) throws(SQLError) {
    let folded = lowercased(name)
    if !Self.isVisibleSchema(folded) || folded.hasPrefix("pg_") || folded == "information_schema"
      || folded == "information_schema_" || folded == "main"
    {
      throw .denied("permission denied for schema \(name)")
    }
  }

  /// Something that is changed or removed.
  private func checkTarget(_ name: QualifiedName, _ statement: ParsedStatement) throws(SQLError) {
    let schema = lowercased(name.schema ?? "")
    let database = lowercased(name.database ?? "")
    if schema == "pg_catalog" || schema == "information_schema" || schema == "information_schema_"
      || Self.isServerDatabase(schema) || Self.isServerDatabase(database)
    {
      throw .denied("permission denied for relation \(name.name)", at: statement.byteRange.lowerBound)
    }
  }

  /// A relation that is read under its bare name.
  private func checkReadable(_ name: QualifiedName, _ statement: ParsedStatement) throws(SQLError) {
    let parts = [name.database, name.schema, name.name].compactMap { $0.map { Array($0.utf8)[...] } }
    let qualifier = lowercased(name.database ?? name.schema ?? "")
    if DataFiles.isFileName(parts) || DataFiles.isEngineRelation(parts[parts.count - 1])
      || qualifier == "system" || parts.contains(where: { $0.hasFoldedPrefix("__") })
    {
      throw .denied("permission denied for relation \(name.name)", at: statement.byteRange.lowerBound)
    }
    try checkSecret(name.name, at: statement.byteRange.lowerBound)
  }

  func checkSecret(_ relation: String, at position: Int) throws(SQLError) {
    guard !isSuperuser, Self.secretRelations.contains(relation) else { return }
    throw .denied(
      "permission denied for \(relation == "pg_shadow" ? "view" : "table") \(relation)", at: position)
  }

  /// Something that comes into being: it must not stand before the catalogs' relation of that name, which are found
  /// through the search path.
  private func checkNewName(_ name: QualifiedName, _ statement: ParsedStatement) throws(SQLError) {
    try checkTarget(name, statement)
    if lowercased(name.name).hasPrefix("pg_") {
      throw .denied(
        "permission denied to create \"\(name.name)\": names that begin with \"pg_\" are the system's",
        at: statement.byteRange.lowerBound)
    }
  }

  static func isServerDatabase(_ folded: String) -> Bool {
    folded == "system" || folded == "martinet_catalog" || folded.hasPrefix("__")
  }
}
