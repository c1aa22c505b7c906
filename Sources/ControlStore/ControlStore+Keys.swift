/// Declared keys, checks and indexes.
extension ControlStore {
  /// All constraints in the order in which they were declared.
  package func constraints() throws(ControlStoreError) -> [Constraint] {
    let rows = try read { connection throws(ControlStoreError) in
      try connection.query("SELECT \(Self.constraintColumns) FROM constraints ORDER BY id")
    }
    return rows.map(Self.constraint)
  }

  package func constraints(ofTable tableID: Int64) throws(ControlStoreError) -> [Constraint] {
    let rows = try read { connection throws(ControlStoreError) in
      let sql = "SELECT \(Self.constraintColumns) FROM constraints WHERE table_id = ? ORDER BY id"
      return try connection.query(sql, [.integer(tableID)])
    }
    return rows.map(Self.constraint)
  }

  /// Stores all of them or none. Their ids are given by the store.
  package func addConstraints(_ constraints: [Constraint]) throws(ControlStoreError) {
    guard !constraints.isEmpty else { return }
    try write { connection throws(ControlStoreError) in
      for constraint in constraints {
        do throws(ControlStoreError) {
          try connection.query(
            """
            INSERT INTO constraints (table_id, name, kind, columns, referenced_table_id, referenced_columns,
              on_update, on_delete, definition) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
              .integer(constraint.tableID), .text(constraint.name), .text(constraint.kind.rawValue),
              .text(NameList.encode(constraint.columns)), SQLiteValue(constraint.referencedTableID),
              .text(NameList.encode(constraint.referencedColumns)), .text(constraint.onUpdate),
              .text(constraint.onDelete), .text(constraint.definition),
            ])
        } catch  where error.code == .alreadyExists {
          throw ControlStoreError(.alreadyExists, "constraint \"\(constraint.name)\" already exists")
        }
      }
    }
  }

  package func removeConstraint(_ name: String, ofTable tableID: Int64) throws(ControlStoreError) {
    try change(
      "constraint", name, "DELETE FROM constraints WHERE table_id = ? AND name = ?",
      [.integer(tableID), .text(name)])
  }

  package func renameConstraint(
    _ name: String, ofTable tableID: Int64, to newName: String
  ) throws(ControlStoreError) {
    try change(
      "constraint", name, "UPDATE constraints SET name = ? WHERE table_id = ? AND name = ?",
      [.text(newName), .integer(tableID), .text(name)])
  }

  /// All indexes in the order in which they were declared.
  package func indexes() throws(ControlStoreError) -> [Index] {
    let rows = try read { connection throws(ControlStoreError) in
      try connection.query(
        "SELECT id, table_id, name, is_unique, columns, definition FROM indexes ORDER BY id")
    }
    return rows.map { row in
      Index(
        id: row[0].integer, tableID: row[1].integer, name: row[2].text ?? "", isUnique: row[3].flag,
        columns: NameList.decode(row[4].text ?? ""), definition: row[5].text ?? "")
    }
  }

  /// Stores an index; its id is given by the store.
  package func addIndex(_ index: Index) throws(ControlStoreError) {
    do throws(ControlStoreError) {
      try write { connection throws(ControlStoreError) in
        try connection.query(
          "INSERT INTO indexes (table_id, name, is_unique, columns, definition) VALUES (?, ?, ?, ?, ?)",
          [
            .integer(index.tableID), .text(index.name), SQLiteValue(index.isUnique),
            .text(NameList.encode(index.columns)), .text(index.definition),
          ])
      }
    } catch  where error.code == .alreadyExists {
      throw ControlStoreError(.alreadyExists, "relation \"\(index.name)\" already exists")
    }
  }

  package func removeIndex(_ name: String, ofTable tableID: Int64) throws(ControlStoreError) {
    try change(
      "index", name, "DELETE FROM indexes WHERE table_id = ? AND name = ?", [.integer(tableID), .text(name)])
  }

  package func renameIndex(
    _ name: String, ofTable tableID: Int64, to newName: String
  ) throws(ControlStoreError) {
    try change(
      "index", name, "UPDATE indexes SET name = ? WHERE table_id = ? AND name = ?",
      [.text(newName), .integer(tableID), .text(name)])
  }

  /// Forgets what was declared on a table that is gone, and the foreign keys that point at it.
  package func removeTable(_ tableID: Int64) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      let id = SQLiteValue.integer(tableID)
      try connection.query("DELETE FROM constraints WHERE table_id = ? OR referenced_table_id = ?", [id, id])
      try connection.query("DELETE FROM indexes WHERE table_id = ?", [id])
      try connection.query("DELETE FROM declared_types WHERE table_id = ?", [id])
    }
  }

  /// Gives what was declared on a table, and the foreign keys that point at it, to the one in its place.
  package func moveTable(_ tableID: Int64, to newID: Int64) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      let ids: [SQLiteValue] = [.integer(newID), .integer(tableID)]
      try connection.query("UPDATE constraints SET table_id = ? WHERE table_id = ?", ids)
      try connection.query(
        "UPDATE constraints SET referenced_table_id = ? WHERE referenced_table_id = ?", ids)
      try connection.query("UPDATE indexes SET table_id = ? WHERE table_id = ?", ids)
    }
  }

  /// Follows the renaming of a column.
  package func renameColumn(
    _ name: String, ofTable tableID: Int64, to newName: String
  ) throws(ControlStoreError) {
    try changeColumns(ofTable: tableID) { columns in columns.map { $0 == name ? newName : $0 } }
  }

  /// Forgets the constraints and indexes that need a column that is gone.
  package func removeColumn(_ name: String, ofTable tableID: Int64) throws(ControlStoreError) {
    try changeColumns(ofTable: tableID) { columns in columns.contains(name) ? nil : columns }
  }

  /// Gives every list of this table's columns to `change`; nil removes what has the list.
  private func changeColumns(
    ofTable tableID: Int64, _ change: @Sendable ([String]) -> [String]?
  ) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      for (table, owner, list) in [
        ("constraints", "table_id", "columns"), ("constraints", "referenced_table_id", "referenced_columns"),
        ("indexes", "table_id", "columns"),
      ] {
        let rows = try connection.query(
          "SELECT id, \(list) FROM \(table) WHERE \(owner) = ?", [.integer(tableID)])
        for row in rows {
          let before = NameList.decode(row[1].text ?? "")
          guard let after = change(before) else {
            try connection.query("DELETE FROM \(table) WHERE id = ?", [row[0]])
            continue
          }
          guard after != before else { continue }
          try connection.query(
            "UPDATE \(table) SET \(list) = ? WHERE id = ?", [.text(NameList.encode(after)), row[0]])
        }
      }
    }
  }

  private func change(
    _ noun: String, _ name: String, _ sql: String, _ parameters: [SQLiteValue]
  ) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      try connection.query(sql, parameters)
      guard connection.changes > 0 else {
        throw ControlStoreError(.notFound, "\(noun) \"\(name)\" does not exist")
      }
    }
  }

  private static let constraintColumns = """
    id, table_id, name, kind, columns, referenced_table_id, referenced_columns, on_update, on_delete, definition
    """

  private static func constraint(_ row: [SQLiteValue]) -> Constraint {
    Constraint(
      id: row[0].integer, tableID: row[1].integer, name: row[2].text ?? "",
      kind: Constraint.Kind(rawValue: row[3].text ?? "") ?? .check,
      columns: NameList.decode(row[4].text ?? ""),
      referencedTableID: row[5] == .null ? nil : row[5].integer,
      referencedColumns: NameList.decode(row[6].text ?? ""), onUpdate: row[7].text ?? "a",
      onDelete: row[8].text ?? "a", definition: row[9].text ?? "")
  }
}
