/// The text forms of bytea: `\x` and hexadecimal digits, or the older one with octal escapes.
package enum ByteaText {
  /// The bytes; throws 22023 or 22P02 for a malformed text, in PostgreSQL's words.
  package static func decode(_ text: String) throws(PostgresError) -> [UInt8] {
    let source = Array(text.utf8)
    if source.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]) {
      return try decodeHex(source[2...])
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
      guard source[index] == UInt8(ascii: "\\") else {
        bytes.append(source[index])
        index += 1
        continue
      }
      if index + 1 < source.count, source[index + 1] == UInt8(ascii: "\\") {
        bytes.append(source[index + 1])
        index += 2
      } else if index + 3 < source.count, (0x30...0x33).contains(source[index + 1]),
        (0x30...0x37).contains(source[index + 2]), (0x30...0x37).contains(source[index + 3])
      {
        bytes.append(
          (source[index + 1] - 0x30) << 6 | (source[index + 2] - 0x30) << 3 | (source[index + 3] - 0x30))
        index += 4
      } else {
        throw PostgresError(.invalidTextRepresentation, "invalid input syntax for type bytea")
      }
    }
    return bytes
  }

  private static func decodeHex(_ digits: ArraySlice<UInt8>) throws(PostgresError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var upper: UInt8?
    for digit in digits {
      if upper == nil, [0x20, 0x09, 0x0A, 0x0D].contains(digit) { continue }
      guard let value = Hex.value(of: digit) else {
        let shown = String(decoding: [digit], as: UTF8.self)
        throw PostgresError(.invalidParameterValue, "invalid hexadecimal digit: \"\(shown)\"")
      }
      if let high = upper {
        bytes.append(high << 4 | value)
        upper = nil
      } else {
        upper = value
      }
    }
    guard upper == nil else {
      throw PostgresError(.invalidParameterValue, "invalid hexadecimal data: odd number of digits")
    }
    return bytes
  }
}
