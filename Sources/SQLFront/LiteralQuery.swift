/// `SELECT 1` and its like: nothing but literals, so that the answer needs neither the engine nor the lake.
///
/// Connection pools and health checks send such a statement before each use of a connection.
package struct LiteralQuery: Sendable, Equatable {
  package enum Value: Sendable, Equatable {
    case integer(Int32)
    case text(String)
  }

  package struct Column: Sendable, Equatable {
    package var name: String
    package var value: Value
  }

  package private(set) var columns: [Column] = []

  /// What goes beyond this many columns is left to the engine.
  private static let mostColumns = 8

  /// nil for every other statement.
  package init?(_ statement: ParsedStatement) {
    let source = statement.source
    var index = statement.tokens.lowerBound
    let end = statement.tokens.upperBound
    func kind(_ distance: Int = 0) -> TokenKind {
      index + distance < end ? source.tokens[index + distance].kind : .end
    }
    guard end - index <= 1 + 4 * Self.mostColumns, source.tokens[index].keyword == .select else { return nil }
    repeat {
      index += 1
      guard index < end, let value = Self.value(of: index, in: source) else { return nil }
      index += 1
      var name = "?column?"
      if kind() == .identifier, source.tokens[index].keyword == .as, kind(1).isIdentifier {
        name = source.identifier(index + 1)
        index += 2
      }
      columns.append(Column(name: name, value: value))
    } while kind() == .comma
    guard index == end, columns.count <= Self.mostColumns else { return nil }
  }

  private static func value(of index: Int, in source: LexedText) -> Value? {
    switch source.tokens[index].kind {
    case .integer: Int32(source.text(of: index)).map(Value.integer)
    case .string: (try? source.stringValue(index)).map(Value.text)
    default: nil
    }
  }
}
