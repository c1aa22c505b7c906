import Network
import PostgresWire
import Sessions
import Warehouses

/// One client's session in the front door, on a thread of its own from the first byte to the last.
struct Conversation {
  let door: DoorContext
  let session: DoorSession

  func run() {
    let channel = ClientChannel(stream: session.stream, limits: door.configuration.wireLimits)
    do {
      guard let relay = try logIn(channel) else { return }
      try relay.run()
    } catch let error as PostgresError {
      tell(channel, error)
    } catch let error as WireError {
      tell(channel, error.postgresError)
    } catch let error as NetworkError {
      door.log.debug("session \(session.key.processID): \(error)")
    } catch {
      tell(channel, PostgresError(.internalError, "\(error)"))
    }
  }

  private func tell(_ channel: ClientChannel, _ error: PostgresError) {
    var last = error
    last.severity = .fatal
    channel.send(.errorResponse(last))
    // The client may be gone already; there is nobody else to tell.
    try? channel.flush()
  }

  /// - Returns: nil where no session came of the connection.
  private func logIn(_ channel: ClientChannel) throws -> Relay? {
    channel.setDeadline(milliseconds: door.configuration.logInTimeoutMilliseconds)
    let outcome: Handshake.Outcome
    do {
      outcome = try Handshake(channel: channel, server: door).run()
    } catch let error as NetworkError where error.code == .timedOut {
      throw PostgresError(severity: .fatal, .queryCanceled, "canceling authentication due to timeout")
    }
    switch outcome {
    case .gone: return nil
    case .cancel(let request):
      door.registry.cancel(request)
      return nil
    case .user(let user, let startup):
      channel.setDeadline(milliseconds: nil)
      try door.registry.checkReservation(isSuperuser: user.isSuperuser)
      return try begin(channel, user, startup)
    }
  }

  /// Tells the client that it is in. No warehouse is needed for that.
  private func begin(
    _ channel: ClientChannel, _ user: AuthenticatedUser, _ startup: StartupMessage
  ) throws -> Relay {
    if let parameter = startup.parameters.first(where: { HandOver.isPrivate($0.name) }) {
      throw PostgresError(
        severity: .fatal, .undefinedObject, "unrecognized configuration parameter \"\(parameter.name)\"")
    }
    let settings = try SessionSettings(server: door.configuration, user: user, startup: startup)
    let warehouse = settings["warehouse"] ?? ""
    guard door.warehouses.has(warehouse) else {
      throw PostgresError(severity: .fatal, .undefinedObject, "warehouse \"\(warehouse)\" does not exist")
    }
    let announced = settings.reported
    for (name, value) in announced.sorted(by: { $0.key < $1.key }) {
      channel.send(.parameterStatus(ParameterStatus(name, value)))
    }
    channel.send(.backendKeyData(session.key))
    channel.send(.readyForQuery(.idle))
    try channel.flush()
    session.loggedIn()
    return Relay(
      door: door, session: session, startup: startup, settings: settings, announced: announced,
      unread: channel.decoder.takeUnread())
  }
}
