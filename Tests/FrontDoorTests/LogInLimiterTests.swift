import Network
import Synchronization
import Testing

@testable import FrontDoor

@Suite struct LogInLimiterTests {
  @Test func failuresCostMoreEachTime() {
    let limiter = LogInLimiter(freeFailures: 2, longestWaitMilliseconds: 300)
    func wait() -> Int { limiter.waitMilliseconds(user: "u", address: "a") }
    #expect(wait() == 0)
    for expected in [0, 100, 200, 300, 300] {
      limiter.failed(user: "u", address: "a")
      #expect(wait() == expected)
    }
    #expect(limiter.waitMilliseconds(user: "u", address: "b") == 0)
    limiter.succeeded(user: "u", address: "a")
    #expect(wait() == 0)
  }

  @Test func manyThreadsAtOnce() throws {
    // A record may be younger than the clock that another thread read before it.
    let limiter = LogInLimiter(freeFailures: .max)
    let threads = try (0..<8).map { number in
      try Thread.startJoinable(name: "guess") {
        for _ in 0..<20_000 {
          _ = limiter.waitMilliseconds(user: "u", address: "a")
          limiter.failed(user: number.isMultiple(of: 2) ? "u" : "v", address: "a")
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(limiter.waitMilliseconds(user: "u", address: "a") == 0)
  }
}
