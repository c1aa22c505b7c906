package import ControlStore
package import Lake
package import Network
package import Sessions

/// A PostgreSQL server over the lake, for sessions that a front door has logged in: a private socket, a thread
/// for each session, a watchdog.
package final class Server: Sendable {
  private let context: ServerContext
  private let listeners: [Listener]
  private let watchdog: Watchdog

  /// - Parameters:
  ///   - listeners: sockets that are bound already.
  ///   - secret: what a front door must show.
  package init(
    configuration: ServerConfiguration, listeners: [Listener], secret: [UInt8], lake: Lake,
    control: ControlStore, accounts: any AccountStore, log: any ServerLog
  ) throws {
    context = try ServerContext(
      configuration: configuration, secret: secret, accounts: accounts, lake: lake, control: control,
      registry: SessionRegistry(), log: log)
    self.listeners = listeners
    watchdog = Watchdog(registry: context.registry)
  }

  /// Lets clients in.
  package func start() throws {
    try watchdog.start()
    for listener in listeners {
      try Thread.start(name: "listener") { [self] in accept(listener) }
    }
  }

  /// Lets nobody in any more, tells idle sessions good-bye, and waits for running statements.
  ///
  /// - Parameter graceMilliseconds: after this time running statements are stopped.
  package func stop(graceMilliseconds: Int) {
    context.registry.close()
    for listener in listeners { listener.close() }
    let end = Clock.monotonicNanoseconds() + UInt64(graceMilliseconds) * 1_000_000
    while context.registry.count > 0, Clock.monotonicNanoseconds() < end {
      for handle in context.registry.all where !handle.isRunning {
        // Whoever has not logged in yet is not waited for.
        if handle.facts.activity == .starting { handle.abandon() } else { handle.terminate(.shutdown) }
      }
      Clock.sleep(milliseconds: 20)
    }
    let late = context.registry.all
    if !late.isEmpty {
      let what = late.map { "\($0.processID) \($0.facts.activity.rawValue)" }.joined(separator: ", ")
      context.log.info("the grace period is over, ending sessions: \(what)")
    }
    for handle in late { handle.terminate(.shutdown) }
    wait(milliseconds: 3000)
    // Whoever is left does not read what it is sent.
    for handle in context.registry.all { handle.abandon() }
    wait(milliseconds: 2000)
    watchdog.stop()
  }

  private func wait(milliseconds: Int) {
    let end = Clock.monotonicNanoseconds() + UInt64(milliseconds) * 1_000_000
    while context.registry.count > 0, Clock.monotonicNanoseconds() < end { Clock.sleep(milliseconds: 10) }
  }

  /// How many sessions there are.
  package var sessionCount: Int { context.registry.count }

  private func accept(_ listener: Listener) {
    do {
      while let stream = try listener.accept() { serve(stream) }
    } catch {
      context.log.error("the listener on \(listener.address) stopped: \(error)")
    }
  }

  /// Gives a connection a thread.
  private func serve(_ stream: Network.Stream) {
    do {
      try Thread.start(name: "session") { [context] in
        Arrival(server: context, stream: stream).run()
        stream.close()
      }
    } catch {
      context.log.error("no thread for a session: \(error)")
      stream.close()
    }
  }
}
