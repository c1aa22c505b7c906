import Lake
import Sessions
import Synchronization

/// How many rows the lake's tables have, roughly and cheaply: read again when somebody asks and the last look was
/// a second ago. A statement that is judged by old numbers runs all the same, among others of another size.
final class TableSizes: Sendable {
  /// Rows by the table's name in small letters; the largest where schemas share a name, `Int64.max` for views.
  typealias Rows = [String: Int64]

  private struct State {
    var rows: Rows = [:]
    var readAt: UInt64?
  }

  private static let nanosecondsBetweenLooks: UInt64 = 1_000_000_000

  private let lake: Lake
  private let state = Mutex(State())

  init(lake: Lake) {
    self.lake = lake
  }

  func current() throws(LakeError) -> Rows {
    let now = Clock.monotonicNanoseconds()
    let known: Rows? = state.withLock { state in
      guard let readAt = state.readAt, now < readAt + Self.nanosecondsBetweenLooks else {
        // Others go on with the old numbers while this thread reads.
        if state.readAt != nil { state.readAt = now }
        return nil
      }
      return state.rows
    }
    if let known { return known }
    let rows = try lake.rowCounts()
    state.withLock { $0 = State(rows: rows, readAt: now) }
    return rows
  }
}
