import ControlStore
import DuckDB
import Lake
import PostgresWire
import SQLFront

/// CREATE TABLE, ALTER, DROP, CREATE INDEX and COMMENT.
extension Session {
  func create(_ statement: CreateTable, _ parsed: ParsedStatement) throws -> Outcome {
    try checkTypes(statement)
    let texts = try engineTexts(parsed)
    if statement.isFromQuery {
      let rows = try createFromQuery(statement, parsed, texts)
      finishCreate(statement)
      return .complete(statement.withNoData ? "CREATE TABLE AS" : "SELECT \(rows)")
    }
    try writeTogether(parsed, texts)
    finishCreate(statement)
    try recordKeys([.addConstraints(statement.name, statement.constraints)])
    if !statement.constraints.isEmpty { noteUnenforced() }
    return .complete("CREATE TABLE")
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
          rows = max(rows, chunk.columnCount == 1 ? Int(chunk.integer(column: 0, row: 0) ?? 0) : 0)
        }
      }
      return rows
    }
    return try write {
      guard texts.count > 1, !block.isOpen else { return try run() }
      try engine.begin()
      do {
        let rows = try run()
        try engine.commit()
        return rows
      } catch {
        engine.rollback()
        throw error
      }
    }
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
      declaredKeys.add(change)
    }
    if !block.isOpen { try recordDeclaredKeys() }
  }

  func recordDeclaredKeys() throws {
    guard !declaredKeys.isEmpty else { return }
    defer { declaredKeys.removeAll() }
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
      if case .addColumn(let column, _) = action { try checkType(of: column) }
    }
    let texts = try engineTexts(parsed)
    if !texts.isEmpty { try writeTogether(parsed, texts) }
    var changes: [DeclaredKeys.Change] = []
    for action in statement.actions {
      switch action {
      case .addColumn(_, let constraints): changes.append(.addConstraints(statement.name, constraints))
      case .addConstraint(let constraint): changes.append(.addConstraints(statement.name, [constraint]))
      case .dropConstraint(let name, _): changes.append(.dropConstraint(statement.name, name))
      case .renameConstraint(let old, let new):
        changes.append(.renameConstraint(statement.name, from: old, to: new))
      case .renameColumn(let old, let new): changes.append(.renameColumn(statement.name, from: old, to: new))
      case .dropColumn(let name, _): changes.append(.dropColumn(statement.name, name))
      default: break
      }
    }
    try recordKeys(changes)
    return .complete(parsed.commandTag)
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
    try writeTogether(parsed, try engineTexts(parsed))
    return .complete(parsed.commandTag)
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

  private func checkTypes(_ statement: CreateTable) throws {
    guard !statement.isTemporary else { return }
    for column in statement.columns { try checkType(of: column) }
  }

  /// Types that Parquet files of the lake would change silently are refused.
  private func checkType(of column: ColumnDefinition) throws {
    let type = column.type.lowercased()
    if type.hasPrefix("timetz") || type.hasPrefix("time") && type.contains("with time zone")
      && !type.hasPrefix("timestamp")
    {
      throw PostgresError(
        .featureNotSupported, "column \"\(column.name)\": the lake cannot store time with time zone",
        hint: "Its offset would be lost: use timestamp with time zone, or time.")
    }
    if type.hasPrefix("hugeint") || type.hasPrefix("uhugeint") {
      throw PostgresError(
        .featureNotSupported, "column \"\(column.name)\": the lake cannot store \(column.type)",
        hint: "It would be rounded: use numeric(38,0).")
    }
  }
}
