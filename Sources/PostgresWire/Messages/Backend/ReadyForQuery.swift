/// How a session stands towards transactions; the raw value is the byte on the wire.
package enum TransactionStatus: UInt8, Sendable {
  /// Not in a transaction block.
  case idle = 0x49  // I
  /// In a transaction block.
  case inTransaction = 0x54  // T
  /// In a failed transaction block: only ROLLBACK is accepted.
  case failed = 0x45  // E
}

/// The server is ready for a new query cycle ('Z').
package struct ReadyForQuery: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "Z")
  package var status: TransactionStatus

  /// Ready, and standing at `status`.
  package init(_ status: TransactionStatus) {
    self.status = status
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    guard let status = TransactionStatus(rawValue: try body.read()) else {
      throw .malformed("invalid transaction status in message")
    }
    self.status = status
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { $0.append(status.rawValue) }
  }
}
