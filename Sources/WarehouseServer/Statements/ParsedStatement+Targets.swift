import PostgresWire
import SQLFront

extension ParsedStatement {
  /// The names of what the statement changes or defines.
  private var targets: [QualifiedName] {
    switch statement {
    case .createTable(let statement): [statement.name] + statement.likes
    case .createView(let statement): [statement.name]
    case .createFunction(let statement): [statement.name]
    case .createIndex(let statement): [statement.table]
    case .alter(let statement): [statement.name]
    case .drop(let statement): statement.names
    case .truncate(let statement): statement.tables
    case .comment(let statement): [statement.object]
    default: target.map { [$0] } ?? []
    }
  }

  /// Only the lake and temporary tables can be changed: other databases are the server's own.
  ///
  /// - Throws: 42501 or 0A000. A name of two parts may be a schema's or a database's for the engine, so both
  ///   are looked at.
  func checkTargets(database: String) throws(PostgresError) {
    for name in targets {
      if let other = name.database, other != database, other != "temp" {
        throw PostgresError(
          .featureNotSupported, "cross-database references are not implemented: \"\(other).\(name.name)\"")
      }
      if changesRows, Self.isCatalog(name) {
        throw PostgresError(
          .insufficientPrivilege, "permission denied: \"\(name.name)\" is a system catalog")
      }
      if name.schema == nil, removes, Self.isServersOwn(name.name) {
        throw PostgresError(
          .insufficientPrivilege, "permission denied: \"\(name.name)\" is required by the database system")
      }
      for part in [name.database, name.schema, isSchemaStatement ? name.name : nil] {
        guard let part, Self.isReserved(part) else { continue }
        throw PostgresError(.insufficientPrivilege, "permission denied for schema \(part)")
      }
    }
    if case .createSchema(let schema) = statement, Self.isReserved(schema.name) {
      throw PostgresError(
        .reservedName, "unacceptable schema name \"\(schema.name)\"",
        detail: "The name is reserved for the server.")
    }
  }

  /// Changes the rows of a table that exists.
  private var changesRows: Bool {
    switch statement {
    case .insert, .update, .delete, .merge, .truncate, .copy: true
    default: false
    }
  }

  /// DROP and ALTER find unqualified names on the whole search path, the server's own schema included.
  private var removes: Bool {
    switch statement {
    case .drop, .alter: true
    default: false
    }
  }

  private static func isCatalog(_ name: QualifiedName) -> Bool {
    guard name.schema == nil || name.schema == "pg_catalog" else { return false }
    return catalogNames.contains(name.name)
  }

  private static let catalogNames = Set(
    CatalogShape.all.filter { $0.schema == .catalog }.map(\.name))

  /// A relation or function that the emulation of PostgreSQL's catalogs is made of.
  private static func isServersOwn(_ name: String) -> Bool {
    let folded = name.lowercased()
    return folded.hasPrefix("pg_") || CatalogMacros.names.contains(folded)
  }

  private var isSchemaStatement: Bool {
    switch statement {
    case .drop(let statement): statement.objectKind == "schema"
    case .alter(let statement): statement.objectKind == "schema"
    default: false
    }
  }

  private static func isReserved(_ name: String) -> Bool {
    let folded = name.lowercased()
    return ["system", "memory", "martinet_catalog", "martinet", "pg_catalog", "information_schema"]
      .contains(folded) || folded.hasPrefix("__ducklake") || folded.hasPrefix("pg_") && folded != "pg_temp"
  }
}
