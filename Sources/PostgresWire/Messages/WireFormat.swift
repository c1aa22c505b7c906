/// How a value is written: as text or in the binary form of its type.
package enum WireFormat: Int16, Sendable {
  case text = 0
  case binary = 1

  /// Reads a format code.
  init(decoding body: inout WireReader) throws(WireError) {
    let code = try body.read(Int16.self)
    guard let format = WireFormat(rawValue: code) else {
      throw WireError(kind: .unsupportedFormat, message: "unsupported format code: \(code)")
    }
    self = format
  }

  /// Reads a count and as many format codes.
  static func decodeList(_ body: inout WireReader) throws(WireError) -> [WireFormat] {
    let count = Int(try body.read(UInt16.self))
    guard count * 2 <= body.remaining else { throw .insufficientData }
    var formats: [WireFormat] = []
    formats.reserveCapacity(count)
    for _ in 0..<count { formats.append(try WireFormat(decoding: &body)) }
    return formats
  }

  /// Appends a count and the format codes.
  static func encodeList(_ formats: [WireFormat], into buffer: inout WireBuffer) {
    buffer.append(UInt16(truncatingIfNeeded: formats.count))
    for format in formats { buffer.append(format.rawValue) }
  }
}

/// The formats of all columns or parameters: none given means text, one given means that one for all.
package struct WireFormats: Equatable, Sendable {
  /// The codes as they were sent.
  package var codes: [WireFormat]

  /// Formats as sent; empty for text everywhere.
  package init(_ codes: [WireFormat] = []) {
    self.codes = codes
  }

  /// The format at `index`.
  package subscript(index: Int) -> WireFormat {
    switch codes.count {
    case 0: .text
    case 1: codes[0]
    default: index < codes.count ? codes[index] : .text
    }
  }

  /// True if the codes fit that many columns or parameters: none, one, or one for each.
  package func fits(_ count: Int) -> Bool {
    codes.count <= 1 || codes.count == count
  }
}
