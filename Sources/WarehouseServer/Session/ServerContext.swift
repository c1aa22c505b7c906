import ControlStore
import DuckDB
import Lake
import Network
package import PostgresWire
import SQLFront

/// What all sessions of a server share.
final class ServerContext: Sendable {
  let configuration: ServerConfiguration
  let tls: TLSContext?
  let accounts: any AccountStore
  let lake: Lake
  let control: ControlStore
  let host: ServerCatalog
  let catalog: CatalogEmulation
  let guardian: Guard
  let rewriter: Rewriter
  let registry: SessionRegistry
  let log: any ServerLog
  let logInLimiter: LogInLimiter

  init(
    configuration: ServerConfiguration, tls: TLSContext?, accounts: any AccountStore, lake: Lake,
    control: ControlStore, registry: SessionRegistry, log: any ServerLog
  ) throws {
    self.configuration = configuration
    self.tls = tls
    self.accounts = accounts
    self.lake = lake
    self.control = control
    self.registry = registry
    self.log = log
    logInLimiter = LogInLimiter(
      freeFailures: configuration.freeLogInFailures,
      longestWaitMilliseconds: configuration.longestLogInDelayMilliseconds)
    let connection = try lake.connect()
    host = ServerCatalog(
      databaseName: configuration.databaseName, lake: lake, control: control, registry: registry,
      accounts: accounts, log: log)
    guardian = try Guard(functionsOf: connection)
    catalog = try CatalogEmulation.install(on: connection, host: host)
    try CopyInSource.register(on: connection)
    rewriter = Rewriter()
  }

  /// Logs trouble of the server's own: a full disk, a damaged file. An engine that gave up answers nobody any
  /// more: then the server's owner hears of it.
  func report(_ error: DuckDBError) {
    log.error("the engine failed: \(error.rawMessage)")
    if error.type == .fatal { configuration.engineGaveUp() }
  }

  /// After a write that failed for want of space: its unfinished files go.
  func reclaimSpace() {
    do {
      log.info("disk full: deleted \(try lake.reclaimSpace()) unfinished files")
    } catch {
      log.error("disk full: unfinished files could not be deleted: \(error)")
    }
  }
}

/// A user as the log-in knows it.
package struct AuthenticatedUser: Sendable {
  /// Stable while the user exists.
  package let id: Int64
  package let name: String
  package let isSuperuser: Bool
  package let verifier: SCRAMVerifier?
  /// Defaults for the user's sessions, by setting.
  package let settings: [String: String]

  package init(
    id: Int64, name: String, isSuperuser: Bool, verifier: SCRAMVerifier?, settings: [String: String]
  ) {
    self.id = id
    self.name = name
    self.isSuperuser = isSuperuser
    self.verifier = verifier
    self.settings = settings
  }
}

/// Where users are looked up.
package protocol AccountStore: Sendable {
  func account(named name: String) throws -> AuthenticatedUser?
  /// All users, for the catalogs.
  func accounts() throws -> [AuthenticatedUser]
  /// The secret behind the verifiers of users that do not exist.
  var mockSecret: [UInt8] { get }
}
