import CPlatform
import Glibc

/// An error of the transport: what kind it is, a sentence for a person, and errno where there was one.
package struct NetworkError: Error, CustomStringConvertible {
  package enum Code: Sendable {
    /// The address cannot be resolved or is malformed.
    case badAddress
    /// Another process listens there.
    case addressInUse
    /// The peer went away while bytes were on their way.
    case connectionLost
    /// The peer did not take or send bytes within the time-out.
    case timedOut
    /// The stream was closed or shut down on this side.
    case closed
    /// TLS failed: the handshake, a certificate, a record.
    case tls
    /// Bytes arrived in clear behind a request for TLS (an injection; see CVE-2021-23214).
    case plaintextBeforeTLS
    /// A file (certificate, key, lock, socket) cannot be used.
    case file
    /// Another process holds a file lock.
    case locked
    /// The system refused for another reason.
    case system
  }

  package let code: Code
  package let message: String
  /// errno of the call that failed, 0 if there was none.
  package let errorNumber: Int32

  package init(_ code: Code, _ message: String, errorNumber: Int32 = 0) {
    self.code = code
    self.message = message
    self.errorNumber = errorNumber
  }

  /// An error of the C library: `what` failed, because errno says so.
  static func system(_ what: String, _ errorNumber: Int32 = errno, code: Code = .system) -> NetworkError {
    NetworkError(code, "\(what): \(describe(errorNumber: errorNumber))", errorNumber: errorNumber)
  }

  package var description: String { message }
}

/// What the C library says about an errno value.
package func describe(errorNumber: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  // The shim writes a terminated text within the buffer.
  unsafe martinet_error_text(errorNumber, &buffer, UInt(buffer.count))
  return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
