/// Numbers.
extension Lexer {
  mutating func number() throws(SQLError) {
    let start = position
    var index = position
    var kind = TokenKind.integer
    let radix = peek(1).folded
    if bytes[index] == UInt8(ascii: "0"),
      radix == UInt8(ascii: "x") || radix == UInt8(ascii: "o") || radix == UInt8(ascii: "b")
    {
      index += 2
      while index < bytes.count, bytes[index].hexValue != nil || bytes[index] == 0x5F { index += 1 }
      kind = .radixInteger
    } else {
      index = digits(index)
      if index < bytes.count, bytes[index] == UInt8(ascii: "."),
        !(index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "."))
      {
        kind = .decimal
        index = digits(index + 1)
      }
      index = exponent(index, &kind)
    }
    try finishNumber(start, index, kind)
  }

  mutating func fraction() throws(SQLError) {
    var kind = TokenKind.decimal
    let end = exponent(digits(position + 1), &kind)
    try finishNumber(position, end, kind)
  }

  private mutating func finishNumber(_ start: Int, _ end: Int, _ kind: TokenKind) throws(SQLError) {
    if end < bytes.count, bytes[end].isIdentifierPart, !startsUnicodeSpace(end) {
      throw .syntax(
        "trailing junk after numeric literal at or near \"\(near(start, junkEnd(end)))\"", at: start)
    }
    position = end
    tokens.append(Token(kind: kind, start: start, end: end, needsTranslation: kind == .radixInteger))
  }

  private func exponent(_ index: Int, _ kind: inout TokenKind) -> Int {
    guard index < bytes.count, bytes[index].folded == UInt8(ascii: "e") else { return index }
    var end = index + 1
    if end < bytes.count, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-") { end += 1 }
    guard end < bytes.count, bytes[end].isDigit else { return index }
    kind = .decimal
    return digits(end)
  }

  /// Skips digits, single underscores between them allowed.
  private func digits(_ from: Int) -> Int {
    var index = from
    while index < bytes.count {
      if bytes[index].isDigit {
        index += 1
      } else if bytes[index] == 0x5F, index > from, index + 1 < bytes.count, bytes[index + 1].isDigit {
        index += 2
      } else {
        break
      }
    }
    return index
  }

  func junkEnd(_ from: Int) -> Int {
    var index = from
    while index < bytes.count, bytes[index].isIdentifierPart { index += 1 }
    return index
  }
}
