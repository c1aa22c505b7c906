/// One row of a result ('D'). The server writes rows straight from the engine's vectors and uses this type
/// only for rows of its own making.
package struct DataRow: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "D")
  package var values: WireValues

  /// A row of `values`.
  package init(_ values: WireValues) {
    self.values = values
  }

  /// A row of texts; nil is NULL.
  package init(texts: [String?]) {
    values = WireValues(texts.map { $0.map { Array($0.utf8) } })
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    values = try WireValues(decoding: &body)
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { values.encode(into: &$0) }
  }
}
