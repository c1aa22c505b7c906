import ControlStore
import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// Types that tables were declared with and the engine does not keep: `varchar(40)` is text to it.
extension Session {
  /// The engine's columns as clients see them.
  func outputColumns(_ columns: [ResultColumn], of parsed: ParsedStatement? = nil) -> [OutputColumn] {
    let named = parsed?.mentionsCatalog == true ? columns.namingObjectIDs : columns
    var result = named.map { OutputColumn(name: $0.name, type: ColumnType($0.type)) }
    guard let parsed, columns.contains(where: { Self.isText($0.type) }) else { return result }
    if case .fetch(let fetch) = parsed.statement { return cursors[fetch.cursor]?.columns ?? result }
    for (index, type) in declaredTypes(of: parsed, columns).enumerated()
    where Self.isText(columns[index].type) {
      guard let type else { continue }
      result[index].type.oid = UInt32(type.oid)
      result[index].type.modifier = Int32(type.modifier)
    }
    return result
  }

  private static func isText(_ type: LogicalType) -> Bool {
    switch type {
    case .varchar, .list(.varchar): true
    default: false
    }
  }

  /// What a query's columns were declared with, where they plainly are columns of tables.
  private func declaredTypes(of parsed: ParsedStatement, _ columns: [ResultColumn]) -> [CatalogColumnType?] {
    guard parsed.statement.isQuery, let origins = ColumnOrigins(parsed), !origins.tables.isEmpty else {
      return columns.map { _ in nil }
    }
    return declaredColumns.types(of: origins, names: columns.map(\.name))
  }

  /// The columns of tables by the names that this session's statements may use.
  private var declaredColumns: DeclaredColumns {
    let path = settings.searchPath(user: user.name)
    let catalog =
      (try? engine.hasPrivateDefinitions && !privateTypes.isEmpty ? catalogSnapshot() : nil)
      ?? server.host.catalog
    return DeclaredColumns(path: [CatalogOID.temporarySchemaName] + path, in: catalog)
  }

  // MARK: Definitions

  /// The types of a new table's columns, from their definitions or from the table that it is like.
  func declaredTypes(of statement: CreateTable) throws -> [String: DeclaredType?] {
    var types: [String: DeclaredType?] = [:]
    for table in statement.likes {
      types.merge(declaredTypes(of: table)) { _, new in new }
    }
    for column in statement.columns {
      if let type = DeclaredType(sql: column.type) { types[column.name] = type }
    }
    return types
  }

  /// The declared types of a table's columns, by name.
  func declaredTypes(of table: QualifiedName) -> [String: DeclaredType?] {
    var types: [String: DeclaredType?] = [:]
    for column in declaredColumns.columns(table) ?? [] {
      if let type = column.type { types[column.name] = DeclaredType(oid: type.oid, modifier: type.modifier) }
    }
    return types
  }

  /// The types of the columns of CREATE TABLE AS.
  func declaredTypes(ofQueryIn parsed: ParsedStatement) throws -> [String: DeclaredType?] {
    [:]
  }

  /// Keeps a new table's types: for all in the control store, for a temporary table in the session.
  func record(_ types: [String: DeclaredType?], of statement: CreateTable) throws {
    if statement.isTemporary || statement.name.schema == CatalogOID.temporarySchemaName {
      privateTypes.setTemporary(types, of: statement.name.name)
    } else if !types.isEmpty {
      try recordKeys([.declareTypes(statement.name, types)])
    }
  }

  /// A table is gone.
  func forgetDeclared(_ table: QualifiedName) {
    declaredKeys.forget(table)
    privateTypes.forget(table)
  }
}
