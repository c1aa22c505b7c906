/// A piece of a COPY stream, in either direction ('d'). Its boundaries mean nothing.
package struct CopyData: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "d")
  /// The bytes.
  package var bytes: [UInt8]

  /// A piece of `bytes`.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    bytes = Array(body.readRest())
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { $0.append(contentsOf: bytes) }
  }
}
