import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// INSERT as PostgreSQL means it.
extension Session {
  /// Runs `body` with the statement; where that is an INSERT with fewer values than the table has columns, with
  /// one that names as many of them as there are values: the others get their defaults, as in PostgreSQL.
  func completingList<Result>(
    of parsed: ParsedStatement, _ body: (ParsedStatement) throws -> Result
  ) throws -> Result {
    do {
      return try body(parsed)
    } catch let error as DuckDBError {
      guard error.type == .binder, case .insert(let change) = parsed.statement,
        let counts = MessagePattern("has * columns but * values were supplied").match(error.message),
        counts.count == 2, let has = Int(counts[0]), let gets = Int(counts[1]), gets < has,
        let columns = try engine.prepare("SELECT * FROM \(server.rewriter.relation(change.table))").columns,
        let complete = try parsed.naming(columns: columns.prefix(gets).map(\.name))
      else { throw error }
      return try body(complete)
    }
  }
}
