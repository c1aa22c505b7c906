/// `text` as a string literal of SQL.
package func sqlLiteral(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// `name` as a quoted identifier of SQL.
package func sqlIdentifier(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

/// `text` with every `part` of it replaced.
func replacing(_ part: String, in text: String, by other: String) -> String {
  let wanted = Array(part.utf8)
  let bytes = Array(text.utf8)
  guard !wanted.isEmpty, bytes.count >= wanted.count else { return text }
  var result: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if index + wanted.count <= bytes.count, bytes[index..<(index + wanted.count)].elementsEqual(wanted) {
      result += other.utf8
      index += wanted.count
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}
