import DuckDB
import Lake
import PostgresWire
import SQLFront
import Sessions

/// How a change comes into the lake: the turn to write, and what happens when another writer was faster.
extension Session {
  /// Runs a change in the session's transaction, or in one of its own that is repeated whole when it loses
  /// against another writer.
  ///
  /// - Parameters:
  ///   - isolated: `body` is several statements of the engine, which need a transaction.
  ///   - takesTurn: false where `body` takes the turn to write itself, later.
  func write<Value>(
    _ parsed: ParsedStatement, isolated: Bool = false, takesTurn: Bool = true, _ body: () throws -> Value
  ) throws -> Value {
    let isTemporary = try staysTemporary(parsed)
    // Where writers go side by side, each waits for room before it takes its turn, so that nobody who has a
    // turn waits for room.
    if !server.lake.commitsInTurn { try admit(.normal) }
    if takesTurn, !isTemporary { try takeTurn(milliseconds: settings.milliseconds("lock_timeout")) }
    try admit(.normal)
    if block.isOpen {
      do {
        let value = try body()
        block.wrote(temporarily: isTemporary)
        if isTemporary { noteTemporary(parsed) }
        return value
      } catch {
        // What fails before it runs has written nothing: a savepoint can be reached still.
        if (error as? DuckDBError)?.isOfPlanning != true {
          block.wrote(temporarily: isTemporary)
        }
        throw error
      }
    }
    defer { engine.finishWrite() }
    var attempt = 1
    while true {
      do {
        return isolated ? try engine.inOwnTransaction(body) : try body()
      } catch let error as DuckDBError {
        guard case .retry(let pause) = server.lake.retryPolicy.decision(for: error, attempt: attempt) else {
          throw error
        }
        attempt += 1
        try handle.checkInterrupts()
        Clock.sleep(milliseconds: pause)
      }
    }
  }

  /// Runs several engine statements as one change.
  func writeTogether(_ parsed: ParsedStatement, _ texts: [RewrittenSQL]) throws {
    try write(parsed, isolated: texts.count > 1) {
      for text in texts {
        running = (parsed, text)
        try engine.execute(text.text)
        if texts.count > 1 { block.wrote(temporarily: try staysTemporary(parsed)) }
      }
    }
  }

  /// Waits for the turn to write, which a change of the session's own temporary tables does not need.
  func takeTurn(for parsed: ParsedStatement) throws {
    if try staysTemporary(parsed) { return }
    try takeTurn(milliseconds: settings.milliseconds("lock_timeout"))
  }

  /// - Parameter milliseconds: the longest wait; 0 is for ever.
  func takeTurn(milliseconds: Int) throws {
    guard try engine.takeTurn(timeoutMilliseconds: milliseconds), block.isOpen else { return }
    try catchUp()
  }

  /// A transaction that another commit has overtaken can't commit on a SQLite catalog any more. As long as it
  /// has not written there it goes on with the newest snapshot, as READ COMMITTED allows; at the levels above,
  /// what it has read may not change under it.
  private func catchUp() throws {
    guard block.lakeWrites == 0, try engine.wasOvertaken() else { return }
    if !readsCommitted, engine.hasReadInTransaction {
      guard server.lake.commitsInTurn else { return }
      throw PostgresError(
        .serializationFailure, "could not serialize access due to concurrent update",
        detail: "Another transaction has committed since this one began to read.",
        hint: "Repeat the whole transaction.")
    }
    try engine.restart(keepingTemporary: block.writes > 0)
  }

  /// What a rollback must drop where the transaction goes on in a second one of the engine's.
  private func noteTemporary(_ parsed: ParsedStatement) {
    switch parsed.statement {
    case .createTable(let table) where table.isTemporary:
      engine.temporaryCreations.append("TABLE IF EXISTS temp.main.\(quoteIdentifier(table.name.name))")
    case .createView(let view) where view.isTemporary:
      engine.temporaryCreations.append("VIEW IF EXISTS temp.main.\(quoteIdentifier(view.name.name))")
    default: break
    }
  }

  /// At READ COMMITTED each query of a transaction sees what was committed before it; the engine's own
  /// transaction would show what was there at its beginning. Not after the first write: what was written is
  /// in the engine's transaction.
  func refreshSnapshot() throws {
    guard block.isExplicit, block.writes == 0, readsCommitted, engine.hasReadInTransaction,
      try engine.wasOvertaken()
    else { return }
    try engine.restart()
  }

  private var readsCommitted: Bool { settings["transaction_isolation"]?.hasPrefix("read ") ?? true }

  /// Whether a change touches nothing but this session's temporary tables and views.
  func staysTemporary(_ parsed: ParsedStatement) throws -> Bool {
    switch parsed.statement {
    case .createTable(let statement) where statement.isTemporary: return true
    case .createView(let statement) where statement.isTemporary: return true
    case .drop(let statement):
      guard ["table", "view"].contains(statement.objectKind) else { return false }
      return try statement.names.allSatisfy(isTemporary)
    case .alter(let statement): return try isTemporary(statement.name)
    case .truncate(let statement): return try statement.tables.allSatisfy(isTemporary)
    case .copy(let statement):
      guard case .table(let table, _) = statement.source else { return false }
      return try isTemporary(table)
    default: return try parsed.target.map(isTemporary) ?? false
    }
  }

  private func isTemporary(_ name: QualifiedName) throws -> Bool {
    if let schema = name.schema { return schema == "pg_temp" }
    guard engine.hasTemporaryObjects else { return false }
    let literal = quoteLiteral(name.name)
    return try !engine.isEmpty(
      "SELECT 1 FROM duckdb_tables() WHERE database_name = 'temp' AND table_name = \(literal)"
        + " UNION ALL SELECT 1 FROM duckdb_views() WHERE database_name = 'temp' AND view_name = \(literal)")
  }
}
