import Sessions
import Synchronization

/// Slows down those who guess passwords: after a few failures from one address or for one user every further
/// attempt waits, twice as long each time up to a limit. One success clears the user's count from that address.
package final class LogInLimiter: Sendable {
  private struct Key: Hashable {
    var user: String?
    var address: String
  }

  private struct Record {
    var failures: Int
    var last: UInt64
  }

  /// Failures that cost nothing.
  private let freeFailures: Int
  /// The longest wait, in milliseconds.
  private let longestWaitMilliseconds: Int
  /// After this time without a failure everything is forgotten, in nanoseconds.
  private static let memoryNanoseconds: UInt64 = 600 * 1_000_000_000
  /// Most records that are kept; the oldest are forgotten first.
  private static let recordLimit = 10_000
  private let records = Mutex<[Key: Record]>([:])

  package init(freeFailures: Int = 5, longestWaitMilliseconds: Int = 5000) {
    self.freeFailures = freeFailures
    self.longestWaitMilliseconds = longestWaitMilliseconds
  }

  /// Holds the calling session back for as long as its user and address have earned.
  func waitBeforeAttempt(user: String, address: String) {
    let pause = waitMilliseconds(user: user, address: address)
    if pause > 0 { Clock.sleep(milliseconds: pause) }
  }

  /// How long the next attempt waits, in milliseconds.
  package func waitMilliseconds(user: String, address: String) -> Int {
    let failures = records.withLock { records in
      // Read under the lock: a record that another thread made meanwhile would be from the future.
      let now = Clock.monotonicNanoseconds()
      return Self.keys(user, address).compactMap { key -> Int? in
        guard let record = records[key], now - record.last < Self.memoryNanoseconds else { return nil }
        // One address may serve many users: it is allowed more failures than one user at that address.
        return key.user == nil ? record.failures / 4 : record.failures
      }.max() ?? 0
    }
    let excess = failures - freeFailures
    guard excess >= 0 else { return 0 }
    return min(longestWaitMilliseconds, 100 << min(excess, 20))
  }

  package func failed(user: String, address: String) {
    records.withLock { records in
      let now = Clock.monotonicNanoseconds()
      if records.count > Self.recordLimit {
        records = records.filter { now - $0.value.last < Self.memoryNanoseconds }
        if records.count > Self.recordLimit { records.removeAll() }
      }
      for key in Self.keys(user, address) {
        records[key, default: Record(failures: 0, last: now)].failures += 1
        records[key]?.last = now
      }
    }
  }

  package func succeeded(user: String, address: String) {
    records.withLock { _ = $0.removeValue(forKey: Key(user: user, address: address)) }
  }

  private static func keys(_ user: String, _ address: String) -> [Key] {
    [Key(user: user, address: address), Key(user: nil, address: address)]
  }
}
