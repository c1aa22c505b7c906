/// The client asked for a newer minor version or for options that are not known ('v').
package struct NegotiateProtocolVersion: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "v")
  /// The newest minor version of protocol 3 that the server speaks.
  package var newestMinor: UInt32
  /// The `_pq_.` options that the server does not know.
  package var unrecognizedOptions: [String]

  /// What the server can do instead.
  package init(newestMinor: UInt32, unrecognizedOptions: [String]) {
    self.newestMinor = newestMinor
    self.unrecognizedOptions = unrecognizedOptions
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    newestMinor = try body.read()
    let count = Int(try body.read(UInt32.self))
    guard count <= body.remaining else { throw .insufficientData }
    unrecognizedOptions = []
    for _ in 0..<count { unrecognizedOptions.append(try body.readCString()) }
    try body.finish()
  }

  /// Appends the whole message. PostgreSQL sends the whole version number; so do we.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(newestMinor)
      $0.append(UInt32(truncatingIfNeeded: unrecognizedOptions.count))
      for option in unrecognizedOptions { $0.append(cString: option) }
    }
  }
}
