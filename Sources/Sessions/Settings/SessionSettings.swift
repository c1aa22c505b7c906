package import PostgresWire

/// The settings of one session: transactional, as in PostgreSQL. A SET inside a transaction that
/// is rolled back is undone; SET LOCAL ends with the transaction.
package struct SessionSettings: Sendable {
  /// Values that differ from the built-in defaults, by lower-case name.
  private var values: [String: String] = [:]
  /// What RESET goes back to: server, user and startup packet, in rising order.
  private var defaults: [String: String] = [:]
  /// Values as they were when the transaction began; nil outside one.
  private var atBegin: [String: String]?
  /// Values that SET LOCAL covers, as they shall be after COMMIT (nil: the default).
  private var afterLocal: [String: String?] = [:]

  package init() {}

  /// Gives a new session's default, from the server's configuration, the user or the startup packet.
  package mutating func setDefault(_ name: String, to value: String) throws(PostgresError) {
    let definition = SettingDefinition.all[name.lowercased()]
    defaults[name.lowercased()] = try definition?.canonical(value) ?? value
  }

  /// A fact about the server or the session that no client may change.
  package mutating func preset(_ name: String, _ value: String) {
    defaults[name.lowercased()] = value
  }

  /// The value of a setting as SHOW prints it; nil where there is none of that name.
  package subscript(name: String) -> String? {
    let key = name.lowercased()
    return values[key] ?? defaults[key] ?? SettingDefinition.all[key]?.defaultValue
  }

  /// A time-out in milliseconds; 0 where it is off.
  package func milliseconds(_ name: String) -> Int {
    self[name].flatMap(SettingDefinition.milliseconds) ?? 0
  }

  /// Whether a Boolean setting is on.
  package func isOn(_ name: String) -> Bool { self[name] == "on" }

  /// SET, SET LOCAL and `set_config`. Nil stands for DEFAULT.
  ///
  /// - Returns: the value as SHOW prints it.
  @discardableResult
  package mutating func set(
    _ name: String, to value: String?, isLocal: Bool = false
  ) throws(PostgresError) -> String {
    let key = name.lowercased()
    let definition = SettingDefinition.all[key]
    if definition == nil, !key.contains(".") {
      throw PostgresError(
        .undefinedObject, "unrecognized configuration parameter \"\(name)\"")
    }
    if let refusal = definition?.refusal {
      // Clients that set a preset to what it already is mean no harm.
      if let value, value.lowercased() == self[key]?.lowercased() { return value }
      throw PostgresError(
        .cantChangeRuntimeParam,
        refusal == .preset
          ? "parameter \"\(name)\" cannot be changed"
          : "parameter \"\(name)\" cannot be changed without restarting the server")
    }
    let canonical = try value.map { text throws(PostgresError) in try definition?.canonical(text) ?? text }
    if isLocal {
      if afterLocal.index(forKey: key) == nil { afterLocal[key] = .some(values[key]) }
    } else {
      afterLocal.removeValue(forKey: key)
    }
    values[key] = canonical
    return self[key] ?? ""
  }

  /// The values that the session has changed, by lower-case name.
  package var changed: [String: String] { values }

  /// RESET ALL, and a part of DISCARD ALL.
  package mutating func resetAll() {
    values = [:]
    afterLocal = [:]
  }

  /// Remembers the values that a rollback brings back.
  package mutating func beginTransaction() {
    if atBegin == nil { atBegin = values }
  }

  /// Ends the scope of SET LOCAL (commit), or of every SET since the beginning (rollback).
  package mutating func endTransaction(committed: Bool) {
    if committed {
      for (key, value) in afterLocal { values[key] = value }
    } else if let atBegin {
      values = atBegin
    }
    values["transaction_read_only"] = nil
    values["transaction_isolation"] = nil
    atBegin = nil
    afterLocal = [:]
  }

  /// Settings for SHOW ALL and `pg_settings`: name, value, summary.
  package var all: [(name: String, value: String, summary: String)] {
    var rows = SettingDefinition.list.map {
      (name: $0.name, value: self[$0.name] ?? "", summary: $0.summary)
    }
    for key in Set(values.keys).union(defaults.keys).sorted() where SettingDefinition.all[key] == nil {
      rows.append((name: key, value: self[key] ?? "", summary: ""))
    }
    return rows
  }

  /// Names and values to announce when a session begins or where they changed.
  package var reported: [String: String] {
    var result: [String: String] = [:]
    for definition in SettingDefinition.list where definition.isReported {
      result[definition.name] = self[definition.name] ?? ""
    }
    return result
  }

  /// Schemas of `search_path` in order, unquoted, `"$user"` replaced.
  package func searchPath(user: String) -> [String] {
    Self.schemaList(self["search_path"] ?? "").map { $0 == "$user" ? user : $0 }
  }

  /// Splits a list of names: quoted ones keep their case, others are folded.
  package static func schemaList(_ text: String) -> [String] {
    var names: [String] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      rest = rest.drop { $0 == "," || $0.isWhitespace }
      guard let first = rest.first else { break }
      if first == "\"" {
        rest.removeFirst()
        var name = ""
        while let character = rest.popFirst() {
          if character == "\"" {
            guard rest.first == "\"" else { break }
            rest.removeFirst()
          }
          name.append(character)
        }
        names.append(name)
      } else {
        let word = rest.prefix { $0 != "," && !$0.isWhitespace }
        rest = rest.dropFirst(word.count)
        names.append(word.lowercased())
      }
    }
    return names.filter { !$0.isEmpty }
  }
}
