/// The client gives up a COPY to the server ('f').
package struct CopyFail: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "f")
  /// Why.
  package var reason: String

  /// Gives up because of `reason`.
  package init(_ reason: String) {
    self.reason = reason
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    reason = try body.readCString()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { $0.append(cString: reason) }
  }
}
