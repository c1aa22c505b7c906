/// The types of the parameters of a prepared statement ('t').
package struct ParameterDescription: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "t")
  /// Type OIDs in order.
  package var types: [UInt32]

  /// Parameters of `types`.
  package init(_ types: [UInt32]) {
    self.types = types
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    let count = Int(try body.read(UInt16.self))
    guard count * 4 <= body.remaining else { throw .insufficientData }
    types = []
    types.reserveCapacity(count)
    for _ in 0..<count { types.append(try body.read()) }
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(UInt16(truncatingIfNeeded: types.count))
      for type in types { $0.append(type) }
    }
  }
}
