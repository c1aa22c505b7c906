import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// DECLARE, FETCH, MOVE and CLOSE.
extension Session {
  func declare(_ statement: DeclareCursor, parameters: [Int: String]) throws -> Outcome {
    guard statement.withHold || block.state != .idle else {
      throw PostgresError(
        .noActiveSQLTransaction, "DECLARE CURSOR can only be used in transaction blocks")
    }
    guard cursors[statement.name] == nil else {
      throw PostgresError(.duplicateCursor, "cursor \"\(statement.name)\" already exists")
    }
    try checkRoom(cursors.count, "cursors")
    guard case .rows(let source, _) = try run(statement.query, parameters: parameters) else {
      throw PostgresError(.invalidCursorDefinition, "DECLARE CURSOR must be used with a query")
    }
    let cursor = try Cursor(
      name: statement.name, statement: statement.query.text,
      columns: outputColumns(source.columns, of: statement.query), source: source, options: statement,
      inTransaction: block.isOpen
    ) { () throws(DuckDBError) in try engine.scratchConnection() }
    if block.state == .idle {
      // WITH HOLD outside a transaction: the statement's own transaction ends here.
      try cursor.hold { () throws(DuckDBError) in try engine.scratchConnection() }
    }
    cursors[statement.name] = cursor
    return .complete("DECLARE CURSOR")
  }

  func cursor(named name: String) throws -> Cursor {
    if let cursor = cursors[name] { return cursor }
    throw PostgresError(.invalidCursorName, "cursor \"\(name)\" does not exist")
  }

  /// FETCH: the rows are sent at once, since the cursor goes on where they end.
  func fetch(_ statement: FetchStatement) throws -> Outcome {
    if let (source, limit) = try fetchFromPortal(statement) {
      return .rows(RowSource(source, upTo: limit), tag: "FETCH")
    }
    let cursor = try cursor(named: statement.cursor)
    guard let (source, limit) = try cursor.fetch(statement.direction) else {
      return .rows(RowSource(empty: cursor.engineColumns), tag: "FETCH")
    }
    return .rows(RowSource(source, upTo: limit), tag: "FETCH")
  }

  /// A portal that the client made by Bind is a cursor too, one that goes forward only; nil when a cursor of
  /// DECLARE has the name.
  private func fetchFromPortal(_ statement: FetchStatement) throws -> (source: RowSource, limit: Int)? {
    guard cursors[statement.cursor] == nil, let portal = portals[statement.cursor],
      let parsed = portal.statement.parsed
    else { return nil }
    if portal.outcome == nil {
      guard parsed.statement.isQuery else {
        throw PostgresError(.objectNotInPrerequisiteState, "portal \"\(portal.name)\" cannot be run")
      }
      portal.outcome = try run(parsed, parameters: portal.parameters, prepared: portal.prepared)
      portal.prepared = nil
    }
    guard case .rows(let source, _)? = portal.outcome else { return nil }
    switch statement.direction {
    case .forward(let count) where count > 0: return (source, count)
    case .forwardAll: return (source, .max)
    default: throw Cursor.forwardOnly
    }
  }

  func move(_ statement: FetchStatement) throws -> Outcome {
    let found = try fetchFromPortal(statement) ?? cursor(named: statement.cursor).fetch(statement.direction)
    guard let (source, limit) = found else { return .complete("MOVE 0") }
    var moved = 0
    while moved < limit, let (_, rows) = try source.take(limit - moved) { moved += rows.count }
    return .complete("MOVE \(moved)")
  }

  func close(cursor name: String?) throws -> Outcome {
    if let name {
      try cursor(named: name).close()
      cursors[name] = nil
      return .complete("CLOSE CURSOR")
    }
    for cursor in cursors.values { cursor.close() }
    cursors = [:]
    return .complete("CLOSE CURSOR ALL")
  }

  /// Before COMMIT: cursors WITH HOLD take their rows along.
  func holdCursors() throws {
    for cursor in cursors.values where cursor.isHeld {
      try cursor.hold { () throws(DuckDBError) in try engine.scratchConnection() }
    }
  }
}
