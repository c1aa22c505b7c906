/// Declared types of columns, by the lake's ids of table and column, which survive renaming.
extension ControlStore {
  /// All of them: by table, then by column. Tables and columns that are gone may be among them.
  package func declaredTypes() throws(ControlStoreError) -> [Int64: [Int64: DeclaredType]] {
    let rows = try read { connection throws(ControlStoreError) in
      try connection.query("SELECT table_id, column_id, type_oid, type_modifier FROM declared_types")
    }
    var types: [Int64: [Int64: DeclaredType]] = [:]
    for row in rows {
      types[row[0].integer, default: [:]][row[1].integer] = DeclaredType(
        oid: row[2].integer, modifier: row[3].integer)
    }
    return types
  }

  /// Stores types of a table's columns; nil forgets one.
  package func setDeclaredTypes(
    _ types: [Int64: DeclaredType?], ofTable tableID: Int64
  ) throws(ControlStoreError) {
    guard !types.isEmpty else { return }
    try write { connection throws(ControlStoreError) in
      for (columnID, type) in types {
        let key: [SQLiteValue] = [.integer(tableID), .integer(columnID)]
        if let type {
          try connection.query(
            "INSERT OR REPLACE INTO declared_types VALUES (?, ?, ?, ?)",
            key + [.integer(type.oid), .integer(type.modifier)])
        } else {
          try connection.query("DELETE FROM declared_types WHERE table_id = ? AND column_id = ?", key)
        }
      }
    }
  }
}
