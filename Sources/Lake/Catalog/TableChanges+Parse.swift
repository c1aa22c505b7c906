extension TableChanges {
  /// Adds one value of `ducklake_snapshot_changes.changes_made`: `kind:value` separated by commas, where a
  /// value is a number or a quoted name (https://ducklake.select/docs/stable/specification/tables).
  mutating func add(_ text: String) {
    var rest = text.utf8[...]
    while !rest.isEmpty {
      let kind = rest.prefix { $0 != UInt8(ascii: ":") }
      rest = rest.dropFirst(kind.count + 1)
      let value = Self.value(&rest)
      add(kind: String(Substring(kind)), table: Int64(value))
    }
  }

  /// The text up to the next comma outside of quotes.
  private static func value(_ rest: inout Substring.UTF8View) -> String {
    var value: [UInt8] = []
    var quoted = false
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if byte == UInt8(ascii: ","), !quoted { break }
      value.append(byte)
    }
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func add(kind: String, table: Int64?) {
    switch kind {
    case "inserted_into_table", "deleted_from_table", "inlined_insert", "inlined_delete":
      if let table { contents.insert(table) }
    case "altered_table", "dropped_table":
      if let table { contents.insert(table) }
      schema = true
    case "compacted_table", "merge_adjacent", "rewrite_delete", "flushed_inlined", "inline_flush":
      if let table { compacted.insert(table) }
    case "": break
    default: schema = true
    }
  }
}
