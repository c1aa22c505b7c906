import COpenSSL

/// The primitives of SCRAM-SHA-256, by OpenSSL.
package enum Cryptography {
  /// Bytes of a SHA-256 digest.
  package static let digestBytes = 32

  /// `count` bytes from OpenSSL's random generator, which is seeded by the system.
  ///
  /// Throws 58000 if there is no randomness: nothing secret may be made without it.
  package static func randomBytes(_ count: Int) throws(PostgresError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let result = bytes.withUnsafeMutableBufferPointer { RAND_bytes($0.baseAddress, Int32(count)) }
    guard result == 1 else { throw PostgresError(.systemError, "could not generate random bytes") }
    return bytes
  }

  /// The SHA-256 digest of `bytes`.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: digestBytes)
    _ = digest.withUnsafeMutableBufferPointer { SHA256(bytes, bytes.count, $0.baseAddress) }
    return digest
  }

  /// The HMAC-SHA-256 of `bytes` under `key`.
  package static func hmacSHA256(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: digestBytes)
    _ = digest.withUnsafeMutableBufferPointer {
      HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, $0.baseAddress, nil)
    }
    return digest
  }

  /// PBKDF2 with HMAC-SHA-256: `Hi()` of RFC 5802.
  package static func pbkdf2SHA256(password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
    var derived = [UInt8](repeating: 0, count: digestBytes)
    _ = derived.withUnsafeMutableBufferPointer { output in
      password.withUnsafeBytes { password in
        PKCS5_PBKDF2_HMAC(
          password.bindMemory(to: CChar.self).baseAddress, Int32(password.count), salt, Int32(salt.count),
          Int32(truncatingIfNeeded: iterations), EVP_sha256(), Int32(output.count), output.baseAddress)
      }
    }
    return derived
  }

  /// True if both are the same, in a time that depends on their lengths only.
  package static func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }

  /// Each byte of `left` XOR that of `right`, which is as long.
  static func exclusiveOr(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    zip(left, right).map { $0 ^ $1 }
  }
}
