import PostgresWire
import Testing

/// No bytes of a client may end a literal early: whatever decodes must lex as one balanced group.
@Suite struct LiteralInjectionTests {
  /// True if `sql` is one literal: a string, NULL, true, false, or one call or cast in parentheses whose
  /// parts are strings, digits, names and brackets.
  private static func isOneGroup(_ sql: String) -> Bool {
    var depth = 0
    var groups = 0
    var inString = false
    let bytes = Array(sql.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if inString {
        if byte == 0 { return false }
        if byte == UInt8(ascii: "'") {
          if index + 1 < bytes.count, bytes[index + 1] == byte { index += 1 } else { inString = false }
        }
      } else {
        switch byte {
        case UInt8(ascii: "'"):
          inString = true
          if depth == 0 { groups += 1 }
        case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"):
          depth -= 1
          if depth < 0 { return false }
          if depth == 0, byte == UInt8(ascii: ")") { groups += 1 }
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: ","), UInt8(ascii: " "):
          break
        // A minus sign only before a digit, so that no comment can begin.
        case UInt8(ascii: "-"):
          guard index + 1 < bytes.count, (0x30...0x39).contains(bytes[index + 1]) else { return false }
        default: return false
        }
      }
      index += 1
    }
    let isKeyword = ["NULL", "true", "false"].contains(sql)
    return !inString && depth == 0 && (isKeyword || groups == 1)
  }

  private static let types = PostgresType.allCases.map(\.oid) + [0, 99_999]
  private static let nasty = [
    "'", "''", "\\'", "'; DROP TABLE t; --", "$$", "$1", "\u{0}", "{\"'\"}", "{'}", "{'; --,1}", "E'\\''",
    "1)--",
    "\u{2019}", "\u{FF07}", "/*", "2024-01-01'", "1'", "{{'},{'}}", "[1:1]={'}", "\\x27", "NaN'", "t'", "(1)",
  ]

  @Test func nothingEscapesItsLiteral() throws {
    var generator = SeededGenerator(seed: 2024)
    var decoded = 0
    for round in 0..<60_000 {
      let type = Self.types[generator.below(Self.types.count)]
      var bytes: [UInt8] = []
      for _ in 0..<(1 + generator.below(4)) {
        switch generator.below(3) {
        case 0: bytes += Array(Self.nasty[generator.below(Self.nasty.count)].utf8)
        case 1: bytes += generator.bytes(upTo: 12)
        default: bytes += Array("\(Int64(bitPattern: generator.next()))".utf8)
        }
      }
      let format: WireFormat = round.isMultiple(of: 2) ? .text : .binary
      guard let value = try? ParameterValue.decode(oid: type, format: format, bytes: bytes[...]) else {
        continue
      }
      decoded += 1
      let sql = value.literal
      #expect(Self.isOneGroup(sql), "\(type) \(format) \(bytes): \(sql)")
    }
    #expect(decoded > 5000)
  }

  @Test func theCheckItselfFindsInjections() {
    for bad in ["'a'; DROP", "'a' 'b'", "CAST('a' AS X) --", "'a", "CAST('a'", "1; 2", "'a'--'"] {
      #expect(!Self.isOneGroup(bad))
    }
    for good in ["NULL", "'a''b'", "CAST((-1) AS BIGINT)", "CAST(['a',NULL] AS VARCHAR[])"] {
      #expect(Self.isOneGroup(good))
    }
  }
}
