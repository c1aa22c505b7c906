package import Network
package import PostgresWire
import Synchronization

/// The sessions of a server, by the numbers that clients know them by.
package final class SessionRegistry: Sendable {
  private struct State {
    var sessions: [Int32: SessionHandle] = [:]
    var lastProcessID: Int32 = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let limit: Int
  private let reserved: Int

  /// - Parameters:
  ///   - limit: most sessions at a time.
  ///   - reserved: how many of them are kept for superusers.
  package init(limit: Int, reserved: Int) {
    self.limit = limit
    self.reserved = reserved
  }

  /// Makes room for a session.
  ///
  /// - Throws: 53300 when there are too many, 57P03 when the server is stopping.
  package func admit(_ stream: Network.Stream, wake: WakeSignal) throws(PostgresError) -> SessionHandle {
    let secret = Int32.random(in: .min ... .max)
    return try state.withLock { state throws(PostgresError) in
      guard !state.isClosed else {
        throw PostgresError(severity: .fatal, .cannotConnectNow, "the database system is shutting down")
      }
      guard state.sessions.count < limit else { throw Self.tooMany }
      var processID = state.lastProcessID
      repeat { processID = processID == .max ? 1 : processID + 1 } while state.sessions[processID] != nil
      state.lastProcessID = processID
      let handle = SessionHandle(processID: processID, secret: secret, stream: stream, wake: wake)
      state.sessions[processID] = handle
      return handle
    }
  }

  /// Refuses ordinary users the places that are kept for superusers; called when the user is known.
  package func checkReservation(isSuperuser: Bool) throws(PostgresError) {
    guard !isSuperuser, count > limit - reserved else { return }
    throw PostgresError(
      severity: .fatal, .tooManyConnections,
      "remaining connection slots are reserved for superusers")
  }

  package static let tooMany = PostgresError(
    severity: .fatal, .tooManyConnections, "sorry, too many clients already",
    hint: "Close connections, or raise the setting max_connections.")

  package func remove(_ handle: SessionHandle) {
    state.withLock { _ = $0.sessions.removeValue(forKey: handle.processID) }
  }

  package var count: Int { state.withLock { $0.sessions.count } }

  /// All sessions in the order of their numbers.
  package var all: [SessionHandle] {
    state.withLock { Array($0.sessions.values) }.sorted { $0.processID < $1.processID }
  }

  package subscript(processID: Int32) -> SessionHandle? {
    state.withLock { $0.sessions[processID] }
  }

  /// A CancelRequest: silent whether it was right or not, so that secrets cannot be guessed.
  package func cancel(_ request: CancelRequest) {
    guard let handle = self[request.processID], handle.secret == request.secretKey else { return }
    handle.cancel()
  }

  /// Lets nobody in any more.
  package func close() {
    state.withLock { $0.isClosed = true }
  }
}
