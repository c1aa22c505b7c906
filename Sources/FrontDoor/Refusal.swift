import Network
import PostgresWire
import Sessions

/// A connection that becomes no session: the client is told why, encrypted if it asked for that.
struct Refusal {
  /// How long such a client may take to say what it wants.
  static let patienceMilliseconds = 5000

  let server: DoorContext
  let stream: Network.Stream
  let error: PostgresError

  func run() {
    let channel = ClientChannel(stream: stream, limits: server.configuration.wireLimits)
    channel.setDeadline(
      milliseconds: min(Self.patienceMilliseconds, server.configuration.logInTimeoutMilliseconds))
    do {
      try Handshake(channel: channel, server: server).refuse(error)
    } catch let error as PostgresError {
      tell(channel, error)
    } catch let error as WireError {
      tell(channel, error.postgresError)
    } catch {
      server.log.debug("refusing \(stream.remoteAddress): \(error)")
    }
  }

  private func tell(_ channel: ClientChannel, _ error: PostgresError) {
    var last = error
    last.severity = .fatal
    channel.send(.errorResponse(last))
    // The client may be gone already; there is nobody else to tell.
    try? channel.flush()
  }
}
