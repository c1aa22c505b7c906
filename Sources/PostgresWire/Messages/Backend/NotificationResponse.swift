/// A notification of LISTEN/NOTIFY ('A'); Martinet sends none, a client must be able to read it.
package struct NotificationResponse: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "A")
  package var processID: Int32
  package var channel: String
  package var payload: String

  /// A notification on `channel`.
  package init(processID: Int32, channel: String, payload: String) {
    self.processID = processID
    self.channel = channel
    self.payload = payload
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    processID = try body.read()
    channel = try body.readCString()
    payload = try body.readCString()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(processID)
      $0.append(cString: channel)
      $0.append(cString: payload)
    }
  }
}
