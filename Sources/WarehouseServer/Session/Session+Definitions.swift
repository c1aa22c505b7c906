import ControlStore
import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// Statements that define things, and those that PostgreSQL has and an analytical engine has no use for.
extension Session {
  func define(_ parsed: ParsedStatement) throws -> Outcome {
    switch parsed.statement {
    case .listen, .notify:
      throw PostgresError(
        .featureNotSupported, "\(parsed.commandTag) is not supported",
        hint: "Martinet has no notifications between sessions.")
    case .unlisten: return .complete("UNLISTEN")
    case .lockTable(let statement): return try lock(statement)
    case .maintenance(let statement):
      if statement.kind == .checkpoint, !user.isSuperuser {
        throw PostgresError(.insufficientPrivilege, "must be superuser to do CHECKPOINT")
      }
      return .complete(statement.kind.rawValue.uppercased())
    case .privileges(let statement):
      if statement.objectKind == nil, !statement.isDefault, !user.isSuperuser {
        throw PostgresError(
          .insufficientPrivilege, "must have admin option on role \"\(statement.privileges[0])\"")
      }
      notice(
        PostgresError(
          severity: .warning, .privilegeNotGranted,
          "no privileges were \(statement.isGrant ? "granted" : "revoked")",
          detail: "Every user of this server may read and write all tables."))
      return .complete(parsed.commandTag)
    case .role:
      throw PostgresError(
        .featureNotSupported, "users are not made by SQL here",
        hint: "The operator makes them with \"martinet user add\".")
    default: break
    }
    try checkMayWrite(parsed)
    try prepareEngine(for: parsed)
    defer { definitionsChanged() }
    switch parsed.statement {
    case .createTable(let statement): return try create(statement, parsed)
    case .createIndex(let statement): return try create(statement, parsed)
    case .alter(let statement): return try alter(statement, parsed)
    case .drop(let statement): return try drop(statement, parsed)
    case .comment(let statement): return try comment(statement, parsed)
    default:
      try writeTogether(parsed, try engineTexts(parsed))
      return .complete(parsed.commandTag)
    }
  }

  /// After a definition the session's view of the catalog is its own until the transaction ends.
  private func definitionsChanged() {
    engine.definitionsChanged()
    if block.isOpen { engine.hasUncommittedDefinitions = true }
  }

  /// LOCK TABLE: whoever writes has the lake for itself, so the turn to write is the strongest lock.
  private func lock(_ statement: LockStatement) throws -> Outcome {
    guard block.state != .idle else {
      throw PostgresError(
        .noActiveSQLTransaction, "LOCK TABLE can only be used in transaction blocks")
    }
    if !statement.mode.contains("SHARE") || statement.mode.contains("EXCLUSIVE") {
      try takeTurn(milliseconds: statement.noWait ? 1 : settings.milliseconds("lock_timeout"))
    }
    return .complete("LOCK TABLE")
  }
}
