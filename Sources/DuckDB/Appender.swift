import CDuckDB

/// Appends chunks of rows to a table, without SQL.
@safe
package final class Appender {
  private var handle: duckdb_appender?
  private let connection: Connection
  /// The types of the table's columns.
  package let types: [LogicalType]

  /// - Parameters:
  ///   - catalog: the attached database; nil for the default one.
  ///   - schema: nil for the default one.
  package init(
    _ connection: Connection, catalog: String? = nil, schema: String? = nil, table: String
  ) throws(DuckDBError) {
    self.connection = connection
    var appender: duckdb_appender?
    // Safe: the handle is owned by this object, also after an error; strings are copied.
    let state = unsafe duckdb_appender_create_ext(connection.handle, catalog, schema, table, &appender)
    guard state == DuckDBSuccess else {
      let error = unsafe DuckDBError(appender: appender)
      unsafe duckdb_appender_destroy(&appender)
      throw error
    }
    unsafe handle = appender
    types = unsafe (0..<duckdb_appender_column_count(appender)).map { index in
      unsafe LogicalType(consuming: duckdb_appender_column_type(appender, index))
    }
  }

  deinit {
    // Safe: nobody else holds the handle. Rows that were not flushed are lost.
    _ = unsafe duckdb_appender_clear(handle)
    _ = unsafe duckdb_appender_destroy(&handle)
  }

  /// Appends up to 2048 rows; `body` fills them and says how many.
  package func append(_ body: (inout ChunkWriter) throws(DuckDBError) -> Int) throws(DuckDBError) {
    try append(try DataChunk(types: types, fill: body))
  }

  /// Appends a chunk of a result whose columns have the table's types.
  package func append(_ chunk: DataChunk) throws(DuckDBError) {
    // Safe: the library copies the rows; both handles are open.
    guard unsafe duckdb_append_data_chunk(handle, chunk.handle) == DuckDBSuccess else {
      throw unsafe DuckDBError(appender: handle)
    }
  }

  /// Writes what was appended to the table.
  package func flush() throws(DuckDBError) {
    // Safe: the appender is open.
    guard unsafe duckdb_appender_flush(handle) == DuckDBSuccess else {
      throw unsafe DuckDBError(appender: handle)
    }
  }
}

extension DuckDBError {
  fileprivate init(appender: duckdb_appender?) {
    // Safe: the error data is freed after it was read.
    var data = unsafe duckdb_appender_error_data(appender)
    defer { unsafe duckdb_destroy_error_data(&data) }
    let message = unsafe duckdb_error_data_message(data).map { unsafe String(cString: $0) }
    let type = unsafe DuckDBErrorType(rawValue: duckdb_error_data_error_type(data).rawValue)
    self.init(text: message ?? "the appender failed", type: type == .invalid ? nil : type)
  }
}
