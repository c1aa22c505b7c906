/// An index that was declared on a table of the lake. The lake has none; it is remembered for clients that
/// look for what they made.
package struct Index: Sendable, Equatable {
  /// Stable; 0 until it is stored.
  package var id: Int64
  /// The lake's id of the table, which survives renaming.
  package var tableID: Int64
  package var name: String
  package var isUnique: Bool
  /// Column names or expressions.
  package var columns: [String]
  /// As it was declared.
  package var definition: String

  package init(
    id: Int64 = 0, tableID: Int64, name: String, isUnique: Bool = false, columns: [String], definition: String
  ) {
    self.id = id
    self.tableID = tableID
    self.name = name
    self.isUnique = isUnique
    self.columns = columns
    self.definition = definition
  }
}
