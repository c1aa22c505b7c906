/// What a server keeps instead of a password for SCRAM-SHA-256 (RFC 5802, RFC 7677).
///
/// As text: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`, salt and keys in base64, as
/// PostgreSQL keeps it in `pg_authid.rolpassword`.
package struct SCRAMVerifier: Equatable, Sendable {
  /// How often the password is hashed.
  package let iterations: Int
  package let salt: [UInt8]
  package let storedKey: [UInt8]
  package let serverKey: [UInt8]

  /// PostgreSQL's `scram_iterations` and length of a salt.
  package static let defaultIterations = 4096
  package static let saltBytes = 16

  init(iterations: Int, salt: [UInt8], storedKey: [UInt8], serverKey: [UInt8]) {
    self.iterations = iterations
    self.salt = salt
    self.storedKey = storedKey
    self.serverKey = serverKey
  }

  /// Reads a verifier's text; nil if it is not one.
  package init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "SCRAM-SHA-256" else { return nil }
    let parameters = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    let keys = parts[2].split(separator: ":", omittingEmptySubsequences: false)
    guard parameters.count == 2, keys.count == 2,
      let iterations = Int32(parameters[0]), iterations > 0,
      let salt = Base64.decode(parameters[1]), !salt.isEmpty,
      let storedKey = Base64.decode(keys[0]), storedKey.count == Cryptography.digestBytes,
      let serverKey = Base64.decode(keys[1]), serverKey.count == Cryptography.digestBytes
    else { return nil }
    self.init(iterations: Int(iterations), salt: salt, storedKey: storedKey, serverKey: serverKey)
  }

  /// The verifier's text.
  package var text: String {
    "SCRAM-SHA-256$\(iterations):\(Base64.encode(salt))$\(Base64.encode(storedKey)):\(Base64.encode(serverKey))"
  }

  /// A verifier of `password`.
  package init(password: String, salt: [UInt8], iterations: Int = SCRAMVerifier.defaultIterations) {
    let keys = SCRAMKeys(password: password, salt: salt, iterations: iterations)
    self.init(
      iterations: iterations, salt: salt, storedKey: Cryptography.sha256(keys.clientKey),
      serverKey: keys.serverKey)
  }

  /// A verifier of `password` with a new random salt.
  package static func make(
    password: String, iterations: Int = SCRAMVerifier.defaultIterations
  ) throws(PostgresError) -> SCRAMVerifier {
    SCRAMVerifier(
      password: password, salt: try Cryptography.randomBytes(saltBytes), iterations: iterations)
  }

  /// A verifier that no password meets, for a user who does not exist: the exchange then looks and lasts
  /// the same. Its salt depends on `secret` and the name, so that repeated attempts see the same one.
  package static func mock(
    user: String, secret: [UInt8], iterations: Int = SCRAMVerifier.defaultIterations
  ) -> SCRAMVerifier {
    let salt = Cryptography.hmacSHA256(key: secret, Array("salt:".utf8) + user.utf8).prefix(saltBytes)
    let key = Cryptography.hmacSHA256(key: secret, Array("key:".utf8) + user.utf8)
    return SCRAMVerifier(iterations: iterations, salt: Array(salt), storedKey: key, serverKey: key)
  }

  /// True if `password` is the one this verifier was made of.
  package func matches(password: String) -> Bool {
    let keys = SCRAMKeys(password: password, salt: salt, iterations: iterations)
    return Cryptography.constantTimeEquals(keys.serverKey, serverKey)
  }
}

/// The keys that both sides derive from a password.
struct SCRAMKeys {
  let clientKey: [UInt8]
  let serverKey: [UInt8]

  init(password: String, salt: [UInt8], iterations: Int) {
    let salted = Cryptography.pbkdf2SHA256(
      password: SASLprep.prepare(password), salt: salt, iterations: iterations)
    clientKey = Cryptography.hmacSHA256(key: salted, Array("Client Key".utf8))
    serverKey = Cryptography.hmacSHA256(key: salted, Array("Server Key".utf8))
  }
}
