/// A text and its tokens. Immutable; shared by every statement of the text.
package final class LexedText: Sendable {
  /// The UTF-8 bytes as the client sent them.
  package let bytes: [UInt8]
  /// All tokens, then one of kind `.end`.
  package let tokens: [Token]
  /// Comments and Unicode spaces between tokens. They never reach the engine, whose own handling of them
  /// (`Parser::StripUnicodeSpaces`, DuckDB 1.5) disagrees with its scanner in corners.
  let gaps: [Range<Int>]

  package init(_ text: String) throws(SQLError) {
    var lexer = Lexer(Array(text.utf8))
    try lexer.run()
    bytes = lexer.bytes
    tokens = lexer.tokens
    gaps = lexer.gaps
  }

  package init(bytes text: [UInt8]) throws(SQLError) {
    var lexer = Lexer(text)
    try lexer.run()
    bytes = lexer.bytes
    tokens = lexer.tokens
    gaps = lexer.gaps
  }

  /// The text of a range of bytes.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The token as written.
  package func text(of index: Int) -> String {
    text(byteRange(of: index))
  }

  package func byteRange(of index: Int) -> Range<Int> {
    Int(tokens[index].start)..<Int(tokens[index].end)
  }

  /// The bytes from the first of these tokens to the last.
  package func byteRange(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else {
      let position = Int(tokens[range.lowerBound].start)
      return position..<position
    }
    return Int(tokens[range.lowerBound].start)..<Int(tokens[range.upperBound - 1].end)
  }

  /// Whether the token is written exactly as `word` (case matters not, for ASCII letters).
  func token(_ index: Int, is word: StaticString) -> Bool {
    let token = tokens[index]
    let count = word.utf8CodeUnitCount
    guard Int(token.end - token.start) == count else { return false }
    let start = Int(token.start)
    let expected = word.utf8Start
    for offset in 0..<count where bytes[start + offset].folded != expected[offset].folded { return false }
    return true
  }

  /// The name that an identifier stands for: folded if bare, unescaped if quoted.
  package func identifier(_ index: Int) -> String {
    let token = tokens[index]
    let start = Int(token.start)
    let end = Int(token.end)
    switch token.kind {
    case .quotedIdentifier:
      return String(decoding: undoubled(start + 1, end - 1, quote: UInt8(ascii: "\"")), as: UTF8.self)
    case .unicodeIdentifier:
      return String(decoding: (try? unicodeContent(index)) ?? [], as: UTF8.self)
    default:
      return String(decoding: bytes[start..<end].lazy.map(\.folded), as: UTF8.self)
    }
  }

  /// The content of a character string, escapes resolved.
  package func stringValue(_ index: Int) throws(SQLError) -> String {
    String(decoding: try stringContent(index), as: UTF8.self)
  }

  /// The 1-based character position, as PostgreSQL counts, of a byte offset.
  package func characterPosition(ofByte offset: Int) -> Int {
    var characters = 1
    for index in 0..<min(max(offset, 0), bytes.count) where bytes[index] & 0xC0 != 0x80 { characters += 1 }
    return characters
  }

  /// `syntax error at or near "…"` for a token.
  func syntaxError(at index: Int) -> SQLError {
    let token = tokens[min(index, tokens.count - 1)]
    if token.kind == .end { return .syntax("syntax error at end of input", at: Int(token.start)) }
    return .syntax(
      "syntax error at or near \"\(text(Int(token.start)..<Int(token.end)))\"", at: Int(token.start))
  }

  func undoubled(_ start: Int, _ end: Int, quote: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var index = start
    while index < end {
      let byte = bytes[index]
      result.append(byte)
      index += byte == quote ? 2 : 1
    }
    return result
  }
}
