/// Writes a statement anew for DuckDB, token by token: strings and quoted names are never looked into, but for the
/// literals that DuckDB reads otherwise.
package struct Rewriter: Sendable {
  /// What becomes of `$n`.
  package enum Parameters: Sendable {
    case asWritten
    /// The literal for each number, as SQL (`'x'`, `42`, `NULL`, `'2020-01-01'::DATE`). Brackets are put around it
    /// where it is more than one token.
    case literals([Int: String])
    /// `$n` becomes `($n::type)`.
    case types([Int: String])
  }

  package init() {}

  /// The engine's statements, to be run one after the other in one transaction. More than one for an ALTER TABLE with
  /// several actions, a DROP or TRUNCATE of several tables, a partitioned CREATE TABLE. None if there is nothing for
  /// the engine to do. For DECLARE, PREPARE, EXPLAIN and COPY of a query: the statement inside.
  ///
  /// `isView` says that the relation of an ALTER TABLE is a view, which PostgreSQL allows.
  package func rewrite(
    _ statement: ParsedStatement, parameters: Parameters = .asWritten, isView: Bool = false
  ) throws(SQLError) -> [RewrittenSQL] {
    switch statement.statement {
    case .refused(let error): throw error
    case .declareCursor(let cursor): return try rewrite(cursor.query, parameters: parameters)
    case .prepare(let prepared): return try rewrite(prepared.statement, parameters: parameters)
    case .explain(let explain): return try rewrite(explain.statement, parameters: parameters)
    case .copy(let copy):
      guard case .query(let query) = copy.source else { return [] }
      return try rewrite(query, parameters: parameters)
    case .query, .insert, .update, .delete, .merge:
      try refuseUnsupported(statement)
      return [try whole(statement, parameters, removing: [], prefix: "")]
    case .createTable(let table): return try createTable(table, statement, parameters)
    case .createView(let view):
      return [try whole(statement, parameters, removing: view.removals, prefix: "")]
    case .comment(let comment) where ["table", "view", "column"].contains(comment.objectKind):
      return [try whole(statement, parameters, removing: [], prefix: "")]
    case .createFunction: return [try whole(statement, parameters, removing: [], prefix: "")]
    case .createSchema(let schema):
      let text = "CREATE SCHEMA \(schema.ifNotExists ? "IF NOT EXISTS " : "")\(quoteIdentifier(schema.name))"
      return [RewrittenSQL(text: text)]
    case .alter(let change): return try alter(change, statement, parameters, isView)
    case .drop(let drop): return try self.drop(drop, statement)
    case .truncate(let truncate):
      return try eachName(truncate.nameTokens, statement, before: "TRUNCATE TABLE ", after: "")
    default: return []
    }
  }

  /// The name of a relation as the engine finds it.
  package func relation(_ name: QualifiedName) -> String {
    switch name.schema {
    case "pg_catalog": return quoteIdentifier(name.name)
    case "information_schema": return "martinet_catalog.information_schema_." + quoteIdentifier(name.name)
    case "pg_temp": return "temp.main." + quoteIdentifier(name.name)
    default: return name.sql
    }
  }

  private func refuseUnsupported(_ statement: ParsedStatement) throws(SQLError) {
    if statement.facts.modifiesDataInWith {
      throw .unsupported(
        "data-modifying statements in WITH are not supported",
        hint: "Run the statements one after the other in a transaction.",
        at: statement.byteRange.lowerBound)
    }
    if case .insert(let change) = statement.statement, change.hasOnConflict {
      throw .unsupported(
        "INSERT … ON CONFLICT is not supported: unique keys are recorded, not enforced",
        hint: "MERGE INTO … USING … ON … WHEN MATCHED … WHEN NOT MATCHED … does it in one statement.",
        at: statement.byteRange.lowerBound)
    }
  }

  // MARK: pieces

  func edits(
    _ statement: ParsedStatement, _ parameters: Parameters, removing: [Range<Int>],
    types: [Range<Int>] = []
  ) throws(SQLError) -> EditList {
    var rewriter = TokenRewriter(statement.source, statement.tokens, parameters)
    for range in removing { rewriter.edits.delete(range) }
    for range in types { try rewriter.rewriteType(range, isDefinition: true) }
    try rewriter.run()
    rewriter.edits.sort()
    return rewriter.edits
  }

  private func whole(
    _ statement: ParsedStatement, _ parameters: Parameters, removing: [Range<Int>], prefix: String
  ) throws(SQLError) -> RewrittenSQL {
    let edits = try edits(statement, parameters, removing: removing)
    let range = statement.byteRange
    var builder = SQLBuilder(statement.source, capacity: range.count + 64)
    builder.append(prefix, at: range.lowerBound)
    builder.append(range, edits)
    return builder.result
  }

  private func eachName(
    _ names: [Range<Int>], _ statement: ParsedStatement, before: String, after: String
  ) throws(SQLError) -> [RewrittenSQL] {
    let edits = try edits(statement, .asWritten, removing: [])
    return names.map { name in
      let range = statement.source.byteRange(of: name)
      var builder = SQLBuilder(statement.source, capacity: range.count + 32)
      builder.append(before, at: range.lowerBound)
      builder.append(range, edits)
      builder.append(after, at: range.upperBound)
      return builder.result
    }
  }

  // MARK: definitions

  private func createTable(
    _ table: CreateTable, _ statement: ParsedStatement, _ parameters: Parameters
  ) throws(SQLError) -> [RewrittenSQL] {
    let name = relation(table.name)
    let head =
      "CREATE \(table.orReplace ? "OR REPLACE " : "")\(table.isTemporary ? "TEMP " : "")TABLE "
      + "\(table.ifNotExists ? "IF NOT EXISTS " : "")\(name)"
    if !table.likes.isEmpty {
      guard table.likes.count == 1, table.columns.isEmpty else {
        throw .unsupported(
          "LIKE beside other columns is not supported", hint: "Use CREATE TABLE AS.",
          at: statement.byteRange.lowerBound)
      }
      return [RewrittenSQL(text: "\(head) AS SELECT * FROM \(relation(table.likes[0])) WITH NO DATA")]
        + partitioning(table, name)
    }
    if table.isFromQuery, statement.source.tokens[statement.tokens.lowerBound].keyword != .create {
      return [try whole(statement, parameters, removing: table.removals, prefix: head + " AS ")]
    }
    var edits = try edits(statement, parameters, removing: table.removals, types: table.typeTokens)
    requirePrimaryKeys(table, &edits)
    let range = statement.byteRange
    var builder = SQLBuilder(statement.source, capacity: range.count + 64)
    guard table.isFromQuery, !table.partitionKeys.isEmpty else {
      builder.append(range, edits)
      return [builder.result] + partitioning(table, name)
    }
    if table.ifNotExists {
      throw .unsupported(
        "CREATE TABLE IF NOT EXISTS … PARTITIONED BY … AS is not supported",
        hint: "Create the table, then insert.", at: range.lowerBound)
    }
    let query = statement.source.byteRange(of: table.queryTokens)
    builder.append(range.lowerBound..<query.upperBound, edits)
    builder.append(" WITH NO DATA", at: query.upperBound)
    var result = [builder.result] + partitioning(table, name)
    if !table.withNoData {
      var insertion = SQLBuilder(statement.source, capacity: query.count + 64)
      insertion.append("INSERT INTO \(name) ", at: query.lowerBound)
      insertion.append(query, edits)
      result.append(insertion.result)
    }
    return result
  }

  /// The columns of a primary key are NOT NULL, as in PostgreSQL: that part of a key DuckLake does hold.
  private func requirePrimaryKeys(_ table: CreateTable, _ edits: inout EditList) {
    guard table.columns.count == table.typeTokens.count else { return }
    let keys = Set(table.constraints.filter { $0.kind == .primaryKey }.flatMap(\.columns))
    for (column, type) in zip(table.columns, table.typeTokens)
    where keys.contains(column.name) && !column.isNotNull && !type.isEmpty {
      edits.insert(" NOT NULL", after: type.upperBound - 1)
    }
    edits.sort()
  }

  private func partitioning(_ table: CreateTable, _ name: String) -> [RewrittenSQL] {
    if table.partitionKeys.isEmpty { return [] }
    let keys = table.partitionKeys.joined(separator: ", ")
    return [RewrittenSQL(text: "ALTER TABLE \(name) SET PARTITIONED BY (\(keys))")]
  }

  private func alter(
    _ change: AlterStatement, _ statement: ParsedStatement, _ parameters: Parameters, _ isView: Bool
  ) throws(SQLError) -> [RewrittenSQL] {
    for case .refused(let error) in change.actions { throw error }
    let word: String
    switch change.objectKind {
    case "table", "foreign table": word = isView ? "VIEW" : "TABLE"
    case "view", "materialized view": word = "VIEW"
    case "schema": word = "SCHEMA"
    default: return []
    }
    let edits = try edits(statement, parameters, removing: change.removals, types: change.typeTokens)
    var result: [RewrittenSQL] = []
    for (action, tokens) in zip(change.actions, change.actionTokens) {
      switch action {
      case .engine, .changeType, .addColumn, .dropColumn, .renameColumn, .rename, .setSchema: break
      default: continue
      }
      let range = statement.source.byteRange(of: tokens)
      var builder = SQLBuilder(statement.source, capacity: range.count + 64)
      builder.append(
        "ALTER \(word) \(change.ifExists ? "IF EXISTS " : "")", at: statement.byteRange.lowerBound)
      builder.append(statement.source.byteRange(of: change.nameTokens), edits)
      builder.append(" ", at: range.lowerBound)
      builder.append(range, edits)
      result.append(builder.result)
    }
    return result
  }

  private func drop(_ drop: DropStatement, _ statement: ParsedStatement) throws(SQLError) -> [RewrittenSQL] {
    let word: String
    switch drop.objectKind {
    case "table", "view", "schema": word = uppercased(drop.objectKind)
    case "function", "macro", "procedure", "routine", "aggregate": word = "MACRO"
    default: return []
    }
    return try eachName(
      drop.nameTokens, statement, before: "DROP \(word) \(drop.ifExists ? "IF EXISTS " : "")",
      after: drop.cascade && word == "SCHEMA" ? " CASCADE" : "")
  }
}
