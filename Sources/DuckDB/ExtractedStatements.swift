import CDuckDB

/// A text taken apart into its statements.
@safe
struct ExtractedStatements: ~Copyable {
  private let handle: duckdb_extracted_statements?
  private let connection: Connection
  private let sql: String
  let count: Int

  init(_ sql: String, on connection: Connection) throws(DuckDBError) {
    let extracted = try unsafe Self.extract(sql, on: connection)
    count = unsafe extracted.count
    unsafe handle = extracted.handle
    self.connection = connection
    self.sql = sql
  }

  private static func extract(
    _ sql: String, on connection: Connection
  ) throws(DuckDBError) -> (count: Int, handle: duckdb_extracted_statements?) {
    try Connection.checkText(sql)
    var extracted: duckdb_extracted_statements?
    // Safe: the handle is freed here on an error, else by the value that takes it over.
    let count = unsafe Int(duckdb_extract_statements(connection.handle, sql, &extracted))
    if count == 0, let message = unsafe duckdb_extract_statements_error(extracted) {
      let error = unsafe DuckDBError(text: String(cString: message), statement: sql)
      unsafe duckdb_destroy_extracted(&extracted)
      throw error
    }
    return unsafe (count, extracted)
  }

  deinit {
    // Safe: this value is the only owner.
    var handle = unsafe handle
    unsafe duckdb_destroy_extracted(&handle)
  }

  func prepare(_ index: Int) throws(DuckDBError) -> PreparedStatement {
    var statement: duckdb_prepared_statement?
    // Safe: the handle is owned by the PreparedStatement, which also frees it after an error.
    let state = unsafe duckdb_prepare_extracted_statement(
      connection.handle, handle, idx_t(index), &statement)
    return try unsafe PreparedStatement(taking: statement, state: state, sql: sql, connection: connection)
  }
}
