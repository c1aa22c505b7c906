import DuckDB

/// Reads a `LakeSchema` from DuckLake's own tables, format 1.0
/// (https://ducklake.select/docs/stable/specification/tables/overview).
final class LakeSchemaReader {
  private var schema = LakeSchema(snapshot: Snapshot(id: -1, schemaVersion: 0, timeMicroseconds: 0))
  private var tableIndex: [Int64: Int] = [:]
  private var viewIndex: [Int64: Int] = [:]
  private var namespaceIndex: [Int64: Int] = [:]
  private var macroIndex: [Int64: Int] = [:]
  private var types = CatalogTypeReader()
  /// Comments of columns, by table and column.
  private var columnComments: [ColumnKey: String] = [:]
  /// The row of a nested column's parent: children come after it, see `finishColumns`.
  private var pending: [PendingColumn] = []

  private struct ColumnKey: Hashable {
    let table: Int64
    let column: Int64
  }

  private struct PendingColumn {
    let table: Int64
    let parent: Int64?
    let typeName: String
    var column: LakeSchema.Column
  }

  static func read(from catalog: any CatalogDatabase) throws(LakeError) -> LakeSchema {
    let reader = LakeSchemaReader()
    try catalog.readTogether(reader.queries)
    reader.finishColumns()
    return reader.schema
  }

  private var queries: [CatalogQuery] {
    [
      CatalogQuery(Lake.newestSnapshotSQL) { [self] row in schema.snapshot = Snapshot(row) },
      CatalogQuery(
        "SELECT schema_id, schema_uuid, schema_name FROM ducklake_schema WHERE end_snapshot IS NULL"
          + " ORDER BY schema_id", readNamespace),
      CatalogQuery(
        "SELECT t.table_id, t.table_uuid, t.schema_id, t.table_name, s.record_count, s.file_size_bytes"
          + " FROM ducklake_table t LEFT JOIN ducklake_table_stats s ON s.table_id = t.table_id"
          + " WHERE t.end_snapshot IS NULL ORDER BY t.table_id", readTable),
      CatalogQuery(
        "SELECT view_id, view_uuid, schema_id, view_name, sql, column_aliases FROM ducklake_view"
          + " WHERE end_snapshot IS NULL ORDER BY view_id", readView),
      CatalogQuery(
        "SELECT object_id, value FROM ducklake_tag WHERE end_snapshot IS NULL AND key = 'comment'",
        readComment),
      CatalogQuery(
        "SELECT table_id, column_id, value FROM ducklake_column_tag"
          + " WHERE end_snapshot IS NULL AND key = 'comment'",
        readColumnComment),
      CatalogQuery(
        "SELECT table_id, column_id, column_name, column_type, nulls_allowed, parent_column, default_value,"
          + " default_value_type FROM ducklake_column WHERE end_snapshot IS NULL"
          + " ORDER BY table_id, column_order", readColumn),
      CatalogQuery(
        "SELECT c.table_id, c.transform, n.column_name FROM ducklake_partition_info i"
          + " JOIN ducklake_partition_column c ON c.partition_id = i.partition_id AND c.table_id = i.table_id"
          + " JOIN ducklake_column n ON n.table_id = c.table_id AND n.column_id = c.column_id"
          + " AND n.end_snapshot IS NULL WHERE i.end_snapshot IS NULL"
          + " ORDER BY c.table_id, c.partition_key_index", readPartitionKey),
      CatalogQuery(
        "SELECT macro_id, schema_id, macro_name FROM ducklake_macro WHERE end_snapshot IS NULL"
          + " ORDER BY macro_id", readMacro),
      CatalogQuery(
        "SELECT macro_id, impl_id, sql, type FROM ducklake_macro_impl ORDER BY macro_id, impl_id",
        readMacroBody),
      CatalogQuery(
        "SELECT macro_id, impl_id, parameter_name FROM ducklake_macro_parameters"
          + " ORDER BY macro_id, impl_id, column_id",
        readMacroParameter),
    ]
  }

  private func readNamespace(_ row: any CatalogRow) {
    guard let id = row.integer(0), let name = row.text(2) else { return }
    namespaceIndex[id] = schema.namespaces.count
    schema.namespaces.append(.init(id: id, uuid: row.text(1) ?? "", name: name))
  }

  private func readTable(_ row: any CatalogRow) {
    guard let id = row.integer(0), let schemaID = row.integer(2), let name = row.text(3) else { return }
    tableIndex[id] = schema.tables.count
    schema.tables.append(
      .init(
        id: id, uuid: row.text(1) ?? "", schemaID: schemaID, name: name, rowCount: row.integer(4),
        fileBytes: row.integer(5)))
  }

  private func readView(_ row: any CatalogRow) {
    guard let id = row.integer(0), let schemaID = row.integer(2), let name = row.text(3) else { return }
    viewIndex[id] = schema.views.count
    schema.views.append(
      .init(
        id: id, uuid: row.text(1) ?? "", schemaID: schemaID, name: name, sql: row.text(4) ?? "",
        columnAliases: row.text(5).flatMap { $0.isEmpty ? nil : $0 }))
  }

  private func readComment(_ row: any CatalogRow) {
    guard let id = row.integer(0) else { return }
    // Tables, views and schemas share one sequence of ids, except for the first schema, which is 0.
    if let index = tableIndex[id] { schema.tables[index].comment = row.text(1) }
    if let index = viewIndex[id] { schema.views[index].comment = row.text(1) }
    if let index = namespaceIndex[id] { schema.namespaces[index].comment = row.text(1) }
  }

  private func readColumnComment(_ row: any CatalogRow) {
    guard let table = row.integer(0), let column = row.integer(1) else { return }
    columnComments[ColumnKey(table: table, column: column)] = row.text(2)
  }

  private func readColumn(_ row: any CatalogRow) {
    guard let table = row.integer(0), let id = row.integer(1), let name = row.text(2) else { return }
    if let first = pending.first, first.table != table { finishColumns() }
    let typeName = row.text(3) ?? ""
    let parent = row.integer(5)
    let isExpression = row.text(7) == "expression"
    var defaultValue = row.text(6)
    if !isExpression, defaultValue == "NULL" { defaultValue = nil }
    var column = LakeSchema.Column(
      id: id, name: name, type: .invalid, isNullable: row.integer(4) != 0, defaultValue: defaultValue,
      defaultIsExpression: isExpression)
    if parent == nil, !columnComments.isEmpty {
      column.comment = columnComments[ColumnKey(table: table, column: id)]
    }
    if let type = types.flat(typeName) {
      column.type = type
      if parent == nil, pending.isEmpty {
        if let index = tableIndex[table] { schema.tables[index].columns.append(column) }
        return
      }
    }
    pending.append(PendingColumn(table: table, parent: parent, typeName: typeName, column: column))
  }

  /// Puts the nested columns of the tables seen so far together.
  private func finishColumns() {
    let columns = pending
    pending = []
    var children: [ColumnKey: [PendingColumn]] = [:]
    for column in columns {
      if let parent = column.parent {
        children[ColumnKey(table: column.table, column: parent), default: []].append(column)
      }
    }
    func type(of column: PendingColumn) -> LogicalType {
      if column.column.type != .invalid { return column.column.type }
      let below = children[ColumnKey(table: column.table, column: column.column.id)] ?? []
      return types.nested(
        column.typeName, below.map { LogicalType.Field(name: $0.column.name, type: type(of: $0)) })
    }
    for entry in columns where entry.parent == nil {
      var column = entry.column
      column.type = type(of: entry)
      guard let index = tableIndex[entry.table] else { continue }
      schema.tables[index].columns.append(column)
    }
  }

  private func readPartitionKey(_ row: any CatalogRow) {
    finishColumns()
    guard let table = row.integer(0), let index = tableIndex[table], let name = row.text(2) else { return }
    let transform = row.text(1) ?? "identity"
    let column = sqlIdentifier(name)
    let key: String
    if transform == "identity" {
      key = column
    } else if transform.hasPrefix("bucket("), transform.hasSuffix(")") {
      key = "bucket(\(transform.dropFirst(7).dropLast()), \(column))"
    } else {
      key = "\(transform)(\(column))"
    }
    schema.tables[index].partitionKeys.append(key)
  }

  private func readMacro(_ row: any CatalogRow) {
    guard let id = row.integer(0), let schemaID = row.integer(1), let name = row.text(2) else { return }
    macroIndex[id] = schema.macros.count
    schema.macros.append(.init(id: id, schemaID: schemaID, name: name))
  }

  private func readMacroBody(_ row: any CatalogRow) {
    guard let id = row.integer(0), let index = macroIndex[id] else { return }
    schema.macros[index].bodies.append(
      .init(sql: row.text(2) ?? "", returnsTable: row.text(3) == "table", parameters: []))
  }

  private func readMacroParameter(_ row: any CatalogRow) {
    guard let id = row.integer(0), let index = macroIndex[id], let body = row.integer(1),
      let name = row.text(2), schema.macros[index].bodies.indices.contains(Int(body))
    else { return }
    schema.macros[index].bodies[Int(body)].parameters.append(name)
  }
}

extension Snapshot {
  /// A row of `Lake.newestSnapshotSQL`.
  init(_ row: any CatalogRow) {
    self.init(
      id: row.integer(0) ?? -1, schemaVersion: row.integer(1) ?? 0,
      timeMicroseconds: microseconds(fromTimestamp: row.text(2) ?? ""))
  }
}
