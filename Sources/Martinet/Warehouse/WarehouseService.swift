import ControlStore
import Lake
import Network
import Sessions
import WarehouseServer

/// The parts of a warehouse's process, started and stopped in order.
final class WarehouseService: Sendable {
  private let server: Server
  private let maintenance: BackgroundMaintenance?

  init(
    _ name: String, _ settings: Settings, folder: DataFolder, control: ControlStore, secret: [UInt8],
    log: Logger
  ) throws(CommandError) {
    let configuration = try settings.lakeConfiguration(folder)
    let lake: Lake
    do throws(LakeError) { lake = try Lake.open(configuration) } catch { throw CommandError(error) }
    do {
      let listener = try Listener(unixPath: "\(try folder.runFolder())/\(name).sock", mode: 0o600)
      server = try Server(
        configuration: settings.serverConfiguration, listeners: [listener], secret: secret, lake: lake,
        control: control, accounts: try Accounts(control), log: log)
    } catch {
      throw CommandError("cannot start the warehouse \(name): \(error)")
    }
    let pause = settings.number("maintenance-interval") ?? 600_000
    maintenance = pause == 0 ? nil : BackgroundMaintenance(lake, everySeconds: max(1, pause / 1000), log)
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
