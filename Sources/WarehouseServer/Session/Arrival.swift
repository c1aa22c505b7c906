import Network
import PostgresWire
import Sessions

/// A connection of the front door from its first packet on: a session that is handed over, or a cancellation.
struct Arrival {
  /// How long the front door may take for its first packet.
  private static let patienceMilliseconds = 10_000

  let server: ServerContext
  let stream: Network.Stream

  func run() {
    var limits = server.configuration.wireLimits
    limits.startupBytes = HandOver.mostStartupBytes
    let channel = ClientChannel(stream: stream, limits: limits)
    channel.setDeadline(milliseconds: Self.patienceMilliseconds)
    do {
      switch try channel.next() {
      case .cancelRequest(let request)?: server.registry.cancel(request)
      case .startup(let startup)?: try begin(startup, channel)
      case nil: return
      default: throw Self.refusal
      }
    } catch let error as PostgresError {
      channel.send(.errorResponse(error))
      // Whoever it was may be gone already; there is nobody else to tell.
      try? channel.flush()
    } catch {
      server.log.debug("no session came of a connection: \(error)")
    }
  }

  private func begin(_ startup: StartupMessage, _ channel: ClientChannel) throws {
    guard let handOver = HandOver(startup), HandOver.isSame(handOver.secret, server.secret) else {
      server.log.error("refused a connection that does not come from the front door")
      throw Self.refusal
    }
    guard let name = startup.user, let user = try server.accounts.account(named: name) else {
      throw PostgresError(
        severity: .fatal, .invalidAuthorizationSpecification,
        "role \"\(startup.user ?? "")\" does not exist")
    }
    channel.setDeadline(milliseconds: nil)
    channel.decoder.authenticated()
    channel.decoder.limits = server.configuration.wireLimits
    let handle = try server.registry.admit(handOver, stream: stream, wake: try WakeSignal())
    defer { server.registry.remove(handle) }
    Session(server: server, channel: channel, handle: handle, user: user).run(startup, handOver)
  }

  private static let refusal = PostgresError(
    severity: .fatal, .invalidAuthorizationSpecification, "only the front door may connect here",
    hint: "Connect to the address that `martinet serve` has printed.")
}
