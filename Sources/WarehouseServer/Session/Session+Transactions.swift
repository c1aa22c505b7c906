import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// BEGIN, COMMIT, ROLLBACK and savepoints.
extension Session {
  /// Starts the engine's transaction for a block that has just begun.
  func beginTransaction() throws {
    settings.beginTransaction()
    try engine.begin()
  }

  /// Ends a transaction: what hangs on it ends with it.
  func endTransaction(committed: Bool, _ body: () throws -> Void) rethrows {
    defer {
      settings.endTransaction(committed: committed)
      closePortals(committed: committed)
      if !committed {
        declaredKeys.removeAll()
        privateTypes.endTransaction()
      }
    }
    try body()
  }

  private func closePortals(committed: Bool) {
    for (name, cursor) in cursors where !cursor.isHeld {
      cursor.close()
      cursors[name] = nil
    }
    for (name, portal) in portals {
      portal.close()
      portals[name] = nil
    }
    if !committed {
      for (name, cursor) in cursors where cursor.wasDeclaredInTransaction {
        cursor.close()
        cursors[name] = nil
      }
    }
    for cursor in cursors.values { cursor.wasDeclaredInTransaction = false }
  }

  func begin(_ modes: TransactionModes) throws -> Outcome {
    let (action, alreadyOpen) = block.begin()
    if alreadyOpen {
      warning(.activeSQLTransaction, "there is already a transaction in progress")
    }
    if action == .begin {
      do {
        try beginTransaction()
      } catch {
        _ = block.rollback()
        throw error
      }
    }
    try apply(modes)
    return .complete("BEGIN")
  }

  func apply(_ modes: TransactionModes) throws {
    if let readOnly = modes.readOnly {
      try settings.set("transaction_read_only", to: readOnly ? "on" : "off", isLocal: true)
    }
    if let isolation = modes.isolation {
      // Snapshot isolation serves everything up to repeatable read; what it gives is at least as strict.
      try settings.set("transaction_isolation", to: isolation, isLocal: true)
    }
  }

  func commit(chain: Bool) throws -> Outcome {
    try holdCursors()
    let (action, warns, rolledBack) = block.commit()
    if warns { warning(.noActiveSQLTransaction, "there is no transaction in progress") }
    switch action {
    case .commit: try commitEngine()
    case .rollback: endTransaction(committed: false) { engine.rollback() }
    default: endTransaction(committed: !rolledBack) {}
    }
    if chain { _ = try begin(TransactionModes()) }
    return .complete(rolledBack ? "ROLLBACK" : "COMMIT")
  }

  func rollback(chain: Bool) throws -> Outcome {
    let (action, warns) = block.rollback()
    if warns { warning(.noActiveSQLTransaction, "there is no transaction in progress") }
    endTransaction(committed: false) { if action == .rollback { engine.rollback() } }
    if chain { _ = try begin(TransactionModes()) }
    return .complete("ROLLBACK")
  }

  /// The end of several statements that shared a transaction.
  func commitImplicit() throws {
    try holdCursors()
    _ = block.commit()
    try commitEngine()
  }

  private func commitEngine() throws {
    do {
      try engine.commit()
    } catch {
      endTransaction(committed: false) {}
      throw error
    }
    endTransaction(committed: true) {}
    try recordDeclaredKeys()
  }

  // MARK: Savepoints

  func savepoint(_ name: String) throws -> Outcome {
    guard block.state != .idle else {
      throw PostgresError(
        .noActiveSQLTransaction, "SAVEPOINT can only be used in transaction blocks")
    }
    block.savepoint(name)
    return .complete("SAVEPOINT")
  }

  func release(_ name: String) throws -> Outcome {
    guard block.state != .idle else {
      throw PostgresError(
        .noActiveSQLTransaction, "RELEASE SAVEPOINT can only be used in transaction blocks")
    }
    guard block.release(name) else { throw Self.noSavepoint(name) }
    return .complete("RELEASE")
  }

  func rollback(toSavepoint name: String) throws -> Outcome {
    guard block.state != .idle else {
      throw PostgresError(
        .noActiveSQLTransaction, "ROLLBACK TO SAVEPOINT can only be used in transaction blocks")
    }
    switch block.rollback(to: name) {
    case .unknown: throw Self.noSavepoint(name)
    case .kept: break
    case .restarted: try engine.begin()
    case .impossible:
      throw PostgresError(
        .featureNotSupported,
        "cannot roll back to savepoint \"\(name)\": the transaction has written since, or before an error",
        detail: "The engine undoes a transaction as a whole only.",
        hint: "ROLLBACK, and repeat the transaction.")
    }
    return .complete("ROLLBACK")
  }

  private static func noSavepoint(_ name: String) -> PostgresError {
    PostgresError(.invalidSavepointSpecification, "savepoint \"\(name)\" does not exist")
  }

  /// A read-only transaction writes nothing.
  func checkMayWrite(_ parsed: ParsedStatement) throws {
    try parsed.checkTargets(database: server.configuration.databaseName)
    let isReadOnly =
      block.isOpen
      ? settings.isOn("transaction_read_only") || settings.isOn("default_transaction_read_only")
      : settings.isOn("default_transaction_read_only")
    guard isReadOnly else { return }
    let command = parsed.commandTag.split(separator: " ").prefix { !$0.allSatisfy(\.isNumber) }
      .joined(separator: " ")
    throw PostgresError(
      .readOnlySQLTransaction, "cannot execute \(command) in a read-only transaction")
  }
}
