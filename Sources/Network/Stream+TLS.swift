import COpenSSL
import Glibc

extension Stream {
  package var isEncrypted: Bool { unsafe tls != nil }

  /// `TLSv1.3`, or nil in clear.
  package var tlsVersion: String? {
    // OpenSSL returns constant strings.
    unsafe tls.flatMap { unsafe SSL_get_version($0) }.map { unsafe String(cString: $0) }
  }

  package var tlsCipher: String? {
    unsafe tls.flatMap { unsafe SSL_CIPHER_get_name(SSL_get_current_cipher($0)) }.map {
      unsafe String(cString: $0)
    }
  }

  /// The protocol both sides agreed on by ALPN, if the client offered any.
  package var applicationProtocol: String? {
    guard let tls = unsafe tls else { return nil }
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    // The name points into the SSL object and is copied at once.
    unsafe SSL_get0_alpn_selected(tls, &name, &length)
    guard let name = unsafe name, length > 0 else { return nil }
    return unsafe String(decoding: UnsafeBufferPointer(start: name, count: Int(length)), as: UTF8.self)
  }

  /// Whether this handshake continued an earlier session by its ticket.
  package var tlsSessionWasReused: Bool {
    unsafe tls.map { unsafe SSL_session_reused($0) == 1 } ?? false
  }

  /// The data of the channel binding `tls-server-end-point` (RFC 5929): a hash of the server's
  /// certificate. Nil in clear and on the client's side.
  package var channelBindingData: [UInt8]? { tlsContext?.endPointHash }

  /// Does the handshake: as the server, or as the client, as the context was made.
  ///
  /// `unreadBytes` is how many bytes the caller has read from the connection and not used: there must be
  /// none, or somebody between client and server has put a plaintext in front of the encrypted part.
  /// The whole handshake must end within the time-out.
  package func startTLS(
    _ context: TLSContext, unreadBytes: Int = 0, serverName: String? = nil, timeoutMilliseconds: Int? = 60_000
  ) throws(NetworkError) {
    try requireOpen()
    guard unreadBytes == 0 else {
      throw NetworkError(.plaintextBeforeTLS, "received unencrypted data after SSL request")
    }
    guard unsafe tls == nil else { throw NetworkError(.tls, "the connection is already encrypted") }
    guard let ssl = unsafe SSL_new(context.handle), unsafe SSL_set_fd(ssl, socket) == 1 else {
      throw TLSContext.error("cannot start TLS")
    }
    unsafe tls = ssl
    tlsContext = context
    if context.isClient {
      if let serverName { unsafe _ = martinet_ssl_set_host_name(ssl, serverName) }
      unsafe SSL_set_connect_state(ssl)
    } else {
      unsafe SSL_set_accept_state(ssl)
    }
    let deadline = Deadline(milliseconds: timeoutMilliseconds)
    while true {
      ERR_clear_error()
      let status = unsafe SSL_do_handshake(ssl)
      if status == 1 { return }
      let events: Int32
      switch unsafe SSL_get_error(ssl, status) {
      case SSL_ERROR_WANT_READ: events = POLLIN
      case SSL_ERROR_WANT_WRITE: events = POLLOUT
      case let code: throw tlsFailure(code, "the TLS handshake failed")
      }
      if waitForEvents(on: socket, events, wake: nil, deadline: deadline) == .timedOut {
        tlsIsBroken = true
        throw NetworkError(.timedOut, "the TLS handshake took too long", errorNumber: ETIMEDOUT)
      }
    }
  }

  var hasDecryptedBytes: Bool { unsafe tls.map { unsafe SSL_pending($0) > 0 } ?? false }

  /// Whether a read would return now: bytes, the end, or an error.
  func peekTLS() -> Bool {
    guard let tls = unsafe tls else { return true }
    var byte: UInt8 = 0
    ERR_clear_error()
    // One byte into a local variable.
    let count = unsafe SSL_peek(tls, &byte, 1)
    return unsafe count > 0 || SSL_get_error(tls, count) != SSL_ERROR_WANT_READ
  }

  func readTLS(_ tls: OpaquePointer, into buffer: UnsafeMutableRawBufferPointer) throws(NetworkError) -> Int {
    while true {
      ERR_clear_error()
      // SSL_read writes at most the count that is passed.
      let count = unsafe SSL_read(tls, buffer.baseAddress, Int32(clamping: buffer.count))
      if count > 0 { return Int(count) }
      switch unsafe SSL_get_error(tls, count) {
      case SSL_ERROR_ZERO_RETURN: return 0
      case SSL_ERROR_WANT_READ:
        _ = waitForEvents(on: socket, POLLIN, wake: nil, deadline: Deadline(milliseconds: nil))
      case SSL_ERROR_WANT_WRITE: try waitToWrite(POLLOUT)
      case let code: throw tlsFailure(code, "reading from the client failed")
      }
    }
  }

  func writeTLS(_ tls: OpaquePointer, _ bytes: UnsafeRawBufferPointer) throws(NetworkError) {
    var written = 0
    while written < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
      ERR_clear_error()
      // Partial writes are on: it returns after each record. The buffer outlives the call.
      let count = unsafe SSL_write(tls, rest.baseAddress, Int32(clamping: rest.count))
      if count > 0 {
        written += Int(count)
        continue
      }
      switch unsafe SSL_get_error(tls, count) {
      case SSL_ERROR_WANT_READ: try waitToWrite(POLLIN)
      case SSL_ERROR_WANT_WRITE: try waitToWrite(POLLOUT)
      case let code: throw tlsFailure(code, "writing to the client failed")
      }
    }
  }

  /// Sends close_notify if TLS is sound and frees its memory.
  func endTLS() {
    guard let ssl = unsafe tls else { return }
    if unsafe !tlsIsBroken && SSL_is_init_finished(ssl) == 1 { unsafe SSL_shutdown(ssl) }
    unsafe SSL_free(ssl)
    unsafe tls = nil
    ERR_clear_error()
  }

  private func tlsFailure(_ code: Int32, _ what: String) -> NetworkError {
    let error = errno
    tlsIsBroken = true
    if code == SSL_ERROR_SYSCALL { return error == 0 ? Self.lost(what, ECONNRESET) : Self.lost(what, error) }
    return TLSContext.error(what)
  }
}
