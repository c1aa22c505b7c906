import Glibc
import Synchronization

/// The write lock between processes: alone for one writer, or shared by the writers of several processes.
///
/// Who wants it takes the turnstile first and keeps it until the lock is free, so that the process that has
/// just written cannot overtake the one that waits.
final class ProcessLock: Sendable {
  private struct State {
    var holders = 0
    var waiters = 0
    var hasTurnstile = false
  }

  private static let turnstile: Int64 = 0
  private static let lock: Int64 = 1
  /// Pauses between two looks at a lock that another process has, in microseconds.
  private static let pauses: ClosedRange<UInt32> = 200...5_000

  private let file: LockFile
  private let state = Mutex(State())

  init(file: LockFile) {
    self.file = file
  }

  /// Waits for the lock until `isOver` says that it took too long or nobody wants it any more.
  ///
  /// - Returns: false where it ended without the lock.
  func enter(_ mode: WriteLock.Mode, isOver: () -> Bool) throws(LakeError) -> Bool {
    if try tryEnter(mode) { return true }
    state.withLock { $0.waiters += 1 }
    defer { giveUp() }
    var pause = Self.pauses.lowerBound
    while !isOver() {
      usleep(pause)
      if try tryEnter(mode) { return true }
      pause = min(pause * 2, Self.pauses.upperBound)
    }
    return false
  }

  private func tryEnter(_ mode: WriteLock.Mode) throws(LakeError) -> Bool {
    try state.withLock { state throws(LakeError) in
      if !state.hasTurnstile {
        guard try file.tryLock(Self.turnstile, .exclusive) else { return false }
        state.hasTurnstile = true
      }
      if state.holders == 0 {
        guard try file.tryLock(Self.lock, mode == .shared ? .shared : .exclusive) else {
          return false
        }
      }
      state.holders += 1
      state.hasTurnstile = false
      file.unlock(Self.turnstile)
      return true
    }
  }

  /// A wait is over: the turnstile is for others, unless somebody of this process waits still.
  private func giveUp() {
    state.withLock { state in
      state.waiters -= 1
      if state.waiters == 0, state.hasTurnstile {
        state.hasTurnstile = false
        file.unlock(Self.turnstile)
      }
    }
  }

  func leave() {
    state.withLock { state in
      state.holders -= 1
      if state.holders == 0 { file.unlock(Self.lock) }
    }
  }
}
