/// Turns the bytes of a client into messages, in pieces of any size.
///
/// A value without I/O: `append` bytes (or let `appendUnsafe` read into the buffer), call `next` until it
/// returns nil. After a fatal error the decoder stands still and repeats that error.
package struct FrontendDecoder: Sendable {
  /// What the next message must be.
  package enum Phase: Equatable, Sendable {
    /// A startup packet, which has no type byte.
    case startup
    /// Answers to an authentication request; `authenticated()` ends the phase.
    case authentication(PasswordKind)
    /// Anything that a logged-in client may send.
    case session
  }

  /// Which of the messages of type 'p' the next one is.
  package enum PasswordKind: Equatable, Sendable {
    case password
    case saslInitialResponse
    case saslResponse
  }

  /// What the next message must be; set it to say which answer an authentication request waits for.
  package var phase: Phase
  /// The most that the client may send.
  package var limits: WireLimits
  private var buffer = WireBuffer()
  private var failure: WireError?
  /// Bytes of a CopyData message's data that are still to come: `drainCopyData` has handed its beginning over.
  private var copyDataLeft = 0
  /// The type byte of the message whose body was refused last; for the caller to know what to pass over.
  package private(set) var refusedType: UInt8?

  /// A decoder that waits for a startup packet.
  package init(limits: WireLimits = WireLimits(), phase: Phase = .startup) {
    self.limits = limits
    self.phase = phase
  }

  /// Bytes that were received and not returned as messages. Must be 0 when TLS starts: bytes sent in the
  /// clear behind an SSLRequest are an attack.
  package var bufferedCount: Int { buffer.count }

  /// Takes the bytes that were received and not returned as messages: somebody else reads on from here.
  package mutating func takeUnread() -> WireBuffer {
    defer { buffer = WireBuffer() }
    return buffer
  }

  /// The client is logged in: larger messages and all types are accepted from now on.
  package mutating func authenticated() {
    phase = .session
  }

  /// Adds received bytes.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    buffer.append(contentsOf: bytes)
  }

  /// Adds received bytes.
  package mutating func append(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
  }

  /// Lets `read` put received bytes straight into the buffer and return how many (0 at the end of the
  /// stream); returns that count.
  package mutating func appendUnsafe<Failure: Error>(
    minimumCapacity: Int = 8192, _ read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    let before = buffer.count
    try buffer.appendUnsafe(minimumCapacity: minimumCapacity, read)
    return buffer.count - before
  }

  /// Gives memory above `bytes` back if nothing waits in the buffer: an idle session should be small.
  package mutating func shrink(to bytes: Int = 4096) {
    if buffer.isEmpty { buffer.removeAll(keepingCapacity: bytes) }
  }

  /// The next message; nil if more bytes are needed.
  ///
  /// Errors that are not fatal have consumed their message: `next` may be called again.
  package mutating func next() throws(WireError) -> FrontendMessage? {
    if let failure { throw failure }
    guard skipCopyData() else { return nil }
    do {
      return phase == .startup ? try nextStartup() : try nextTyped()
    } catch {
      if error.isFatal { failure = error }
      throw error
    }
  }

  /// The type byte of the next message once its header is there; nil before.
  package var nextType: UInt8? {
    phase == .startup || copyDataLeft > 0 || buffer.count < 5 ? nil : buffer.peek(UInt8.self)
  }

  /// Hands over the data of CopyData messages at the front of the buffer, piece by piece and without a copy,
  /// until another message follows or more bytes are needed; returns how many bytes there were. A message is
  /// handed over as it arrives: its pieces need not be whole.
  ///
  /// The pointer is valid during the call of `body` only.
  package mutating func drainCopyData<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    var total = 0
    while phase == .session, failure == nil {
      if copyDataLeft == 0 {
        guard buffer.peek(UInt8.self) == CopyData.type, let length = buffer.peek(Int32.self, at: 1),
          length >= 4, Int(length) <= limits.messageBytes
        else { break }
        buffer.consume(5)
        copyDataLeft = Int(length) - 4
      }
      let size = min(copyDataLeft, buffer.count)
      if size == 0, copyDataLeft > 0 { break }
      // Taken before the call, so that an error in it leaves the stream in step.
      copyDataLeft -= size
      defer { buffer.consume(size) }
      try buffer.withUnsafeBytes { bytes throws(Failure) in
        try body(UnsafeRawBufferPointer(rebasing: bytes[..<size]))
      }
      total += size
    }
    return total
  }

  /// Passes over the rest of a CopyData message that nobody wants any more; false if more of it is to come.
  private mutating func skipCopyData() -> Bool {
    let size = min(copyDataLeft, buffer.count)
    buffer.consume(size)
    copyDataLeft -= size
    return copyDataLeft == 0
  }

  // MARK: Framing

  private mutating func nextStartup() throws(WireError) -> FrontendMessage? {
    guard let length = buffer.peek(Int32.self) else { return nil }
    guard length >= 8, Int(length) <= limits.startupBytes else {
      throw .malformed("invalid length of startup packet")
    }
    guard buffer.count >= Int(length) else { return nil }
    let message = try buffer.withUnsafeBytes { bytes throws(WireError) in
      var body = WireReader(UnsafeRawBufferPointer(rebasing: bytes[4..<Int(length)]))
      return try Self.startupMessage(&body)
    }
    buffer.consume(Int(length))
    if case .startup = message { phase = .authentication(.saslInitialResponse) }
    return message
  }

  private static func startupMessage(_ body: inout WireReader) throws(WireError) -> FrontendMessage {
    let code = try body.read(UInt32.self)
    switch code {
    case CancelRequest.code: return .cancelRequest(try CancelRequest(decoding: &body))
    case FrontendMessage.sslRequestCode:
      try body.finish()
      return .sslRequest
    case FrontendMessage.gssEncRequestCode:
      try body.finish()
      return .gssEncRequest
    default: break
    }
    let version = ProtocolVersion(UInt16(code >> 16), UInt16(code & 0xFFFF))
    guard version.major == ProtocolVersion.supported.major else {
      throw WireError(
        kind: .unsupportedProtocol,
        message: "unsupported frontend protocol \(version.major).\(version.minor): "
          + "server supports 3.0 to 3.0")
    }
    return .startup(try StartupMessage(version: version, decoding: &body))
  }

  private mutating func nextTyped() throws(WireError) -> FrontendMessage? {
    guard let type = buffer.peek(UInt8.self) else { return nil }
    try checkType(type)
    guard let length = buffer.peek(Int32.self, at: 1) else { return nil }
    guard length >= 4 else { throw .malformed("invalid message length") }
    let limit = phase == .session ? limits.messageBytes : limits.messageBytesBeforeLogin
    guard Int(length) <= limit else {
      throw WireError(
        kind: .messageTooLarge, message: "message of \(length) bytes exceeds the limit of \(limit) bytes")
    }
    guard buffer.count > Int(length) else { return nil }
    // The message is consumed even if its body is refused, so that the stream stays in step.
    defer { buffer.consume(Int(length) + 1) }
    let phase = phase
    do {
      return try buffer.withUnsafeBytes { bytes throws(WireError) in
        var body = WireReader(UnsafeRawBufferPointer(rebasing: bytes[5..<Int(length) + 1]))
        return try Self.message(type, phase, &body)
      }
    } catch {
      refusedType = type
      // Its length was right, so what follows can be read: PostgreSQL ends only a log-in for that.
      guard phase == .session, error.kind == .protocolViolation else { throw error }
      throw WireError(kind: .invalidMessage, message: error.message)
    }
  }

  private func checkType(_ type: UInt8) throws(WireError) {
    if case .authentication = phase {
      guard type == PasswordMessage.type || type == UInt8(ascii: "X") else {
        throw .malformed("expected password response, got message type \(type)")
      }
    } else {
      guard Self.sessionTypes.contains(type) else {
        throw .malformed("invalid frontend message type \(type)")
      }
    }
  }

  private static let sessionTypes = Set("QPBDECHSdcfFX".utf8)

  private static func message(
    _ type: UInt8, _ phase: Phase, _ body: inout WireReader
  ) throws(WireError) -> FrontendMessage {
    switch type {
    case Query.type: return .query(try Query(decoding: &body))
    case Parse.type: return .parse(try Parse(decoding: &body))
    case Bind.type: return .bind(try Bind(decoding: &body))
    case Describe.type: return .describe(try Describe(decoding: &body))
    case Execute.type: return .execute(try Execute(decoding: &body))
    case Close.type: return .close(try Close(decoding: &body))
    case CopyData.type: return .copyData(try CopyData(decoding: &body))
    case CopyFail.type: return .copyFail(try CopyFail(decoding: &body))
    case FunctionCall.type: return .functionCall(try FunctionCall(decoding: &body))
    case PasswordMessage.type: return try password(phase, &body)
    default: break
    }
    try body.finish()
    switch type {
    case UInt8(ascii: "H"): return .flush
    case UInt8(ascii: "S"): return .sync
    case UInt8(ascii: "c"): return .copyDone
    case UInt8(ascii: "X"): return .terminate
    default: throw .malformed("invalid frontend message type \(type)")
    }
  }

  private static func password(
    _ phase: Phase, _ body: inout WireReader
  ) throws(WireError) -> FrontendMessage {
    guard case .authentication(let kind) = phase else {
      throw .malformed("invalid frontend message type 112")
    }
    switch kind {
    case .password: return .password(try PasswordMessage(decoding: &body))
    case .saslInitialResponse: return .saslInitialResponse(try SASLInitialResponse(decoding: &body))
    case .saslResponse: return .saslResponse(try SASLResponse(decoding: &body))
    }
  }
}
