/// From the first words of a statement to its parser.
extension StatementParser {
  mutating func statement(_ facts: inout StatementFacts) throws(SQLError) -> Statement {
    let first = index
    while kind == .leftParenthesis { index += 1 }
    if index > first {
      switch keyword {
      case .select, .values, .with, .table, .from, .pivot, .pivotWider, .unpivot, .pivotLonger, .describe,
        .desc, .summarize, .show:
        return query(facts)
      default: throw syntaxError()
      }
    }
    switch keyword {
    case .select, .values, .table, .from, .pivot, .pivotWider, .unpivot, .pivotLonger, .describe, .desc,
      .summarize:
      return try selectStatement(facts)
    case .with: return try withStatement(facts)
    case .insert, .update, .delete, .merge: return try dataModification(facts)
    default: break
    }
    index += 1
    switch source.tokens[first].keyword {
    case .begin, .start, .commit, .end, .rollback, .abort, .savepoint, .release:
      return try transactionStatement(source.tokens[first].keyword)
    case .set: return try setStatement()
    case .show: return try showStatement(facts)
    case .reset: return try resetStatement()
    case .discard: return try discardStatement()
    case .declare: return try declareStatement()
    case .fetch: return try fetchStatement(isMove: false)
    case .move: return try fetchStatement(isMove: true)
    case .close: return .closeCursor(try nameOrAll())
    case .prepare: return try prepareStatement()
    case .execute: return try executeStatement()
    case .deallocate:
      _ = accept(.prepare)
      return .deallocate(try nameOrAll())
    case .copy: return try copyStatement()
    case .explain: return try explainStatement()
    case .create: return try createStatement()
    case .alter: return try alterStatement()
    case .drop: return try dropStatement()
    case .truncate: return try truncateStatement()
    default: return try otherStatement(source.tokens[first].keyword, at: first)
    }
  }

  private mutating func otherStatement(_ word: Keyword, at first: Int) throws(SQLError) -> Statement {
    let position = Int(source.tokens[first].start)
    switch word {
    case .listen:
      let channel = try name()
      try expectEnd()
      return .listen(channel)
    case .unlisten:
      if acceptOperator("*") {
        try expectEnd()
        return .unlisten(nil)
      }
      let channel = try name()
      try expectEnd()
      return .unlisten(channel)
    case .notify:
      let channel = try name()
      let payload = accept(.comma) ? try string() : nil
      try expectEnd()
      return .notify(channel: channel, payload: payload)
    case .lock: return try lockStatement()
    case .vacuum, .analyze, .analyse, .reindex, .cluster, .checkpoint: return try maintenance(word)
    case .grant: return try privilegeStatement(isGrant: true, isDefault: false)
    case .revoke: return try privilegeStatement(isGrant: false, isDefault: false)
    case .comment: return try commentStatement()
    case .refresh:
      return .refused(.unsupported("materialized views are not supported yet", at: position))
    case .call: return .refused(.denied("CALL is not allowed", at: position))
    case .do: return .refused(.unsupported("DO blocks are not supported", at: position))
    case .use:
      return .refused(
        .denied("USE is not allowed", hint: "SET search_path TO schema changes the schema.", at: position))
    case .attach, .detach, .install, .load, .pragma, .export, .import, .force:
      let text = source.text(of: first)
      return .refused(.denied("\(uppercased(text)) is not allowed", at: position))
    case .security, .reassign:
      return .refused(.unsupported("this statement is not supported", at: position))
    default: throw source.syntaxError(at: first)
    }
  }

  func query(_ facts: StatementFacts) -> Statement {
    .query(QueryStatement(locksRows: facts.locksRows, modifiesData: facts.modifiesDataInWith))
  }

  private func selectStatement(_ facts: StatementFacts) throws(SQLError) -> Statement {
    if keyword == .select, let created = try selectInto() { return .createTable(created) }
    return query(facts)
  }

  /// Finds the statement after the common table expressions.
  private mutating func withStatement(_ facts: StatementFacts) throws(SQLError) -> Statement {
    index += 1
    _ = accept(.recursive)
    _ = skip { token in
      switch token.keyword {
      case .select, .values, .table, .from, .insert, .update, .delete, .merge, .pivot, .unpivot, .pivotWider,
        .pivotLonger:
        true
      default: false
      }
    }
    switch keyword {
    case .insert, .update, .delete, .merge: return try dataModification(facts)
    case .select:
      if let created = try selectInto() { return .createTable(created) }
    default: break
    }
    return query(facts)
  }

  /// `SELECT … INTO [TEMP] t …` is `CREATE TABLE AS`.
  private func selectInto() throws(SQLError) -> CreateTable? {
    var parser = self
    let body = parser.skip { token in
      switch token.keyword {
      case .into, .from, .where, .union, .intersect, .except, .group, .order, .limit: true
      default: false
      }
    }
    guard parser.accept(.into), body.count > 0 else { return nil }
    var created = CreateTable(name: QualifiedName(name: ""))
    let from = parser.index - 1
    if parser.accept(.temporary) || parser.accept(.temp) { created.isTemporary = true }
    _ = parser.accept(.unlogged)
    _ = parser.accept(.table)
    created.name = try parser.qualifiedName()
    created.isFromQuery = true
    created.removals = [from..<parser.index]
    return created
  }

  private mutating func dataModification(_ facts: StatementFacts) throws(SQLError) -> Statement {
    let verb = keyword
    let first = index
    index += 1
    switch verb {
    case .insert:
      if accept(.or) { index += 1 }
      try expect(.into)
    case .delete: try expect(.from)
    case .merge: try expect(.into)
    default: break
    }
    _ = accept(.only)
    let table = try qualifiedName()
    if verb == .update {
      // Without SET it would be UPDATE EXTENSIONS to the engine.
      _ = acceptOperator("*")
      _ = skip { $0.keyword == .set }
      try expect(.set)
    }
    let listPosition = verb == .insert ? missingListPosition : nil
    let modification = DataModification(
      table: table, hasReturning: facts.hasReturning, hasOnConflict: facts.hasOnConflict,
      modifiesDataInWith: facts.modifiesDataInWith, listPosition: listPosition)
    index = first
    switch verb {
    case .insert: return .insert(modification)
    case .update: return .update(modification)
    case .delete: return .delete(modification)
    default: return .merge(modification)
    }
  }

  /// After the table of an INSERT: its end, if the rows come next.
  private var missingListPosition: Int? {
    switch keyword(kind == .leftParenthesis ? 1 : 0) {
    case .values, .select, .with, .table: Int(source.tokens[index - 1].end)
    default: nil
    }
  }

  mutating func nameOrAll() throws(SQLError) -> String? {
    if accept(.all) {
      try expectEnd()
      return nil
    }
    let result = try name()
    try expectEnd()
    return result
  }
}

/// ASCII letters in upper case.
func uppercased(_ text: String) -> String {
  String(decoding: text.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }, as: UTF8.self)
}

/// ASCII letters in lower case.
func lowercased(_ text: String) -> String {
  String(decoding: text.utf8.map(\.folded), as: UTF8.self)
}
