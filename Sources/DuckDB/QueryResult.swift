import CDuckDB

/// The outcome of a statement. Rows are fetched in chunks and computed as they are fetched, so that a slow
/// reader makes the engine wait instead of filling memory.
@safe
package final class QueryResult: @unchecked Sendable {
  /// What a statement leaves behind.
  package enum Kind: Sendable {
    case rows
    /// INSERT, UPDATE, DELETE, …: see `rowsChanged`.
    case changedRows
    case nothing
  }

  // Unchecked: used by one thread at a time, like its connection.
  private var result: duckdb_result
  private let statement: PreparedStatement
  private let sql: String
  private let types: [LogicalType]
  /// The columns of the rows.
  package let columns: [ResultColumn]
  package let kind: Kind
  /// What the statement did.
  package let statementKind: StatementKind
  /// How many rows the statement changed; 0 unless `kind` is `changedRows`.
  package private(set) var rowsChanged = 0
  private var finished = false

  init(taking result: duckdb_result, statement: PreparedStatement, sql: String) throws(DuckDBError) {
    // Safe: the result belongs to this object from here on; all calls below read it.
    unsafe self.result = result
    self.statement = statement
    self.sql = sql
    var local = unsafe result
    columns = unsafe (0..<duckdb_column_count(&local)).map { index in
      unsafe ResultColumn(
        name: duckdb_column_name(&local, index).map { unsafe String(cString: $0) } ?? "",
        type: LogicalType(consuming: duckdb_column_logical_type(&local, index)))
    }
    types = columns.map(\.type)
    statementKind =
      unsafe StatementKind(rawValue: duckdb_result_statement_type(local).rawValue) ?? .invalid
    switch unsafe duckdb_result_return_type(local) {
    case DUCKDB_RESULT_TYPE_CHANGED_ROWS: kind = .changedRows
    case DUCKDB_RESULT_TYPE_NOTHING: kind = .nothing
    default: kind = .rows
    }
    if kind != .rows { try drain() }
  }

  deinit {
    // Safe: nobody else holds the result; chunks own their memory.
    unsafe duckdb_destroy_result(&result)
  }

  /// Runs a statement without rows to its end and reads the number of changed rows from its only cell.
  private func drain() throws(DuckDBError) {
    while let chunk = try fetch() {
      guard kind == .changedRows, chunk.columnCount == 1, types[0] == .bigint else { continue }
      chunk.withVector(0) { vector in
        for row in 0..<chunk.rowCount where vector.isValid(row) {
          rowsChanged += Int(vector.load(row, as: Int64.self))
        }
      }
    }
    finished = true
  }

  /// The next rows, or nil at the end. Never empty.
  package func nextChunk() throws(DuckDBError) -> DataChunk? {
    guard !finished else { return nil }
    let chunk = try fetch()
    if chunk == nil { finished = true }
    return chunk
  }

  private func fetch() throws(DuckDBError) -> DataChunk? {
    while true {
      // Safe: the result is alive; the chunk belongs to the DataChunk that is made of it.
      guard let chunk = unsafe duckdb_fetch_chunk(result) else {
        if let error = unsafe DuckDBError(ifFailed: &result, statement: sql) { throw error }
        return nil
      }
      let wrapped = unsafe DataChunk(taking: chunk, types: types)
      if wrapped.rowCount > 0 { return wrapped }
    }
  }
}

extension DuckDBError {
  /// Reads the error of a failed result.
  init(result: inout duckdb_result, statement: String) {
    self =
      unsafe DuckDBError(ifFailed: &result, statement: statement)
      ?? DuckDBError(type: .internal, message: "DuckDB failed without saying why")
  }

  /// Reads the error of a result, or gives nil when there is none.
  init?(ifFailed result: inout duckdb_result, statement: String) {
    // Safe: the caller owns the result; the message lives as long as it and is copied here.
    guard let message = unsafe duckdb_result_error(&result) else { return nil }
    let type = unsafe DuckDBErrorType(rawValue: duckdb_result_error_type(&result).rawValue)
    unsafe self.init(
      text: String(cString: message), type: type == .invalid ? nil : type, statement: statement)
  }
}
