package import Network
import PostgresWire
package import Sessions
import Synchronization
package import Warehouses

/// What clients connect to: listeners, log-in, a thread for each session that relays between the client and a
/// warehouse. It never looks into a row.
package final class FrontDoor: Sendable {
  private let context: DoorContext
  private let listeners: [Listener]
  /// Clients that are being told that there is no place for them.
  private let refusals = Atomic<Int>(0)
  /// More than these are hung up on without a word.
  private static let mostRefusals = 100

  /// - Parameters:
  ///   - listeners: sockets that are bound already.
  ///   - tls: nil where TLS is off.
  ///   - secret: what warehouses must be shown.
  package init(
    configuration: ServerConfiguration, listeners: [Listener], tls: TLSContext?,
    accounts: any AccountStore, warehouses: Supervisor, secret: [UInt8], log: any ServerLog
  ) {
    context = DoorContext(
      configuration: configuration, tls: tls, accounts: accounts, warehouses: warehouses, secret: secret,
      log: log)
    self.listeners = listeners
  }

  /// Lets clients in.
  package func start() throws {
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
    let grace = Deadline(milliseconds: graceMilliseconds)
    for session in context.registry.all { session.end(.whenIdle) }
    while context.registry.count > 0, !grace.isOver {
      // Whoever has not logged in yet is not waited for.
      for session in context.registry.all where !session.isLoggedIn { session.abandon() }
      Deadline.sleep(milliseconds: 20)
    }
    let late = context.registry.all
    if !late.isEmpty { context.log.info("the grace period is over, ending \(late.count) sessions") }
    for session in late {
      session.end(.now)
      session.cancel()
    }
    wait(milliseconds: 3000)
    // Whoever is left does not read what it is sent.
    for session in context.registry.all { session.abandon() }
    wait(milliseconds: 2000)
  }

  private func wait(milliseconds: Int) {
    let end = Deadline(milliseconds: milliseconds)
    while context.registry.count > 0, !end.isOver { Deadline.sleep(milliseconds: 10) }
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
      let session = try context.registry.admit(stream, wake: try WakeSignal())
      do {
        try Thread.start(name: "session \(session.key.processID)") { [context] in
          Conversation(door: context, session: session).run()
          context.registry.remove(session)
          stream.close()
        }
      } catch {
        context.registry.remove(session)
        throw error
      }
    } catch let error as PostgresError {
      refuse(stream, error)
    } catch {
      context.log.error("no session for \(stream.remoteAddress): \(error)")
      refuse(stream, DoorRegistry.tooMany)
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
