import COpenSSL
import Glibc

/// What a TLS server (certificate and key) or client needs for its handshakes. Immutable after it is made,
/// so threads share it: OpenSSL locks what it changes inside (session tickets' keys, reference counts).
@safe package final class TLSContext: @unchecked Sendable {
  let handle: OpaquePointer
  let isClient: Bool
  /// `tls-server-end-point` of the certificate; nil for a client.
  let endPointHash: [UInt8]?

  /// A server that shows the certificate chain of a PEM file.
  package init(certificatePath: String, keyPath: String) throws(NetworkError) {
    unsafe handle = try Self.make(TLS_server_method())
    isClient = false
    var hash: [UInt8]?
    do throws(NetworkError) {
      guard unsafe SSL_CTX_use_certificate_chain_file(handle, certificatePath) == 1 else {
        throw Self.error("cannot use the TLS certificate \(certificatePath)", code: .file)
      }
      guard unsafe SSL_CTX_use_PrivateKey_file(handle, keyPath, SSL_FILETYPE_PEM) == 1 else {
        throw Self.error("cannot use the TLS key \(keyPath)", code: .file)
      }
      guard unsafe SSL_CTX_check_private_key(handle) == 1 else {
        throw Self.error("the TLS key \(keyPath) does not belong to \(certificatePath)", code: .file)
      }
      hash = unsafe SSL_CTX_get0_certificate(handle).flatMap { unsafe Self.endPointHash(of: $0) }
    } catch {
      endPointHash = nil
      throw error
    }
    endPointHash = hash
    // Reconnecting with a ticket skips the signature; one ticket a handshake is enough.
    unsafe SSL_CTX_set_num_tickets(handle, 1)
    let name = Array("martinet".utf8)
    unsafe SSL_CTX_set_session_id_context(handle, name, UInt32(name.count))
    unsafe SSL_CTX_set_alpn_select_cb(handle, Self.selectProtocol, nil)
  }

  /// A client. It does not verify the server's certificate (`sslmode=require` of libpq).
  package init(clientOffering protocols: [String] = ["postgresql"]) throws(NetworkError) {
    unsafe handle = try Self.make(TLS_client_method())
    isClient = true
    endPointHash = nil
    let list = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    if !list.isEmpty { unsafe _ = SSL_CTX_set_alpn_protos(handle, list, UInt32(list.count)) }
  }

  deinit { unsafe SSL_CTX_free(handle) }

  private static func make(_ method: OpaquePointer?) throws(NetworkError) -> OpaquePointer {
    guard let context = unsafe SSL_CTX_new(method) else { throw error("cannot set up TLS") }
    unsafe _ = martinet_ssl_ctx_require_tls12(context)
    unsafe martinet_ssl_ctx_set_modes(context)
    unsafe martinet_ssl_ctx_set_options(context)
    return unsafe context
  }

  /// Takes `postgresql` when the client offers it; otherwise goes on without (PostgreSQL asks for ALPN only
  /// where a client starts TLS without SSLRequest).
  private static let selectProtocol:
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, UnsafeMutablePointer<UInt8>?,
      UnsafePointer<UInt8>?, UInt32, UnsafeMutableRawPointer?
    ) -> Int32 = { _, chosen, chosenLength, offered, offeredLength, _ in
      guard let offered = unsafe offered else { return SSL_TLSEXT_ERR_NOACK }
      let wanted = "postgresql".utf8
      var position = 0
      let end = Int(offeredLength)
      // The offer is length-prefixed names within `offeredLength` bytes; the answer points into it, as
      // OpenSSL asks.
      while position < end {
        let length = unsafe Int(offered[position])
        guard position + 1 + length <= end else { break }
        let name = unsafe UnsafeBufferPointer(start: offered + position + 1, count: length)
        if unsafe name.elementsEqual(wanted) {
          unsafe chosen?.pointee = UnsafePointer(offered + position + 1)
          unsafe chosenLength?.pointee = UInt8(length)
          return SSL_TLSEXT_ERR_OK
        }
        position += 1 + length
      }
      return SSL_TLSEXT_ERR_NOACK
    }

  /// RFC 5929: the certificate under its signature's hash function, SHA-256 where that is MD5 or SHA-1.
  private static func endPointHash(of certificate: OpaquePointer) -> [UInt8]? {
    var digestID: Int32 = 0
    let signature = unsafe X509_get_signature_nid(certificate)
    // Local integers and a buffer of OpenSSL's maximum size.
    guard unsafe OBJ_find_sigid_algs(signature, &digestID, nil) == 1 else { return nil }
    let weak = digestID == NID_md5 || digestID == NID_sha1
    guard let digest = unsafe weak ? EVP_sha256() : EVP_get_digestbyname(OBJ_nid2sn(digestID)) else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard unsafe X509_digest(certificate, digest, &bytes, &length) == 1 else { return nil }
    return Array(bytes.prefix(Int(length)))
  }

  /// The newest reason of this thread's OpenSSL error queue behind `what`.
  static func error(_ what: String, code: NetworkError.Code = .tls) -> NetworkError {
    let number = ERR_peek_last_error()
    ERR_clear_error()
    // OpenSSL's reasons are constant strings.
    let reason = unsafe ERR_reason_error_string(number).map { unsafe String(cString: $0) }
    return NetworkError(code, reason.map { "\(what): \($0)" } ?? what)
  }
}
