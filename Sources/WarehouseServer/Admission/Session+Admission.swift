import Network
import PostgresWire
import SQLFront
import Sessions

/// A statement's way into its warehouse.
extension Session {
  /// Waits until the warehouse has room for a query.
  func admit(_ parsed: ParsedStatement) throws {
    guard ticket == nil else { return }
    try admit(try Ticket.Weight(of: parsed) { try server.tableSizes.current() })
  }

  /// Waits until the warehouse has room, unless the session's statement is running already.
  ///
  /// Who has the turn to write does not wait: every other writer waits for this one. So nobody who has a slot
  /// can wait for somebody who wants one.
  func admit(_ weight: Ticket.Weight) throws {
    guard ticket == nil else { return }
    let mine = Ticket(user: user.id, weight: weight, wake: handle.wake)
    server.admission.enter(mine, withoutWaiting: engine.hasTurn)
    ticket = mine
    if mine.isRunning { return }
    handle.queued(true)
    defer { handle.queued(false) }
    do {
      try wait(for: mine)
    } catch {
      leaveSlot()
      throw error
    }
  }

  private func wait(for mine: Ticket) throws {
    let limit = server.configuration.queuedTimeoutMilliseconds
    let end = limit > 0 ? Clock.monotonicNanoseconds() + UInt64(limit) * 1_000_000 : nil
    while true {
      handle.wake.clear()
      if mine.isRunning { return }
      if let termination = handle.termination { throw termination.error }
      try handle.checkInterrupts()
      var rest: Int?
      if let end {
        let now = Clock.monotonicNanoseconds()
        guard now < end else { throw Self.queuedTooLong }
        rest = Int((end - now) / 1_000_000) + 1
      }
      _ = handle.wake.wait(timeoutMilliseconds: rest)
    }
  }

  private static let queuedTooLong = PostgresError(
    .queryCanceled, "canceling statement due to queue timeout",
    detail: "The warehouse was busy for longer than a statement may wait.",
    hint: "Repeat it later, use another warehouse, or raise STATEMENT_QUEUED_TIMEOUT_IN_SECONDS.")

  /// The statement is over, or waits for its client: another may run.
  func leaveSlot() {
    guard let ticket else { return }
    self.ticket = nil
    server.admission.leave(ticket)
  }
}
