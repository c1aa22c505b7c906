import ControlStore
import DuckDB
import Lake
import PostgresWire
import SQLFront
import Sessions

/// What all sessions of a server share.
final class ServerContext: Sendable {
  let configuration: ServerConfiguration
  let accounts: any AccountStore
  let lake: Lake
  let control: ControlStore
  let host: ServerCatalog
  let catalog: CatalogEmulation
  let guardian: Guard
  let rewriter: Rewriter
  let registry: SessionRegistry
  let log: any ServerLog
  let admission: AdmissionQueue
  let tableSizes: TableSizes
  /// What a front door must show to be believed whom it speaks for.
  let secret: [UInt8]

  init(
    configuration: ServerConfiguration, secret: [UInt8], accounts: any AccountStore, lake: Lake,
    control: ControlStore, registry: SessionRegistry, log: any ServerLog
  ) throws {
    self.configuration = configuration
    self.secret = secret
    self.accounts = accounts
    self.lake = lake
    self.control = control
    self.registry = registry
    self.log = log
    admission = AdmissionQueue(slots: configuration.maxConcurrency)
    tableSizes = TableSizes(lake: lake)
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
