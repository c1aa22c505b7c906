package import DuckDB

/// What an error of the engine means for the lake, where it means anything.
package enum LakeFailure: String, Hashable, Sendable, CaseIterable {
  /// Another transaction came first: run again, or 40001.
  case conflict
  /// No space for files, the catalog or spilled data: 53100.
  case diskFull
  /// The catalog database does not answer: 08006. Whether a commit came through is not known then.
  case catalogUnavailable
  /// The catalog is damaged: XX001.
  case catalogCorrupt
  /// A Parquet file that the catalog lists is missing or damaged: XX001.
  case filesMissing
  /// The engine gave up on this database; the process must start again: 57P02.
  case engineInvalid

  package init?(_ error: DuckDBError) {
    let text = error.rawMessage.lowercased()
    func says(_ parts: String...) -> Bool { parts.contains { contains(text, $0) } }
    if error.type == .fatal || says("database has been invalidated") {
      self = .engineInvalid
    } else if says(
      "no space left on device", "disk is full", "database or disk is full", "could not extend file")
    {
      self = .diskFull
    } else if says("disk image is malformed", "file is not a database") {
      self = .catalogCorrupt
    } else if says(
      "server closed the connection", "connection refused", "no connection to the server",
      "terminating connection", "unable to connect to postgres", "could not connect to server")
    {
      self = .catalogUnavailable
    } else if Self.isConflict(text) {
      self = .conflict
    } else if error.type == .io || error.type == .http,
      contains(text, ".parquet"), says("no such file", "does not exist", "404", "cannot open file")
    {
      self = .filesMissing
    } else {
      return nil
    }
  }

  /// DuckLake 1.0 reports conflicts of its own, those of the catalog's keys, and SQLite's and PostgreSQL's.
  private static func isConflict(_ text: String) -> Bool {
    let signs = [
      "transaction conflict", "write-write conflict", "database is locked", "database table is locked",
      "could not serialize access", "deadlock detected", "exceeded the maximum retry count",
      "unique constraint failed: ducklake_",
    ]
    if signs.contains(where: { contains(text, $0) }) { return true }
    return contains(text, "duplicate key value violates unique constraint") && contains(text, "ducklake_")
  }

  /// PostgreSQL's code for it.
  package var sqlState: String {
    switch self {
    case .conflict: "40001"
    case .diskFull: "53100"
    case .catalogUnavailable: "08006"
    case .catalogCorrupt, .filesMissing: "XX001"
    case .engineInvalid: "57P02"
    }
  }

  /// A sentence for clients, in PostgreSQL's words where it has them.
  package var message: String {
    switch self {
    case .conflict: "could not serialize access due to concurrent update"
    case .diskFull: "could not write to the lake: No space left on device"
    case .catalogUnavailable: "the catalog database of the lake does not answer"
    case .catalogCorrupt: "the catalog of the lake is damaged"
    case .filesMissing: "a data file of the lake is missing or damaged"
    case .engineInvalid: "the engine stopped after a fatal error"
    }
  }

  package var hint: String {
    switch self {
    case .conflict: "Run the transaction again."
    case .diskFull: "Free space on the disk of the data folder; nothing of the statement was kept."
    case .catalogUnavailable: "Check PostgreSQL; a commit that was under way may or may not be there."
    case .catalogCorrupt: "Restore the catalog from a backup; the Parquet files are not touched."
    case .filesMissing: "Restore the file from a backup, or the lake to an earlier one."
    case .engineInvalid: "The server must be started again; committed data is safe."
    }
  }
}

/// Whether `part` occurs in `text`.
func contains(_ text: String, _ part: String) -> Bool {
  let whole = Array(text.utf8)
  let wanted = Array(part.utf8)
  guard wanted.count <= whole.count else { return false }
  for start in 0...(whole.count - wanted.count)
  where whole[start] == wanted[0] && whole[start..<(start + wanted.count)].elementsEqual(wanted) {
    return true
  }
  return false
}
