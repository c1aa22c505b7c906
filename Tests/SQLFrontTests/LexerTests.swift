import SQLFront
import Testing

@Suite("Lexer") struct LexerTests {
  static func kinds(_ text: String) throws -> [TokenKind] {
    try LexedText(text).tokens.dropLast().map(\.kind)
  }

  static func failure(_ text: String) -> SQLError? {
    do throws(SQLError) {
      _ = try LexedText(text)
      return nil
    } catch {
      return error
    }
  }

  @Test("every kind of token")
  func kinds() throws {
    #expect(try Self.kinds("a \"b\" U&\"c\"") == [.identifier, .quotedIdentifier, .unicodeIdentifier])
    #expect(
      try Self.kinds("'a' E'b' U&'c' N'd' B'1' X'f' $$e$$ $t$f$t$") == [
        .string, .escapeString, .unicodeString, .nationalString, .bitString, .hexString, .dollarString,
        .dollarString,
      ])
    #expect(
      try Self.kinds("1 1_000 0x1F 1.5 .5 1e3 1.e-3 $1") == [
        .integer, .integer, .radixInteger, .decimal, .decimal, .decimal, .decimal, .parameter,
      ])
    #expect(
      try Self.kinds("()[]{},;. .. : :: :=") == [
        .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma,
        .semicolon, .dot, .dotDot, .colon, .doubleColon, .colonEquals,
      ])
  }

  @Test("operators end where PostgreSQL ends them")
  func operators() throws {
    func texts(_ text: String) throws -> [String] {
      let lexed = try LexedText(text)
      return (0..<(lexed.tokens.count - 1)).map(lexed.text(of:))
    }
    #expect(try texts("1=-1") == ["1", "=", "-", "1"])
    #expect(try texts("1@-1") == ["1", "@-", "1"])
    #expect(try texts("a->>b#>>c") == ["a", "->>", "b", "#>>", "c"])
    #expect(try texts("a*/*x*/b+--y\n1") == ["a", "*", "b", "+", "1"])
    #expect(try texts("1..2") == ["1", "..", "2"])
    #expect(try texts("a::int[1:2]") == ["a", "::", "int", "[", "1", ":", "2", "]"])
  }

  @Test("strings keep their content")
  func strings() throws {
    func value(_ text: String) throws -> String { try LexedText(text).stringValue(0) }
    #expect(try value("'it''s'") == "it's")
    #expect(try value("'a'  \n  'b' -- c\n 'd'") == "abd")
    #expect(try value(#"E'a\n\t\\\'\x41\101\u00e9\U0001F600'"#) == "a\n\t\\'AA\u{E9}\u{1F600}")
    #expect(try value(#"e'\ud83d\ude00'"#) == "\u{1F600}")
    #expect(try value(#"U&'d\0061t\+000061'"#) == "data")
    #expect(try value("U&'d!0061t' UESCAPE '!'") == "dat")
    #expect(try value("$$it's$$") == "it's")
    #expect(try value("$a$x$b$y$a$") == "x$b$y")
    #expect(try LexedText(#"U&"d\0061t""#).identifier(0) == "dat")
    #expect(try LexedText("\"a\"\"B\"").identifier(0) == "a\"B")
    #expect(try LexedText("AbC").identifier(0) == "abc")
  }

  @Test("what does not end is refused where it begins, in PostgreSQL's words")
  func unterminated() {
    let cases = [
      ("SELECT 'a", "unterminated quoted string at or near \"'a\""),
      ("SELECT \"a", "unterminated quoted identifier at or near \"\"a\""),
      ("SELECT /* a", "unterminated /* comment at or near \"/* a\""),
      ("SELECT $$a", "unterminated dollar-quoted string at or near \"$$a\""),
      ("SELECT B'1", "unterminated bit string literal at or near \"B'1\""),
      ("SELECT X'1", "unterminated hexadecimal string literal at or near \"X'1\""),
      ("SELECT E'\\'", "unterminated quoted string at or near \"E'\\'\""),
      ("SELECT \"\"", "zero-length delimited identifier at or near \"\"\"\""),
      ("SELECT 1x", "trailing junk after numeric literal at or near \"1x\""),
      ("SELECT $1x", "trailing junk after parameter at or near \"$1x\""),
      ("SELECT $x", "syntax error at or near \"$\""),
    ]
    for (text, message) in cases {
      let error = Self.failure(text)
      #expect(error?.message == message)
      #expect(error?.sqlState == "42601")
      #expect(error?.position == 7)
    }
  }

  @Test("bad escapes are refused")
  func badEscapes() throws {
    for text in [#"E'\u12'"#, #"E'\ud800'"#, #"E'\000'"#, #"E'\xff'"#, #"U&'\12'"#, #"U&'\d800'"#] {
      let lexed = try LexedText(text)
      #expect(throws: SQLError.self) { try lexed.stringValue(0) }
    }
  }

  @Test("comments nest and Unicode spaces separate")
  func gaps() throws {
    #expect(try Self.kinds("a/* /* x */ ' */b") == [.identifier, .identifier])
    #expect(try Self.kinds("a\u{A0}b\u{3000}c\u{FEFF}d").count == 4)
    #expect(try Self.kinds("'a\u{A0}b'") == [.string])
  }

  @Test("positions count characters")
  func positions() throws {
    let lexed = try LexedText("SELECT 'é', x")
    #expect(lexed.characterPosition(ofByte: 13) == 13)
    #expect(lexed.characterPosition(ofByte: 7) == 8)
  }
}
