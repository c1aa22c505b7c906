/// Hexadecimal digits, lower case.
package enum Hex {
  /// The two digits of one byte.
  package static func text(of byte: UInt8) -> String {
    String(decoding: [digit(byte >> 4), digit(byte & 15)], as: UTF8.self)
  }

  /// Two digits for every byte.
  package static func text(of bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    for byte in bytes {
      digits.append(digit(byte >> 4))
      digits.append(digit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The ASCII digit of a number below 16.
  @inline(__always)
  package static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? nibble + 0x30 : nibble + 0x57
  }

  /// The bytes that such digits stand for; nil where one is missing or is none.
  package static func bytes(of text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { value(of: $0) }
    guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// The number of an ASCII digit in either case; nil for other bytes.
  @inline(__always)
  package static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }
}
