package import PostgresWire

extension ControlStore {
  /// PostgreSQL's limit on a name, in bytes.
  package static let maximumNameBytes = 63

  /// All users by name.
  package func users() throws(ControlStoreError) -> [User] {
    try read { connection throws(ControlStoreError) in
      try Self.users(connection, "ORDER BY name", [])
    }
  }

  package func user(named name: String) throws(ControlStoreError) -> User? {
    try read { connection throws(ControlStoreError) in
      try Self.users(connection, "WHERE name = ?", [.text(name)]).first
    }
  }

  @discardableResult
  package func addUser(
    name: String, verifier: SCRAMVerifier, isSuperuser: Bool = false
  ) throws(ControlStoreError) -> User {
    try Self.requireUserName(name)
    return try write { connection throws(ControlStoreError) in
      guard try Self.users(connection, "WHERE name = ?", [.text(name)]).isEmpty else {
        throw ControlStoreError(.alreadyExists, "user \"\(name)\" already exists")
      }
      try connection.query(
        "INSERT INTO users (name, verifier, superuser) VALUES (?, ?, ?)",
        [.text(name), .text(verifier.text), SQLiteValue(isSuperuser)])
      guard let user = try Self.users(connection, "WHERE name = ?", [.text(name)]).first else {
        throw ControlStoreError(.other, "user \"\(name)\" was not stored")
      }
      return user
    }
  }

  package func setVerifier(ofUser name: String, to verifier: SCRAMVerifier) throws(ControlStoreError) {
    try changeUser(name, "UPDATE users SET verifier = ? WHERE name = ?", [.text(verifier.text), .text(name)])
  }

  package func setSuperuser(ofUser name: String, to isSuperuser: Bool) throws(ControlStoreError) {
    let values: [SQLiteValue] = [SQLiteValue(isSuperuser), .text(name)]
    try changeUser(name, "UPDATE users SET superuser = ? WHERE name = ?", values)
  }

  package func renameUser(_ name: String, to newName: String) throws(ControlStoreError) {
    try Self.requireUserName(newName)
    do throws(ControlStoreError) {
      try changeUser(name, "UPDATE users SET name = ? WHERE name = ?", [.text(newName), .text(name)])
    } catch  where error.code == .alreadyExists {
      throw ControlStoreError(.alreadyExists, "user \"\(newName)\" already exists")
    }
  }

  /// Removes a user and the user's settings.
  package func removeUser(_ name: String) throws(ControlStoreError) {
    try changeUser(name, "DELETE FROM users WHERE name = ?", [.text(name)])
  }

  /// Sets or, with nil, removes a setting that the user's sessions start with.
  package func setUserSetting(
    user name: String, _ setting: String, to value: String?
  ) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      guard let user = try Self.users(connection, "WHERE name = ?", [.text(name)]).first else {
        throw Self.noUser(name)
      }
      if let value {
        try connection.query(
          "INSERT OR REPLACE INTO user_settings VALUES (?, ?, ?)",
          [.integer(user.id), .text(setting), .text(value)])
      } else {
        try connection.query(
          "DELETE FROM user_settings WHERE user_id = ? AND name = ?", [.integer(user.id), .text(setting)])
      }
    }
  }

  /// Removes all settings that the user's sessions start with (ALTER ROLE … RESET ALL).
  package func removeUserSettings(user name: String) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      guard let user = try Self.users(connection, "WHERE name = ?", [.text(name)]).first else {
        throw Self.noUser(name)
      }
      try connection.query("DELETE FROM user_settings WHERE user_id = ?", [.integer(user.id)])
    }
  }

  private func changeUser(
    _ name: String, _ sql: String, _ parameters: [SQLiteValue]
  ) throws(ControlStoreError) {
    try write { connection throws(ControlStoreError) in
      try connection.query(sql, parameters)
      guard connection.changes > 0 else { throw Self.noUser(name) }
    }
  }

  private static func noUser(_ name: String) -> ControlStoreError {
    ControlStoreError(.notFound, "user \"\(name)\" does not exist")
  }

  private static func users(
    _ connection: SQLiteConnection, _ condition: String, _ parameters: [SQLiteValue]
  ) throws(ControlStoreError) -> [User] {
    let sql = "SELECT id, name, verifier, superuser, created_at FROM users "
    var users: [User] = []
    for row in try connection.query(sql + condition, parameters) {
      guard let name = row[1].text, let verifier = row[2].text.flatMap({ SCRAMVerifier($0) }) else {
        throw ControlStoreError(.corrupt, "the entry of user \"\(row[1].text ?? "?")\" cannot be read")
      }
      let pairs = try connection.query("SELECT name, value FROM user_settings WHERE user_id = ?", [row[0]])
      let settings = Dictionary(pairs.map { ($0[0].text ?? "", $0[1].text ?? "") }) { first, _ in first }
      users.append(
        User(
          id: row[0].integer, name: name, verifier: verifier, isSuperuser: row[3].flag,
          createdAt: row[4].text ?? "", settings: settings))
    }
    return users
  }

  private static func requireUserName(_ name: String) throws(ControlStoreError) {
    guard !name.isEmpty, name.utf8.count <= maximumNameBytes else {
      throw ControlStoreError(.invalid, "a user name must have 1 to \(maximumNameBytes) bytes")
    }
    guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
      throw ControlStoreError(.invalid, "a user name must not contain control characters")
    }
    guard !name.lowercased().hasPrefix("pg_"), !["public", "none"].contains(name.lowercased()) else {
      throw ControlStoreError(.invalid, "the user name \"\(name)\" is reserved")
    }
  }
}
