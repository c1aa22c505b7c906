/// What a token is.
package enum TokenKind: UInt8, Sendable {
  /// A bare word, keyword or not.
  case identifier
  /// `"…"`.
  case quotedIdentifier
  /// `U&"…"`, with a `UESCAPE` clause if there is one.
  case unicodeIdentifier
  /// `'…'`, continuation on further lines included.
  case string
  /// `E'…'`.
  case escapeString
  /// `U&'…'`, with a `UESCAPE` clause if there is one.
  case unicodeString
  /// `N'…'`.
  case nationalString
  /// `B'…'`.
  case bitString
  /// `X'…'`.
  case hexString
  /// `$tag$…$tag$`.
  case dollarString
  /// `42`, `1_000`.
  case integer
  /// `0x2A`, `0o52`, `0b101010`.
  case radixInteger
  /// `1.5`, `.5`, `1e3`.
  case decimal
  /// `$1`.
  case parameter
  case `operator`
  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, semicolon, dot, dotDot, colon, doubleColon, colonEquals
  /// After the last token.
  case end

  /// Any of the ways to write a character string.
  package var isString: Bool {
    switch self {
    case .string, .escapeString, .unicodeString, .nationalString, .dollarString: true
    default: false
    }
  }

  /// A name, quoted or not.
  package var isIdentifier: Bool {
    self == .identifier || self == .quotedIdentifier || self == .unicodeIdentifier
  }
}

/// One token: a kind and a range of bytes of the text that was lexed.
package struct Token: Sendable, Equatable {
  package var kind: TokenKind
  /// The lexer saw something that DuckDB reads differently (escapes, continuation, a `$` in a name):
  /// the text must be written anew for the engine.
  package var needsTranslation: Bool
  package var keyword: Keyword
  /// First byte.
  package var start: Int32
  /// One past the last byte.
  package var end: Int32
  /// Index of the token that closes or opens this bracket, −1 if there is none.
  package var partner: Int32

  package init(
    kind: TokenKind, keyword: Keyword = .notAKeyword, start: Int, end: Int, needsTranslation: Bool = false
  ) {
    self.kind = kind
    self.keyword = keyword
    self.start = Int32(start)
    self.end = Int32(end)
    self.needsTranslation = needsTranslation
    partner = -1
  }
}
