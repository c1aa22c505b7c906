import Network

/// Slots, and those who wait for one. Not safe for several threads: `AdmissionQueue` is.
struct AdmissionLane {
  let slots: Int
  private(set) var running = 0
  /// Running statements that came in over the number of slots too.
  private var runningOf: [Int64: Int] = [:]
  /// In the order in which they came.
  private(set) var waiting: [Ticket] = []
  /// The statement that has the lane for itself.
  private var alone: Ticket?

  init(slots: Int) {
    self.slots = slots
  }

  /// Lets the ticket in at once if nobody waits and there is room, or if it need not wait.
  mutating func enter(_ ticket: Ticket, withoutWaiting: Bool) {
    if withoutWaiting {
      admit(ticket)
    } else {
      waiting.append(ticket)
      admitWaiting(comer: ticket)
    }
  }

  /// The ticket's statement is over, or no longer waits.
  mutating func leave(_ ticket: Ticket) {
    if ticket.isRunning {
      running -= 1
      let rest = (runningOf[ticket.user] ?? 1) - 1
      runningOf[ticket.user] = rest > 0 ? rest : nil
      if alone === ticket { alone = nil }
    } else {
      waiting.removeAll { $0 === ticket }
    }
    ticket.set(.over)
    admitWaiting()
  }

  /// - Parameter comer: who need not be woken.
  private mutating func admitWaiting(comer: Ticket? = nil) {
    while let index = next() {
      let ticket = waiting[index]
      if ticket.weight == .whole {
        // Nobody overtakes it: the lane empties until there is room.
        guard running == 0 else { return }
        alone = ticket
      }
      waiting.remove(at: index)
      admit(ticket)
      if ticket !== comer { ticket.wake.signal() }
    }
  }

  private mutating func admit(_ ticket: Ticket) {
    running += 1
    runningOf[ticket.user, default: 0] += 1
    ticket.set(.running)
  }

  /// Who is next while there is room: of the users with the fewest running statements the one who waits longest.
  private func next() -> Int? {
    guard alone == nil, running < slots else { return nil }
    return waiting.indices.min {
      (runningOf[waiting[$0].user] ?? 0, $0) < (runningOf[waiting[$1].user] ?? 0, $1)
    }
  }
}
