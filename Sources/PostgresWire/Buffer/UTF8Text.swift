/// Checked conversions between bytes and text in the only encoding Martinet speaks, UTF-8.
package enum UTF8Text {
  /// The text of `bytes`; throws `.invalidEncoding` if they are not UTF-8.
  package static func string(_ bytes: UnsafeRawBufferPointer) throws(WireError) -> String {
    guard let text = String(validating: bytes.bindMemory(to: UInt8.self), as: UTF8.self) else {
      throw .invalidEncoding(describeInvalidSequence(in: bytes))
    }
    return text
  }

  /// True if all bytes are ASCII but none is zero: what most texts are, and found out fast.
  @inline(__always)
  static func isPlainASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let high: UInt64 = 0x8080_8080_8080_8080
    var index = 0
    var found: UInt64 = 0
    while index &+ 8 <= bytes.count {
      let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // The second part has the high bit of the lowest zero byte set, if there is one.
      found |= word | ((word &- 0x0101_0101_0101_0101) & ~word)
      index &+= 8
    }
    while index < bytes.count {
      let byte = base.load(fromByteOffset: index, as: UInt8.self)
      found |= UInt64(byte == 0 ? 0x80 : byte)
      index &+= 1
    }
    return found & high == 0
  }

  /// True if `bytes` are well-formed UTF-8.
  package static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    firstInvalidOffset(in: bytes) == nil
  }

  /// The first bytes that are not UTF-8, as PostgreSQL prints them: `0xe2 0x28 0xa1`.
  package static func describeInvalidSequence(in bytes: UnsafeRawBufferPointer) -> String {
    guard let start = firstInvalidOffset(in: bytes) else { return "" }
    let expected = sequenceLength(bytes[start])
    let shown = bytes[start..<min(start + expected, bytes.count)]
    return shown.map { "0x" + Hex.text(of: $0) }.joined(separator: " ")
  }

  /// Where the first malformed sequence begins; nil if all is well-formed.
  package static func firstInvalidOffset(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let count = bytes.count
    var index = 0
    while index < count {
      while index + 8 <= count,
        base.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
      }
      guard index < count else { break }
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      guard isWellFormed(bytes, at: index) else { return index }
      index += sequenceLength(lead)
    }
    return nil
  }

  /// The length that a lead byte announces; 1 for a byte that can't lead.
  static func sequenceLength(_ lead: UInt8) -> Int {
    if lead & 0xE0 == 0xC0 { return 2 }
    if lead & 0xF0 == 0xE0 { return 3 }
    if lead & 0xF8 == 0xF0 { return 4 }
    return 1
  }

  /// Table 3-7 of the Unicode standard: well-formed sequences of two to four bytes.
  private static func isWellFormed(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
    let lead = bytes[index]
    guard lead >= 0xC2, lead <= 0xF4 else { return false }
    let length = sequenceLength(lead)
    guard index + length <= bytes.count else { return false }
    let second = bytes[index + 1]
    switch lead {
    case 0xE0: guard second >= 0xA0, second <= 0xBF else { return false }
    case 0xED: guard second >= 0x80, second <= 0x9F else { return false }
    case 0xF0: guard second >= 0x90, second <= 0xBF else { return false }
    case 0xF4: guard second >= 0x80, second <= 0x8F else { return false }
    default: guard second & 0xC0 == 0x80 else { return false }
    }
    for position in (index + 2)..<max(index + length, index + 2) where bytes[position] & 0xC0 != 0x80 {
      return false
    }
    return true
  }
}
