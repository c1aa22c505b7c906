import Glibc
import Synchronization

/// Somebody's wait for the write lock, which another thread can end.
package final class WriteRequest: Sendable {
  enum Outcome {
    case waiting, granted, cancelled, timedOut
  }

  private let wasCancelled = Atomic(false)
  private let outcome = Mutex(Outcome.waiting)
  private let signal = Signal()

  package init() {}

  /// Ends the wait with an error; does nothing once the lock is granted.
  package func cancel() {
    wasCancelled.store(true, ordering: .releasing)
    _ = settle(.cancelled)
  }

  /// Whether somebody cancelled it, be it after this process's turn had come.
  var isCancelled: Bool { wasCancelled.load(ordering: .acquiring) }

  /// Whether the outcome was still open.
  func settle(_ new: Outcome) -> Bool {
    let first = outcome.withLock { outcome in
      guard outcome == .waiting else { return false }
      outcome = new
      return true
    }
    if first { signal.post() }
    return first
  }

  /// Makes a request whose time was over usable again.
  func rearm() {
    outcome.withLock { if $0 == .timedOut { $0 = .waiting } }
    // The semaphore was posted when the time was over.
    _ = signal.wait(milliseconds: 0)
  }

  /// Waits until the request is settled or the time is over.
  func wait(milliseconds: Int?) -> Outcome {
    if !signal.wait(milliseconds: milliseconds) { _ = settle(.timedOut) }
    return outcome.withLock { $0 }
  }
}

/// A semaphore of the C library's.
@safe
private final class Signal: @unchecked Sendable {
  // Unchecked: POSIX semaphores may be used from any thread.
  private let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    // Safe: the memory is initialized here and freed in deinit.
    unsafe semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    unsafe sem_init(semaphore, 0, 0)
  }

  deinit {
    // Safe: nobody waits on an object without references.
    unsafe sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }

  func post() { unsafe sem_post(semaphore) }

  /// False when the time is over first.
  func wait(milliseconds: Int?) -> Bool {
    guard let milliseconds else {
      // Safe: the semaphore lives as long as this object.
      while unsafe sem_wait(semaphore) != 0, errno == EINTR {}
      return true
    }
    var deadline = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &deadline)
    let nanoseconds = Int(deadline.tv_nsec) + (milliseconds % 1_000) * 1_000_000
    deadline.tv_sec += milliseconds / 1_000 + nanoseconds / 1_000_000_000
    deadline.tv_nsec = nanoseconds % 1_000_000_000
    while unsafe sem_timedwait(semaphore, &deadline) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }
}
