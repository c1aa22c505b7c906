import Synchronization

/// A statement or transaction that reads the lake. Until `end`, no file that it may need is deleted.
package final class ReadToken: Sendable {
  /// The newest snapshot when it began: what a transaction that begins now sees, or something newer.
  package let snapshot: Snapshot
  /// When it began, in microseconds since 1970.
  package let beganMicroseconds: Int64
  fileprivate let number: UInt64
  private let reads: OpenReads
  private let isEnded = Atomic(false)

  fileprivate init(number: UInt64, snapshot: Snapshot, beganMicroseconds: Int64, reads: OpenReads) {
    self.number = number
    self.snapshot = snapshot
    self.beganMicroseconds = beganMicroseconds
    self.reads = reads
  }

  deinit { end() }

  /// Says that nothing is read any more; further calls do nothing.
  package func end() {
    if !isEnded.exchange(true, ordering: .acquiringAndReleasing) { reads.remove(number) }
  }
}

/// Who reads the lake in this process.
package final class OpenReads: Sendable {
  private struct Entry {
    let snapshot: Int64
    let beganMicroseconds: Int64
  }

  private struct State {
    var next: UInt64 = 0
    var entries: [UInt64: Entry] = [:]
  }

  private let state = Mutex(State())

  func begin(snapshot: () throws(LakeError) -> Snapshot) throws(LakeError) -> ReadToken {
    // Entered before the snapshot is read, so that maintenance sees it in time.
    let began = wallClockMicroseconds()
    let number = state.withLock { state in
      state.next += 1
      state.entries[state.next] = Entry(snapshot: -1, beganMicroseconds: began)
      return state.next
    }
    do {
      let newest = try snapshot()
      state.withLock { $0.entries[number] = Entry(snapshot: newest.id, beganMicroseconds: began) }
      return ReadToken(number: number, snapshot: newest, beganMicroseconds: began, reads: self)
    } catch {
      remove(number)
      throw error
    }
  }

  fileprivate func remove(_ number: UInt64) { _ = state.withLock { $0.entries.removeValue(forKey: number) } }

  /// How many there are.
  package var count: Int { state.withLock { $0.entries.count } }

  /// When the oldest of them began; nil when there is none.
  var oldestMicroseconds: Int64? { state.withLock { $0.entries.values.map(\.beganMicroseconds).min() } }

  /// The snapshots that they began with.
  var snapshots: Set<Int64> { state.withLock { Set($0.entries.values.map(\.snapshot)) } }
}
