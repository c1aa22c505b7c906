import Glibc

/// The clocks of the system.
package enum Clock {
  /// A clock that never goes back, in nanoseconds from an arbitrary point.
  package static func monotonicNanoseconds() -> UInt64 {
    read(CLOCK_MONOTONIC, nanosecondsPerUnit: 1)
  }

  /// The time of day in microseconds since 1970 (UTC).
  package static func microsecondsSince1970() -> Int64 {
    Int64(read(CLOCK_REALTIME, nanosecondsPerUnit: 1000))
  }

  package static func sleep(milliseconds: Int) {
    var pause = timespec(tv_sec: milliseconds / 1000, tv_nsec: (milliseconds % 1000) * 1_000_000)
    nanosleep(&pause, nil)
  }

  private static func read(_ clock: clockid_t, nanosecondsPerUnit unit: UInt64) -> UInt64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return (UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)) / unit
  }
}
