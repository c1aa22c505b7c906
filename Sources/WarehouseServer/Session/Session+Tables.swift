import ControlStore
import DuckDB
import Lake
import PostgresWire
import SQLFront
import Sessions

/// CREATE TABLE, ALTER, DROP, CREATE INDEX and COMMENT.
extension Session {
  func create(_ statement: CreateTable, _ parsed: ParsedStatement) throws -> Outcome {
    if statement.ifNotExists, exists(statement.name, isTemporary: statement.isTemporary) {
      notice("relation \"\(statement.name.name)\" already exists, skipping", .duplicateTable)
      return .complete(statement.isFromQuery ? "CREATE TABLE AS" : "CREATE TABLE")
    }
    if !statement.isTemporary { try checkTypes(statement.columns) }
    var texts = try engineTexts(parsed)
    if statement.isFromQuery {
      if !statement.isTemporary, !statement.withNoData, texts.count == 1 { texts[0] = try storable(texts[0]) }
      let rows = try createFromQuery(statement, parsed, texts)
      finishCreate(statement)
      try record(declaredTypes(ofQueryIn: parsed), of: statement)
      return .complete(statement.withNoData ? "CREATE TABLE AS" : "SELECT \(rows)")
    }
    let types = try declaredTypes(of: statement)
    try writeTogether(parsed, texts)
    finishCreate(statement)
    try recordKeys([.addConstraints(statement.name, statement.constraints)])
    try record(types, of: statement)
    if !statement.constraints.isEmpty { noteUnenforced() }
    return .complete("CREATE TABLE")
  }

  /// Whether CREATE TABLE IF NOT EXISTS finds what it would make.
  private func exists(_ name: QualifiedName, isTemporary: Bool) -> Bool {
    var name = name
    if isTemporary {
      (name.database, name.schema) = (nil, CatalogOID.temporarySchemaName)
    } else if name.schema == nil {
      name.schema = settings.searchPath(user: user.name).first
    }
    return (try? engine.prepare("SELECT 1 FROM \(server.rewriter.relation(name))")) != nil
  }

  private func finishCreate(_ statement: CreateTable) {
    if statement.isTemporary { engine.hasTemporaryObjects = true }
  }

  /// CREATE TABLE AS: the count of its rows is in the tag.
  private func createFromQuery(
    _ statement: CreateTable, _ parsed: ParsedStatement, _ texts: [RewrittenSQL]
  ) throws -> Int {
    func run() throws -> Int {
      var rows = 0
      for text in texts {
        running = (parsed, text)
        let source = try engine.query(text.text)
        rows = max(rows, source.engineResult?.rowsChanged ?? 0)
        while let (chunk, _) = try source.take(.max) {
          rows = max(rows, chunk.columnCount == 1 ? chunk.count(column: 0) : 0)
        }
      }
      // The lake does not say how many rows it wrote.
      guard rows == 0, !statement.withNoData else { return rows }
      let name = server.rewriter.relation(statement.name)
      let count = try engine.texts("SELECT count(*)::VARCHAR FROM \(name)")
      return count.first?.first?.flatMap { Int($0) } ?? 0
    }
    return try write(parsed, isolated: texts.count > 1, run)
  }

  /// Told once in a session: who declares keys should know what becomes of them.
  private func noteUnenforced() {
    guard !hasToldUnenforced else { return }
    hasToldUnenforced = true
    notice(
      "keys and checks are recorded for clients that ask, but not enforced",
      hint: "Check for duplicates where the data is loaded.")
  }

  /// Keys are recorded when the transaction commits; outside one that is now.
  func recordKeys(_ changes: [DeclaredKeys.Change]) throws {
    for change in changes {
      if case .addConstraints(_, let constraints) = change, constraints.isEmpty { continue }
      if case .declareTypes(let table, let types) = change { privateTypes.add(types, to: table) }
      declaredKeys.add(change)
    }
    if !block.isOpen { try recordDeclaredKeys() }
  }

  func recordDeclaredKeys() throws {
    guard !declaredKeys.isEmpty else { return }
    defer {
      declaredKeys.removeAll()
      privateTypes.endTransaction()
    }
    do {
      try declaredKeys.record(
        in: server.control, lake: server.lake, searchPath: settings.searchPath(user: user.name))
    } catch let error as ControlStoreError {
      throw PostgresError(error)
    }
    server.host.keysChanged()
  }

  func create(_ statement: CreateIndex, _ parsed: ParsedStatement) throws -> Outcome {
    // The table and its columns must be there, as for a real index.
    let columns = statement.keys.isEmpty ? "1" : statement.keys.joined(separator: ", ")
    let script = try parse(script: "SELECT \(columns) FROM \(statement.table.sql)")
    guard let query = script.statements.first else { throw PostgresError(.syntaxError, "no column") }
    _ = try engine.prepare(try engineText(query))
    try recordKeys([.addIndex(statement)])
    notice(
      "indexes are recorded for clients that ask, but not built",
      hint: "Sort or partition a large table instead: ALTER TABLE … SET SORTED BY (…).")
    return .complete("CREATE INDEX")
  }

  func alter(_ statement: AlterStatement, _ parsed: ParsedStatement) throws -> Outcome {
    for action in statement.actions {
      if case .refused(let error) = action { throw PostgresError(error, source: parsed.source) }
      if case .addColumn(let column, _) = action { try checkTypes([column]) }
      if case .setSchema(let schema) = action { return try move(statement, to: schema, parsed) }
    }
    let texts = try engineTexts(parsed, isView: try renamesView(statement))
    if !texts.isEmpty { try writeTogether(parsed, texts) }
    var changes: [DeclaredKeys.Change] = []
    for action in statement.actions {
      switch action {
      case .addColumn(_, let constraints): changes.append(.addConstraints(statement.name, constraints))
      case .addConstraint(let constraint): changes.append(.addConstraints(statement.name, [constraint]))
      case .dropConstraint(let name, _): changes.append(.dropConstraint(statement.name, name))
      case .renameConstraint(let old, let new):
        changes.append(.renameConstraint(statement.name, from: old, to: new))
      case .renameColumn(let old, let new):
        changes.append(.renameColumn(statement.name, from: old, to: new))
        privateTypes.renameColumn(old, of: statement.name, to: new)
      case .dropColumn(let name, _): changes.append(.dropColumn(statement.name, name))
      case .changeType(let column, let type):
        changes.append(.declareTypes(statement.name, [column: DeclaredType(sql: type)]))
      case .rename(let name) where statement.objectKind == "table":
        var renamed = statement.name
        renamed.name = name
        changes.append(.moveTable(nil, from: statement.name, to: renamed))
        privateTypes.follow(statement.name, to: renamed)
      default: break
      }
      if case .addColumn(let column, _) = action, let type = DeclaredType(sql: column.type) {
        changes.append(.declareTypes(statement.name, [column.name: type]))
      }
    }
    try recordKeys(changes)
    return .complete(parsed.commandTag)
  }

  /// PostgreSQL takes ALTER TABLE … RENAME for a view too; the engine does not.
  private func renamesView(_ statement: AlterStatement) throws -> Bool {
    guard statement.objectKind == "table", case .rename? = statement.actions.first else { return false }
    var condition = "view_name = \(quoteLiteral(statement.name.name)) AND NOT internal"
    if let schema = statement.name.schema { condition += " AND schema_name = \(quoteLiteral(schema))" }
    return try !engine.texts("SELECT view_name FROM duckdb_views() WHERE \(condition)").isEmpty
  }

  func drop(_ statement: DropStatement, _ parsed: ParsedStatement) throws -> Outcome {
    if statement.objectKind == "index" { return try dropIndexes(statement) }
    if statement.objectKind == "schema" {
      for name in statement.names where name.name == "public" || name.name == "main" {
        throw PostgresError(
          .dependentObjectsStillExist,
          "cannot drop schema \(name.name) because the database system requires it")
      }
    }
    let texts = try engineTexts(parsed)
    if statement.ifExists { try noteMissing(statement) }
    try writeTogether(parsed, texts)
    for name in statement.names where statement.objectKind == "table" { forgetDeclared(name) }
    return .complete(parsed.commandTag)
  }

  /// DROP … IF EXISTS says what it does not find.
  private func noteMissing(_ statement: DropStatement) throws {
    guard ["table", "view", "schema"].contains(statement.objectKind) else { return }
    // Views and tables alike can be planned: only where that fails, the catalogs are asked.
    func isPlanned(_ name: QualifiedName) -> Bool {
      (try? engine.prepare("SELECT 1 FROM \(server.rewriter.relation(name))")) != nil
    }
    let isSchema = statement.objectKind == "schema"
    let suspects = statement.names.filter { isSchema || !isPlanned($0) }
    guard !suspects.isEmpty else { return }
    let catalog = try catalogSnapshot()
    for name in suspects {
      if let schema = isSchema ? name.name : name.schema, catalog.schema(named: schema) == nil {
        notice("schema \"\(schema)\" does not exist, skipping")
        continue
      }
      let path = name.schema.map { [$0] } ?? settings.searchPath(user: user.name)
      if isSchema { continue }
      if path.contains(where: { catalog.relation(schema: $0, name: name.name) != nil }) { continue }
      notice("\(statement.objectKind) \"\(name.name)\" does not exist, skipping")
    }
  }

  private func dropIndexes(_ statement: DropStatement) throws -> Outcome {
    do {
      for name in statement.names {
        guard let index = try server.control.indexes().last(where: { $0.name == name.name }) else {
          if statement.ifExists {
            notice("index \"\(name.name)\" does not exist, skipping")
            continue
          }
          throw PostgresError(.undefinedObject, "index \"\(name.name)\" does not exist")
        }
        try server.control.removeIndex(index.name, ofTable: index.tableID)
      }
    } catch let error as ControlStoreError {
      throw PostgresError(error)
    }
    server.host.keysChanged()
    return .complete("DROP INDEX")
  }

  func comment(_ statement: CommentStatement, _ parsed: ParsedStatement) throws -> Outcome {
    switch statement.objectKind {
    case "table", "view", "column":
      try writeTogether(parsed, try engineTexts(parsed))
      // A comment leaves the lake's schema version as it is.
      server.host.keysChanged()
    case "schema":
      let schema = try server.lake.schema()
      guard let namespace = schema.namespaces.first(where: { $0.name == statement.object.name }) else {
        throw PostgresError(.invalidSchemaName, "schema \"\(statement.object.name)\" does not exist")
      }
      do {
        try server.control.setSchemaComment(namespace.id, to: statement.comment)
      } catch {
        throw PostgresError(error)
      }
      server.host.keysChanged()
    default:
      throw PostgresError(
        .featureNotSupported, "COMMENT ON \(statement.objectKind.uppercased()) is not supported",
        hint: "Tables, views, columns and schemas have comments.")
    }
    return .complete("COMMENT")
  }

  // MARK: Types

  /// Types that Parquet files of the lake would change silently are refused: the engine says what it makes of
  /// the declared ones.
  private func checkTypes(_ columns: [ColumnDefinition]) throws {
    let typed = columns.filter { !$0.type.isEmpty }
    guard !typed.isEmpty else { return }
    let list = typed.map { "CAST(NULL AS \($0.type)) AS \(quoteIdentifier($0.name))" }
    let script = try parse(script: "SELECT \(list.joined(separator: ", "))")
    guard let query = script.statements.first else { return }
    for column in try engine.prepare(try engineText(query)).columns ?? [] {
      guard let stored = try StorageRule.storedType(of: column.type, column: column.name) else { continue }
      throw PostgresError(
        .featureNotSupported,
        "column \"\(column.name)\" has type \(column.type.sqlName), which tables cannot hold exactly",
        hint: "Declare it as \(stored.sqlName).")
    }
  }

  /// CREATE TABLE AS with every column in a type that Parquet files keep exactly: an integer sum, which
  /// the engine computes with 128 bits, becomes a numeric instead of a rounded double.
  private func storable(_ text: RewrittenSQL) throws -> RewrittenSQL {
    let lexed = try LexedText(text.text)
    var depth = 0
    for (index, token) in lexed.tokens.enumerated() {
      switch token.kind {
      case .leftParenthesis: depth += 1
      case .rightParenthesis: depth -= 1
      case .identifier where depth == 0 && token.keyword == .as:
        let split = Int(lexed.tokens[index].end)
        let select = lexed.text(split..<lexed.bytes.count)
        guard let columns = try engine.prepare(select).columns else { return text }
        let wrapped = try StorageRule.wrap(select, columns: columns)
        guard wrapped != select else { return text }
        var result = text
        result.text = lexed.text(0..<split) + " " + wrapped
        return result
      default: break
      }
    }
    return text
  }
}
