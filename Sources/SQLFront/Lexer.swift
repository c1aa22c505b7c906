/// Cuts bytes into tokens as the scanners of DuckDB 1.5 and PostgreSQL 15 (`scan.l`) do; where they differ the
/// token is marked for translation, or the text refused. Linear in the text, no recursion.
struct Lexer {
  let bytes: [UInt8]
  var tokens: [Token] = []
  var gaps: [Range<Int>] = []
  var position = 0
  /// Indexes of tokens whose bracket is still open.
  private var open: [Int32] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 4 + 8)
  }

  mutating func run() throws(SQLError) {
    let table = KeywordTable.shared
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isSpace {
        position += 1
      } else if byte.isIdentifierStart {
        if byte >= 0x80, skipUnicodeSpace() { continue }
        try identifierOrPrefixedLiteral(byte, table)
      } else if byte.isDigit {
        try number()
      } else {
        try symbol(byte)
      }
    }
    tokens.append(Token(kind: .end, start: bytes.count, end: bytes.count))
  }

  func peek(_ distance: Int) -> UInt8 {
    position + distance < bytes.count ? bytes[position + distance] : 0
  }

  // MARK: words

  private mutating func identifierOrPrefixedLiteral(_ first: UInt8, _ table: KeywordTable) throws(SQLError) {
    let next = peek(1)
    if next == UInt8(ascii: "'") {
      switch first.folded {
      case UInt8(ascii: "e"): return try quoted(.escapeString, prefix: 1)
      case UInt8(ascii: "n"): return try quoted(.nationalString, prefix: 1)
      case UInt8(ascii: "b"): return try quoted(.bitString, prefix: 1)
      case UInt8(ascii: "x"): return try quoted(.hexString, prefix: 1)
      default: break
      }
    } else if next == UInt8(ascii: "&"), first.folded == UInt8(ascii: "u") {
      let quote = peek(2)
      if quote == UInt8(ascii: "'") { return try quoted(.unicodeString, prefix: 2) }
      if quote == UInt8(ascii: "\"") { return try quotedIdentifier(.unicodeIdentifier, prefix: 2) }
    }
    identifier(table)
  }

  private mutating func identifier(_ table: KeywordTable) {
    let start = position
    var index = position
    var hash: UInt32 = 0
    var plain = true
    let keyword = bytes.withUnsafeBufferPointer { bytes -> Keyword in
      while index < bytes.count {
        let byte = bytes[index]
        if byte >= 0x80 {
          if unicodeSpaceLength(bytes, index) > 0 { break }
        } else if !byte.isIdentifierPart {
          break
        } else if byte == 0x24 {
          plain = false
        }
        hash = hash &* KeywordTable.multiplier &+ UInt32(byte.folded)
        index += 1
      }
      return table.lookUp(bytes, start, index, hash: hash)
    }
    position = index
    tokens.append(
      Token(kind: .identifier, keyword: keyword, start: start, end: index, needsTranslation: !plain))
  }

  private mutating func quotedIdentifier(_ kind: TokenKind, prefix: Int) throws(SQLError) {
    let start = position
    var index = position + prefix + 1
    while true {
      guard index < bytes.count else {
        throw unterminated("quoted identifier", start)
      }
      if bytes[index] == UInt8(ascii: "\"") {
        guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") else { break }
        index += 1
      }
      index += 1
    }
    if index == start + prefix + 1 {
      throw .syntax("zero-length delimited identifier at or near \"\"\"\"", at: start)
    }
    position = index + 1
    if kind == .unicodeIdentifier { skipUnicodeEscapeClause() }
    tokens.append(
      Token(kind: kind, start: start, end: position, needsTranslation: kind == .unicodeIdentifier))
  }

  // MARK: strings

  private mutating func quoted(_ kind: TokenKind, prefix: Int) throws(SQLError) {
    let start = position
    var index = position + prefix + 1
    let backslash = kind == .escapeString
    var continued = false
    while true {
      guard index < bytes.count else {
        let what =
          kind == .bitString
          ? "bit string literal"
          : kind == .hexString ? "hexadecimal string literal" : "quoted string"
        throw unterminated(what, start)
      }
      let byte = bytes[index]
      if byte == UInt8(ascii: "'") {
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "'"),
          kind != .bitString, kind != .hexString
        {
          index += 2
        } else if let next = continuation(after: index + 1) {
          continued = true
          index = next
        } else {
          break
        }
      } else {
        index += backslash && byte == UInt8(ascii: "\\") ? 2 : 1
      }
    }
    position = index + 1
    if kind == .unicodeString { skipUnicodeEscapeClause() }
    tokens.append(
      Token(kind: kind, start: start, end: position, needsTranslation: kind != .string || continued))
  }

  /// The first byte of the next part of a string that goes on after white space with a line feed in it.
  private func continuation(after end: Int) -> Int? {
    var index = end
    var newline = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte.isSpace {
        newline = newline || byte.isNewline
        index += 1
      } else if byte == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "-") {
        while index < bytes.count, !bytes[index].isNewline { index += 1 }
      } else if byte >= 0x80 {
        let length = bytes.withUnsafeBufferPointer { unicodeSpaceLength($0, index) }
        if length == 0 { return nil }
        index += length
      } else {
        return newline && byte == UInt8(ascii: "'") ? index + 1 : nil
      }
    }
    return nil
  }

  private mutating func dollar() throws(SQLError) {
    let start = position
    var index = position + 1
    if peek(1).isDigit {
      while index < bytes.count, bytes[index].isDigit { index += 1 }
      if index < bytes.count, bytes[index].isIdentifierPart, !startsUnicodeSpace(index) {
        throw .syntax(
          "trailing junk after parameter at or near \"\(near(start, junkEnd(index)))\"", at: start)
      }
      if index - start > 6 {
        throw SQLError("54023", "there is no parameter \(near(start, index))", position: start)
      }
      position = index
      tokens.append(Token(kind: .parameter, start: start, end: index))
      return
    }
    while index < bytes.count, bytes[index].isIdentifierStart || (index > start + 1 && bytes[index].isDigit) {
      index += 1
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "$") else {
      throw .syntax("syntax error at or near \"$\"", at: start)
    }
    let tag = (start + 1)..<index
    index += 1
    while index + tag.count + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "$"), bytes[index + tag.count + 1] == UInt8(ascii: "$"),
        matches(tag, at: index + 1)
      {
        position = index + tag.count + 2
        tokens.append(Token(kind: .dollarString, start: start, end: position, needsTranslation: true))
        return
      }
      index += 1
    }
    throw unterminated("dollar-quoted string", start)
  }

  private func matches(_ tag: Range<Int>, at start: Int) -> Bool {
    for offset in 0..<tag.count where bytes[tag.lowerBound + offset] != bytes[start + offset] { return false }
    return true
  }

  /// Takes `UESCAPE 'c'` after a literal with Unicode escapes.
  private mutating func skipUnicodeEscapeClause() {
    var index = position
    let word: StaticString = "uescape"
    while index < bytes.count, bytes[index].isSpace { index += 1 }
    guard index + 10 <= bytes.count else { return }
    for offset in 0..<7 where bytes[index + offset].folded != word.utf8Start[offset] { return }
    index += 7
    while index < bytes.count, bytes[index].isSpace { index += 1 }
    guard index + 3 <= bytes.count, bytes[index] == UInt8(ascii: "'"), bytes[index + 2] == UInt8(ascii: "'")
    else { return }
    position = index + 3
  }

  // MARK: symbols

  private mutating func symbol(_ byte: UInt8) throws(SQLError) {
    switch byte {
    case UInt8(ascii: "'"): try quoted(.string, prefix: 0)
    case UInt8(ascii: "\""): try quotedIdentifier(.quotedIdentifier, prefix: 0)
    case UInt8(ascii: "$"): try dollar()
    case UInt8(ascii: ","): single(.comma)
    case UInt8(ascii: "("): openBracket(.leftParenthesis)
    case UInt8(ascii: ")"): closeBracket(.rightParenthesis, .leftParenthesis)
    case UInt8(ascii: "["): openBracket(.leftBracket)
    case UInt8(ascii: "]"): closeBracket(.rightBracket, .leftBracket)
    case UInt8(ascii: "{"): openBracket(.leftBrace)
    case UInt8(ascii: "}"): closeBracket(.rightBrace, .leftBrace)
    case UInt8(ascii: ";"): single(.semicolon)
    case UInt8(ascii: "."):
      if peek(1).isDigit { return try fraction() }
      if peek(1) == byte { single(.dotDot, length: 2) } else { single(.dot) }
    case UInt8(ascii: ":"):
      switch peek(1) {
      case byte: single(.doubleColon, length: 2)
      case UInt8(ascii: "="): single(.colonEquals, length: 2)
      default: single(.colon)
      }
    case UInt8(ascii: "-") where peek(1) == byte:
      let start = position
      while position < bytes.count, !bytes[position].isNewline { position += 1 }
      gaps.append(start..<position)
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): try comment()
    default:
      guard byte.isOperatorPart else {
        throw .syntax("syntax error at or near \"\(near(position, position + 1))\"", at: position)
      }
      try operatorToken()
    }
  }

  private mutating func single(_ kind: TokenKind, length: Int = 1) {
    tokens.append(Token(kind: kind, start: position, end: position + length))
    position += length
  }

  private mutating func openBracket(_ kind: TokenKind) {
    open.append(Int32(tokens.count))
    single(kind)
  }

  private mutating func closeBracket(_ kind: TokenKind, _ opening: TokenKind) {
    let index = tokens.count
    single(kind)
    guard let partner = open.last, tokens[Int(partner)].kind == opening else { return }
    open.removeLast()
    tokens[Int(partner)].partner = Int32(index)
    tokens[index].partner = partner
  }

  private mutating func comment() throws(SQLError) {
    let start = position
    var depth = 1
    var index = position + 2
    while depth > 0 {
      guard index + 1 < bytes.count else { throw unterminated("/* comment", start) }
      if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
        depth -= 1
        index += 2
      } else if bytes[index] == UInt8(ascii: "/"), bytes[index + 1] == UInt8(ascii: "*") {
        depth += 1
        index += 2
      } else {
        index += 1
      }
    }
    gaps.append(start..<index)
    position = index
  }

  private mutating func operatorToken() throws(SQLError) {
    let start = position
    var end = position
    while end < bytes.count, bytes[end].isOperatorPart {
      if end > start, end + 1 < bytes.count {
        let next = bytes[end + 1]
        if bytes[end] == UInt8(ascii: "-"), next == UInt8(ascii: "-") { break }
        if bytes[end] == UInt8(ascii: "/"), next == UInt8(ascii: "*") { break }
      }
      end += 1
    }
    while end - start > 1, bytes[end - 1] == UInt8(ascii: "+") || bytes[end - 1] == UInt8(ascii: "-") {
      var unusual = false
      for index in start..<(end - 1) where bytes[index].isNonStandardOperatorPart { unusual = true }
      if unusual { break }
      end -= 1
    }
    if end - start >= 64 { throw .syntax("operator too long at or near \"\(near(start, end))\"", at: start) }
    tokens.append(Token(kind: .operator, start: start, end: end))
    position = end
  }

  // MARK: Unicode spaces

  private mutating func skipUnicodeSpace() -> Bool {
    let length = bytes.withUnsafeBufferPointer { unicodeSpaceLength($0, position) }
    if length == 0 { return false }
    gaps.append(position..<(position + length))
    position += length
    return true
  }

  func startsUnicodeSpace(_ index: Int) -> Bool {
    bytes[index] >= 0x80 && bytes.withUnsafeBufferPointer { unicodeSpaceLength($0, index) } > 0
  }

  // MARK: errors

  func near(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<min(end, bytes.count)], as: UTF8.self)
  }

  private func unterminated(_ what: String, _ start: Int) -> SQLError {
    .syntax("unterminated \(what) at or near \"\(near(start, bytes.count))\"", at: start)
  }
}

/// Length of the Unicode space at an offset, 0 if there is none: the ones that DuckDB takes for blanks
/// (U+00A0, U+2000–U+200B, U+202F, U+205F, U+2060, U+3000, U+FEFF).
func unicodeSpaceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
  let first = bytes[index]
  guard first == 0xC2 || first == 0xE2 || first == 0xE3 || first == 0xEF, index + 1 < bytes.count else {
    return 0
  }
  let second = bytes[index + 1]
  if first == 0xC2 { return second == 0xA0 ? 2 : 0 }
  guard index + 2 < bytes.count else { return 0 }
  let third = bytes[index + 2]
  switch (first, second) {
  case (0xE2, 0x80): return (third >= 0x80 && third <= 0x8B) || third == 0xAF ? 3 : 0
  case (0xE2, 0x81): return third == 0x9F || third == 0xA0 ? 3 : 0
  case (0xE3, 0x80): return third == 0x80 ? 3 : 0
  case (0xEF, 0xBB): return third == 0xBF ? 3 : 0
  default: return 0
  }
}
