/// A key or check that was declared on a table of the lake and is not enforced.
package struct Constraint: Sendable, Equatable {
  package enum Kind: String, Sendable {
    case primaryKey = "p"
    case unique = "u"
    case foreignKey = "f"
    case check = "c"
  }

  /// Stable; 0 until it is stored.
  package var id: Int64
  /// The lake's id of the table, which survives renaming.
  package var tableID: Int64
  package var name: String
  package var kind: Kind
  package var columns: [String]
  package var referencedTableID: Int64?
  package var referencedColumns: [String]
  /// PostgreSQL's letters: `a` no action, `r` restrict, `c` cascade, `n` set null, `d` set default.
  package var onUpdate: String
  package var onDelete: String
  /// As it was declared; for a check its condition.
  package var definition: String

  package init(
    id: Int64 = 0, tableID: Int64, name: String, kind: Kind, columns: [String],
    referencedTableID: Int64? = nil, referencedColumns: [String] = [], onUpdate: String = "a",
    onDelete: String = "a", definition: String
  ) {
    self.id = id
    self.tableID = tableID
    self.name = name
    self.kind = kind
    self.columns = columns
    self.referencedTableID = referencedTableID
    self.referencedColumns = referencedColumns
    self.onUpdate = onUpdate
    self.onDelete = onDelete
    self.definition = definition
  }
}
