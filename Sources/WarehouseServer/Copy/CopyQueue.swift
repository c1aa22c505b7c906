import Glibc
import PostgresWire
import Sessions

/// Blocks of a COPY between the session's thread, which receives them, and the engine's threads, which parse
/// them. Holds few: a client that sends faster than the engine writes is made to wait.
final class CopyQueue: @unchecked Sendable {
  // Unchecked: everything below is read and written under `lock` alone.

  /// How many blocks wait at most.
  static let capacity = 8
  /// How long a thread waits for a block while others are still there to take it, in milliseconds.
  private static let patienceMilliseconds = 50

  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var blocks: [CopyBlock] = []
  private var isComplete = false
  private var failure: (any Error)?
  private var readers = 0
  private var rows = 0

  init() {
    lock = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    pthread_cond_destroy(changed)
    lock.deallocate()
    changed.deallocate()
  }

  private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body()
  }

  /// Waits for a change, some time at most; the lock is held before and afterwards.
  private func wait(milliseconds: Int) {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let nanoseconds = time.tv_nsec + milliseconds * 1_000_000
    time.tv_sec += nanoseconds / 1_000_000_000
    time.tv_nsec = nanoseconds % 1_000_000_000
    pthread_cond_timedwait(changed, lock, &time)
  }

  // MARK: The session's side

  /// Queues a block; waits while the queue is full.
  ///
  /// - Parameter check: called now and then while waiting; throws to give up.
  func push(_ block: CopyBlock, check: () throws -> Void) throws {
    try locked {
      while blocks.count >= Self.capacity, failure == nil {
        try check()
        wait(milliseconds: 50)
      }
      if let failure { throw failure }
      blocks.append(block)
      pthread_cond_broadcast(changed)
    }
  }

  /// No block will follow.
  func complete() {
    locked {
      isComplete = true
      pthread_cond_broadcast(changed)
    }
  }

  /// Ends the COPY for both sides; the first failure is the one that counts.
  func fail(_ error: any Error) {
    locked {
      if failure == nil { failure = error }
      pthread_cond_broadcast(changed)
    }
  }

  /// Why the COPY failed, if it did.
  var error: (any Error)? { locked { failure } }

  /// How many blocks wait.
  var count: Int { locked { blocks.count } }

  /// How many rows were parsed.
  var rowCount: Int { locked { rows } }

  // MARK: The engine's side

  /// A thread of the engine will take blocks.
  func enter() {
    locked { readers += 1 }
  }

  /// Adds rows that were parsed.
  func count(rows count: Int) {
    locked { rows += count }
  }

  /// The next block; nil if there are no more for this thread.
  ///
  /// The engine's threads serve everyone. So only one of them ever waits for a slow client: the others leave
  /// the statement when there is nothing to do.
  func pop() throws -> CopyBlock? {
    try locked {
      var patienceEnds: UInt64?
      while true {
        if let failure { throw failure }
        if !blocks.isEmpty {
          let block = blocks.removeFirst()
          pthread_cond_broadcast(changed)
          return block
        }
        // Another thread may have taken the block that woke this one: the time counts, not the wakings.
        let now = Clock.monotonicNanoseconds()
        let end = patienceEnds ?? now + UInt64(Self.patienceMilliseconds) * 1_000_000
        patienceEnds = end
        if isComplete || (now >= end && readers > 1) {
          readers -= 1
          return nil
        }
        wait(milliseconds: Self.patienceMilliseconds)
      }
    }
  }
}
