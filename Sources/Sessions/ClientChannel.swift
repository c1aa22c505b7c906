package import Network
package import PostgresWire

/// The client's end of a session: messages in, messages out, over one stream.
///
/// Output is gathered and sent when enough has come together or when the protocol asks for it. A client
/// that reads slowly blocks the session's own thread and nobody else.
package final class ClientChannel {
  /// How much output is gathered before it is sent, in bytes.
  package static let flushBytes = 64 << 10

  package let stream: Network.Stream
  package var decoder: FrontendDecoder
  /// Messages that were not sent yet.
  package var output = WireBuffer(capacity: 0)
  private var peeked: FrontendMessage?
  /// When waiting for the client ends, in nanoseconds of the monotonic clock; nil for never.
  private var deadline: UInt64?

  package init(stream: Network.Stream, limits: WireLimits) {
    self.stream = stream
    decoder = FrontendDecoder(limits: limits)
  }

  /// Makes waiting for the client end after this time; nil takes the limit away.
  package func setDeadline(milliseconds: Int?) {
    deadline = milliseconds.map { Clock.monotonicNanoseconds() + UInt64($0) * 1_000_000 }
  }

  /// Queues a message.
  package func send(_ message: BackendMessage) {
    message.encode(into: &output)
  }

  /// Sends what is queued if it is much.
  package func flushIfLarge() throws(NetworkError) {
    if output.count >= Self.flushBytes { try flush() }
  }

  /// Sends everything that is queued.
  package func flush() throws(NetworkError) {
    guard !output.isEmpty else { return }
    try output.withUnsafeBytes { bytes throws(NetworkError) in try stream.write(bytes) }
    output.removeAll(keepingCapacity: Self.flushBytes * 2)
  }

  /// Gives back what an idle session does not need.
  package func shrink() {
    output.removeAll(keepingCapacity: 0)
    decoder.shrink(to: 0)
  }

  /// The next message that has already arrived, without waiting.
  package func buffered() throws(WireError) -> FrontendMessage? {
    if let message = peeked {
      peeked = nil
      return message
    }
    return try decoder.next()
  }

  /// Looks at the next message that has already arrived without taking it. Faults are left to be found when
  /// the message is taken.
  package func peek() -> FrontendMessage? {
    if peeked == nil, decoder.nextType == UInt8(ascii: "S") { peeked = try? decoder.next() }
    return peeked
  }

  /// Reads what the client sent into the decoder.
  ///
  /// - Returns: false at the end of the stream.
  package func receive() throws(NetworkError) -> Bool {
    if let deadline {
      let now = Clock.monotonicNanoseconds()
      let rest = deadline > now ? Int((deadline - now) / 1_000_000) : 0
      if try stream.wait(timeoutMilliseconds: rest, wake: nil) == .timedOut {
        throw NetworkError(.timedOut, "the client did not answer in time")
      }
    }
    return try decoder.appendUnsafe(minimumCapacity: 8192) { buffer throws(NetworkError) in
      try stream.read(into: buffer)
    } > 0
  }

  /// The next message, waiting for it.
  ///
  /// - Returns: nil at the end of the stream.
  package func next() throws -> FrontendMessage? {
    while true {
      if let message = try buffered() { return message }
      guard try receive() else { return nil }
    }
  }
}
