import Foundation
import Lake
import Synchronization
import Testing

@Suite struct WriteLockTests {
  @Test func waitersEnterInTheOrderTheyCame() throws {
    let lock = WriteLock()
    let first = try lock.acquire()
    let order = Mutex<[Int]>([])
    let group = DispatchGroup()
    for number in 0..<5 {
      group.enter()
      Thread.detachNewThread {
        defer { group.leave() }
        guard let hold = try? lock.acquire(milliseconds: 10_000) else { return }
        order.withLock { $0.append(number) }
        hold.release()
      }
      while lock.waitingCount <= number { sched_yield() }
    }
    first.release()
    #expect(group.wait(timeout: .now() + 10) == .success)
    #expect(order.withLock { $0 } == [0, 1, 2, 3, 4])
  }

  @Test func waitEndsWithTheTime() throws {
    let lock = WriteLock()
    let hold = try lock.acquire()
    #expect { try lock.acquire(milliseconds: 20) } throws: { ($0 as? LakeError)?.code == .lockTimeout }
    #expect(lock.waitingCount == 0)
    hold.release()
    hold.release()
    try lock.acquire(milliseconds: 0).release()
  }

  @Test func waitCanBeCancelledFromAnotherThread() throws {
    let lock = WriteLock()
    let hold = try lock.acquire()
    let request = WriteRequest()
    Thread.detachNewThread {
      while lock.waitingCount == 0 { sched_yield() }
      request.cancel()
    }
    #expect { try lock.acquire(request: request) } throws: { ($0 as? LakeError)?.sqlState == "57014" }
    hold.release()
  }

  @Test func sharersExcludeMaintenanceOnly() throws {
    let lock = WriteLock()
    let one = try lock.acquire(.shared)
    let two = try lock.acquire(.shared, milliseconds: 0)
    #expect(throws: LakeError.self) { try lock.acquire(.exclusive, milliseconds: 5) }
    one.release()
    two.release()
    let alone = try lock.acquire(.exclusive, milliseconds: 0)
    #expect(throws: LakeError.self) { try lock.acquire(.shared, milliseconds: 5) }
    alone.release()
  }

  @Test func forgottenHoldIsReleased() throws {
    let lock = WriteLock()
    _ = try lock.acquire()
    try lock.acquire(milliseconds: 0).release()
  }
}
