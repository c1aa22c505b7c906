import Network
import PostgresWire
import Sessions
import Synchronization

/// What others may know of a session and do to it: cancel and terminate. Shared between the session's thread and
/// the threads of those who ask.
package final class DoorSession: Sendable {
  /// When a session ends that was asked to.
  enum Ending: Sendable {
    /// As soon as its client waits for nothing.
    case whenIdle
    case now
  }

  private struct State {
    var isLoggedIn = false
    var isRunning = false
    /// Where the warehouse listens that the session is connected to.
    var socket: String?
    var ending: Ending?
    var isCancelled = false
  }

  /// What the client cancels by.
  let key: BackendKeyData
  let wake: WakeSignal
  let stream: Network.Stream
  private let state = Mutex(State())

  init(key: BackendKeyData, stream: Network.Stream, wake: WakeSignal) {
    self.key = key
    self.stream = stream
    self.wake = wake
  }

  // MARK: The session's own thread

  func loggedIn() { state.withLock { $0.isLoggedIn = true } }
  func set(isRunning: Bool) { state.withLock { $0.isRunning = isRunning } }

  /// The session has a warehouse, or has none any more. Forgets a cancellation that was meant for a wait.
  func connected(to socket: String?) {
    state.withLock {
      $0.socket = socket
      $0.isCancelled = false
    }
  }

  var ending: Ending? { state.withLock { $0.ending } }

  /// Whether the wait for a warehouse was cancelled; forgets it.
  func takeCancellation() -> Bool {
    state.withLock { state in
      defer { state.isCancelled = false }
      return state.isCancelled
    }
  }

  // MARK: From other threads

  var isRunning: Bool { state.withLock { $0.isRunning } }
  var isLoggedIn: Bool { state.withLock { $0.isLoggedIn } }

  /// Stops what runs: in the warehouse, or the wait for one.
  func cancel() {
    let socket = state.withLock { state in
      if state.socket == nil { state.isCancelled = true }
      return state.socket
    }
    guard let socket else { return wake.signal() }
    cancel(at: socket)
  }

  /// Asks a warehouse to stop what the session runs. A warehouse that has gone runs nothing.
  func cancel(at socket: String) {
    guard let stream = try? Network.Stream.connect(unixPath: socket) else { return }
    stream.writeTimeoutMilliseconds = 1000
    var request = WireBuffer()
    CancelRequest(processID: key.processID, secretKey: key.secretKey).encode(into: &request)
    request.withUnsafeBytes { try? stream.write($0) }
    // The warehouse closes when it has done it. Only then may the client hear the same: what it sends next is
    // not meant.
    _ = try? stream.wait(timeoutMilliseconds: 1000, wake: nil)
    stream.close()
  }

  func end(_ ending: Ending) {
    state.withLock { $0.ending = ending }
    wake.signal()
  }

  /// Ends the session without a word, where a client does not read what it is sent.
  func abandon() {
    end(.now)
    stream.shutdown()
  }
}
