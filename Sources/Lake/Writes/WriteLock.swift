import Synchronization

/// Orders the writers of a lake: first come, first served in this process, in turn between processes.
///
/// A SQLite catalog takes one writer at a time. A transaction of the engine reads the catalog when it begins
/// and SQLite refuses its commit ("database is locked") when another one committed since, so holding the
/// lock around COMMIT alone is not enough (measured: 29 of 80 commits of four writers went through, with the
/// lock from the first write on 80 of 80). Writers on a PostgreSQL catalog share the lock; maintenance takes
/// it alone on both.
package final class WriteLock: Sendable {
  /// How a holder shares the lock.
  package enum Mode: Sendable {
    case exclusive, shared
  }

  private struct Waiter {
    let request: WriteRequest
    let mode: Mode
  }

  private struct State {
    var exclusive = false
    var shared = 0
    var waiting: [Waiter] = []
  }

  private let state = Mutex(State())
  /// Holds off other processes; nil where there are none.
  private let processes: ProcessLock?

  package init() {
    processes = nil
  }

  init(processes: ProcessLock?) {
    self.processes = processes
  }

  /// How many wait now.
  package var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Waits for the lock.
  /// - Parameters:
  ///   - milliseconds: the longest wait; nil is for ever, zero is not to wait at all.
  ///   - request: what another thread can cancel.
  package func acquire(
    _ mode: Mode = .exclusive, milliseconds: Int? = nil, request: WriteRequest = WriteRequest()
  ) throws(LakeError) -> WriteHold {
    let deadline = milliseconds.map { wallClockMicroseconds() + Int64($0) * 1000 }
    try queue(mode, milliseconds: milliseconds, request: request)
    guard let processes else { return WriteHold(lock: self, mode: mode) }
    do throws(LakeError) {
      let isEntered = try processes.enter(mode) {
        request.isCancelled || deadline.map { wallClockMicroseconds() >= $0 } ?? false
      }
      if isEntered { return WriteHold(lock: self, mode: mode) }
    } catch {
      releaseHere(mode)
      throw error
    }
    releaseHere(mode)
    throw request.isCancelled ? Self.cancelled : Self.tookTooLong
  }

  private static var cancelled: LakeError {
    LakeError(.cancelled, "canceling statement due to user request")
  }

  private static var tookTooLong: LakeError {
    LakeError(
      .lockTimeout, "canceling statement due to lock timeout",
      hint: "Another transaction has been writing to the lake for longer than this one may wait.")
  }

  /// Waits for the turn among the threads of this process.
  private func queue(_ mode: Mode, milliseconds: Int?, request: WriteRequest) throws(LakeError) {
    let isGranted = state.withLock { state in
      if state.waiting.isEmpty, Self.canEnter(state, mode), request.settle(.granted) {
        Self.enter(&state, mode)
        return true
      }
      state.waiting.append(Waiter(request: request, mode: mode))
      return false
    }
    if isGranted { return }
    switch request.wait(milliseconds: milliseconds) {
    case .granted: return
    case .cancelled:
      leaveQueue(request)
      throw Self.cancelled
    case .timedOut, .waiting:
      leaveQueue(request)
      throw Self.tookTooLong
    }
  }

  private static func canEnter(_ state: State, _ mode: Mode) -> Bool {
    switch mode {
    case .exclusive: !state.exclusive && state.shared == 0
    case .shared: !state.exclusive
    }
  }

  private static func enter(_ state: inout State, _ mode: Mode) {
    switch mode {
    case .exclusive: state.exclusive = true
    case .shared: state.shared += 1
    }
  }

  private func leaveQueue(_ request: WriteRequest) {
    state.withLock { state in
      state.waiting.removeAll { $0.request === request }
      Self.grant(&state)
    }
  }

  func release(_ mode: Mode) {
    processes?.leave()
    releaseHere(mode)
  }

  private func releaseHere(_ mode: Mode) {
    state.withLock { state in
      switch mode {
      case .exclusive:
        precondition(state.exclusive, "the write lock is not held")
        state.exclusive = false
      case .shared:
        precondition(state.shared > 0, "the write lock is not held")
        state.shared -= 1
      }
      Self.grant(&state)
    }
  }

  /// Lets in whoever is at the front of the queue. Requests that gave up in the meantime are passed over.
  private static func grant(_ state: inout State) {
    while let first = state.waiting.first, canEnter(state, first.mode) {
      state.waiting.removeFirst()
      if first.request.settle(.granted) { enter(&state, first.mode) }
    }
  }
}

/// The write lock, held until `release` or until the object is gone.
package final class WriteHold: Sendable {
  private let lock: WriteLock
  private let mode: WriteLock.Mode
  private let isReleased = Atomic(false)

  init(lock: WriteLock, mode: WriteLock.Mode) {
    self.lock = lock
    self.mode = mode
  }

  deinit { release() }

  /// Gives the lock back; further calls do nothing.
  package func release() {
    if !isReleased.exchange(true, ordering: .acquiringAndReleasing) { lock.release(mode) }
  }
}
