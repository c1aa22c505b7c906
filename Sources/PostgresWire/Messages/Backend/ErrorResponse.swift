/// An error ('E').
package struct ErrorResponse: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "E")
  package var error: PostgresError

  /// The answer that reports `error`.
  package init(_ error: PostgresError) {
    self.error = error
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    error = try PostgresError(decodingFields: &body)
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { error.encodeFields(into: &$0) }
  }
}

/// A warning or notice ('N').
package struct NoticeResponse: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "N")
  package var notice: PostgresError

  /// The message that reports `notice`.
  package init(_ notice: PostgresError) {
    self.notice = notice
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    notice = try PostgresError(decodingFields: &body)
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { notice.encodeFields(into: &$0) }
  }
}
