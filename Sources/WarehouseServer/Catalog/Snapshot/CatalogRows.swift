/// The rows that a ``CatalogSnapshot`` derives from its definition.
extension CatalogSnapshot {
  package struct SchemaRow: Sendable {
    package let oid: Int64
    package let name: String
    let comment: String?
  }

  package struct RelationRow: Sendable {
    package let oid: Int64
    package let schemaOID: Int64
    package let schemaName: String
    package let name: String
    /// `r` table, `v` view, `i` index.
    package let kind: String
    let isTemporary: Bool
    let columnCount: Int64
    var checkCount: Int64 = 0
    var hasIndex = false
    /// It refers to another relation or is referred to: PostgreSQL enforces that by triggers, for which clients
    /// look before they look for keys.
    var hasForeignKey = false
    let rowEstimate: Int64
    let byteEstimate: Int64
    let comment: String?
    let viewDefinition: String?
    /// Where its rows lie in the attributes.
    let attributes: Range<Int>
  }

  package struct AttributeRow: Sendable {
    let relationOID: Int64
    let schemaName: String
    let relationName: String
    let relationKind: String
    package let number: Int64
    package let name: String
    package let type: CatalogType
    package let modifier: Int64
    var dimensions: Int64 = 0
    var isNotNull = false
    var defaultValue: String?
    var comment: String?

    /// The column's type where it is one that the engine keeps as text.
    var declaredType: CatalogColumnType? {
      switch type.oid {
      case 1042, 1043, 1014, 1015: CatalogColumnType(oid: type.oid, modifier: modifier)
      default: nil
      }
    }
  }

  package struct ConstraintRow: Sendable {
    let oid: Int64
    let name: String
    let kind: CatalogKeys.Kind
    let schemaOID: Int64
    let schemaName: String
    let relationOID: Int64
    let relationName: String
    let columns: [Int64]
    let columnNames: [String]
    let indexOID: Int64
    let referencedOID: Int64
    let referencedSchemaName: String?
    let referencedRelationName: String?
    let referencedColumns: [Int64]
    let referencedColumnNames: [String]
    let referencedConstraintName: String?
    let onUpdate: String
    let onDelete: String
    let expression: String?
    let definition: String
  }

  package struct IndexRow: Sendable {
    let oid: Int64
    let name: String
    let schemaOID: Int64
    let schemaName: String
    let relationOID: Int64
    let relationName: String
    let columns: [Int64]
    let columnNames: [String]
    let isUnique: Bool
    let isPrimary: Bool

    /// As pg_get_indexdef gives it.
    var definition: String {
      let unique = isUnique ? "UNIQUE " : ""
      let table = "\(SQLName.quoted(schemaName)).\(SQLName.quoted(relationName))"
      let list = columnNames.map { SQLName.quoted($0) }.joined(separator: ", ")
      return "CREATE \(unique)INDEX \(SQLName.quoted(name)) ON \(table) USING btree (\(list))"
    }
  }

  package struct FunctionRow: Sendable {
    let oid: Int64
    let schemaOID: Int64
    let schemaName: String
    let name: String
    let parameters: [String]
    let returnType: Int64
    let definition: String
    let comment: String?
  }
}
