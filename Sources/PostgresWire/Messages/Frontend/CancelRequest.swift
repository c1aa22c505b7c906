/// Asks, on a connection of its own, to cancel what another session runs.
package struct CancelRequest: Equatable, Sendable {
  /// The number that stands where a startup message has its version.
  package static let code: UInt32 = 80_877_102
  /// The process id of the session's BackendKeyData.
  package var processID: Int32
  /// The secret of the session's BackendKeyData.
  package var secretKey: Int32

  /// A request for the session with these keys.
  package init(processID: Int32, secretKey: Int32) {
    self.processID = processID
    self.secretKey = secretKey
  }

  /// Reads what follows the code.
  package init(decoding body: inout WireReader) throws(WireError) {
    processID = try body.read()
    secretKey = try body.read()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    let length = buffer.beginLength()
    buffer.append(Self.code)
    buffer.append(processID)
    buffer.append(secretKey)
    buffer.endLength(at: length)
  }
}
