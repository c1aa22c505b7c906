import Network
import Sessions
import Warehouses

/// What all sessions of a front door share.
final class DoorContext: Sendable {
  let configuration: ServerConfiguration
  let tls: TLSContext?
  let accounts: any AccountStore
  let registry: DoorRegistry
  let logInLimiter: LogInLimiter
  let warehouses: Supervisor
  /// What warehouses must be shown.
  let secret: [UInt8]
  let log: any ServerLog

  init(
    configuration: ServerConfiguration, tls: TLSContext?, accounts: any AccountStore, warehouses: Supervisor,
    secret: [UInt8], log: any ServerLog
  ) {
    self.configuration = configuration
    self.tls = tls
    self.accounts = accounts
    self.warehouses = warehouses
    self.secret = secret
    self.log = log
    registry = DoorRegistry(limit: configuration.maxConnections, reserved: configuration.reservedConnections)
    logInLimiter = LogInLimiter(
      freeFailures: configuration.freeLogInFailures,
      longestWaitMilliseconds: configuration.longestLogInDelayMilliseconds)
  }
}
