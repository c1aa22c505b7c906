import CSQLite
import Glibc

/// One SQLite connection. Not for several threads at once: the control store's lock protects it.
@safe final class SQLiteConnection {
  private let path: String
  private let handle: OpaquePointer

  /// Opens or creates the file. What it holds is for this user alone.
  init(path: String) throws(ControlStoreError) {
    self.path = path
    // Made here, because SQLite would make it readable for everybody; its journals take the mode over.
    // Only a file that did not exist is closed again: closing any other would drop SQLite's locks on it.
    let file = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file >= 0 { close(file) }
    var opened: OpaquePointer?
    // SQLite returns a handle even when it fails; it must be closed then as well.
    let status = unsafe sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard status == SQLITE_OK, let opened = unsafe opened else {
      let text = unsafe String(cString: sqlite3_errstr(status))
      unsafe sqlite3_close_v2(opened)
      throw ControlStoreError(.cannotOpen, "cannot open \(path): \(text)")
    }
    unsafe handle = opened
    unsafe sqlite3_extended_result_codes(opened, 1)
    unsafe sqlite3_busy_timeout(opened, 10_000)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements that return nothing of interest.
  func execute(_ sql: String) throws(ControlStoreError) {
    let status = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard status == SQLITE_OK else { throw failure(status) }
  }

  /// Runs one statement and returns its rows.
  @discardableResult
  func query(_ sql: String, _ parameters: [SQLiteValue] = []) throws(ControlStoreError) -> [[SQLiteValue]] {
    var prepared: OpaquePointer?
    var status = unsafe sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
    guard status == SQLITE_OK, let statement = unsafe prepared else { throw failure(status) }
    // Finalized on every way out; no pointer into it leaves this function.
    defer { unsafe sqlite3_finalize(statement) }
    for (index, value) in parameters.enumerated() { unsafe value.bind(to: statement, at: Int32(index + 1)) }
    var rows: [[SQLiteValue]] = []
    while true {
      status = unsafe sqlite3_step(statement)
      if status == SQLITE_DONE { return rows }
      guard status == SQLITE_ROW else { throw failure(status) }
      let count = unsafe sqlite3_column_count(statement)
      rows.append((0..<count).map { unsafe SQLiteValue(statement, column: $0) })
    }
  }

  /// Rows that the last statement changed.
  var changes: Int { unsafe Int(sqlite3_changes(handle)) }

  /// Runs `body` in a transaction that takes the write lock at once, so that it never fails half-way
  /// because another process wrote in between.
  func transaction<Result>(
    _ body: () throws(ControlStoreError) -> Result
  ) throws(ControlStoreError) -> Result {
    try execute("BEGIN IMMEDIATE")
    do throws(ControlStoreError) {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // A failed statement may have rolled back already; then there is nothing to undo.
      if unsafe sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  private func failure(_ status: Int32) -> ControlStoreError {
    let text = unsafe String(cString: sqlite3_errmsg(handle))
    switch status & 0xff {
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      return ControlStoreError(
        .corrupt,
        "\(path) is damaged (\(text)): restore it from a backup, or move it away to start without users")
    case SQLITE_BUSY, SQLITE_LOCKED:
      return ControlStoreError(.busy, "\(path) is in use by another process: \(text)")
    case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
      return ControlStoreError(.cannotOpen, "cannot write \(path): \(text)")
    case SQLITE_FULL:
      return ControlStoreError(.full, "cannot write \(path): \(text)")
    case SQLITE_CONSTRAINT:
      return ControlStoreError(.alreadyExists, "\(text)")
    default:
      return ControlStoreError(.other, "\(path): \(text)")
    }
  }
}
