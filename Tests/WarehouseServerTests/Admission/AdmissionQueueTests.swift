import Network
import Testing

@testable import WarehouseServer

@Suite struct AdmissionQueueTests {
  let wake: WakeSignal

  init() throws {
    wake = try WakeSignal()
  }

  func enter(
    _ queue: AdmissionQueue, _ user: Int64, _ weight: Ticket.Weight = .normal, withoutWaiting: Bool = false
  ) -> Ticket {
    let ticket = Ticket(user: user, weight: weight, wake: wake)
    queue.enter(ticket, withoutWaiting: withoutWaiting)
    return ticket
  }

  @Test func asManyRunAsThereAreSlots() {
    let queue = AdmissionQueue(slots: 2)
    let tickets = (0..<3).map { _ in enter(queue, 1) }
    #expect(tickets.map(\.isRunning) == [true, true, false])
    #expect(queue.counts == .init(running: 2, queued: 1))
    #expect(!wake.isSignalled)
    queue.leave(tickets[0])
    #expect(tickets[2].isRunning)
    #expect(wake.isSignalled)
    queue.leave(tickets[1])
    queue.leave(tickets[2])
    #expect(queue.counts == .init())
  }

  @Test func aUserWithFewerRunningGoesFirst() {
    let queue = AdmissionQueue(slots: 2)
    let greedy = (0..<5).map { _ in enter(queue, 1) }
    let modest = enter(queue, 2)
    queue.leave(greedy[0])
    #expect(modest.isRunning)
    #expect(!greedy[2].isRunning)
    // Now each has one: who waits longer.
    let second = enter(queue, 2)
    queue.leave(greedy[1])
    #expect(greedy[2].isRunning)
    #expect(!second.isRunning)
    queue.leave(modest)
    #expect(second.isRunning)
  }

  @Test func whoLeavesTheQueueIsPassedOver() {
    let queue = AdmissionQueue(slots: 1)
    let running = enter(queue, 1)
    let gone = enter(queue, 2)
    let waiting = enter(queue, 3)
    queue.leave(gone)
    queue.leave(running)
    #expect(waiting.isRunning)
    #expect(queue.counts == .init(running: 1, queued: 0))
  }

  @Test func smallOnesHaveSlotsOfTheirOwn() {
    let queue = AdmissionQueue(slots: 1)
    _ = enter(queue, 1)
    #expect(!enter(queue, 1).isRunning)
    #expect(enter(queue, 1, .small).isRunning)
  }

  @Test func whoMustNotWaitDoesNot() {
    let queue = AdmissionQueue(slots: 1)
    let first = enter(queue, 1)
    let waiting = enter(queue, 2)
    let writer = enter(queue, 3, withoutWaiting: true)
    #expect(writer.isRunning)
    queue.leave(first)
    #expect(!waiting.isRunning, "the writer has the slot")
    queue.leave(writer)
    #expect(waiting.isRunning)
  }

  @Test func aStatementThatNeedsEverythingRunsAlone() {
    let queue = AdmissionQueue(slots: 2)
    let first = enter(queue, 1)
    let second = enter(queue, 2)
    let large = enter(queue, 3, .whole)
    let late = enter(queue, 4)
    queue.leave(first)
    #expect(!large.isRunning)
    #expect(!late.isRunning, "nobody overtakes it")
    #expect(enter(queue, 5, .small).isRunning)
    queue.leave(second)
    #expect(large.isRunning)
    #expect(!late.isRunning)
    queue.leave(large)
    #expect(late.isRunning)
  }
}
