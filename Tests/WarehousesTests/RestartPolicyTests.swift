import Testing
import Warehouses

@Suite struct RestartPolicyTests {
  @Test func aProcessThatWasReadyStartsAgainAtOnce() {
    var policy = RestartPolicy()
    for _ in 0..<20 { #expect(policy.ended(wasReady: true) == 0) }
    #expect(!policy.isCrashLoop)
  }

  @Test func oneThatNeverIsReadyWaitsLongerEachTime() {
    var policy = RestartPolicy()
    let pauses = (0..<12).map { _ in policy.ended(wasReady: false) }
    #expect(pauses == [0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    #expect(policy.isCrashLoop)
  }

  @Test func oneGoodStartForgetsTheRest() {
    var policy = RestartPolicy()
    for _ in 0..<8 { _ = policy.ended(wasReady: false) }
    #expect(policy.ended(wasReady: true) == 0)
    #expect(!policy.isCrashLoop)
    #expect(policy.ended(wasReady: false) == 0)
  }
}
