package import Network
import Synchronization

/// A statement's claim to run in its warehouse: it waits, runs, and is over.
package final class Ticket: Sendable {
  /// How much of the warehouse a statement takes.
  package enum Weight: Sendable {
    /// Looks at the catalogs or at small tables: has slots of its own, so that large ones never hold it up.
    case small
    case normal
    /// Needs more memory than its share: runs when no other does.
    case whole
  }

  enum Phase: Int {
    case waiting, running, over
  }

  package let user: Int64
  package let weight: Weight
  /// Tells the waiting session that it may run.
  let wake: WakeSignal
  /// Changed under the queue's lock alone; read by the session that waits.
  private let phase = Atomic(Phase.waiting.rawValue)

  package init(user: Int64, weight: Weight, wake: WakeSignal) {
    self.user = user
    self.weight = weight
    self.wake = wake
  }

  package var isRunning: Bool { phase.load(ordering: .acquiring) == Phase.running.rawValue }
  var isWaiting: Bool { phase.load(ordering: .acquiring) == Phase.waiting.rawValue }

  func set(_ new: Phase) { phase.store(new.rawValue, ordering: .releasing) }
}
