/// Runs a portal ('E').
package struct Execute: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "E")
  /// The name of the portal; empty for the unnamed one.
  package var portal: String
  /// The most rows to return; 0 or less means all.
  package var maximumRows: Int32

  /// Runs `portal` for at most `maximumRows` rows.
  package init(portal: String = "", maximumRows: Int32 = 0) {
    self.portal = portal
    self.maximumRows = maximumRows
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    portal = try body.readCString()
    maximumRows = try body.read()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(cString: portal)
      $0.append(maximumRows)
    }
  }
}
