import CDuckDB

/// A statement that was parsed and planned; it can run many times.
@safe
package final class PreparedStatement: @unchecked Sendable {
  // Unchecked: used by one thread at a time, like its connection; the handle never changes after init.
  private let handle: duckdb_prepared_statement?
  private let connection: Connection
  private let sql: String
  /// How many parameters it has.
  package let parameterCount: Int
  /// What it does.
  package let kind: StatementKind

  init(
    taking statement: duckdb_prepared_statement?, state: duckdb_state, sql: String, connection: Connection
  ) throws(DuckDBError) {
    guard state == DuckDBSuccess else {
      // Safe: the library says why in the statement, which is then freed.
      let message = unsafe duckdb_prepare_error(statement).map { unsafe String(cString: $0) }
      var owned = unsafe statement
      unsafe duckdb_destroy_prepare(&owned)
      throw DuckDBError(text: message ?? "the statement can't be prepared", statement: sql)
    }
    unsafe handle = statement
    self.connection = connection
    self.sql = sql
    // Safe: the statement was prepared.
    parameterCount = unsafe Int(duckdb_nparams(statement))
    kind = unsafe StatementKind(rawValue: duckdb_prepared_statement_type(statement).rawValue) ?? .invalid
  }

  deinit {
    // Safe: results hold the statement, so none is alive here.
    var handle = unsafe handle
    unsafe duckdb_destroy_prepare(&handle)
  }

  /// The type of parameter `index`, counted from 1; nil when it can't be told from the statement.
  package func parameterType(_ index: Int) -> LogicalType? {
    // Safe: the library checks the index; the type is freed by its reader.
    let type = unsafe LogicalType(consuming: duckdb_param_logical_type(handle, idx_t(index)))
    return type == .invalid || type == .any ? nil : type
  }

  /// The name of parameter `index`, counted from 1: its number, or what follows `$`.
  package func parameterName(_ index: Int) -> String? {
    // Safe: the library checks the index; the string is freed by its reader.
    unsafe LogicalType.takeString(
      UnsafeMutablePointer(mutating: duckdb_parameter_name(handle, idx_t(index))))
  }

  /// The columns of its rows, or nil while an untyped parameter leaves them open.
  package var columns: [ResultColumn]? {
    // Safe: the library checks the indexes; names and types are freed by their readers.
    let count = unsafe duckdb_prepared_statement_column_count(handle)
    var columns: [ResultColumn] = []
    for index in 0..<count {
      let name = unsafe LogicalType.takeString(
        UnsafeMutablePointer(mutating: duckdb_prepared_statement_column_name(handle, index)))
      let type = unsafe LogicalType(
        consuming: duckdb_prepared_statement_column_logical_type(handle, index))
      guard type != .invalid, let name else { return nil }
      columns.append(ResultColumn(name: name, type: type))
    }
    return columns
  }

  /// Gives parameter `index`, counted from 1, a value. It stays until it is bound again.
  package func bind(_ value: Value, at index: Int) throws(DuckDBError) {
    // Safe: the library copies the value and checks the index.
    let state = unsafe value.withHandle { unsafe duckdb_bind_value(handle, idx_t(index), $0) }
    guard state == DuckDBSuccess else {
      let message = unsafe duckdb_prepare_error(handle).map { unsafe String(cString: $0) }
      throw DuckDBError(text: message ?? "parameter \(index) can't be bound", type: .invalidInput)
    }
  }

  /// Starts it. Rows are computed as they are fetched; another statement on the same connection ends them.
  package func execute() throws(DuckDBError) -> QueryResult {
    var pending: duckdb_pending_result?
    // Safe: the pending result is freed on every path before this function returns.
    defer { unsafe duckdb_destroy_pending(&pending) }
    guard unsafe duckdb_pending_prepared_streaming(handle, &pending) == DuckDBSuccess else {
      let message = unsafe duckdb_pending_error(pending).map { unsafe String(cString: $0) }
      throw DuckDBError(text: message ?? "the statement can't be started", statement: sql)
    }
    var result = unsafe duckdb_result()
    guard unsafe duckdb_execute_pending(pending, &result) == DuckDBSuccess else {
      defer { unsafe duckdb_destroy_result(&result) }
      throw unsafe DuckDBError(result: &result, statement: sql)
    }
    // Safe: the result is given to the QueryResult, which destroys it.
    return try unsafe QueryResult(taking: result, statement: self, sql: sql)
  }
}
