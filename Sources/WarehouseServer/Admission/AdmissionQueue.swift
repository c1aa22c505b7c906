import Synchronization

/// Which statements of a warehouse run, and which wait for those.
///
/// There are slots for ordinary statements and others for small ones. A free slot goes to the user with the
/// fewest running statements, so a user's hundred statements do not delay another's one; among equals first come,
/// first served.
package final class AdmissionQueue: Sendable {
  package struct Counts: Sendable, Equatable {
    package var running = 0
    package var queued = 0
  }

  private struct State {
    var small: AdmissionLane
    var ordinary: AdmissionLane
  }

  /// Small statements are over in milliseconds: more of them than this only wait for each other's processors.
  private static let smallSlotsPerSlot = 2

  private let state: Mutex<State>

  /// - Parameter slots: how many ordinary statements run at a time, at least one.
  package init(slots: Int) {
    let slots = max(1, slots)
    state = Mutex(
      State(
        small: AdmissionLane(slots: slots * Self.smallSlotsPerSlot), ordinary: AdmissionLane(slots: slots)))
  }

  /// Puts a statement in line. It may run when the ticket says so, then or after its `wake` was signalled.
  ///
  /// - Parameter withoutWaiting: for who must not wait, since others wait for them already.
  package func enter(_ ticket: Ticket, withoutWaiting: Bool = false) {
    state.withLock { state in
      if ticket.weight == .small {
        state.small.enter(ticket, withoutWaiting: withoutWaiting)
      } else {
        state.ordinary.enter(ticket, withoutWaiting: withoutWaiting)
      }
    }
  }

  /// A statement is over, or gives up waiting. Once per ticket.
  package func leave(_ ticket: Ticket) {
    state.withLock { state in
      if ticket.weight == .small {
        state.small.leave(ticket)
      } else {
        state.ordinary.leave(ticket)
      }
    }
  }

  package var counts: Counts {
    state.withLock {
      Counts(
        running: $0.small.running + $0.ordinary.running,
        queued: $0.small.waiting.count + $0.ordinary.waiting.count)
    }
  }
}
