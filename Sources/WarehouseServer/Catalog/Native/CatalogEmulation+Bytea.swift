import DuckDB
import PostgresWire

extension CatalogEmulation {
  /// Text becomes a BLOB as it becomes a `bytea` in PostgreSQL: DuckDB would read `\x00ff` as the three bytes
  /// 0, `f`, `f`.
  func registerByteaCast(on connection: Connection) throws(DuckDBError) {
    try connection.register(
      CastFunction(from: .varchar, to: .blob) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          let text = call.input.text(row)
          guard let bytes = Self.bytes(ofBytea: text) else {
            call.fail("invalid input syntax for type bytea", row: row)
            continue
          }
          // Safe: the writer copies what it is given.
          unsafe bytes.withUnsafeBufferPointer { unsafe output.set($0, row) }
        }
      })
  }

  /// The bytes of PostgreSQL's forms of bytea, or of DuckDB's (`\x00` for a byte within text), which the engine's
  /// own literals have. Nil where the text is none of these.
  static func bytes(ofBytea text: String) -> [UInt8]? {
    if let bytes = try? ByteaText.decode(text) { return bytes }
    let input = Array(text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(input.count)
    var at = 0
    while at < input.count {
      if input[at] != UInt8(ascii: "\\") {
        bytes.append(input[at])
        at += 1
        continue
      }
      let rest = input[(at + 1)...].prefix(3)
      guard rest.count == 3, rest.first == UInt8(ascii: "x"),
        let byte = UInt8(String(decoding: rest.dropFirst(), as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(byte)
      at += 4
    }
    return bytes
  }
}
