/// A statement has ended ('C').
package struct CommandComplete: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "C")
  /// The command tag, such as `SELECT 3` or `INSERT 0 1`.
  package var tag: String

  /// The end of the statement that `tag` names.
  package init(_ tag: String) {
    self.tag = tag
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    tag = try body.readCString()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { $0.append(cString: tag) }
  }
}
