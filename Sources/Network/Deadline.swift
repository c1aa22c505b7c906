import Glibc

/// A moment of the monotonic clock after which waiting ends; nil milliseconds never end.
package struct Deadline: Sendable {
  /// Nanoseconds of CLOCK_MONOTONIC.
  private let end: Int64?

  package init(milliseconds: Int?) {
    end = milliseconds.map { Self.now() + Int64($0) * 1_000_000 }
  }

  /// What is left for poll(): -1 for ever, 0 when over, otherwise rounded up so that it is not woken early.
  package var pollMilliseconds: Int32 {
    guard let end else { return -1 }
    let left = end - Self.now()
    return left <= 0 ? 0 : Int32(clamping: (left + 999_999) / 1_000_000)
  }

  package var isOver: Bool { pollMilliseconds == 0 }

  /// Lets this thread rest.
  package static func sleep(milliseconds: Int) {
    _ = waitForEvents(on: -1, 0, wake: nil, deadline: Deadline(milliseconds: milliseconds))
  }

  private static func now() -> Int64 {
    var time = timespec()
    // The structure is local and the clock always exists.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
