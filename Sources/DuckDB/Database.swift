import CDuckDB

/// An open DuckDB instance. It closes when the last connection and the last reference are gone.
@safe
package final class Database: @unchecked Sendable {
  // Unchecked: the handle never changes after init and the library locks its own instance.
  private let handle: duckdb_database?

  /// Opens or creates a database.
  /// - Parameters:
  ///   - path: a file, or `:memory:`.
  ///   - settings: options that must be known at start, such as `allow_unsigned_extensions`.
  package init(path: String = ":memory:", settings: [String: String] = [:]) throws(DuckDBError) {
    try checkLibraryVersion()
    var config: duckdb_config?
    // Safe: the configuration is created, filled and freed here; strings are copied by the library.
    guard unsafe duckdb_create_config(&config) == DuckDBSuccess else {
      throw DuckDBError(type: .outOfMemory, message: "no memory for a configuration")
    }
    defer { unsafe duckdb_destroy_config(&config) }
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
      guard unsafe duckdb_set_config(config, name, value) == DuckDBSuccess else {
        throw DuckDBError(
          type: .invalidConfiguration, message: "setting \"\(name)\" can't be \"\(value)\"")
      }
    }
    var opened: duckdb_database?
    var problem: UnsafeMutablePointer<CChar>?
    // Safe: both results are owned by this initializer; the message is freed by takeString.
    let state = unsafe duckdb_open_ext(path, &opened, config, &problem)
    let text = unsafe LogicalType.takeString(problem)
    guard state == DuckDBSuccess else {
      throw DuckDBError(text: text ?? "the database can't be opened")
    }
    unsafe handle = opened
  }

  deinit {
    // Safe: nobody else holds the handle; connections keep the database alive.
    var handle = unsafe handle
    unsafe duckdb_close(&handle)
  }

  /// Opens a session of its own: transaction, settings and temporary objects are not shared.
  package func connect() throws(DuckDBError) -> Connection {
    var connection: duckdb_connection?
    // Safe: the new handle is owned by the Connection.
    guard unsafe duckdb_connect(handle, &connection) == DuckDBSuccess, let connection = unsafe connection
    else {
      throw DuckDBError(type: .connection, message: "DuckDB refused a connection")
    }
    return unsafe Connection(handle: connection, database: self)
  }
}
