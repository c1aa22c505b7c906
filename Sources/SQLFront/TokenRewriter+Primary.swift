/// The first operand of an expression and its name.
extension TokenRewriter {
  /// Takes one operand; the index stays if there is none.
  func primary(_ at: inout Int, _ end: Int, _ depth: Int) -> ColumnName? {
    let start = at
    switch kind(start) {
    case .leftParenthesis:
      at = after(start)
      return bracketed(start, at - 1, depth)
    case .leftBracket:
      at = after(start)
      return ColumnName(name: "array", strength: 2)
    case .leftBrace:
      at = after(start)
      return nil
    case .identifier, .quotedIdentifier, .unicodeIdentifier: return word(&at, end, depth)
    case .operator, .rightParenthesis, .rightBracket, .rightBrace, .comma, .dot, .colon, .end: return nil
    default:
      at += 1
      return nil
    }
  }

  private func word(_ at: inout Int, _ end: Int, _ depth: Int) -> ColumnName? {
    let start = at
    switch keyword(start) {
    case .case: return caseExpression(&at, end, depth)
    case .true, .false, .null, .default:
      at += 1
      return nil
    case .array:
      at = after(start + 1)
      return ColumnName(name: "array", strength: 2)
    case .cast, .tryCast:
      guard kind(start + 1) == .leftParenthesis else { break }
      at = after(start + 1)
      guard let word = wordAtLevel(.as, start + 2, at - 1) else { return nil }
      if let inner = columnName(start + 2, word, depth: depth + 1), inner.strength >= 2 { return inner }
      return ColumnName(name: typeName(word + 1, at - 1), strength: 1)
    case .trim where kind(start + 1) == .leftParenthesis:
      at = after(start + 1)
      let side = keyword(start + 2)
      return ColumnName(name: side == .leading ? "ltrim" : side == .trailing ? "rtrim" : "btrim", strength: 2)
    case .interval where !kind(start + 1).isIdentifier || kind(start + 1) == .quotedIdentifier:
      return intervalLiteral(&at)
    case .not: return nil
    default:
      if kind(start) == .identifier, keyword(start).isReserved, kind(start - 1) != .dot { return nil }
    }
    if let literal = typedLiteralName(&at) { return literal }
    var last = start
    while kind(last + 1) == .dot, kind(last + 2).isIdentifier { last += 2 }
    at = last + 1
    if kind(at) == .leftParenthesis {
      at = afterFunction(at)
    }
    return ColumnName(name: source.identifier(last), strength: 2)
  }

  private func intervalLiteral(_ at: inout Int) -> ColumnName? {
    at += 1
    if kind(at) == .leftParenthesis { at = after(at) } else { at += 1 }
    switch keyword(at) {
    case .year, .years, .month, .months, .day, .days, .hour, .hours, .minute, .minutes, .second, .seconds,
      .week,
      .weeks, .quarter, .quarters:
      at += 1
    default: break
    }
    return ColumnName(name: "interval", strength: 1)
  }

  /// `date '2020-01-01'`, `timestamp with time zone '…'`, `numeric(10,2) '1'`.
  private func typedLiteralName(_ at: inout Int) -> ColumnName? {
    let end = typeEnd(at)
    guard end > at, kind(end).isString, kind(at) == .identifier else { return nil }
    let name = typeName(at, end)
    at = end + 1
    return ColumnName(name: name, strength: 1)
  }

  /// The end of a call whose arguments open here, with FILTER, OVER, WITHIN GROUP and the like.
  func afterFunction(_ open: Int) -> Int {
    var at = after(open)
    while true {
      switch keyword(at) {
      case .filter where kind(at + 1) == .leftParenthesis: at = after(at + 1)
      case .within where kind(at + 2) == .leftParenthesis: at = after(at + 2)
      case .ignore where keyword(at + 1) == .nulls, .respect where keyword(at + 1) == .nulls: at += 2
      case .over: at = after(at + 1)
      default: return at
      }
    }
  }

  private func caseExpression(_ at: inout Int, _ end: Int, _ depth: Int) -> ColumnName? {
    var nested = 0
    var otherwise: Int?
    var scan = at
    while scan < end {
      switch keyword(scan) {
      case .case where kind(scan - 1) != .dot: nested += 1
      case .else where nested == 1: otherwise = scan + 1
      case .end where kind(scan - 1) != .dot:
        nested -= 1
        if nested == 0 {
          at = scan + 1
          if let otherwise, let name = columnName(otherwise, scan, depth: depth + 1), name.strength >= 2 {
            return name
          }
          return ColumnName(name: "case", strength: 1)
        }
      default: break
      }
      scan = after(scan)
    }
    at = end
    return nil
  }

  /// `(expression)`, `(a, b)`, `(SELECT …)`.
  private func bracketed(_ open: Int, _ close: Int, _ depth: Int) -> ColumnName? {
    var start = open + 1
    switch keyword(start) {
    case .select:
      start += 1
      if keyword(start) == .distinct || keyword(start) == .all { start += 1 }
      var end = start
      while end < close, kind(end) != .comma, !endsItem(keyword(end)) { end = after(end) }
      if keyword(end - 2) == .as || hasAlias(start, end) {
        return ColumnName(name: source.identifier(end - 1), strength: 2)
      }
      return columnName(start, end, depth: depth + 1)
    case .with, .values, .table, .from: return nil
    default: break
    }
    var at = start
    while at < close {
      if kind(at) == .comma { return ColumnName(name: "row", strength: 2) }
      at = after(at)
    }
    return columnName(start, close, depth: depth + 1)
  }

  private func endsItem(_ word: Keyword) -> Bool {
    switch word {
    case .from, .where, .group, .having, .order, .limit, .union, .intersect, .except, .offset, .fetch,
      .window,
      .qualify:
      true
    default: false
    }
  }

  /// PostgreSQL's short name of a type as it is written in `start..<end`.
  func typeName(_ start: Int, _ end: Int) -> String {
    var at = start
    while kind(at + 1) == .dot, kind(at + 2).isIdentifier { at += 2 }
    if at >= end { return "?column?" }
    let isZoned = wordAtLevel(.with, at, end) != nil
    switch keyword(at) {
    case .int, .integer: return "int4"
    case .bigint: return "int8"
    case .smallint: return "int2"
    case .numeric, .decimal, .dec: return "numeric"
    case .float, .double: return "float8"
    case .real: return "float4"
    case .boolean: return "bool"
    case .character, .char, .nchar, .national:
      return wordAtLevel(.varying, at, end) == nil ? "bpchar" : "varchar"
    case .bit: return wordAtLevel(.varying, at, end) == nil ? "bit" : "varbit"
    case .timestamp: return isZoned ? "timestamptz" : "timestamp"
    case .time: return isZoned ? "timetz" : "time"
    default: return source.identifier(at)
    }
  }
}
