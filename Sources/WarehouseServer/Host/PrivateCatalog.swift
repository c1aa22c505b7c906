import DuckDB
import Lake

/// The catalog as one connection sees it, with its temporary tables and definitions that are not committed.
enum PrivateCatalog {
  /// Ids of relations that are not committed start here: no committed one reaches them.
  private static let firstUncommittedID: Int64 = 1 << 27

  /// Asks the engine. Relations that are committed keep their ids.
  ///
  /// - Parameter types: declared types that the control store has not, or not yet.
  static func read(
    through engine: EngineSession, committed: CatalogSnapshot, keys: CatalogKeys, types: PrivateTypes
  ) throws -> CatalogSnapshot {
    var definition = CatalogDefinition()
    let databases = "database_name IN ('\(Lake.databaseName)', 'temp')"
    var nextID = firstUncommittedID
    for row in try engine.texts(
      "SELECT schema_name FROM duckdb_schemas() WHERE database_name = '\(Lake.databaseName)'")
    {
      guard let name = row[0], name != "main" else { continue }
      let id = committed.schema(named: name).map { $0.oid - CatalogOID.object(0) }
      definition.schemas.append(CatalogDefinition.Schema(id: id ?? nextID, name: name))
      if id == nil { nextID += 1 }
    }
    if engine.hasTemporaryObjects {
      definition.schemas.append(CatalogDefinition.Schema(id: 0, name: CatalogOID.temporarySchemaName))
    }
    var columns: [String: [CatalogDefinition.Column]] = [:]
    for row in try engine.texts(
      "SELECT database_name, schema_name, table_name, column_name, data_type, is_nullable, column_default,"
        + " comment FROM duckdb_columns() WHERE \(databases) AND NOT internal"
        + " ORDER BY database_name, schema_name, table_name, column_index")
    {
      let (name, type) = (row[3] ?? "", row[4] ?? "VARCHAR")
      let declared =
        types.type(of: name, schema: schema(row), table: row[2] ?? "")
        ?? committed.relation(schema: schema(row), name: row[2] ?? "").flatMap { relation in
          committed.attributes(of: relation).first { $0.name == name }?.declaredType
        }
      columns[key(row), default: []].append(
        CatalogDefinition.Column(
          name: name, engineType: type, declaredType: type.hasPrefix("VARCHAR") ? declared : nil,
          isNullable: row[5] != "false", defaultValue: row[6], comment: row[7]))
    }
    for row in try engine.texts(
      "SELECT database_name, schema_name, table_name, NULL, comment FROM duckdb_tables()"
        + " WHERE \(databases) AND NOT internal UNION ALL"
        + " SELECT database_name, schema_name, view_name, sql, comment FROM duckdb_views()"
        + " WHERE \(databases) AND NOT internal")
    {
      let schema = schema(row)
      let isTemporary = row[0] == "temp"
      let known =
        isTemporary
        ? nil : committed.relation(schema: schema, name: row[2] ?? "").map { $0.oid - CatalogOID.object(0) }
      definition.relations.append(
        CatalogDefinition.Relation(
          id: known ?? nextID, schema: schema, name: row[2] ?? "", viewDefinition: row[3],
          isTemporary: isTemporary, columns: columns[key(row)] ?? [], comment: row[4]))
      if known == nil { nextID += 1 }
    }
    return CatalogSnapshot(definition, keys: keys)
  }

  /// Temporary objects lie in a schema of their own.
  private static func schema(_ row: [String?]) -> String {
    row[0] == "temp" ? CatalogOID.temporarySchemaName : row[1] ?? ""
  }

  private static func key(_ row: [String?]) -> String {
    row.prefix(3).map { $0 ?? "" }.joined(separator: "\u{0}")
  }
}
