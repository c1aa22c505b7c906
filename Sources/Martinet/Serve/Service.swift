import ControlStore
import FrontDoor
import Glibc
import Network
import PostgresWire
import Sessions
import Warehouses

/// The parts of a running server, started and stopped in order.
final class Service: Sendable {
  /// How long a warehouse may take to end, in milliseconds: a step of maintenance is waited for.
  private static let warehouseGraceMilliseconds = 15_000

  private let frontDoor: FrontDoor
  private let warehouses: Supervisor
  /// Where clients connect.
  let addresses: [String]

  init(
    _ settings: Settings, folder: DataFolder, control: ControlStore, log: Logger
  ) throws(CommandError) {
    let tls = try settings.tlsContext(folder)
    // Checked here, so that a mistake is told once and by the command that was called.
    _ = try settings.lakeConfiguration(folder)
    let run = try folder.runFolder()
    // Bound before a warehouse is started, so that a port that is taken is said at once.
    let listeners = try settings.listeners()
    addresses = listeners.map(\.address)
    for warehouse in settings.warehouses { _ = try folder.lockWarehouse(warehouse.name) }
    let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    let commandLine = settings.commandLine
    let launch = Supervisor.Launch(
      program: try Self.program(), folder: run, secret: Hex.text(of: secret),
      arguments: { WarehouseCommand.arguments(for: $0, folder: folder, serve: commandLine, settings) },
      log: { isTrouble, message in log.log(isTrouble ? .warning : .debug, message) })
    warehouses = Supervisor(settings.warehouses, launch: launch)
    do throws(ControlStoreError) {
      frontDoor = FrontDoor(
        configuration: settings.serverConfiguration, listeners: listeners, tls: tls,
        accounts: try Accounts(control), warehouses: warehouses, secret: secret, log: log)
    } catch {
      for listener in listeners { listener.close() }
      throw CommandError(error.message)
    }
  }

  /// The path of this program, to start it again as a warehouse.
  private static func program() throws(CommandError) -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { throw CommandError("cannot find the program's own file") }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Starts the warehouse that most sessions use, then lets clients in. The others start when they are wanted.
  func start() throws(CommandError) {
    do throws(WarehouseError) {
      try warehouses.start(WarehouseDefinition.defaultName)
    } catch {
      warehouses.stop(graceMilliseconds: 1000)
      let exit = error.exitStatus.flatMap { CommandError.Exit(rawValue: $0) } ?? .failure
      throw CommandError(
        "cannot start the server: \(error.message)", exit: exit == .success ? .failure : exit)
    }
    do {
      try frontDoor.start()
    } catch {
      throw CommandError("cannot start the server: \(error)")
    }
  }

  /// Lets nobody in any more, ends the sessions, then the warehouses. False if something still runs that only the
  /// end of the process can stop.
  func stop(graceMilliseconds: Int) -> Bool {
    frontDoor.stop(graceMilliseconds: graceMilliseconds)
    warehouses.stop(graceMilliseconds: Self.warehouseGraceMilliseconds)
    return frontDoor.sessionCount == 0
  }
}
