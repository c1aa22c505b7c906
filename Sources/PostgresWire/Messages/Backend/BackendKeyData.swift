/// What a client needs to ask for a cancellation later ('K').
package struct BackendKeyData: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "K")
  package var processID: Int32
  package var secretKey: Int32

  /// The keys of a session.
  package init(processID: Int32, secretKey: Int32) {
    self.processID = processID
    self.secretKey = secretKey
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    processID = try body.read()
    secretKey = try body.read()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(processID)
      $0.append(secretKey)
    }
  }
}
