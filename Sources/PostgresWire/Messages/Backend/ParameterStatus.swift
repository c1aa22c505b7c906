/// The value of a setting that clients follow ('S').
package struct ParameterStatus: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "S")
  package var name: String
  package var value: String

  /// The value of the setting `name`.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    name = try body.readCString()
    value = try body.readCString()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(cString: name)
      $0.append(cString: value)
    }
  }
}
