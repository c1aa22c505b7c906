import Network
import PostgresWire
import Sessions
import Synchronization

/// The sessions of a front door, by the numbers that clients know them by.
final class DoorRegistry: Sendable {
  private struct State {
    var sessions: [Int32: DoorSession] = [:]
    var lastProcessID: Int32 = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let limit: Int
  private let reserved: Int

  /// - Parameters:
  ///   - limit: most sessions at a time.
  ///   - reserved: how many of them are kept for superusers.
  init(limit: Int, reserved: Int) {
    self.limit = limit
    self.reserved = reserved
  }

  /// Makes room for a session.
  ///
  /// - Throws: 53300 when there are too many, 57P03 when the server is stopping.
  func admit(_ stream: Network.Stream, wake: WakeSignal) throws(PostgresError) -> DoorSession {
    let secret = Int32.random(in: .min ... .max)
    return try state.withLock { state throws(PostgresError) in
      guard !state.isClosed else {
        throw PostgresError(severity: .fatal, .cannotConnectNow, "the database system is shutting down")
      }
      guard state.sessions.count < limit else { throw Self.tooMany }
      var processID = state.lastProcessID
      repeat { processID = processID == .max ? 1 : processID + 1 } while state.sessions[processID] != nil
      state.lastProcessID = processID
      let session = DoorSession(
        key: BackendKeyData(processID: processID, secretKey: secret), stream: stream, wake: wake)
      state.sessions[processID] = session
      return session
    }
  }

  /// Refuses ordinary users the places that are kept for superusers; called when the user is known.
  func checkReservation(isSuperuser: Bool) throws(PostgresError) {
    guard !isSuperuser, count > limit - reserved else { return }
    throw PostgresError(
      severity: .fatal, .tooManyConnections,
      "remaining connection slots are reserved for superusers")
  }

  static let tooMany = PostgresError(
    severity: .fatal, .tooManyConnections, "sorry, too many clients already",
    hint: "Close connections, or raise the setting max_connections.")

  func remove(_ session: DoorSession) {
    state.withLock { _ = $0.sessions.removeValue(forKey: session.key.processID) }
  }

  var count: Int { state.withLock { $0.sessions.count } }
  var all: [DoorSession] { state.withLock { Array($0.sessions.values) } }

  /// A CancelRequest: silent whether it was right or not, so that secrets cannot be guessed.
  func cancel(_ request: CancelRequest) {
    let session = state.withLock { $0.sessions[request.processID] }
    guard let session, session.key.secretKey == request.secretKey else { return }
    session.cancel()
  }

  /// Lets nobody in any more.
  func close() { state.withLock { $0.isClosed = true } }
}
