/// Literals that DuckDB reads otherwise, and what stands between tokens.
extension TokenRewriter {
  /// Comments and Unicode spaces become a blank.
  mutating func translateGaps() {
    if source.gaps.isEmpty || range.isEmpty { return }
    let bytes = source.byteRange(of: range)
    for gap in source.gaps where gap.lowerBound >= bytes.lowerBound && gap.upperBound <= bytes.upperBound {
      edits.replace(bytes: gap, with: " ")
    }
  }

  /// Writes a marked token in the form that both scanners read alike.
  mutating func translate(_ at: Int) throws(SQLError) {
    let token = source.tokens[at]
    let position = Int(token.start)
    switch token.kind {
    case .escapeString, .unicodeString, .nationalString, .dollarString, .string:
      edits.replace(at, with: quoteLiteral(try source.stringValue(at)))
    case .bitString:
      let digits = try source.stringValue(at)
      guard digits.utf8.allSatisfy({ $0 == 0x30 || $0 == 0x31 }) else {
        throw SQLError("22P02", "\"\(digits)\" is not a valid binary digit", position: position)
      }
      edits.replace(at, with: "'\(digits)'::BIT")
    case .hexString:
      var bits = ""
      for byte in try source.stringContent(at) {
        guard let value = byte.hexValue else {
          throw SQLError(
            "22P02", "\"\(Character(Unicode.Scalar(byte)))\" is not a valid hexadecimal digit",
            position: position)
        }
        for shift in [8, 4, 2, 1] as [UInt32] { bits += value & shift != 0 ? "1" : "0" }
      }
      edits.replace(at, with: "'\(bits)'::BIT")
    case .radixInteger: edits.replace(at, with: try radixValue(at))
    case .unicodeIdentifier: edits.replace(at, with: quoteIdentifier(source.identifier(at)))
    case .identifier: edits.replace(at, with: quoteIdentifier(source.text(of: at)))
    default: break
    }
  }

  private func radixValue(_ at: Int) throws(SQLError) -> String {
    let text = Array(source.text(of: at).utf8)
    let radix: UInt64 =
      switch text[1].folded {
      case UInt8(ascii: "x"): 16
      case UInt8(ascii: "o"): 8
      default: 2
      }
    var value: UInt64 = 0
    var digits = 0
    for byte in text[2...] where byte != UInt8(ascii: "_") {
      guard let digit = byte.hexValue, UInt64(digit) < radix else {
        throw .syntax(
          "invalid integer literal at or near \"\(source.text(of: at))\"", at: Int(token(at).start))
      }
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      if overflow {
        throw SQLError("22003", "integer literal is out of range", position: Int(token(at).start))
      }
      value = product + UInt64(digit)
      digits += 1
    }
    guard digits > 0 else {
      throw .syntax("invalid integer literal at or near \"\(source.text(of: at))\"", at: Int(token(at).start))
    }
    return String(value)
  }
}
