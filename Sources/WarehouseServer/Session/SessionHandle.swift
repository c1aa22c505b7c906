import DuckDB
import Lake
package import Network
import PostgresWire
import Sessions
import Synchronization

/// What others may know of a session and do to it: the row of `pg_stat_activity`, cancel and terminate.
/// Shared between the session's thread, the watchdog and the sessions of others.
package final class SessionHandle: Sendable {
  /// What a session is doing, in the words of `pg_stat_activity.state`.
  package enum Activity: String, Sendable {
    case starting
    case idle
    case active
    case idleInTransaction = "idle in transaction"
    case failedTransaction = "idle in transaction (aborted)"
  }

  /// A copy of everything that `pg_stat_activity` shows. Times are microseconds since 1970.
  package struct Facts: Sendable {
    package var user = ""
    package var application = ""
    package var activity = Activity.starting
    package var query = ""
    package var backendStart: Int64
    package var transactionStart: Int64?
    package var queryStart: Int64?
    package var stateChange: Int64
    package var isSuperuser = false
    package var tlsVersion: String?
    package var tlsCipher: String?
  }

  /// Why a running statement is stopped.
  package enum Interruption: Sendable {
    case userRequest
    case statementTimeout
    case clientGone
    case terminated

    var error: PostgresError {
      switch self {
      case .userRequest: PostgresError(.queryCanceled, "canceling statement due to user request")
      case .statementTimeout: PostgresError(.queryCanceled, "canceling statement due to statement timeout")
      case .clientGone: PostgresError(.connectionFailure, "connection to client lost")
      case .terminated: Termination.administrator.error
      }
    }
  }

  /// Why a session is ended from outside.
  package enum Termination: Sendable {
    case administrator
    case shutdown

    var error: PostgresError {
      switch self {
      case .administrator:
        PostgresError(
          severity: .fatal, .adminShutdown, "terminating connection due to administrator command")
      case .shutdown:
        // For the front door, which keeps the session and its client.
        PostgresError(severity: .fatal, .cannotConnectNow, "the warehouse is stopping")
      }
    }
  }

  private struct State {
    var facts: Facts
    var connection: Connection?
    /// A wait for the turn to write.
    var request: WriteRequest?
    /// When the running statement shall be stopped, in nanoseconds of the monotonic clock.
    var deadline: UInt64?
    var isRunning = false
    /// Whether the statement waits for room in the warehouse.
    var isQueued = false
    /// Whether the engine is undoing something, which must reach its end.
    var isUndoing = false
    var interruption: Interruption?
    var termination: Termination?

    func interrupt() {
      if !isUndoing { connection?.interrupt() }
      request?.cancel()
    }
  }

  /// The number that `pg_backend_pid()` answers.
  package let processID: Int32
  /// What a CancelRequest must know.
  package let secret: Int32
  package let remoteHost: String
  package let remotePort: UInt16
  package let wake: WakeSignal
  private let stream: Network.Stream
  private let state: Mutex<State>

  init(_ handOver: HandOver, stream: Network.Stream, wake: WakeSignal) {
    processID = handOver.key.processID
    secret = handOver.key.secretKey
    self.stream = stream
    self.wake = wake
    remoteHost = handOver.remoteHost
    remotePort = handOver.remotePort
    let now = Clock.microsecondsSince1970()
    var facts = Facts(backendStart: now, stateChange: now)
    facts.tlsVersion = handOver.tlsVersion
    facts.tlsCipher = handOver.tlsCipher
    state = Mutex(State(facts: facts))
  }

  package var facts: Facts { state.withLock { $0.facts } }

  func update(_ change: (inout Facts) -> Void) {
    state.withLock { change(&$0.facts) }
  }

  /// The engine's connection, so that statements on it can be interrupted.
  func attach(_ connection: Connection?) {
    state.withLock { $0.connection = connection }
  }

  /// The wait for the turn to write that a cancellation ends.
  func wait(for request: WriteRequest?) {
    state.withLock {
      $0.request = request
      if $0.interruption != nil || $0.termination != nil { request?.cancel() }
    }
  }

  // MARK: Statements

  /// A statement begins.
  func begin(query: String, timeoutMilliseconds: Int, inTransaction: Bool) {
    let now = Clock.microsecondsSince1970()
    state.withLock {
      $0.facts.activity = .active
      $0.facts.query = query
      $0.facts.queryStart = now
      $0.facts.stateChange = now
      if !inTransaction { $0.facts.transactionStart = now }
      $0.isRunning = true
      $0.interruption = nil
      $0.deadline =
        timeoutMilliseconds > 0
        ? Clock.monotonicNanoseconds() + UInt64(timeoutMilliseconds) * 1_000_000 : nil
    }
  }

  /// The statement is over; the session waits for the client.
  func end(_ activity: Activity) {
    let now = Clock.microsecondsSince1970()
    state.withLock {
      $0.isRunning = false
      $0.deadline = nil
      $0.facts.activity = activity
      $0.facts.stateChange = now
      if activity == .idle { $0.facts.transactionStart = nil }
    }
  }

  /// Why the running statement was stopped, if it was.
  var interruption: Interruption? { state.withLock { $0.interruption } }

  /// Why the session shall end, if it shall.
  var termination: Termination? { state.withLock { $0.termination } }

  /// Throws where somebody asked to stop the running statement.
  func checkInterrupts() throws(PostgresError) {
    if let interruption { throw interruption.error }
  }

  /// The statement waits for room in the warehouse, or no longer does.
  func queued(_ isQueued: Bool) {
    state.withLock { $0.isQueued = isQueued }
  }

  /// Runs a rollback, which nobody may interrupt: the engine would keep the failed transaction.
  func undo(_ body: () -> Void) {
    state.withLock { $0.isUndoing = true }
    body()
    state.withLock { $0.isUndoing = false }
  }

  // MARK: From other threads

  /// Stops the running statement, if one runs.
  @discardableResult
  package func cancel(_ reason: Interruption = .userRequest) -> Bool {
    state.withLock {
      guard $0.isRunning else { return false }
      if $0.interruption == nil { $0.interruption = reason }
      $0.interrupt()
      if $0.isQueued { wake.signal() }
      return true
    }
  }

  /// Ends the session: its statement is stopped, its client told.
  package func terminate(_ reason: Termination) {
    state.withLock {
      $0.termination = reason
      guard $0.isRunning else { return }
      if $0.interruption == nil { $0.interruption = .terminated }
      $0.interrupt()
    }
    wake.signal()
  }

  /// Ends the session without a word, where a client does not read what it is sent.
  package func abandon() {
    terminate(.shutdown)
    stream.shutdown()
  }

  /// Called by the watchdog every few milliseconds: time-outs, clients that went away, and interrupts that
  /// came before the engine had begun.
  func tick(now: UInt64, checksClient: Bool) {
    state.withLock {
      guard $0.isRunning else { return }
      if $0.interruption == nil, let deadline = $0.deadline, now >= deadline {
        $0.interruption = .statementTimeout
      }
      if $0.interruption == nil, checksClient, stream.peerHasClosed() {
        $0.interruption = .clientGone
      }
      if $0.interruption != nil {
        $0.interrupt()
        if $0.isQueued { wake.signal() }
      }
    }
  }

  /// The engine's number of the session's connection; nil before there is one.
  var connectionID: UInt64? { state.withLock { $0.connection?.id } }

  /// Whether the session waits for its turn to write.
  var isWaitingToWrite: Bool { state.withLock { $0.request != nil } }

  /// Whether the session waits for room in the warehouse.
  var isQueued: Bool { state.withLock { $0.isQueued } }

  /// Whether a statement is running.
  package var isRunning: Bool { state.withLock { $0.isRunning } }
}
