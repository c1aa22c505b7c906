import CDuckDB

/// A session on a database: one statement at a time. `interrupt` and `progress` may be called from any
/// thread while another one runs a statement.
@safe
package final class Connection: @unchecked Sendable {
  // Unchecked: the handle never changes after init; the library locks the session for each call, and
  // interrupt and progress are made for other threads.
  let handle: duckdb_connection
  private let database: Database
  /// The number that DuckDB gives the session, unique in its database.
  package let id: UInt64

  init(handle: duckdb_connection, database: Database) {
    unsafe self.handle = handle
    self.database = database
    var context: duckdb_client_context?
    // Safe: the connection is open; the context is freed after its number was read.
    unsafe duckdb_connection_get_client_context(handle, &context)
    unsafe id = duckdb_client_context_get_connection_id(context)
    unsafe duckdb_destroy_client_context(&context)
  }

  deinit {
    // Safe: results and statements hold the connection, so none is alive here.
    var handle: duckdb_connection? = unsafe handle
    unsafe duckdb_disconnect(&handle)
  }

  /// Runs one or more statements and discards their rows.
  package func execute(_ sql: String) throws(DuckDBError) {
    try Self.checkText(sql)
    // Safe: the zeroed result is filled by the call and destroyed on every path.
    var result = unsafe duckdb_result()
    defer { unsafe duckdb_destroy_result(&result) }
    guard unsafe duckdb_query(handle, sql, &result) == DuckDBSuccess else {
      throw unsafe DuckDBError(result: &result, statement: sql)
    }
  }

  /// Runs the statements of `sql` and streams the rows of the last one.
  package func query(_ sql: String) throws(DuckDBError) -> QueryResult {
    let statements = try ExtractedStatements(sql, on: self)
    guard statements.count > 0 else {
      throw DuckDBError(type: .parser, message: "there is no statement to run")
    }
    for index in 0..<statements.count - 1 {
      let result = try statements.prepare(index).execute()
      while try result.nextChunk() != nil {}
    }
    return try statements.prepare(statements.count - 1).execute()
  }

  /// Parses and plans one statement.
  package func prepare(_ sql: String) throws(DuckDBError) -> PreparedStatement {
    try Self.checkText(sql)
    var statement: duckdb_prepared_statement?
    // Safe: the handle is owned by the PreparedStatement, which also frees it after an error.
    let state = unsafe duckdb_prepare(handle, sql, &statement)
    return try unsafe PreparedStatement(taking: statement, state: state, sql: sql, connection: self)
  }

  /// How many statements `sql` holds.
  package func statementCount(_ sql: String) throws(DuckDBError) -> Int {
    try ExtractedStatements(sql, on: self).count
  }

  /// Ends the running statement, if any, with an error of type `interrupt`. Any thread may call this.
  package func interrupt() {
    // Safe: made for other threads; the reference to self keeps the handle open.
    unsafe duckdb_interrupt(handle)
  }

  /// How far the running statement is, or nil when nothing runs or progress is off
  /// (`enable_progress_bar`). Any thread may ask.
  package var progress: QueryProgress? {
    // Safe: made for other threads; the reference to self keeps the handle open.
    let progress = unsafe duckdb_query_progress(handle)
    guard progress.percentage >= 0 else { return nil }
    return QueryProgress(
      percentage: progress.percentage, rowsProcessed: progress.rows_processed,
      rowsTotal: progress.total_rows_to_process)
  }

  /// The C interface ends a text at its first NUL, so such a text would run cut off.
  static func checkText(_ sql: String) throws(DuckDBError) {
    guard !sql.utf8.contains(0) else {
      throw DuckDBError(type: .parser, message: "a statement can't hold a NUL character")
    }
  }
}
