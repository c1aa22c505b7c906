/// Settings of the data folder and comments on schemas.
extension ControlStore {
  package func setting(_ name: String) throws(ControlStoreError) -> String? {
    try read { connection throws(ControlStoreError) in
      try connection.query("SELECT value FROM settings WHERE name = ?", [.text(name)]).first?.first?.text
    }
  }

  /// Sets or, with nil, removes a setting.
  package func setSetting(_ name: String, to value: String?) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      if let value {
        try connection.query("INSERT OR REPLACE INTO settings VALUES (?, ?)", [.text(name), .text(value)])
      } else {
        try connection.query("DELETE FROM settings WHERE name = ?", [.text(name)])
      }
    }
  }

  /// Comments by the lake's id of the schema.
  package func schemaComments() throws(ControlStoreError) -> [Int64: String] {
    let rows = try read { connection throws(ControlStoreError) in
      try connection.query("SELECT schema_id, comment FROM schema_comments")
    }
    return Dictionary(rows.map { ($0[0].integer, $0[1].text ?? "") }) { first, _ in first }
  }

  /// Sets or, with nil, removes the comment on a schema.
  package func setSchemaComment(_ schemaID: Int64, to comment: String?) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      if let comment {
        let values: [SQLiteValue] = [.integer(schemaID), .text(comment)]
        try connection.query("INSERT OR REPLACE INTO schema_comments VALUES (?, ?)", values)
      } else {
        try connection.query("DELETE FROM schema_comments WHERE schema_id = ?", [.integer(schemaID)])
      }
    }
  }
}
