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

/// Who reads the lake: in this process, and in others that share a folder with it.
package final class OpenReads: Sendable {
  typealias Entry = ReadTable.Entry

  private struct State {
    var next: UInt64 = 0
    var entries: [UInt64: Entry] = [:]
    /// The slots of the shared table that are in use.
    var slots: [UInt64: Int] = [:]
    var free = Array((0..<ReadTable.slots - 1).reversed())
    /// Reads that found no slot.
    var homeless: Set<UInt64> = []
  }

  private static let commonSlot = ReadTable.slots - 1

  private let state = Mutex(State())
  /// What other processes see; nil where there are none.
  private let table: ReadTable?
  private let folder: String

  package init() {
    table = nil
    folder = ""
  }

  /// Shares what is read with the processes that name the same folder, which is made if there is none.
  init(sharedIn folder: String) throws(LakeError) {
    try makeFolder(folder)
    self.folder = folder
    table = try ReadTable(folder: folder)
  }

  func begin(snapshot: () throws(LakeError) -> Snapshot) throws(LakeError) -> ReadToken {
    // Entered before the snapshot is read, so that maintenance sees it in time.
    let began = wallClockMicroseconds()
    let number = state.withLock { state in
      state.next += 1
      share(state.next, in: &state)
      set(state.next, Entry(began: began, snapshot: -1), in: &state)
      return state.next
    }
    do {
      let newest = try snapshot()
      state.withLock { set(number, Entry(began: began, snapshot: newest.id), in: &$0) }
      return ReadToken(number: number, snapshot: newest, beganMicroseconds: began, reads: self)
    } catch {
      remove(number)
      throw error
    }
  }

  private func share(_ number: UInt64, in state: inout State) {
    guard table != nil else { return }
    if let slot = state.free.popLast() {
      state.slots[number] = slot
    } else {
      state.homeless.insert(number)
    }
  }

  private func set(_ number: UInt64, _ entry: Entry, in state: inout State) {
    state.entries[number] = entry
    if let slot = state.slots[number] {
      table?.set(slot, entry)
    } else if state.homeless.contains(number) {
      // In whose stead one stands that may read anything.
      let oldest = state.homeless.compactMap { state.entries[$0]?.began }.min() ?? entry.began
      table?.set(Self.commonSlot, Entry(began: oldest, snapshot: -1))
    }
  }

  fileprivate func remove(_ number: UInt64) {
    state.withLock { state in
      state.entries[number] = nil
      if let slot = state.slots.removeValue(forKey: number) {
        table?.set(slot, Entry(began: 0, snapshot: -1))
        state.free.append(slot)
      } else if state.homeless.remove(number) != nil, state.homeless.isEmpty {
        table?.set(Self.commonSlot, Entry(began: 0, snapshot: -1))
      }
    }
  }

  /// The open reads of all processes.
  func everywhere() throws(LakeError) -> [Entry] {
    guard let table else { return state.withLock { Array($0.entries.values) } }
    return try ReadTable.all(in: folder, own: table)
  }

  /// How many there are in this process.
  package var count: Int { state.withLock { $0.entries.count } }
}
