/// Keys, checks and indexes that were declared and are not enforced: the lake can't hold them, so they
/// come from the control store. They name tables and columns, which makes them survive reloads.
package struct CatalogKeys: Sendable {
  package var constraints: [Constraint]
  package var indexes: [Index]

  package init(constraints: [Constraint] = [], indexes: [Index] = []) {
    self.constraints = constraints
    self.indexes = indexes
  }

  package enum Kind: String, Sendable {
    case primaryKey = "p"
    case unique = "u"
    case foreignKey = "f"
    case check = "c"
  }

  /// `a` no action, `r` restrict, `c` cascade, `n` set null, `d` set default: PostgreSQL's letters.
  package typealias ReferentialAction = String

  package struct Constraint: Sendable {
    package var id: Int64
    package var kind: Kind
    package var name: String
    package var schema: String
    package var table: String
    package var columns: [String]
    package var referencedSchema: String?
    package var referencedTable: String?
    package var referencedColumns: [String]
    package var onUpdate: ReferentialAction
    package var onDelete: ReferentialAction
    /// The condition of a check.
    package var expression: String?

    package init(
      id: Int64, kind: Kind, name: String, schema: String, table: String, columns: [String],
      referencedSchema: String? = nil, referencedTable: String? = nil, referencedColumns: [String] = [],
      onUpdate: ReferentialAction = "a", onDelete: ReferentialAction = "a", expression: String? = nil
    ) {
      self.id = id
      self.kind = kind
      self.name = name
      self.schema = schema
      self.table = table
      self.columns = columns
      self.referencedSchema = referencedSchema
      self.referencedTable = referencedTable
      self.referencedColumns = referencedColumns
      self.onUpdate = onUpdate
      self.onDelete = onDelete
      self.expression = expression
    }
  }

  /// An index that was declared with CREATE INDEX.
  package struct Index: Sendable {
    package var id: Int64
    package var name: String
    package var schema: String
    package var table: String
    package var columns: [String]
    package var isUnique: Bool

    package init(
      id: Int64, name: String, schema: String, table: String, columns: [String], isUnique: Bool = false
    ) {
      self.id = id
      self.name = name
      self.schema = schema
      self.table = table
      self.columns = columns
      self.isUnique = isUnique
    }
  }
}
