import Testing

/// A value as a real PostgreSQL sends it.
struct RecordedValue: Sendable, CustomTestStringConvertible {
  /// DuckDB's expression of the value.
  var sql: String
  var oid: UInt32
  var text: String
  var binary: [UInt8]

  var testDescription: String { sql }

  /// Reads blocks of `expression`, `= text`, `oid hex…`, with an empty line between them.
  static func parse(_ blocks: String) -> [RecordedValue] {
    blocks.split(separator: "\n\n").map { block in
      let lines = block.split(separator: "\n")
      let last = lines[2].split(separator: " ")
      let hex = last.dropFirst().joined() + lines.dropFirst(3).joined()
      return RecordedValue(
        sql: String(lines[0]), oid: UInt32(last[0]) ?? 0, text: String(lines[1].dropFirst(2)),
        binary: bytes(hex: hex))
    }
  }

  static func bytes(hex: some StringProtocol) -> [UInt8] {
    let digits = hex.utf8.map { $0 >= 0x61 ? $0 - 0x61 + 10 : $0 - 0x30 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
