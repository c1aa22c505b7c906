package import Network
package import PostgresWire
package import Sessions
import Synchronization

/// The sessions of a server, by the numbers that clients know them by.
package final class SessionRegistry: Sendable {
  private struct State {
    var sessions: [Int32: SessionHandle] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())

  package init() {}

  /// Takes a session in under the number that its client knows.
  ///
  /// - Throws: 57P03 when the server is stopping, or while that number is still taken.
  package func admit(
    _ handOver: HandOver, stream: Network.Stream, wake: WakeSignal
  ) throws(PostgresError) -> SessionHandle {
    try state.withLock { state throws(PostgresError) in
      guard !state.isClosed, state.sessions[handOver.key.processID] == nil else {
        throw SessionHandle.Termination.shutdown.error
      }
      let handle = SessionHandle(handOver, stream: stream, wake: wake)
      state.sessions[handle.processID] = handle
      return handle
    }
  }

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
