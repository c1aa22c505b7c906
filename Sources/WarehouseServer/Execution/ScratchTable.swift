import DuckDB

/// Rows set aside in a temporary table of a connection of their own. The engine keeps them in memory while
/// they fit and spills the rest; they are gone with this object.
final class ScratchTable {
  private let connection: Connection
  private var appender: Appender?
  private static let name = "rows"

  init(columns: [ResultColumn], on connection: Connection) throws(DuckDBError) {
    self.connection = connection
    let list = columns.enumerated().map { "c\($0.offset) \($0.element.type.sqlName)" }
    try connection.execute("CREATE TEMP TABLE \(Self.name) (\(list.joined(separator: ", ")))")
    appender = try Appender(
      connection, catalog: "temp", schema: "main", table: Self.name)
  }

  func append(_ chunk: DataChunk) throws(DuckDBError) {
    try appender?.append(chunk)
  }

  /// No more rows come.
  func finish() throws(DuckDBError) {
    try appender?.flush()
    appender = nil
  }

  /// The rows in the order in which they came.
  func rows(skipping count: Int) throws(DuckDBError) -> QueryResult {
    try connection.query("SELECT * FROM temp.main.\(Self.name) WHERE rowid >= \(count)")
  }

  /// Rows by position, counted from 0.
  func rows(from first: Int, count: Int) throws(DuckDBError) -> QueryResult {
    try connection.query(
      "SELECT * FROM temp.main.\(Self.name) WHERE rowid >= \(first) AND rowid < \(first + count) ORDER BY rowid"
    )
  }
}
