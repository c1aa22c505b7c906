/// A simple query: one or more statements as text ('Q').
package struct Query: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "Q")
  /// The statements.
  package var text: String

  /// A query of `text`.
  package init(_ text: String) {
    self.text = text
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    text = try body.readCString()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { $0.append(cString: text) }
  }
}
