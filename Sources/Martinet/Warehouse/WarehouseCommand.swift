import CPlatform
import ControlStore
import Glibc
import Network
import PostgresWire
import Sessions
import Warehouses

/// `martinet warehouse`: the process of one warehouse, started by `martinet serve`.
enum WarehouseCommand {
  /// How long running statements may go on after SIGTERM, in milliseconds. The front door has let them end before.
  private static let graceMilliseconds = 1000
  /// Most characters of the secret's line.
  private static let mostSecretBytes = 1024

  static let command = Command(
    path: ["warehouse"], summary: "run the process of one warehouse (`martinet serve` does this)",
    discussion: """
      `martinet serve` starts one such process for each warehouse. It listens on a socket in DIR/run and believes
      only the server that started it, from whose pipe it reads a secret. It ends when that server ends.
      """,
    options: [
      .init("name", "NAME", "the warehouse"),
      .init("nice", "LEVEL", "how far the process stands back from others, 0 to 19"),
      .init("max-concurrency", "N", "most ordinary statements that run at a time"),
      .init("queued-timeout", "SECONDS", "how long a statement may wait for others; 0 is for ever"),
      .init("statement-timeout-seconds", "SECONDS", "how long a statement may take; 0 is for ever"),
      .init("oom-score", "SCORE", "which process goes first when memory is short, 0 to 1000"),
    ],
    settings: SettingTable.all.filter { !$0.isSecret }.map(\.name),
    examples: [.init("martinet warehouse --name bi --data ./lake", "what the server runs for `bi`")],
    run: { (invocation) throws(CommandError) in try run(invocation) })

  /// The command line of a warehouse: what `martinet serve` was called with, and what the warehouse's own is.
  static func arguments(
    for definition: WarehouseDefinition, folder: DataFolder, serve: [String: String], _ settings: Settings
  ) -> [String] {
    var own = serve
    own["data"] = folder.path
    own["threads"] = String(definition.threads)
    own["memory-limit"] = String(definition.memoryBytes)
    own["spill-dir"] = (settings.text("spill-dir") ?? folder.file("spill")) + "/" + definition.name
    return [
      "warehouse", "--name=\(definition.name)", "--nice=\(definition.priority.niceLevel)",
      "--oom-score=\(definition.priority.outOfMemoryScore)",
      "--max-concurrency=\(definition.maxConcurrency)", "--queued-timeout=\(definition.queuedTimeoutSeconds)",
      "--statement-timeout-seconds=\(definition.statementTimeoutSeconds)",
    ] + own.sorted { $0.key < $1.key }.map { "--\($0.key)=\($0.value)" }
  }

  private static func run(_ invocation: Invocation) throws(CommandError) {
    // Before any thread starts: threads inherit the mask.
    Signals.block()
    guard let name = invocation.options["name"], !name.isEmpty, let secret = readSecret() else {
      throw .usage("a warehouse is started by `martinet serve`")
    }
    guard martinet_end_with_parent(getppid()) == 0 else { throw CommandError("the server has gone") }
    standBack(invocation)
    ServeCommand.raiseDescriptorLimit()
    let log = Logger(invocation.settings)
    let folder = try DataFolder(invocation.settings)
    let lock = try folder.lockWarehouse(name)
    defer { withExtendedLifetime(lock) {} }
    let store = try folder.openControlStore(mustExist: true)
    let service = try WarehouseService(
      name, invocation.settings, limits: { limit($0, invocation) }, folder: folder, control: store,
      secret: secret, log: log)
    try service.start()
    do throws(NetworkError) {
      try Thread.start(name: "parent") { endWithInput() }
    } catch {
      throw CommandError(error.message)
    }
    _ = write(1, "ready\n", 6)
    waitForEnd()
    guard service.stop(graceMilliseconds: graceMilliseconds) else {
      log.log(.warning, "warehouse \(name) stopped while work went on; what was not committed is undone")
      _exit(CommandError.Exit.success.rawValue)
    }
  }

  /// What sessions may do here, by the warehouse's own options.
  private static func limit(
    _ configuration: ServerConfiguration, _ invocation: Invocation
  ) -> ServerConfiguration {
    var limited = configuration
    func number(_ option: String) -> Int? { invocation.options[option].flatMap { Int($0) } }
    if let slots = number("max-concurrency") { limited.maxConcurrency = slots }
    if let seconds = number("queued-timeout") { limited.queuedTimeoutMilliseconds = seconds * 1000 }
    if let seconds = number("statement-timeout-seconds"), seconds > 0 {
      limited.settings["statement_timeout"] = "\(seconds)s"
    }
    return limited
  }

  private static func waitForEnd() {
    while true {
      switch Signals.wait() {
      case .terminate, .interrupt: return
      case .hangUp, nil: continue
      }
    }
  }

  /// The first line of the standard input, which no other user's process can see.
  private static func readSecret() -> [UInt8]? {
    var text: [UInt8] = []
    var byte: UInt8 = 0
    while text.count < mostSecretBytes, read(0, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") {
        let secret = Hex.bytes(of: String(decoding: text, as: UTF8.self)) ?? []
        return secret.isEmpty ? nil : secret
      }
      text.append(byte)
    }
    return nil
  }

  /// The server holds the other end of the pipe for as long as it lives.
  private static func endWithInput() {
    var byte: UInt8 = 0
    while true {
      let count = read(0, &byte, 1)
      if count == 0 || (count < 0 && errno != EINTR) { _exit(CommandError.Exit.aborted.rawValue) }
    }
  }

  /// Gives way to those that are more important. A system that does not allow it is done without.
  private static func standBack(_ invocation: Invocation) {
    if let level = invocation.options["nice"].flatMap({ Int32($0) }), level > 0 {
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, level)
    }
    guard let score = invocation.options["oom-score"].flatMap({ Int($0) }) else { return }
    let file = martinet_open("/proc/self/oom_score_adj", O_WRONLY, 0)
    guard file >= 0 else { return }
    let text = "\(score)\n"
    _ = write(file, text, text.utf8.count)
    close(file)
  }
}
