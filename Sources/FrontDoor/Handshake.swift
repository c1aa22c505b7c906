import Network
import PostgresWire
import Sessions

/// From the first byte of a connection to a logged-in user: encryption, startup packet, SCRAM.
///
/// Source: PostgreSQL 15, chapter 55.2.1 "Start-up" and 55.3 "SASL Authentication".
struct Handshake {
  /// How the first packets ended.
  enum Outcome {
    /// A user is logged in; the client waits for the parameters.
    case user(AuthenticatedUser, StartupMessage)
    /// A CancelRequest: there is no session.
    case cancel(CancelRequest)
    /// The client went away.
    case gone
  }

  let channel: ClientChannel
  let server: DoorContext

  func run() throws -> Outcome {
    switch try opening() {
    case .gone: return .gone
    case .cancel(let request): return .cancel(request)
    case .startup(let startup): return .user(try logIn(startup), startup)
    }
  }

  /// What the client wants, once it and the server agree on encryption.
  private enum Opening {
    case startup(StartupMessage)
    case cancel(CancelRequest)
    case gone
  }

  /// Answers a client for whom there is no place as PostgreSQL does: a client hears of it where it expects an
  /// error, after its startup packet, and one that came to cancel a statement is served.
  func refuse(_ error: PostgresError) throws {
    switch try opening() {
    case .gone: break
    case .cancel(let request): server.registry.cancel(request)
    case .startup: throw error
    }
  }

  private func opening() throws -> Opening {
    while true {
      guard let message = try channel.next() else { return .gone }
      switch message {
      case .sslRequest:
        try encrypt()
      case .gssEncRequest:
        try answer(UInt8(ascii: "N"))
      case .cancelRequest(let request):
        return .cancel(request)
      case .startup(let startup):
        return .startup(startup)
      default:
        throw PostgresError(severity: .fatal, .protocolViolation, "unexpected message before startup")
      }
    }
  }

  private func answer(_ byte: UInt8) throws {
    channel.output.append(byte)
    try channel.flush()
  }

  private func encrypt() throws {
    guard !channel.stream.isEncrypted, let context = server.tls else {
      return try answer(UInt8(ascii: "N"))
    }
    guard channel.decoder.bufferedCount == 0 else {
      throw PostgresError(
        severity: .fatal, .protocolViolation, "received unencrypted data after SSL request",
        detail: "This could be either a client-software bug or evidence of an attempted "
          + "man-in-the-middle attack.")
    }
    try answer(UInt8(ascii: "S"))
    try channel.stream.startTLS(
      context, unreadBytes: channel.decoder.bufferedCount,
      timeoutMilliseconds: server.configuration.logInTimeoutMilliseconds)
  }

  private func logIn(_ startup: StartupMessage) throws -> AuthenticatedUser {
    if let negotiation = startup.negotiation { channel.send(.negotiateProtocolVersion(negotiation)) }
    if server.configuration.requiresTLS, !channel.stream.isEncrypted, channel.stream.remotePort != 0 {
      throw PostgresError(
        severity: .fatal, .invalidAuthorizationSpecification, "connection requires TLS",
        hint: "Connect with sslmode=require or higher.")
    }
    guard let user = startup.user else {
      throw PostgresError(
        severity: .fatal, .invalidAuthorizationSpecification,
        "no PostgreSQL user name specified in startup packet")
    }
    if startup.wantsReplication {
      throw PostgresError(
        severity: .fatal, .featureNotSupported, "replication connections are not supported")
    }
    let authenticated = try authenticate(user)
    let database = startup.database ?? user
    guard database == server.configuration.databaseName else {
      throw PostgresError(
        severity: .fatal, .undefinedDatabase, "database \"\(database)\" does not exist",
        hint: "The database of this server is \"\(server.configuration.databaseName)\".")
    }
    return authenticated
  }

  /// SCRAM-SHA-256. Whether a user exists can be learned neither from the messages nor from their timing.
  private func authenticate(_ user: String) throws -> AuthenticatedUser {
    let address = channel.stream.remoteHost
    server.logInLimiter.waitBeforeAttempt(user: user, address: address)
    let account = try server.accounts.account(named: user)
    let binding = channel.stream.channelBindingData
    var scram = try SCRAMServer(
      user: user, verifier: account?.verifier, mockSecret: server.accounts.mockSecret,
      channelBinding: binding)
    channel.send(.authentication(.sasl(mechanisms: SCRAMServer.mechanisms(channelBinding: binding))))
    channel.decoder.phase = .authentication(.saslInitialResponse)
    guard case .saslInitialResponse(let first)? = try reply() else { throw Self.noAnswer }
    channel.send(.authentication(.saslContinue(try scram.start(first))))
    channel.decoder.phase = .authentication(.saslResponse)
    guard case .saslResponse(let last)? = try reply() else { throw Self.noAnswer }
    do {
      let final = try scram.finish(last)
      channel.send(.authentication(.saslFinal(final)))
    } catch {
      server.logInLimiter.failed(user: user, address: address)
      throw error
    }
    server.logInLimiter.succeeded(user: user, address: address)
    guard let account else { throw Self.noAnswer }
    channel.decoder.authenticated()
    channel.send(.authentication(.ok))
    return account
  }

  private func reply() throws -> FrontendMessage? {
    try channel.flush()
    return try channel.next()
  }

  private static let noAnswer = PostgresError(
    severity: .fatal, .protocolViolation, "expected SASL response")
}
