/// The result of a function call ('V').
package struct FunctionCallResponse: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "V")
  /// The value; nil is NULL.
  package var value: [UInt8]?

  /// A result of `value`.
  package init(_ value: [UInt8]?) {
    self.value = value
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    let length = try body.read(Int32.self)
    guard length >= -1 else { throw .malformed("invalid message format") }
    value = length == -1 ? nil : Array(try body.readBytes(Int(length)))
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(Int32(value?.count ?? -1))
      $0.append(contentsOf: value ?? [])
    }
  }
}
