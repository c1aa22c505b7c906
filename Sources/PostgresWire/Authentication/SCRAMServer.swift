/// The server's side of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS: messages in, messages out.
///
/// Source: RFC 5802 and RFC 7677; PostgreSQL 15, chapter 55.3 "SASL Authentication". As in PostgreSQL, the
/// user name within the exchange is ignored in favour of that of the startup message.
package struct SCRAMServer: Sendable {
  /// The mechanism without channel binding.
  package static let plain = "SCRAM-SHA-256"
  /// The mechanism with channel binding to a TLS session.
  package static let plus = "SCRAM-SHA-256-PLUS"

  private enum State: Sendable {
    case initial
    /// The server's first message was sent.
    case challenged(
      gs2Header: String, bindsChannel: Bool, clientFirstBare: String, serverFirst: String, nonce: String)
    case finished
  }

  private let user: String
  private let verifier: SCRAMVerifier
  private let userExists: Bool
  private let channelBinding: [UInt8]?
  private let serverNonce: String
  private var state = State.initial

  /// An exchange with `user`.
  ///
  /// - Parameters:
  ///   - verifier: That of the user; nil if there is no such user, or none with a password. The exchange
  ///     then runs to its end with a mock verifier and fails there.
  ///   - mockSecret: A secret of the server, the same for its whole life, behind mock verifiers.
  ///   - iterations: The iterations that new verifiers get, for mock verifiers.
  ///   - channelBinding: The `tls-server-end-point` data of the TLS session; nil without TLS.
  ///   - nonce: The server's part of the nonce; random if nil.
  package init(
    user: String, verifier: SCRAMVerifier?, mockSecret: [UInt8],
    iterations: Int = SCRAMVerifier.defaultIterations, channelBinding: [UInt8]? = nil,
    nonce: String? = nil
  ) throws(PostgresError) {
    self.user = user
    // Derived for everyone, so that nobody can measure who exists.
    let mock = SCRAMVerifier.mock(user: user, secret: mockSecret, iterations: iterations)
    self.verifier = verifier ?? mock
    userExists = verifier != nil
    self.channelBinding = channelBinding
    serverNonce = if let nonce { nonce } else { Base64.encode(try Cryptography.randomBytes(18)) }
  }

  /// The mechanisms to offer, the preferred one first.
  package static func mechanisms(channelBinding: [UInt8]?) -> [String] {
    channelBinding == nil ? [plain] : [plus, plain]
  }

  /// Takes the client's first message; returns the data of the answer (AuthenticationSASLContinue).
  package mutating func start(_ response: SASLInitialResponse) throws(PostgresError) -> [UInt8] {
    guard case .initial = state else { preconditionFailure("the exchange has begun already") }
    let bindsChannel = response.mechanism == Self.plus
    guard response.mechanism == Self.plain || bindsChannel && channelBinding != nil else {
      throw PostgresError(
        severity: .fatal, .protocolViolation, "client selected an invalid SASL authentication mechanism")
    }
    guard let data = response.data else { throw SCRAMAttributes.malformed("The message is empty.") }
    let text = try SCRAMAttributes.text(of: data)
    let header = try gs2Header(text, bindsChannel: bindsChannel)
    let bare = text.dropFirst(header.count)
    var attributes = SCRAMAttributes(bare)
    if bare.hasPrefix("m=") {
      throw PostgresError(
        severity: .fatal, .featureNotSupported, "client requires an unsupported SCRAM extension")
    }
    _ = try attributes.read("n")
    let clientNonce = try attributes.read("r")
    guard SCRAMAttributes.isValidNonce(clientNonce) else {
      throw PostgresError(severity: .fatal, .protocolViolation, "non-printable characters in SCRAM nonce")
    }
    let nonce = clientNonce + serverNonce
    let serverFirst = "r=\(nonce),s=\(Base64.encode(verifier.salt)),i=\(verifier.iterations)"
    state = .challenged(
      gs2Header: header, bindsChannel: bindsChannel, clientFirstBare: String(bare),
      serverFirst: serverFirst, nonce: String(nonce))
    return Array(serverFirst.utf8)
  }

  /// Takes the client's last message; returns the data of AuthenticationSASLFinal if the client knows the
  /// password, throws 28P01 if not.
  package mutating func finish(_ response: SASLResponse) throws(PostgresError) -> [UInt8] {
    guard
      case .challenged(let gs2Header, let bindsChannel, let clientFirstBare, let serverFirst, let nonce) =
        state
    else { preconditionFailure("the exchange has not begun or is over") }
    state = .finished
    let text = try SCRAMAttributes.text(of: response.data)
    var attributes = SCRAMAttributes(text[...])
    let binding = try attributes.read("c")
    let binds = Array(gs2Header.utf8) + (bindsChannel ? channelBinding ?? [] : [])
    guard binding == Base64.encode(binds) else {
      throw PostgresError(
        severity: .fatal,
        bindsChannel ? .invalidAuthorizationSpecification : .protocolViolation,
        bindsChannel
          ? "SCRAM channel binding check failed"
          : "unexpected SCRAM channel-binding attribute in client-final-message")
    }
    guard try attributes.read("r") == nonce else {
      throw PostgresError(
        severity: .fatal, .protocolViolation, "invalid SCRAM response", detail: "Nonce does not match.")
    }
    let proof = try Self.proof(&attributes)
    guard let proofStart = text.range(ofLast: ",p=") else { throw SCRAMAttributes.malformed("No proof.") }
    let authMessage = Array("\(clientFirstBare),\(serverFirst),\(text[..<proofStart])".utf8)
    let clientSignature = Cryptography.hmacSHA256(key: verifier.storedKey, authMessage)
    let clientKey = Cryptography.exclusiveOr(proof, clientSignature)
    let isKnown = Cryptography.constantTimeEquals(Cryptography.sha256(clientKey), verifier.storedKey)
    guard isKnown && userExists else {
      throw PostgresError(
        severity: .fatal, .invalidPassword, "password authentication failed for user \"\(user)\"")
    }
    return Array("v=\(Base64.encode(Cryptography.hmacSHA256(key: verifier.serverKey, authMessage)))".utf8)
  }

  /// The header before the client's bare first message, with both of its commas.
  private func gs2Header(_ text: String, bindsChannel: Bool) throws(PostgresError) -> String {
    let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw SCRAMAttributes.malformed("The message has no header.") }
    switch parts[0] {
    case "n", "y":
      guard !bindsChannel else {
        throw SCRAMAttributes.malformed(
          "The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does not include "
            + "channel binding data.")
      }
      // "y" says: the client could bind, but thinks that the server can not. A downgrade if it can.
      if parts[0] == "y", channelBinding != nil {
        throw PostgresError(
          severity: .fatal, .invalidAuthorizationSpecification, "SCRAM channel binding negotiation error",
          detail: "The client supports SCRAM channel binding but thinks the server does not.  "
            + "However, this server does support channel binding.")
      }
    case "p=tls-server-end-point":
      guard bindsChannel else {
        throw SCRAMAttributes.malformed(
          "The client selected SCRAM-SHA-256 without channel binding, but the SCRAM message includes "
            + "channel binding data.")
      }
    default:
      guard parts[0].hasPrefix("p=") else {
        throw SCRAMAttributes.malformed("Unexpected channel-binding flag.")
      }
      throw PostgresError(
        severity: .fatal, .protocolViolation,
        "unsupported SCRAM channel-binding type \"\(parts[0].dropFirst(2))\"")
    }
    guard parts[1].isEmpty else {
      throw PostgresError(
        severity: .fatal, .featureNotSupported, "client uses authorization identity, but it is not supported")
    }
    return "\(parts[0]),,"
  }

  /// Reads attributes up to the proof, which must be the last.
  private static func proof(_ attributes: inout SCRAMAttributes) throws(PostgresError) -> [UInt8] {
    while true {
      let (name, value) = try attributes.readAny()
      guard name == "p" else { continue }
      guard let proof = Base64.decode(value), proof.count == Cryptography.digestBytes else {
        throw SCRAMAttributes.malformed("Malformed proof in client-final-message.")
      }
      guard attributes.isAtEnd else {
        throw SCRAMAttributes.malformed("Garbage found at the end of client-final-message.")
      }
      return proof
    }
  }
}

extension String {
  /// Where the last occurrence of an ASCII text begins.
  fileprivate func range(ofLast part: StaticString) -> String.Index? {
    let wanted = Array("\(part)".utf8)
    let bytes = Array(utf8)
    guard bytes.count >= wanted.count else { return nil }
    for start in stride(from: bytes.count - wanted.count, through: 0, by: -1)
    where bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return utf8.index(startIndex, offsetBy: start)
    }
    return nil
  }
}
