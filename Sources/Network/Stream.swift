import COpenSSL
import CPlatform
import Glibc
import Synchronization

/// A connected socket, in clear or under TLS.
///
/// One thread at a time reads, writes, waits and closes (the session's thread); `shutdown` and
/// `peerHasClosed` may be called from any thread. What protects it: `socket` never changes, the descriptor
/// is closed only under the lock that `shutdown` and `peerHasClosed` take, and the TLS state belongs to the
/// session's thread alone.
@safe package final class Stream: @unchecked Sendable {
  let socket: Int32
  private let isOpen = Mutex(true)
  /// The SSL object once `startTLS` began; nil in clear.
  var tls: OpaquePointer?
  /// TLS met a fatal error: no farewell is sent, as OpenSSL demands.
  var tlsIsBroken = false
  var tlsContext: TLSContext?

  /// The numeric address of the other end, `local` for a Unix socket.
  package let remoteHost: String
  /// The port of the other end, 0 for a Unix socket.
  package let remotePort: UInt16

  /// How long a write waits for a peer that takes nothing; nil waits for ever.
  package var writeTimeoutMilliseconds: Int?

  /// Takes a connected, non-blocking socket over.
  init(socket: Int32) {
    Signals.ignoreBrokenPipe
    self.socket = socket
    if let remote = SocketAddress.numeric(of: socket, peer: true) {
      remoteHost = remote.host
      remotePort = remote.port
      setOption(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
      // A peer that vanished is noticed after 2 minutes of silence and 4 unanswered probes.
      setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1)
      setOption(socket, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 120)
      setOption(socket, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 15)
      setOption(socket, Int32(IPPROTO_TCP), TCP_KEEPCNT, 4)
    } else {
      remoteHost = "local"
      remotePort = 0
    }
  }

  deinit { close() }

  /// `host:port`, or `local`.
  package var remoteAddress: String {
    if remotePort == 0 { return remoteHost }
    return remoteHost.contains(":") ? "[\(remoteHost)]:\(remotePort)" : "\(remoteHost):\(remotePort)"
  }

  // MARK: Reading

  /// Waits for bytes and reads at most as many as fit; 0 is the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(NetworkError) -> Int {
    try requireOpen()
    if let tls = unsafe tls { return try unsafe readTLS(tls, into: buffer) }
    while true {
      // recv writes at most the buffer's count.
      let count = unsafe recv(socket, buffer.baseAddress, buffer.count, 0)
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: _ = waitForEvents(on: socket, POLLIN, wake: nil, deadline: Deadline(milliseconds: nil))
      case let error: throw Self.lost("reading from the client failed", error)
      }
    }
  }

  /// Waits until `read` will not block: bytes, the end, or an error. The wake-up counts before bytes.
  package func wait(timeoutMilliseconds: Int?, wake: WakeSignal?) throws(NetworkError) -> WaitResult {
    try requireOpen()
    let deadline = Deadline(milliseconds: timeoutMilliseconds)
    while true {
      if hasDecryptedBytes {
        let woken =
          wake != nil && waitForEvents(on: -1, 0, wake: wake, deadline: .init(milliseconds: 0)) == .woken
        return woken ? .woken : .readable
      }
      switch waitForEvents(on: socket, POLLIN, wake: wake, deadline: deadline) {
      case .woken: return .woken
      case .timedOut: return .timedOut
      case .ready:
        // A TLS record may hold no bytes for us (a ticket, a key update).
        if unsafe tls == nil || peekTLS() { return .readable }
      }
    }
  }

  /// The next byte without taking it, in clear only; nil at the end. Tells a TLS client that does not ask
  /// first (its first byte is 0x16) from one that does. Call after `wait` said readable, or it blocks.
  package func peekByte() throws(NetworkError) -> UInt8? {
    try requireOpen()
    var byte: UInt8 = 0
    while true {
      // One byte into a local variable.
      let count = unsafe recv(socket, &byte, 1, Int32(MSG_PEEK))
      if count >= 0 { return count == 0 ? nil : byte }
      switch errno {
      case EINTR: continue
      case EAGAIN: _ = waitForEvents(on: socket, POLLIN, wake: nil, deadline: Deadline(milliseconds: nil))
      case let error: throw Self.lost("reading from the client failed", error)
      }
    }
  }

  // MARK: Writing

  /// Writes all bytes.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(NetworkError) {
    try requireOpen()
    if let tls = unsafe tls { return try unsafe writeTLS(tls, bytes) }
    var written = 0
    while written < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
      // send reads the rest of the caller's buffer, which outlives the call.
      let count = unsafe send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      if count >= 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: try waitToWrite(POLLOUT)
      case let error: throw Self.lost("writing to the client failed", error)
      }
    }
  }

  /// Waits until the peer takes bytes again, at most for the write time-out.
  func waitToWrite(_ events: Int32) throws(NetworkError) {
    let deadline = Deadline(milliseconds: writeTimeoutMilliseconds)
    if waitForEvents(on: socket, events, wake: nil, deadline: deadline) == .timedOut {
      throw NetworkError(
        .timedOut, "the client took no bytes for \(writeTimeoutMilliseconds ?? 0) ms", errorNumber: ETIMEDOUT)
    }
  }

  // MARK: Ending

  /// Whether the other end closed its side. Any thread; a look, no reading, so that a running statement
  /// whose client left can be stopped.
  package func peerHasClosed() -> Bool {
    isOpen.withLock { isOpen in
      guard isOpen else { return true }
      let rdhup = Int16(martinet_pollrdhup_value)
      var set = pollfd(fd: socket, events: rdhup, revents: 0)
      // One local structure.
      let count = unsafe poll(&set, 1, 0)
      return count > 0 && set.revents & (rdhup | Int16(POLLHUP | POLLERR)) != 0
    }
  }

  /// Ends the connection under whoever reads or writes (they see the end or an error). Any thread.
  package func shutdown() {
    isOpen.withLock { isOpen in
      if isOpen { _ = Glibc.shutdown(socket, Int32(SHUT_RDWR)) }
    }
  }

  /// Sends the end to the peer and goes on reading.
  package func finishWriting() {
    isOpen.withLock { isOpen in
      if isOpen { _ = Glibc.shutdown(socket, Int32(SHUT_WR)) }
    }
  }

  /// Closes without a farewell: the peer sees a reset, and what it has not read yet is lost.
  package func reset() {
    isOpen.withLock { isOpen in
      guard isOpen else { return }
      isOpen = false
      tlsIsBroken = true
      endTLS()
      var option = linger(l_onoff: 1, l_linger: 0)
      // The structure is local and passed with its size.
      unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
      Glibc.close(socket)
    }
  }

  /// Says farewell and closes. What was written before still reaches the peer. May be called twice.
  package func close() {
    isOpen.withLock { isOpen in
      guard isOpen else { return }
      isOpen = false
      endTLS()
      _ = Glibc.shutdown(socket, Int32(SHUT_WR))
      // Closing with unread bytes would reset the connection and take the last answer (often the reason)
      // from the peer; MSG_TRUNC drops them without a copy. Bounded: a peer that keeps sending loses.
      for _ in 0..<16 {
        let count = recv(socket, nil, 1 << 20, Int32(MSG_TRUNC | MSG_DONTWAIT))
        if count <= 0 { break }
      }
      Glibc.close(socket)
    }
  }

  func requireOpen() throws(NetworkError) {
    guard isOpen.withLock({ $0 }) else { throw NetworkError(.closed, "the connection is closed") }
  }

  static func lost(_ what: String, _ error: Int32) -> NetworkError {
    let gone = [ECONNRESET, EPIPE, ETIMEDOUT, ENOTCONN, EHOSTUNREACH, ENETUNREACH, ECONNABORTED].contains(
      error)
    return .system(what, error, code: gone ? .connectionLost : .system)
  }
}
