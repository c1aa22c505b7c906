import Network
import Sessions
import Synchronization

/// One thread that looks after running statements: time-outs, clients that went away, repeated interrupts.
final class Watchdog: Sendable {
  /// How often it looks, in milliseconds: the precision of `statement_timeout`.
  private static let tickMilliseconds = 20
  /// Every how many looks a client's socket is probed.
  private static let ticksPerProbe = 25

  private let registry: SessionRegistry
  private let stopped = Atomic(false)

  init(registry: SessionRegistry) {
    self.registry = registry
  }

  func start() throws(NetworkError) {
    try Thread.start(name: "watchdog") { [self] in run() }
  }

  func stop() {
    stopped.store(true, ordering: .releasing)
  }

  private func run() {
    var tick = 0
    while !stopped.load(ordering: .acquiring) {
      Clock.sleep(milliseconds: Self.tickMilliseconds)
      tick += 1
      let now = Clock.monotonicNanoseconds()
      for handle in registry.all {
        handle.tick(now: now, checksClient: tick % Self.ticksPerProbe == 0)
      }
    }
  }
}
