import DuckDB

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

  /// The bytes of PostgreSQL's hex form (`\x00ff`) or escape form (`a\\b\000`); DuckDB's form of a byte (`\x00`
  /// within text) is read too. Nil where the text is none of these.
  static func bytes(ofBytea text: String) -> [UInt8]? {
    let input = Array(text.utf8)
    if input.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]), let bytes = hexBytes(input[2...]) {
      return bytes
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(input.count)
    var at = 0
    while at < input.count {
      guard input[at] == UInt8(ascii: "\\") else {
        bytes.append(input[at])
        at += 1
        continue
      }
      let rest = input[(at + 1)...].prefix(3)
      if rest.first == UInt8(ascii: "\\") {
        bytes.append(UInt8(ascii: "\\"))
        at += 2
      } else if rest.first == UInt8(ascii: "x"), rest.count == 3, let byte = hexBytes(rest.dropFirst()) {
        bytes += byte
        at += 4
      } else if rest.count == 3, let value = UInt8(String(decoding: rest, as: UTF8.self), radix: 8) {
        bytes.append(value)
        at += 4
      } else {
        return nil
      }
    }
    return bytes
  }

  private static func hexBytes(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var high: UInt8?
    for digit in digits {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
      if let first = high {
        bytes.append(first << 4 | UInt8(value))
        high = nil
      } else {
        high = UInt8(value)
      }
    }
    return bytes
  }
}
