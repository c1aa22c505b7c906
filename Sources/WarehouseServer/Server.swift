package import ControlStore
package import Lake
package import Network
import PostgresWire
import SQLFront
import Synchronization

/// A PostgreSQL server over the lake: listeners, a thread for each session, a watchdog.
package final class Server: Sendable {
  private let context: ServerContext
  private let listeners: [Listener]
  private let watchdog: Watchdog
  /// Clients that are being told that there is no place for them.
  private let refusals = Atomic<Int>(0)
  /// More than these are hung up on without a word.
  private static let mostRefusals = 100

  /// - Parameters:
  ///   - listeners: sockets that are bound already.
  ///   - tls: nil where TLS is off.
  package init(
    configuration: ServerConfiguration, listeners: [Listener], tls: TLSContext?, lake: Lake,
    control: ControlStore, accounts: any AccountStore, log: any ServerLog
  ) throws {
    let registry = SessionRegistry(
      limit: configuration.maxConnections, reserved: configuration.reservedConnections)
    context = try ServerContext(
      configuration: configuration, tls: tls, accounts: accounts, lake: lake, control: control,
      registry: registry, log: log)
    self.listeners = listeners
    watchdog = Watchdog(registry: registry)
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

  /// Gives a connection a session and a thread.
  private func serve(_ stream: Network.Stream) {
    stream.writeTimeoutMilliseconds = context.configuration.writeTimeoutMilliseconds
    do {
      let handle = try context.registry.admit(stream, wake: try WakeSignal())
      do {
        try Thread.start(name: "session \(handle.processID)") { [context] in
          let channel = ClientChannel(stream: stream, limits: context.configuration.wireLimits)
          Session(server: context, channel: channel, handle: handle).run()
          context.registry.remove(handle)
          stream.close()
        }
      } catch {
        context.registry.remove(handle)
        throw error
      }
    } catch let error as PostgresError {
      refuse(stream, error)
    } catch {
      context.log.error("no session for \(stream.remoteAddress): \(error)")
      refuse(stream, SessionRegistry.tooMany)
    }
  }

  /// Tells a client why it is not let in, on a thread of its own: the listener waits for nobody.
  private func refuse(_ stream: Network.Stream, _ error: PostgresError) {
    guard refusals.wrappingAdd(1, ordering: .relaxed).newValue <= Self.mostRefusals else {
      refusals.wrappingSubtract(1, ordering: .relaxed)
      return stream.close()
    }
    do {
      try Thread.start(name: "refusal") { [self] in
        Refusal(server: context, stream: stream, error: error).run()
        stream.close()
        refusals.wrappingSubtract(1, ordering: .relaxed)
      }
    } catch {
      refusals.wrappingSubtract(1, ordering: .relaxed)
      stream.close()
    }
  }
}

/// Where the server writes what an operator should know.
package protocol ServerLog: Sendable {
  func debug(_ message: String)
  func info(_ message: String)
  func error(_ message: String)
}
