/// A SQLSTATE: the five characters by which clients tell errors apart.
package struct SQLState: Hashable, Sendable {
  /// The five characters, digits and upper-case letters.
  package let code: String

  /// A code that is known to be well-formed.
  init(unchecked code: String) {
    self.code = code
  }

  /// A code from elsewhere; nil unless it has five digits or upper-case ASCII letters.
  package init?(_ code: String) {
    guard code.utf8.count == 5, code.utf8.allSatisfy(Self.isAllowed) else { return nil }
    self.code = code
  }

  /// A code that a server sent.
  init(decoding code: String) throws(WireError) {
    guard let state = SQLState(code) else { throw .malformed("invalid SQLSTATE in message") }
    self = state
  }

  /// The first two characters: the class of the condition.
  package var conditionClass: Substring { code.prefix(2) }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
  }
}

extension SQLState: CustomStringConvertible {
  package var description: String { code }
}
