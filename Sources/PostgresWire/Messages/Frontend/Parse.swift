/// Asks to parse a statement under a name ('P').
package struct Parse: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "P")
  /// The name of the prepared statement; empty for the unnamed one.
  package var name: String
  /// One statement.
  package var text: String
  /// Declared type OIDs of the first parameters; 0 leaves a type open.
  package var parameterTypes: [UInt32]

  /// A statement to be known as `name`.
  package init(name: String = "", text: String, parameterTypes: [UInt32] = []) {
    self.name = name
    self.text = text
    self.parameterTypes = parameterTypes
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    name = try body.readCString()
    text = try body.readCString()
    let count = Int(try body.read(UInt16.self))
    guard count * 4 <= body.remaining else { throw .insufficientData }
    parameterTypes = []
    parameterTypes.reserveCapacity(count)
    for _ in 0..<count { parameterTypes.append(try body.read()) }
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(cString: name)
      $0.append(cString: text)
      $0.append(UInt16(truncatingIfNeeded: parameterTypes.count))
      for type in parameterTypes { $0.append(type) }
    }
  }
}
