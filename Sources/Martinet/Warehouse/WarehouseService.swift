import ControlStore
import Glibc
import Lake
import Network
import Sessions
import WarehouseServer

/// The parts of a warehouse's process, started and stopped in order.
final class WarehouseService: Sendable {
  private let server: Server
  private let maintenance: BackgroundMaintenance?

  init(
    _ name: String, _ settings: Settings, limits: (ServerConfiguration) -> ServerConfiguration,
    folder: DataFolder, control: ControlStore, secret: [UInt8], log: Logger
  ) throws(CommandError) {
    var configuration = try settings.lakeConfiguration(folder)
    configuration.sharedFolder = try folder.runFolder() + "/lake"
    let lake: Lake
    do throws(LakeError) { lake = try Lake.open(configuration) } catch { throw CommandError(error) }
    var sessions = limits(settings.serverConfiguration)
    sessions.engineGaveUp = { Self.end(name, log) }
    do {
      let listener = try Listener(unixPath: "\(try folder.runFolder())/\(name).sock", mode: 0o600)
      server = try Server(
        configuration: sessions, listeners: [listener], secret: secret, lake: lake,
        control: control, accounts: try Accounts(control), log: log)
    } catch {
      throw CommandError("cannot start the warehouse \(name): \(error)")
    }
    let pause = settings.number("maintenance-interval") ?? 600_000
    maintenance = pause == 0 ? nil : BackgroundMaintenance(lake, everySeconds: max(1, pause / 1000), log)
  }

  /// Ends the process without the engine's help; the front door starts another. Nothing is lost: what was
  /// committed is in the lake, and everything else would be undone anyway.
  private static func end(_ name: String, _ log: Logger) {
    log.log(.error, "the engine of the warehouse \(name) gave up: its process ends")
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

  /// Lets the front door in.
  func start() throws(CommandError) {
    do {
      try server.start()
      try maintenance?.start()
    } catch {
      throw CommandError("cannot start the warehouse: \(error)")
    }
  }

  /// Ends the sessions, and stops what runs in the background. False if something still runs that only the end
  /// of the process can stop.
  func stop(graceMilliseconds: Int) -> Bool {
    server.stop(graceMilliseconds: graceMilliseconds)
    return maintenance?.stop(waitMilliseconds: 10_000) ?? true && server.sessionCount == 0
  }
}
