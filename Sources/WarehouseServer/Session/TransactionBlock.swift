import PostgresWire
import Sessions

/// Where a session stands with its transaction, as a value: statements in, what to do with the engine out.
///
/// Source: PostgreSQL 15, `xact.c` in words, and chapter 55.2.2.1 "Multiple Statements in a Simple Query".
struct TransactionBlock: Equatable {
  enum State: Equatable {
    /// Every statement is its own transaction.
    case idle
    /// Several statements of one message or pipeline share a transaction that nobody asked for by name.
    case implicit
    /// After BEGIN.
    case open
    /// After BEGIN and an error: everything but its end is refused.
    case failed
  }

  /// What the caller must do with the engine's transaction.
  enum Action: Equatable {
    case nothing
    case begin
    case commit
    case rollback
  }

  /// A mark that ROLLBACK TO can go back to while nothing was written behind it.
  struct Savepoint: Equatable {
    let name: String
    /// How many writes the transaction had done.
    let writes: Int
  }

  private(set) var state = State.idle
  private(set) var savepoints: [Savepoint] = []
  /// How many statements of this transaction have written.
  private(set) var writes = 0
  /// How many of them changed the lake.
  private(set) var lakeWrites = 0
  /// Whether the engine still has the transaction, in the state `failed`.
  private(set) var engineIsAlive = true

  /// The byte of ReadyForQuery.
  var status: TransactionStatus {
    switch state {
    case .idle, .implicit: .idle
    case .open: .inTransaction
    case .failed: .failed
    }
  }

  /// Whether the engine has a transaction that outlives the statement.
  var isOpen: Bool { state != .idle }

  /// Whether the client said BEGIN.
  var isExplicit: Bool { state == .open || state == .failed }

  /// - Parameter temporarily: only temporary tables of the session were changed, not the lake.
  mutating func wrote(temporarily: Bool = false) {
    guard isOpen else { return }
    writes += 1
    if !temporarily { lakeWrites += 1 }
  }

  /// Several statements come together: they share a transaction.
  mutating func beginImplicit() -> Action {
    guard state == .idle else { return .nothing }
    reset(to: .implicit)
    return .begin
  }

  /// BEGIN. An implicit transaction becomes the explicit one.
  ///
  /// - Returns: what to do, and whether there was a transaction already.
  mutating func begin() -> (action: Action, warning: Bool) {
    switch state {
    case .idle:
      reset(to: .open)
      return (.begin, false)
    case .implicit:
      state = .open
      return (.nothing, false)
    case .open, .failed:
      return (.nothing, true)
    }
  }

  /// COMMIT, or the end of an implicit transaction.
  ///
  /// - Returns: what to do, whether there was no transaction, and whether it ends with ROLLBACK after all.
  mutating func commit() -> (action: Action, warning: Bool, rolledBack: Bool) {
    switch state {
    case .idle: return (.nothing, true, false)
    case .implicit, .open:
      let wasImplicit = state == .implicit
      reset(to: .idle)
      return (.commit, wasImplicit, false)
    case .failed:
      let action: Action = engineIsAlive ? .rollback : .nothing
      reset(to: .idle)
      return (action, false, true)
    }
  }

  /// ROLLBACK.
  mutating func rollback() -> (action: Action, warning: Bool) {
    let action: Action = state == .idle || !engineIsAlive ? .nothing : .rollback
    let warning = state == .idle || state == .implicit
    reset(to: .idle)
    return (action, warning)
  }

  /// A statement failed. An explicit transaction waits for its end, everything else is undone at once.
  ///
  /// - Parameter engineSurvives: whether the engine's transaction is as it was before the statement. It is kept
  ///   then, where a savepoint can still be reached with it.
  mutating func fail(engineSurvives: Bool = false) -> Action {
    switch state {
    case .idle: return .nothing
    case .implicit:
      reset(to: .idle)
      return .rollback
    case .open:
      state = .failed
      engineIsAlive = engineSurvives && !savepoints.isEmpty
      return engineIsAlive ? .nothing : .rollback
    case .failed: return .nothing
    }
  }

  // MARK: Savepoints

  mutating func savepoint(_ name: String) {
    savepoints.append(Savepoint(name: name, writes: writes))
  }

  /// RELEASE.
  ///
  /// - Returns: false where there is no such savepoint.
  mutating func release(_ name: String) -> Bool {
    guard let index = savepoints.lastIndex(where: { $0.name == name }) else { return false }
    savepoints.removeSubrange(index...)
    return true
  }

  /// What ROLLBACK TO SAVEPOINT can do.
  enum SavepointRollback: Equatable {
    case unknown
    /// Nothing was written since, by the statement that failed either: there is nothing to undo.
    case kept
    /// The engine lost the transaction, which had written nothing: a new one takes its place.
    case restarted
    /// Something was written that the engine cannot undo alone.
    case impossible
  }

  mutating func rollback(to name: String) -> SavepointRollback {
    guard let index = savepoints.lastIndex(where: { $0.name == name }) else { return .unknown }
    let savepoint = savepoints[index]
    if state == .failed, !engineIsAlive {
      guard writes == 0 else { return .impossible }
      state = .open
      engineIsAlive = true
      savepoints.removeSubrange((index + 1)...)
      return .restarted
    }
    guard writes == savepoint.writes else { return .impossible }
    state = state == .failed ? .open : state
    savepoints.removeSubrange((index + 1)...)
    return .kept
  }

  private mutating func reset(to state: State) {
    self.state = state
    savepoints = []
    writes = 0
    lakeWrites = 0
    engineIsAlive = true
  }
}
