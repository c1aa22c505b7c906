import CSQLite
import Synchronization

/// What Martinet keeps besides the lake: users, declared keys and indexes, comments on schemas, settings.
///
/// One SQLite file in WAL mode, written through at every change. Every call goes to the file, so a change
/// that another process makes (`martinet user add` beside a running server) is seen by the next call.
package final class ControlStore: @unchecked Sendable {
  // Protects `connection`, which is used under it only; nothing else is mutable.
  private let lock = Mutex(())
  private let connection: SQLiteConnection
  package let path: String

  private init(path: String, connection: SQLiteConnection) {
    self.path = path
    self.connection = connection
  }

  /// Opens the file, making or upgrading it first where needed.
  package static func open(_ path: String) throws(ControlStoreError) -> ControlStore {
    let connection = try SQLiteConnection(path: path)
    try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
    let check = try connection.query("PRAGMA quick_check(1)")
    if let finding = check.first?.first?.text, finding != "ok" {
      throw ControlStoreError(
        .corrupt,
        "\(path) is damaged (\(finding)): restore it from a backup, or move it away to start without users")
    }
    try Schema.migrate(connection, path: path)
    return ControlStore(path: path, connection: connection)
  }

  /// A number that grows with every change of anybody. Equal numbers mean that nothing changed.
  package func version() throws(ControlStoreError) -> Int64 {
    try read { connection throws(ControlStoreError) in
      try connection.query("SELECT value FROM change_counter")[0][0].integer
    }
  }

  /// 32 random bytes that belong to this data folder, e.g. for the salts of users that do not exist.
  package func serverSecret() throws(ControlStoreError) -> [UInt8] {
    let rows = try read { connection throws(ControlStoreError) in
      try connection.query("SELECT value FROM secrets WHERE name = 'server'")
    }
    guard let secret = rows.first?.first?.bytes, secret.count == 32 else {
      throw ControlStoreError(.corrupt, "\(path) holds no server secret")
    }
    return secret
  }

  func read<Result: Sendable>(
    _ body: (SQLiteConnection) throws(ControlStoreError) -> Result
  ) throws(ControlStoreError) -> Result {
    try lock.withLock { _ throws(ControlStoreError) in try body(connection) }
  }

  /// Runs `body` in a transaction and counts the change.
  @discardableResult
  func write<Result: Sendable>(
    _ body: (SQLiteConnection) throws(ControlStoreError) -> Result
  ) throws(ControlStoreError) -> Result {
    try lock.withLock { _ throws(ControlStoreError) in
      try connection.transaction { () throws(ControlStoreError) in
        try connection.query("UPDATE change_counter SET value = value + 1")
        return try body(connection)
      }
    }
  }
}
