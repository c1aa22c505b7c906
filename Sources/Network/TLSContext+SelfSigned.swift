import COpenSSL
import CPlatform
import Glibc

extension TLSContext {
  /// Uses the certificate and key of two files, which are made first if neither exists: a P-256 key that
  /// only this user can read and a certificate signed by itself for the names given, valid for ten years.
  package static func selfSigned(
    certificatePath: String, keyPath: String, names: [String]
  ) throws(NetworkError) -> TLSContext {
    let existing = [certificatePath, keyPath].map { (path: String) in unsafe access(path, F_OK) == 0 }
    if !existing[0] && !existing[1] {
      try generate(certificatePath: certificatePath, keyPath: keyPath, names: names)
    }
    return try TLSContext(certificatePath: certificatePath, keyPath: keyPath)
  }

  private static func generate(
    certificatePath: String, keyPath: String, names: [String]
  ) throws(NetworkError) {
    guard let key = unsafe martinet_p256_key() else { throw error("cannot make a TLS key") }
    defer { unsafe EVP_PKEY_free(key) }
    guard let certificate = unsafe X509_new() else { throw error("cannot make a TLS certificate") }
    defer { unsafe X509_free(certificate) }

    var serial = [UInt8](repeating: 0, count: 16)
    guard unsafe RAND_bytes(&serial, Int32(serial.count)) == 1 else { throw error("no random numbers") }
    serial[0] = serial[0] & 0x7f | 0x40
    let number = unsafe BN_bin2bn(serial, Int32(serial.count), nil)
    defer { unsafe BN_free(number) }
    unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate))
    unsafe X509_set_version(certificate, 2)
    // An hour back, for clients whose clock is slow.
    unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), -3600)
    unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), 3650 * 86_400)
    unsafe X509_set_pubkey(certificate, key)

    let subject = unsafe X509_get_subject_name(certificate)
    let commonName = Array((names.first ?? "martinet").utf8.prefix(64))
    unsafe X509_NAME_add_entry_by_txt(
      subject, "CN", MBSTRING_UTF8, commonName, Int32(commonName.count), -1, 0)
    unsafe X509_set_issuer_name(certificate, subject)
    try unsafe add(NID_basic_constraints, "critical,CA:FALSE", to: certificate)
    try unsafe add(NID_ext_key_usage, "serverAuth", to: certificate)
    let alternatives = names.filter(isSafeName).map { (isAddress($0) ? "IP:" : "DNS:") + $0 }
    if !alternatives.isEmpty {
      try unsafe add(NID_subject_alt_name, alternatives.joined(separator: ","), to: certificate)
    }
    guard unsafe X509_sign(certificate, key, EVP_sha256()) > 0 else {
      throw error("cannot sign the TLS certificate")
    }
    let keyText = try unsafe pem { unsafe PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
    let certificateText = try unsafe pem { unsafe PEM_write_bio_X509($0, certificate) }
    try writeNew(keyPath, keyText, mode: 0o600)
    try writeNew(certificatePath, certificateText, mode: 0o644)
  }

  private static func add(
    _ kind: Int32, _ value: String, to certificate: OpaquePointer
  ) throws(NetworkError) {
    guard let extensionValue = unsafe X509V3_EXT_conf_nid(nil, nil, kind, value) else {
      throw error("cannot put \"\(value)\" into the TLS certificate")
    }
    defer { unsafe X509_EXTENSION_free(extensionValue) }
    unsafe X509_add_ext(certificate, extensionValue, -1)
  }

  /// Names go into OpenSSL's configuration syntax: only what a host name or an address is made of.
  private static func isSafeName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
          || byte == UInt8(ascii: ":")
      }
  }

  private static func isAddress(_ name: String) -> Bool {
    var bytes = (UInt64(0), UInt64(0))
    // inet_pton writes 4 or 16 bytes into the 16 local ones.
    return unsafe inet_pton(AF_INET, name, &bytes) == 1 || inet_pton(AF_INET6, name, &bytes) == 1
  }

  private static func pem(_ write: (OpaquePointer) -> Int32) throws(NetworkError) -> [UInt8] {
    guard let memory = unsafe BIO_new(BIO_s_mem()) else { throw error("out of memory") }
    defer { unsafe BIO_free(memory) }
    guard unsafe write(memory) == 1 else { throw error("cannot write PEM") }
    var start: UnsafeMutablePointer<CChar>?
    let count = unsafe martinet_bio_bytes(memory, &start)
    // The bytes belong to the BIO and are copied before it is freed.
    guard count > 0, let start = unsafe start else { throw error("cannot write PEM") }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  private static func writeNew(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(NetworkError) {
    let file = unsafe martinet_open(path, O_WRONLY | O_CREAT | O_EXCL, mode)
    guard file >= 0 else { throw .system("cannot create \(path)", code: .file) }
    let written = unsafe Glibc.write(file, bytes, bytes.count)
    let error = errno
    let synced = fsync(file)
    Glibc.close(file)
    guard written == bytes.count, synced == 0 else {
      unsafe unlink(path)
      throw .system("cannot write \(path)", error, code: .file)
    }
  }
}

extension UInt8 {
  fileprivate var isAlphanumeric: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5a).contains(self & 0xdf)
  }
}
