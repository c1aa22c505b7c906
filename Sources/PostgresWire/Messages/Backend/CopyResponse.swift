/// The server starts a COPY: CopyInResponse ('G'), CopyOutResponse ('H') or CopyBothResponse ('W').
package struct CopyResponse: Equatable, Sendable {
  /// The direction of the data; the raw value is the type byte.
  package enum Direction: UInt8, Sendable {
    /// From the client.
    case copyIn = 0x47  // G
    /// To the client.
    case copyOut = 0x48  // H
    /// Both ways, used by replication only.
    case both = 0x57  // W
  }

  package var direction: Direction
  /// The format of the whole stream.
  package var format: WireFormat
  /// The format of each column.
  package var columnFormats: [WireFormat]

  /// The start of a COPY whose columns are all of one format.
  package init(_ direction: Direction, format: WireFormat, columnCount: Int) {
    self.direction = direction
    self.format = format
    columnFormats = Array(repeating: format, count: columnCount)
  }

  /// Reads the body.
  package init(_ direction: Direction, decoding body: inout WireReader) throws(WireError) {
    self.direction = direction
    let code = try body.read(Int8.self)
    guard let format = WireFormat(rawValue: Int16(code)) else {
      throw .malformed("unsupported format code: \(code)")
    }
    self.format = format
    columnFormats = try WireFormat.decodeList(&body)
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(direction.rawValue) {
      $0.append(Int8(truncatingIfNeeded: format.rawValue))
      WireFormat.encodeList(columnFormats, into: &$0)
    }
  }
}
