import CSQLite
import Synchronization

/// DuckLake's catalog in a SQLite file, read through the library that the engine's extension uses too.
///
/// The connection stays open as long as the lake: it keeps the write-ahead log from being removed and made
/// again by every transaction of the engine, see https://sqlite.org/wal.html (3.40).
final class SQLiteCatalog: CatalogDatabase {
  private let connection: SQLiteConnection
  /// One read at a time on the connection.
  private let turn = Mutex(())

  init(path: String) throws(LakeError) {
    connection = try SQLiteConnection(path: path)
  }

  func read(
    _ sql: String, _ parameters: [Int64], _ body: (any CatalogRow) -> Void
  ) throws(LakeError) {
    try turn.withLock { (_) throws(LakeError) in
      try connection.run(sql, parameters, body)
    }
  }

  func readTogether(_ queries: [CatalogQuery]) throws(LakeError) {
    try turn.withLock { (_) throws(LakeError) in
      try connection.run("BEGIN", [], { _ in })
      do throws(LakeError) {
        for query in queries { try connection.run(query.sql, [], query.body) }
      } catch {
        try? connection.run("ROLLBACK", [], { _ in })
        throw error
      }
      try connection.run("COMMIT", [], { _ in })
    }
  }

  /// What `library` of SQLite this process reads the catalog with: the identity of its source.
  static var sourceID: String {
    // Safe: a constant of the library.
    unsafe String(cString: sqlite3_sourceid())
  }

  /// Looks at a file before the engine opens it. A missing or empty file is a lake to be made.
  static func check(path: String) throws(LakeError) {
    guard fileExists(path), let start = firstBytes(of: path, count: 16) else { return }
    if start.isEmpty { return }
    guard start == Array("SQLite format 3\0".utf8) else {
      throw LakeError(
        .catalogCorrupt, "the catalog \(path) is no SQLite database or its first page is damaged",
        hint: "Restore the file from a backup; the Parquet files are not touched.")
    }
    let connection = try SQLiteConnection(path: path)
    defer { connection.close() }
    var findings: [String] = []
    try connection.run("PRAGMA quick_check(1)", []) { row in findings.append(row.text(0) ?? "") }
    guard findings == ["ok"] else {
      throw LakeError(
        .catalogCorrupt, "the catalog \(path) is damaged: \(findings.joined(separator: "; "))",
        hint: "Restore the file from a backup; the Parquet files are not touched.")
    }
  }
}

/// One open file and its prepared statements. Its owner serializes the calls.
@safe
private final class SQLiteConnection: @unchecked Sendable {
  // Unchecked: the owner's lock lets one thread at a time in.
  private var handle: OpaquePointer?
  private var statements: [String: OpaquePointer]

  init(path: String) throws(LakeError) {
    var handle: OpaquePointer?
    // Safe: the library fills the handle, which deinit closes. Calls are serialized by the owner's lock.
    // Read and write, because reading a write-ahead log may have to create its shared memory.
    let code = unsafe sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle = unsafe handle else {
      unsafe sqlite3_close_v2(handle)
      throw sqliteError(code, "could not open the catalog \(path)", detail: nil)
    }
    unsafe self.handle = handle
    unsafe statements = [:]
    unsafe sqlite3_busy_timeout(handle, 10_000)
  }

  deinit { close() }

  func close() {
    // Safe: statements are finalized first; both are forgotten, so nothing is freed twice.
    let open = unsafe Array(statements.values)
    for index in unsafe open.indices { unsafe sqlite3_finalize(open[index]) }
    unsafe statements = [:]
    unsafe sqlite3_close_v2(handle)
    unsafe handle = nil
  }

  func run(_ sql: String, _ parameters: [Int64], _ body: (any CatalogRow) -> Void) throws(LakeError) {
    let statement = unsafe try prepare(sql)
    // Safe: the statement belongs to this connection; reset ends it before the next use.
    defer { unsafe sqlite3_reset(statement) }
    for (index, value) in parameters.enumerated() {
      unsafe sqlite3_bind_int64(statement, Int32(index + 1), value)
    }
    let row = unsafe SQLiteRow(statement: statement)
    while true {
      switch unsafe sqlite3_step(statement) {
      case SQLITE_ROW: body(row)
      case SQLITE_DONE: return
      case let code: throw sqliteError(code, "could not read the catalog", detail: message)
      }
    }
  }

  private func prepare(_ sql: String) throws(LakeError) -> OpaquePointer {
    if let known = unsafe statements[sql] { return unsafe known }
    var statement: OpaquePointer?
    // Safe: the text is lent for the call, which copies it.
    let code = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else {
      throw sqliteError(code, "could not read the catalog", detail: message)
    }
    unsafe statements[sql] = statement
    return unsafe statement
  }

  private var message: String { unsafe String(cString: sqlite3_errmsg(handle)) }
}

@safe
private struct SQLiteRow: CatalogRow {
  let statement: OpaquePointer

  func integer(_ column: Int32) -> Int64? {
    // Safe: the row is lent while the statement stands on it.
    guard unsafe sqlite3_column_type(statement, column) != SQLITE_NULL else { return nil }
    return unsafe sqlite3_column_int64(statement, column)
  }

  func text(_ column: Int32) -> String? {
    // Safe: the text is copied before the statement moves on.
    guard let bytes = unsafe sqlite3_column_text(statement, column) else { return nil }
    let count = unsafe Int(sqlite3_column_bytes(statement, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}

/// An error code of SQLite (https://sqlite.org/rescode.html) as ours.
private func sqliteError(_ code: Int32, _ what: String, detail: String?) -> LakeError {
  // Safe: the text is a constant of the library.
  let reason = unsafe detail ?? String(cString: sqlite3_errstr(code))
  switch code & 0xff {
  case SQLITE_CORRUPT, SQLITE_NOTADB:
    return LakeError(
      .catalogCorrupt, "\(what): \(reason)",
      hint: "Restore the file from a backup; the Parquet files are not touched.")
  case SQLITE_FULL: return LakeError(.diskFull, "\(what): \(reason)")
  default: return LakeError(.catalogUnavailable, "\(what): \(reason)")
  }
}
