import ControlStore
import Glibc
import Network
import Synchronization

/// `martinet serve`: the server, from the first file to the last session.
enum ServeCommand {
  static let command = Command(
    path: ["serve"], summary: "start the server",
    discussion: """
      Serves the lake in the data folder to PostgreSQL clients until it gets SIGTERM or SIGINT. A new or empty
      folder is filled with what the server needs. Clients connect to the database "lake" with a user that
      `martinet user add` made; connections are encrypted with a certificate of the server's own unless
      another is given.

      SIGTERM lets nobody in any more, ends idle sessions, and gives running statements the time of
      --shutdown-grace. A second one ends the program at once.
      """,
    settings: SettingTable.all.map(\.name),
    examples: [
      .init("martinet serve --data ./lake", "on 127.0.0.1, port 5433"),
      .init("martinet serve --data /srv/lake --host '*' --tls require", "for the whole network, encrypted"),
      .init(
        "martinet serve --data ./lake --catalog 'postgres:host=db dbname=lake' --files s3://bucket/lake",
        "the catalog in PostgreSQL, the files in a bucket"),
      .init("MARTINET_MEMORY_LIMIT=8GB martinet serve --data ./lake", "a setting from the environment"),
    ],
    run: { (invocation) throws(CommandError) in try run(invocation.settings) })

  private static func run(_ settings: Settings) throws(CommandError) {
    // Before any thread starts: threads inherit the mask.
    Signals.block()
    raiseDescriptorLimit()
    let log = Logger(settings)
    let folder = try DataFolder(settings)
    try folder.make()
    let lock = try folder.lock(for: "serve it")
    defer { withExtendedLifetime(lock) {} }
    let store = try folder.openControlStore()
    let service = try Service(settings, folder: folder, control: store, log: log)
    try service.start()
    announce(service, settings, folder, store)
    log.log(
      .info, "ready", [("version", VersionCommand.version), ("address", service.addresses.first ?? "")])
    waitForEnd(log)
    try stop(service, settings, log)
    log.log(.info, "stopped")
  }

  /// What somebody who started the server wants to know, on standard output.
  private static func announce(
    _ service: Service, _ settings: Settings, _ folder: DataFolder, _ store: ControlStore
  ) {
    Output.print(
      "Martinet \(VersionCommand.version) is ready: database \"lake\" on \(service.addresses.joined(separator: ", ")) "
        + "(TLS \(settings.written("tls"))), data in \(folder.path)")
    if (try? store.users().isEmpty) == true {
      Output.print("Nobody can log in yet. Add a user: martinet user add NAME --data \(folder.path)")
    }
  }

  /// Returns after the first signal to stop.
  private static func waitForEnd(_ log: Logger) {
    while true {
      switch Signals.wait() {
      case .terminate: return log.log(.info, "stopping", [("signal", "SIGTERM")])
      case .interrupt: return log.log(.info, "stopping", [("signal", "SIGINT")])
      case .hangUp: log.log(.warning, "settings are read at the start only: restart to change them")
      case nil: continue
      }
    }
  }

  /// Stops in another thread, so that a second signal is heard.
  private static func stop(_ service: Service, _ settings: Settings, _ log: Logger) throws(CommandError) {
    let grace = settings.number("shutdown-grace") ?? 30_000
    do throws(NetworkError) {
      let done = Flag()
      let isClean = Flag()
      let thread = try Thread.startJoinable(name: "stop") {
        isClean.isOn.store(service.stop(graceMilliseconds: grace), ordering: .relaxed)
        done.isOn.store(true, ordering: .releasing)
        // Ends the wait below: a signal to the process itself is the only thing that does.
        kill(getpid(), SIGHUP)
      }
      while !done.isOn.load(ordering: .acquiring) {
        switch Signals.wait(timeoutMilliseconds: 1000) {
        case .terminate, .interrupt:
          if done.isOn.load(ordering: .acquiring) { break }
          log.log(.warning, "stopped at once by a second signal")
          _exit(CommandError.Exit.aborted.rawValue)
        case .hangUp, nil: continue
        }
      }
      thread.join()
      if !isClean.isOn.load(ordering: .acquiring) {
        log.log(.warning, "stopped while work went on; what was not committed is undone")
        _exit(CommandError.Exit.success.rawValue)
      }
    } catch {
      throw CommandError(error.message)
    }
  }

  static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}

/// A flag that two threads share.
private final class Flag: Sendable {
  let isOn = Atomic(false)
}
