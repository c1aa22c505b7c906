/// What can be wrong with bytes that came over the wire.
package struct WireError: Error, Equatable, Sendable {
  /// The kinds of faults, by what can be done next.
  package enum Kind: Equatable, Sendable {
    /// The bytes are not the protocol: nothing that follows can be trusted.
    case protocolViolation
    /// A message is longer than the limit: nothing that follows can be read.
    case messageTooLarge
    /// The body of a message is not what its type says. The message was consumed; the stream is still in step.
    case invalidMessage
    /// A format code that is neither text nor binary; the stream is still in step.
    case unsupportedFormat
    /// A text is not UTF-8. The message was consumed; the stream is still in step.
    case invalidEncoding
    /// The client speaks a protocol version that is not known.
    case unsupportedProtocol
    /// A message is well framed but means something that is not offered; the stream is still in step.
    case unsupportedFeature
  }

  /// The kind of fault.
  package let kind: Kind
  /// A sentence for a person, in PostgreSQL's wording.
  package let message: String

  /// A fault of the given kind.
  package init(kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }

  /// True if the connection must be closed after reporting the error.
  package var isFatal: Bool {
    switch kind {
    case .protocolViolation, .messageTooLarge, .unsupportedProtocol: true
    case .invalidMessage, .unsupportedFormat, .invalidEncoding, .unsupportedFeature: false
    }
  }

  /// A body that ends before all of its fields are read.
  package static let insufficientData = WireError(
    kind: .protocolViolation, message: "insufficient data left in message")

  /// A body that cannot be what its type byte says.
  package static func malformed(_ message: String) -> WireError {
    WireError(kind: .protocolViolation, message: message)
  }

  /// Text that is not UTF-8; `sequence` as in `0xff`.
  package static func invalidEncoding(_ sequence: String) -> WireError {
    WireError(
      kind: .invalidEncoding, message: "invalid byte sequence for encoding \"UTF8\": \(sequence)")
  }

  /// The same fault as an error that is reported to a client.
  package var postgresError: PostgresError {
    let state: SQLState =
      switch kind {
      case .protocolViolation, .invalidMessage: .protocolViolation
      case .unsupportedFormat: .invalidParameterValue
      case .messageTooLarge: .programLimitExceeded
      case .invalidEncoding: .characterNotInRepertoire
      case .unsupportedProtocol, .unsupportedFeature: .featureNotSupported
      }
    return PostgresError(severity: isFatal ? .fatal : .error, state, message)
  }
}
