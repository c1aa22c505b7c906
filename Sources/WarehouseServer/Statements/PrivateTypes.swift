import ControlStore
import SQLFront

/// Declared types of the tables that one session alone sees: temporary ones, and those of its open transaction.
struct PrivateTypes {
  private var temporary: [String: [String: DeclaredType?]] = [:]
  private var uncommitted: [QualifiedName: [String: DeclaredType?]] = [:]

  var isEmpty: Bool { temporary.isEmpty && uncommitted.isEmpty }

  mutating func add(_ types: [String: DeclaredType?], to table: QualifiedName) {
    uncommitted[table, default: [:]].merge(types) { _, new in new }
  }

  /// A temporary table was made.
  mutating func setTemporary(_ types: [String: DeclaredType?], of table: String) {
    temporary[table] = types.isEmpty ? nil : types
  }

  /// A table of the transaction got another name.
  mutating func follow(_ table: QualifiedName, to name: QualifiedName) {
    uncommitted[name] = uncommitted.removeValue(forKey: table)
  }

  mutating func renameColumn(_ column: String, of table: QualifiedName, to name: String) {
    if let type = uncommitted[table]?.removeValue(forKey: column) { uncommitted[table]?[name] = type }
  }

  mutating func forget(_ table: QualifiedName) {
    uncommitted[table] = nil
    if table.schema == nil || table.schema == CatalogOID.temporarySchemaName { temporary[table.name] = nil }
  }

  /// The control store has the transaction's types now, or they are gone.
  mutating func endTransaction() { uncommitted = [:] }

  /// What a column was declared with; nil where nothing is known.
  func type(of column: String, schema: String, table: String) -> CatalogColumnType? {
    if schema == CatalogOID.temporarySchemaName {
      return temporary[table]?[column].flatMap { $0 }.map(CatalogColumnType.init)
    }
    for name in [QualifiedName(schema: schema, name: table), QualifiedName(name: table)] {
      if let type = uncommitted[name]?[column] { return type.map(CatalogColumnType.init) }
    }
    return nil
  }
}

extension CatalogColumnType {
  init(_ declared: DeclaredType) {
    self.init(oid: declared.oid, modifier: declared.modifier)
  }
}
