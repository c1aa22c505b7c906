/// The comma-separated `name=value` attributes of a SCRAM message, read in the order the RFC demands.
struct SCRAMAttributes {
  private var rest: Substring

  init(_ text: Substring) {
    rest = text
  }

  /// True if everything was read.
  var isAtEnd: Bool { rest.isEmpty }

  /// Reads the attribute `name`, which must come next.
  mutating func read(_ name: Character) throws(PostgresError) -> Substring {
    guard rest.first == name, rest.dropFirst().first == "=" else {
      throw Self.malformed("Expected attribute \"\(name)\".")
    }
    return nextValue()
  }

  /// Reads whatever attribute comes next.
  mutating func readAny() throws(PostgresError) -> (name: Character, value: Substring) {
    guard let name = rest.first, name.isASCII, name.isLetter, rest.dropFirst().first == "=" else {
      throw Self.malformed("Attribute expected.")
    }
    return (name, nextValue())
  }

  private mutating func nextValue() -> Substring {
    let value = rest.dropFirst(2)
    guard let comma = value.firstIndex(of: ",") else {
      rest = ""
      return value
    }
    rest = value[value.index(after: comma)...]
    return value[..<comma]
  }

  static func malformed(_ detail: String) -> PostgresError {
    PostgresError(severity: .fatal, .protocolViolation, "malformed SCRAM message", detail: detail)
  }

  /// The text of a SCRAM message, which may hold no zero byte and must be UTF-8.
  static func text(of data: [UInt8]) throws(PostgresError) -> String {
    guard !data.contains(0), let text = String(validating: data, as: UTF8.self) else {
      throw malformed("Message is not text.")
    }
    return text
  }

  /// True if `nonce` has printable ASCII characters without a comma only, and at least one.
  static func isValidNonce(_ nonce: Substring) -> Bool {
    !nonce.isEmpty && nonce.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2C }
  }
}
