/// Turns the bytes of a server into messages, in pieces of any size: the client's side of the protocol.
package struct BackendDecoder: Sendable {
  /// The longest message that is accepted, in bytes.
  package var maximumMessageBytes: Int
  private var buffer = WireBuffer()
  private var failure: WireError?

  /// A decoder for a server's stream after the answer to an SSLRequest.
  package init(maximumMessageBytes: Int = 1 << 30) {
    self.maximumMessageBytes = maximumMessageBytes
  }

  /// Bytes that were received and not returned as messages.
  package var bufferedCount: Int { buffer.count }

  /// Adds received bytes.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    buffer.append(contentsOf: bytes)
  }

  /// Adds received bytes.
  package mutating func append(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
  }

  /// Lets `read` put received bytes straight into the buffer and return how many; returns that count.
  package mutating func appendUnsafe<Failure: Error>(
    minimumCapacity: Int = 8192, _ read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    let before = buffer.count
    try buffer.appendUnsafe(minimumCapacity: minimumCapacity, read)
    return buffer.count - before
  }

  /// The byte that answers an SSLRequest or GSSENCRequest: `S`, `G` or `N`; nil if it is not there yet.
  package mutating func nextNegotiationByte() -> UInt8? {
    guard let byte = buffer.peek(UInt8.self) else { return nil }
    buffer.consume(1)
    return byte
  }

  /// The next message; nil if more bytes are needed.
  package mutating func next() throws(WireError) -> BackendMessage? {
    guard let (type, length) = try nextHeader() else { return nil }
    defer { buffer.consume(length + 1) }
    do {
      return try buffer.withUnsafeBytes { bytes throws(WireError) in
        var body = WireReader(UnsafeRawBufferPointer(rebasing: bytes[5..<length + 1]))
        return try Self.message(type, &body)
      }
    } catch {
      if error.isFatal { failure = error }
      throw error
    }
  }

  /// Calls `body` with the type and all bytes (type and length included) of the next message, without
  /// decoding it: what a relay needs. Returns nil if more bytes are needed.
  package mutating func nextFrame<Result>(
    _ body: (_ type: UInt8, _ message: UnsafeRawBufferPointer) throws(WireError) -> Result
  ) throws(WireError) -> Result? {
    guard let (type, length) = try nextHeader() else { return nil }
    defer { buffer.consume(length + 1) }
    return try buffer.withUnsafeBytes { bytes throws(WireError) in
      try body(type, UnsafeRawBufferPointer(rebasing: bytes[0...length]))
    }
  }

  /// Type and length of the next message if it is complete.
  private mutating func nextHeader() throws(WireError) -> (type: UInt8, length: Int)? {
    if let failure { throw failure }
    guard let type = buffer.peek(UInt8.self), let length = buffer.peek(Int32.self, at: 1) else { return nil }
    guard length >= 4 else {
      let error = WireError.malformed("invalid message length")
      failure = error
      throw error
    }
    guard Int(length) <= maximumMessageBytes else {
      let error = WireError(
        kind: .messageTooLarge,
        message: "message of \(length) bytes exceeds the limit of \(maximumMessageBytes) bytes")
      failure = error
      throw error
    }
    return buffer.count > Int(length) ? (type, Int(length)) : nil
  }

  private static func message(
    _ type: UInt8, _ body: inout WireReader
  ) throws(WireError) -> BackendMessage {
    switch type {
    case DataRow.type: return .dataRow(try DataRow(decoding: &body))
    case CopyData.type: return .copyData(try CopyData(decoding: &body))
    case Authentication.type: return .authentication(try Authentication(decoding: &body))
    case NegotiateProtocolVersion.type:
      return .negotiateProtocolVersion(try NegotiateProtocolVersion(decoding: &body))
    case ParameterStatus.type: return .parameterStatus(try ParameterStatus(decoding: &body))
    case BackendKeyData.type: return .backendKeyData(try BackendKeyData(decoding: &body))
    case ReadyForQuery.type: return .readyForQuery(try ReadyForQuery(decoding: &body).status)
    case RowDescription.type: return .rowDescription(try RowDescription(decoding: &body))
    case CommandComplete.type: return .commandComplete(try CommandComplete(decoding: &body))
    case ErrorResponse.type: return .errorResponse(try ErrorResponse(decoding: &body).error)
    case NoticeResponse.type: return .noticeResponse(try NoticeResponse(decoding: &body).notice)
    case ParameterDescription.type: return .parameterDescription(try ParameterDescription(decoding: &body))
    case CopyResponse.Direction.copyIn.rawValue:
      return .copyInResponse(try CopyResponse(.copyIn, decoding: &body))
    case CopyResponse.Direction.copyOut.rawValue:
      return .copyOutResponse(try CopyResponse(.copyOut, decoding: &body))
    case CopyResponse.Direction.both.rawValue:
      return .copyBothResponse(try CopyResponse(.both, decoding: &body))
    case NotificationResponse.type: return .notificationResponse(try NotificationResponse(decoding: &body))
    case FunctionCallResponse.type: return .functionCallResponse(try FunctionCallResponse(decoding: &body))
    default: break
    }
    try body.finish()
    switch type {
    case UInt8(ascii: "1"): return .parseComplete
    case UInt8(ascii: "2"): return .bindComplete
    case UInt8(ascii: "3"): return .closeComplete
    case UInt8(ascii: "n"): return .noData
    case UInt8(ascii: "s"): return .portalSuspended
    case UInt8(ascii: "I"): return .emptyQueryResponse
    case UInt8(ascii: "c"): return .copyDone
    default: throw .malformed("invalid backend message type \(type)")
    }
  }
}
