extension StatementFacts {
  /// One pass over the tokens.
  init(scanning source: LexedText, _ range: Range<Int>) {
    let tokens = source.tokens
    var index = range.lowerBound
    while index < range.upperBound {
      let token = tokens[index]
      switch token.kind {
      case .parameter: noteParameter(source, range, index)
      case .identifier:
        if token.keyword != .notAKeyword { noteKeyword(tokens, range, index) }
        if !mentionsCatalog { noteCatalog(source.bytes, Int(token.start), Int(token.end)) }
      case .quotedIdentifier:
        if !mentionsCatalog { noteCatalog(source.bytes, Int(token.start) + 1, Int(token.end) - 1) }
      default: break
      }
      index += 1
    }
  }

  private mutating func noteParameter(_ source: LexedText, _ range: Range<Int>, _ index: Int) {
    let token = source.tokens[index]
    var value = 0
    for index in Int(token.start + 1)..<Int(token.end) {
      value = value * 10 + Int(source.bytes[index] - 0x30)
    }
    parameterCount = max(parameterCount, value)
    guard index >= range.lowerBound + 2, index + 1 < range.upperBound,
      source.tokens[index - 1].kind == .leftParenthesis, source.tokens[index + 1].kind == .rightParenthesis
    else { return }
    switch source.tokens[index - 2].keyword {
    case .any, .all, .some: arrayParameters.insert(value)
    default: break
    }
  }

  private mutating func noteKeyword(_ tokens: [Token], _ range: Range<Int>, _ index: Int) {
    switch tokens[index].keyword {
    case .returning: hasReturning = true
    case .on:
      if index + 1 < range.upperBound, tokens[index + 1].keyword == .conflict { hasOnConflict = true }
    case .for:
      guard index + 1 < range.upperBound else { return }
      switch tokens[index + 1].keyword {
      case .update, .share, .no, .key: locksRows = true
      default: break
      }
    case .insert, .update, .delete, .merge:
      guard index > range.lowerBound + 1, tokens[index - 1].kind == .leftParenthesis else { return }
      let before = tokens[index - 2].keyword
      if before == .as || before == .materialized { modifiesDataInWith = true }
    case .informationSchema, .regclass, .regtype, .regproc, .regprocedure, .regnamespace, .regrole:
      mentionsCatalog = true
    default: break
    }
  }

  /// Names of the catalogs and of the functions that read them.
  private mutating func noteCatalog(_ bytes: [UInt8], _ start: Int, _ end: Int) {
    guard end - start >= 4 else { return }
    let first = bytes[start].folded
    switch first {
    case UInt8(ascii: "p"):
      mentionsCatalog = bytes[start + 1].folded == UInt8(ascii: "g") && bytes[start + 2] == UInt8(ascii: "_")
    case UInt8(ascii: "d"): mentionsCatalog = hasPrefix(bytes, start, end, "duckdb_")
    case UInt8(ascii: "h"): mentionsCatalog = hasPrefix(bytes, start, end, "has_")
    case UInt8(ascii: "t"): mentionsCatalog = hasPrefix(bytes, start, end, "to_reg")
    case UInt8(ascii: "i"): mentionsCatalog = hasPrefix(bytes, start, end, "information_schema")
    case UInt8(ascii: "o"): mentionsCatalog = hasPrefix(bytes, start, end, "obj_description")
    case UInt8(ascii: "c"):
      mentionsCatalog =
        hasPrefix(bytes, start, end, "current_") && !hasPrefix(bytes, start, end, "current_date")
        && !hasPrefix(bytes, start, end, "current_time") || hasPrefix(bytes, start, end, "col_description")
    case UInt8(ascii: "s"):
      mentionsCatalog =
        hasPrefix(bytes, start, end, "sqlite_") || hasPrefix(bytes, start, end, "shobj_")
        || hasPrefix(bytes, start, end, "session_user") || hasPrefix(bytes, start, end, "set_config")
    case UInt8(ascii: "f"): mentionsCatalog = hasPrefix(bytes, start, end, "format_type")
    default: break
    }
  }

  private func hasPrefix(_ bytes: [UInt8], _ start: Int, _ end: Int, _ prefix: StaticString) -> Bool {
    let count = prefix.utf8CodeUnitCount
    guard end - start >= count else { return false }
    for offset in 0..<count where bytes[start + offset].folded != prefix.utf8Start[offset] { return false }
    return true
  }

  /// What the kind of statement adds.
  mutating func complete(for statement: Statement) {
    switch statement {
    case .begin: commandTag = "BEGIN"
    case .commit: commandTag = "COMMIT"
    case .rollback, .rollbackToSavepoint: commandTag = "ROLLBACK"
    case .savepoint: commandTag = "SAVEPOINT"
    case .releaseSavepoint: commandTag = "RELEASE"
    case .setTransaction: commandTag = "SET"
    case .set(let value): commandTag = value.name == "constraints" ? "SET CONSTRAINTS" : "SET"
    case .show: commandTag = "SHOW"
    case .reset: commandTag = "RESET"
    case .discard(let target):
      commandTag =
        switch target {
        case .all: "DISCARD ALL"
        case .plans: "DISCARD PLANS"
        case .sequences: "DISCARD SEQUENCES"
        case .temporary: "DISCARD TEMP"
        }
    case .declareCursor: commandTag = "DECLARE CURSOR"
    case .fetch(let fetch): commandTag = fetch.isMove ? "MOVE" : "FETCH"
    case .closeCursor(let name): commandTag = name == nil ? "CLOSE CURSOR ALL" : "CLOSE CURSOR"
    case .prepare: commandTag = "PREPARE"
    case .execute: commandTag = "EXECUTE"
    case .deallocate(let name): commandTag = name == nil ? "DEALLOCATE ALL" : "DEALLOCATE"
    case .explain(let explain):
      commandTag = "EXPLAIN"
      isWrite = explain.analyze && explain.statement.isWrite
    case .listen: commandTag = "LISTEN"
    case .notify: commandTag = "NOTIFY"
    case .unlisten: commandTag = "UNLISTEN"
    case .lockTable: commandTag = "LOCK TABLE"
    case .maintenance(let maintenance): commandTag = uppercased(maintenance.kind.rawValue)
    default: completeDataAndDefinitions(statement)
    }
  }

  private mutating func completeDataAndDefinitions(_ statement: Statement) {
    isWrite = true
    switch statement {
    case .copy(let copy):
      commandTag = "COPY"
      isWrite = copy.direction == .fromClient
      if case .table(let name, _) = copy.source { target = name }
    case .privileges(let change):
      commandTag = change.isDefault ? "ALTER DEFAULT PRIVILEGES" : change.isGrant ? "GRANT" : "REVOKE"
      if change.objectKind == nil { commandTag += " ROLE" }
    case .role(let role):
      commandTag = role.action == .create ? "CREATE ROLE" : role.action == .alter ? "ALTER ROLE" : "DROP ROLE"
    case .comment(let comment):
      commandTag = "COMMENT"
      target = comment.object
    case .createTable(let table):
      commandTag = table.isFromQuery ? "SELECT" : "CREATE TABLE"
      target = table.name
    case .createView(let view):
      commandTag = "CREATE VIEW"
      target = view.name
    case .createSchema: commandTag = "CREATE SCHEMA"
    case .createIndex(let made):
      commandTag = "CREATE INDEX"
      target = made.table
    case .createFunction(let function):
      commandTag = "CREATE FUNCTION"
      target = function.name
    case .alter(let change):
      commandTag = "ALTER " + uppercased(change.objectKind)
      target = change.name
    case .drop(let drop):
      commandTag = "DROP " + uppercased(drop.objectKind)
      target = drop.names.first
    case .truncate(let truncate):
      commandTag = "TRUNCATE TABLE"
      target = truncate.tables.first
    case .insert(let change): (commandTag, target) = ("INSERT 0", change.table)
    case .update(let change): (commandTag, target) = ("UPDATE", change.table)
    case .delete(let change): (commandTag, target) = ("DELETE", change.table)
    case .merge(let change): (commandTag, target) = ("MERGE", change.table)
    case .query:
      commandTag = "SELECT"
      isWrite = modifiesDataInWith
    default: isWrite = false
    }
  }
}
