import DuckDB
import Lake
import PostgresWire
import SQLFront
import Sessions

/// ALTER TABLE … SET SCHEMA.
///
/// DuckLake cannot move a table, so one of the same shape is made in the other schema, filled, and the old one
/// dropped, all in one transaction. Comments, partitioning, sort order and declared keys go along; earlier
/// snapshots know the table by its old name only.
extension Session {
  func move(_ statement: AlterStatement, to schema: String, _ parsed: ParsedStatement) throws -> Outcome {
    guard statement.objectKind == "table" else {
      throw PostgresError(
        .featureNotSupported, "\(parsed.commandTag) SET SCHEMA is not supported",
        hint: "Create it in the other schema, and drop it here.")
    }
    let written = [statement.name.schema, statement.name.name].compactMap(\.self).joined(separator: ".")
    guard let from = try locate(statement.name) else {
      guard statement.ifExists else {
        throw PostgresError(.undefinedTable, "relation \"\(written)\" does not exist")
      }
      notice("relation \"\(statement.name.name)\" does not exist, skipping")
      return .complete(parsed.commandTag)
    }
    guard from.schema != schema else { return .complete(parsed.commandTag) }
    let database = "database_name = \(quoteLiteral(Lake.databaseName))"
    let known = "SELECT schema_name FROM duckdb_schemas() WHERE \(database)"
    guard try !engine.texts("\(known) AND schema_name = \(quoteLiteral(schema))").isEmpty else {
      throw PostgresError(.invalidSchemaName, "schema \"\(schema)\" does not exist")
    }
    let to = QualifiedName(database: Lake.databaseName, schema: schema, name: from.name)
    guard try locate(to) == nil else {
      throw PostgresError(
        .duplicateTable, "relation \"\(from.name)\" already exists in schema \"\(schema)\"")
    }
    let id = try TableFinder(server.lake.schema(), searchPath: []).find(from)?.id
    let types = declaredTypes(of: from)
    try writeTogether(parsed, try moving(from, to, id: id).map { RewrittenSQL(text: $0) })
    try recordKeys([.moveTable(id, from: from, to: to), .declareTypes(to, types)])
    return .complete(parsed.commandTag)
  }

  /// The lake's table of that name as the session sees it, uncommitted ones too.
  private func locate(_ name: QualifiedName) throws -> QualifiedName? {
    for schema in name.schema.map({ [$0] }) ?? settings.searchPath(user: user.name) {
      let condition =
        "database_name = \(quoteLiteral(Lake.databaseName)) AND schema_name = \(quoteLiteral(schema))"
        + " AND table_name = \(quoteLiteral(name.name))"
      if try !engine.texts("SELECT table_name FROM duckdb_tables() WHERE \(condition)").isEmpty {
        return QualifiedName(database: Lake.databaseName, schema: schema, name: name.name)
      }
    }
    return nil
  }

  /// The statements that make a table anew in another schema.
  private func moving(_ from: QualifiedName, _ to: QualifiedName, id: Int64?) throws -> [String] {
    let condition =
      "database_name = \(quoteLiteral(Lake.databaseName)) AND schema_name = \(quoteLiteral(from.schema ?? ""))"
      + " AND table_name = \(quoteLiteral(from.name))"
    var columns: [String] = []
    var comments: [String] = []
    for row in try engine.texts(
      "SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns()"
        + " WHERE \(condition) ORDER BY column_index")
    {
      let name = quoteIdentifier(row[0] ?? "")
      var column = "\(name) \(row[1] ?? "")"
      if let value = row[3] { column += " DEFAULT (\(value))" }
      if row[2] == "false" { column += " NOT NULL" }
      columns.append(column)
      if let comment = row[4] {
        comments.append("COMMENT ON COLUMN \(to.sql).\(name) IS \(quoteLiteral(comment))")
      }
    }
    for row in try engine.texts("SELECT comment FROM duckdb_tables() WHERE \(condition)") {
      if let comment = row[0] { comments.append("COMMENT ON TABLE \(to.sql) IS \(quoteLiteral(comment))") }
    }
    return ["CREATE TABLE \(to.sql) (\(columns.joined(separator: ", ")))"]
      + (try layout(to, id: id))
      + ["INSERT INTO \(to.sql) SELECT * FROM \(from.sql)"] + comments + ["DROP TABLE \(from.sql)"]
  }

  /// How a committed table is partitioned and sorted, said of another one.
  private func layout(_ table: QualifiedName, id: Int64?) throws -> [String] {
    guard let id else { return [] }
    var texts: [String] = []
    let keys = try server.lake.schema().tables.first { $0.id == id }?.partitionKeys ?? []
    if !keys.isEmpty {
      texts.append("ALTER TABLE \(table.sql) SET PARTITIONED BY (\(keys.joined(separator: ", ")))")
    }
    let sorting = try engine.texts(
      "SELECT expression, sort_direction, replace(null_order, '_', ' ')"
        + " FROM \(server.lake.metadataTable("ducklake_sort_expression")) WHERE sort_id IN (SELECT sort_id FROM"
        + " \(server.lake.metadataTable("ducklake_sort_info")) WHERE table_id = \(id) AND end_snapshot IS NULL)"
        + " ORDER BY sort_key_index")
    let order = sorting.map { $0.compactMap(\.self).joined(separator: " ") }
    if !order.isEmpty {
      texts.append("ALTER TABLE \(table.sql) SET SORTED BY (\(order.joined(separator: ", ")))")
    }
    return texts
  }
}
