/// PostgreSQL's names for unnamed columns (`FigureColname`, parse_target.c, PostgreSQL 15): the function's, the
/// column's under a cast, the type's, `case`, …, else `?column?`. DuckDB's are the expression's text.
extension TokenRewriter {
  /// How sure a name is: a column's or a function's is kept under a cast, a type's is not.
  struct ColumnName {
    var name: String
    var strength: Int
  }

  /// The alias that the select item `start..<end` needs, nil if it has a name that both agree on.
  func insertedName(_ start: Int, _ end: Int) -> String? {
    if hasAlias(start, end) || isStar(start, end) { return nil }
    // Incomplete: the engine's message should name the client's token.
    if !endsOperand(end - 1), keyword(end - 1) != .isnull, keyword(end - 1) != .notnull { return nil }
    if isPlainColumn(start, end) { return nil }
    if source.token(start, is: "unnest"), hasSeveralArguments(start) { return nil }
    return columnName(start, end, depth: 0)?.name ?? "?column?"
  }

  private func isPlainColumn(_ start: Int, _ end: Int) -> Bool {
    guard kind(start).isIdentifier else { return false }
    switch keyword(start) {
    case .currentTimestamp, .currentTime, .currentDate, .localtime, .localtimestamp, .currentUser,
      .currentRole,
      .sessionUser, .user, .currentCatalog, .currentSchema:
      return false
    default: if keyword(start).isReserved { return false }
    }
    var at = start
    while at + 2 < end, kind(at + 1) == .dot, kind(at + 2).isIdentifier { at += 2 }
    return at + 1 == end
  }

  private func isStar(_ start: Int, _ end: Int) -> Bool {
    var at = start
    while kind(at).isIdentifier, kind(at + 1) == .dot { at += 2 }
    if at < end, isOperator(at, "*") { return true }
    if isOperator(end - 1, "*"), kind(end - 2) == .dot { return true }
    // COLUMNS(…) stands for several columns wherever it is.
    for index in start..<end where keyword(index) == .columns && kind(index + 1) == .leftParenthesis {
      return true
    }
    return false
  }

  private func hasSeveralArguments(_ start: Int) -> Bool {
    let close = after(start + 1) - 1
    var at = start + 2
    while at < close {
      if kind(at) == .comma { return true }
      at = after(at)
    }
    return false
  }

  func hasAlias(_ start: Int, _ end: Int) -> Bool {
    if end - start < 2 { return false }
    if keyword(end - 2) == .as, kind(end - 3) != .dot { return true }
    if kind(start).isIdentifier || kind(start) == .string, kind(start + 1) == .colon { return true }
    let last = token(end - 1)
    guard last.kind.isIdentifier, !last.keyword.isReserved, kind(end - 2) != .dot else { return false }
    guard endsOperand(end - 2) else { return false }
    return !continuesExpression(start, end - 1)
  }

  /// Whether a bare word at `at` belongs to what stands before it.
  private func continuesExpression(_ start: Int, _ at: Int) -> Bool {
    if token(at).kind != .identifier { return keyword(at - 1) == .zone || keyword(at - 1) == .over }
    switch keyword(at) {
    case .isnull, .notnull: return true
    case .precision where keyword(at - 1) == .double: return true
    case .varying: return keyword(at - 1) == .character || keyword(at - 1) == .bit || keyword(at - 1) == .char
    case .zone where keyword(at - 1) == .time: return true
    case .nulls, .unknown:
      return keyword(at - 1) == .is || keyword(at - 1) == .ignore || keyword(at - 1) == .respect
    case .year, .years, .month, .months, .day, .days, .hour, .hours, .minute, .minutes, .second, .seconds,
      .week,
      .weeks, .quarter, .quarters, .millisecond, .milliseconds, .microsecond, .microseconds, .decade,
      .decades, .century, .centuries:
      if keyword(at - 2) == .interval { return true }
      let open = Int(token(at - 1).partner)
      return kind(at - 1) == .rightParenthesis && open > start && keyword(open - 1) == .interval
    default: break
    }
    switch keyword(at - 1) {
    case .over: return kind(at - 2) == .rightParenthesis
    case .zone: return keyword(at - 2) == .time && keyword(at - 3) == .at
    default: return false
    }
  }

  /// The name of an expression, nil for `?column?`.
  func columnName(_ start: Int, _ end: Int, depth: Int) -> ColumnName? {
    guard start < end, depth < 24 else { return nil }
    var at = start
    var name = primary(&at, end, depth)
    guard at > start else { return nil }
    while at < end {
      switch kind(at) {
      case .doubleColon:
        let typeStart = at + 1
        at = typeEnd(typeStart)
        if at <= typeStart { return nil }
        if (name?.strength ?? 0) < 2 { name = ColumnName(name: typeName(typeStart, at), strength: 1) }
      case .leftBracket: at = after(at)
      case .dot where kind(at + 1).isIdentifier:
        name = ColumnName(name: source.identifier(at + 1), strength: 2)
        at += 2
        if kind(at) == .leftParenthesis { at = afterFunction(at) }
      case .identifier:
        if keyword(at) == .collate, kind(at + 1).isIdentifier {
          at += 2
          while kind(at) == .dot { at += 2 }
        } else if keyword(at) == .at, keyword(at + 1) == .time, keyword(at + 2) == .zone {
          at += 3
          _ = primary(&at, end, depth)
          name = ColumnName(name: "timezone", strength: 2)
        } else if keyword(at) == .overlaps, kind(at + 1) == .leftParenthesis {
          at = after(at + 1)
          name = ColumnName(name: "overlaps", strength: 2)
        } else {
          return nil
        }
      default: return nil
      }
    }
    return at == end ? name : nil
  }
}
