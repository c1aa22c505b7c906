import ControlStore
import Glibc
import Lake
import Network
import PostgresWire
import WarehouseServer

/// The parts of a running server, started and stopped in order.
final class Service: Sendable {
  private let lake: Lake
  private let server: Server
  private let maintenance: BackgroundMaintenance?
  /// Where clients connect.
  let addresses: [String]

  init(
    _ settings: Settings, folder: DataFolder, control: ControlStore, log: Logger
  ) throws(CommandError) {
    let tls = try settings.tlsContext(folder)
    let configuration = try settings.lakeConfiguration(folder)
    // Bound before the lake is opened, so that a port that is taken is said at once.
    let listeners = try settings.listeners()
    addresses = listeners.map(\.address)
    do throws(LakeError) {
      lake = try Lake.open(configuration)
    } catch {
      for listener in listeners { listener.close() }
      throw CommandError(error)
    }
    var sessions = settings.serverConfiguration
    sessions.engineGaveUp = { Self.end(log) }
    do {
      server = try Server(
        configuration: sessions, listeners: listeners, tls: tls, lake: lake,
        control: control,
        accounts: try Accounts(control), log: log)
    } catch {
      throw CommandError("cannot start the server: \(error)")
    }
    let pause = settings.number("maintenance-interval") ?? 600_000
    maintenance = pause == 0 ? nil : BackgroundMaintenance(lake, everySeconds: max(1, pause / 1000), log)
  }

  /// Ends the process without the engine's help, so that whoever watches it starts another. Nothing is lost:
  /// what was committed is in the lake, and everything else would be undone anyway.
  private static func end(_ log: Logger) {
    log.log(.error, "the engine gave up: the server ends and must be started again")
    do throws(NetworkError) {
      try Thread.start(name: "end") {
        // Time for the sessions to tell their clients.
        Deadline.sleep(milliseconds: 500)
        _exit(CommandError.Exit.failure.rawValue)
      }
    } catch {
      _exit(CommandError.Exit.failure.rawValue)
    }
  }

  /// Lets clients in.
  func start() throws(CommandError) {
    do {
      try server.start()
      try maintenance?.start()
    } catch {
      throw CommandError("cannot start the server: \(error)")
    }
  }

  /// Lets nobody in any more, ends the sessions, and stops what runs in the background. False if something
  /// still runs that only the end of the process can stop.
  func stop(graceMilliseconds: Int) -> Bool {
    server.stop(graceMilliseconds: graceMilliseconds)
    return maintenance?.stop(waitMilliseconds: 10_000) ?? true && server.sessionCount == 0
  }
}

/// Users as the server looks them up: in the control store, at every log-in.
private struct Accounts: AccountStore {
  let store: ControlStore
  let mockSecret: [UInt8]

  init(_ store: ControlStore) throws(ControlStoreError) {
    self.store = store
    mockSecret = try store.serverSecret()
  }

  func account(named name: String) throws -> AuthenticatedUser? {
    try store.user(named: name).map(Self.account)
  }

  func accounts() throws -> [AuthenticatedUser] { try store.users().map(Self.account) }

  private static func account(_ user: User) -> AuthenticatedUser {
    AuthenticatedUser(
      id: user.id, name: user.name, isSuperuser: user.isSuperuser, verifier: user.verifier,
      settings: user.settings)
  }
}

extension Logger: ServerLog {
  func debug(_ message: String) { log(.debug, message) }
  func info(_ message: String) { log(.info, message) }
  func error(_ message: String) { log(.error, message) }
}

extension Settings {
  /// What the operator decides about sessions.
  var serverConfiguration: ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.requiresTLS = text("tls") == "require"
    configuration.maxConnections = number("max-connections") ?? configuration.maxConnections
    configuration.reservedConnections =
      number("superuser-reserved-connections") ?? configuration.reservedConnections
    configuration.logInTimeoutMilliseconds =
      number("authentication-timeout") ?? configuration.logInTimeoutMilliseconds
    configuration.freeLogInFailures = number("login-free-failures") ?? configuration.freeLogInFailures
    configuration.longestLogInDelayMilliseconds =
      number("login-longest-delay") ?? configuration.longestLogInDelayMilliseconds
    configuration.writeTimeoutMilliseconds =
      number("write-timeout") ?? configuration.writeTimeoutMilliseconds
    configuration.wireLimits.messageBytes =
      number("max-message-size") ?? configuration.wireLimits.messageBytes
    configuration.maxStatementBytes = number("max-statement-size") ?? configuration.maxStatementBytes
    configuration.maxNamedObjects = number("max-named-objects") ?? configuration.maxNamedObjects
    for name in ["statement-timeout", "idle-in-transaction-session-timeout", "idle-session-timeout"] {
      let variable = name.map { $0 == "-" ? "_" : String($0) }.joined()
      configuration.settings[variable] = number(name).map { "\($0)ms" }
    }
    configuration.settings["TimeZone"] = text("time-zone")
    return configuration
  }
}
