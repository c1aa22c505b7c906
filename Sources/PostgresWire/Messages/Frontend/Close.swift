/// Closes a prepared statement or a portal ('C').
package struct Close: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "C")
  /// What to close.
  package var target: DescribeTarget

  /// Closes `target`.
  package init(_ target: DescribeTarget) {
    self.target = target
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    target = try DescribeTarget(decoding: &body, message: "CLOSE")
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { target.encode(into: &$0) }
  }
}
