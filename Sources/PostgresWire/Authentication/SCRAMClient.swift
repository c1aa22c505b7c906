/// The client's side of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS: messages in, messages out.
package struct SCRAMClient: Sendable {
  private enum State: Sendable {
    case initial
    case started(clientFirstBare: String)
    case answered(serverSignature: [UInt8])
    case finished
  }

  /// The most iterations a client is willing to compute for a server that it does not trust yet.
  package static let maximumIterations = 10_000_000

  private let password: String
  private let channelBinding: [UInt8]?
  private let mechanism: String
  private let clientNonce: String
  private var state = State.initial

  /// An exchange that proves `password`.
  ///
  /// - Parameters:
  ///   - mechanisms: Those that the server offers.
  ///   - channelBinding: The `tls-server-end-point` data of the TLS session; nil without TLS.
  ///   - nonce: The client's part of the nonce; random if nil.
  ///
  /// Throws 0A000 if the server offers no mechanism that is spoken here.
  package init(
    password: String, mechanisms: [String], channelBinding: [UInt8]? = nil, nonce: String? = nil
  ) throws(PostgresError) {
    if channelBinding != nil, mechanisms.contains(SCRAMServer.plus) {
      mechanism = SCRAMServer.plus
    } else if mechanisms.contains(SCRAMServer.plain) {
      mechanism = SCRAMServer.plain
    } else {
      throw PostgresError(
        .featureNotSupported, "none of the server's SASL authentication mechanisms are supported")
    }
    self.password = password
    self.channelBinding = channelBinding
    clientNonce = if let nonce { nonce } else { Base64.encode(try Cryptography.randomBytes(18)) }
  }

  /// The header that says whether the channel is bound.
  private var gs2Header: String {
    if mechanism == SCRAMServer.plus { return "p=tls-server-end-point,," }
    return channelBinding == nil ? "n,," : "y,,"
  }

  /// The first message.
  package mutating func start() -> SASLInitialResponse {
    guard case .initial = state else { preconditionFailure("the exchange has begun already") }
    let bare = "n=,r=\(clientNonce)"
    state = .started(clientFirstBare: bare)
    return SASLInitialResponse(mechanism: mechanism, data: Array((gs2Header + bare).utf8))
  }

  /// Takes the data of AuthenticationSASLContinue; returns the second message.
  package mutating func answer(_ serverFirst: [UInt8]) throws(PostgresError) -> SASLResponse {
    guard case .started(let clientFirstBare) = state else {
      preconditionFailure("not waiting for a challenge")
    }
    state = .finished
    let challenge = try SCRAMAttributes.text(of: serverFirst)
    var attributes = SCRAMAttributes(challenge[...])
    let nonce = try attributes.read("r")
    guard nonce.hasPrefix(clientNonce), nonce.count > clientNonce.count,
      SCRAMAttributes.isValidNonce(nonce)
    else {
      throw PostgresError(.protocolViolation, "invalid SCRAM response (nonce mismatch)")
    }
    guard let salt = Base64.decode(try attributes.read("s")), !salt.isEmpty else {
      throw SCRAMAttributes.malformed("Invalid salt.")
    }
    guard let iterations = Int(try attributes.read("i")), (1...Self.maximumIterations).contains(iterations)
    else { throw SCRAMAttributes.malformed("Invalid iteration count.") }
    let binds = Array(gs2Header.utf8) + (mechanism == SCRAMServer.plus ? channelBinding ?? [] : [])
    let withoutProof = "c=\(Base64.encode(binds)),r=\(nonce)"
    let authMessage = Array("\(clientFirstBare),\(challenge),\(withoutProof)".utf8)
    let keys = SCRAMKeys(password: password, salt: salt, iterations: iterations)
    let signature = Cryptography.hmacSHA256(key: Cryptography.sha256(keys.clientKey), authMessage)
    let proof = Cryptography.exclusiveOr(keys.clientKey, signature)
    state = .answered(serverSignature: Cryptography.hmacSHA256(key: keys.serverKey, authMessage))
    return SASLResponse(Array("\(withoutProof),p=\(Base64.encode(proof))".utf8))
  }

  /// Takes the data of AuthenticationSASLFinal; throws unless the server knows the password's verifier.
  package mutating func finish(_ serverFinal: [UInt8]) throws(PostgresError) {
    guard case .answered(let expected) = state else {
      preconditionFailure("not waiting for the server's proof")
    }
    state = .finished
    let text = try SCRAMAttributes.text(of: serverFinal)
    var attributes = SCRAMAttributes(text[...])
    if text.hasPrefix("e=") {
      throw PostgresError(
        .invalidPassword, "error received from server in SCRAM exchange: \(try attributes.read("e"))")
    }
    guard let signature = Base64.decode(try attributes.read("v")),
      Cryptography.constantTimeEquals(signature, expected)
    else {
      throw PostgresError(.invalidAuthorizationSpecification, "incorrect server signature")
    }
  }
}
