/// Qualifiers, collations, aliases of functions.
extension TokenRewriter {
  /// `[db.]pg_catalog.x` → `x`; `[db.]information_schema.x` → the relation in the server's catalogs;
  /// `pg_temp.x` → `temp.main.x`. Leaves the index on the last name that it looked at.
  mutating func stripQualifiers() throws(SQLError) {
    guard kind(index + 1) == .dot, kind(index - 1) != .dot else { return }
    var at = index
    if !isSystemSchema(at) {
      guard kind(at + 2).isIdentifier, kind(at + 3) == .dot, isSystemSchema(at + 2) else { return }
      at += 2
    }
    if token(at).kind == .identifier || token(at).kind == .quotedIdentifier {
      switch source.identifier(at) {
      case "pg_catalog":
        // Also where an operator or `*` follows.
        edits.delete(index..<(at + 2))
        if kind(at + 2).isIdentifier { index = at + 2 } else { index = at + 1 }
      case "information_schema":
        edits.replace(
          bytes: Int(token(index).start)..<Int(token(at).end), with: "martinet_catalog.information_schema_")
        index = at
      default:
        edits.replace(bytes: Int(token(index).start)..<Int(token(at).end), with: "temp.main")
        index = at
      }
    }
  }

  private func isSystemSchema(_ at: Int) -> Bool {
    switch token(at).kind {
    case .identifier:
      switch token(at).keyword {
      case .pgCatalog, .informationSchema, .pgTemp: return true
      default: return false
      }
    case .quotedIdentifier:
      return source.token(at, is: "\"pg_catalog\"") && source.identifier(at) == "pg_catalog"
        || source.token(at, is: "\"information_schema\"") && source.identifier(at) == "information_schema"
        || source.token(at, is: "\"pg_temp\"") && source.identifier(at) == "pg_temp"
    default: return false
    }
  }

  /// `COLLATE` of PostgreSQL's collations goes: text compares by bytes here, as with "C".
  mutating func collation() -> Bool {
    var last = index + 1
    guard kind(last).isIdentifier else { return false }
    while kind(last + 1) == .dot, kind(last + 2).isIdentifier { last += 2 }
    let name = source.identifier(last)
    let isEngines =
      last == index + 1 && token(last).kind == .identifier
      && (["nocase", "noaccent", "nfc", "binary"].contains(name) || name.utf8.count == 2)
    if isEngines {
      index += 2
      while kind(index) == .dot, kind(index + 1).isIdentifier { index += 2 }
      return true
    }
    edits.delete(index..<(last + 1))
    index = last + 1
    return true
  }

  /// `FROM generate_series(1, 3) AS i`: in PostgreSQL `i` names the column too.
  mutating func nameFunctionColumn(_ first: Int) {
    guard kind(index + 1) == .leftParenthesis else { return }
    switch source.identifier(index) {
    case "generate_series", "unnest", "generate_subscripts", "regexp_split_to_table", "string_to_table",
      "json_array_elements", "json_array_elements_text", "jsonb_array_elements",
      "jsonb_array_elements_text", "json_object_keys", "jsonb_object_keys":
      break
    default: return
    }
    var alias = after(index + 1)
    if keyword(alias) == .as { alias += 1 }
    guard kind(alias).isIdentifier, !keyword(alias).isReserved, !keyword(alias).isTypeOrFunctionOnly,
      kind(alias + 1) != .leftParenthesis
    else {
      if kind(alias).isIdentifier, kind(alias + 1) == .leftParenthesis { narrowSeries() }
      return
    }
    narrowSeries()
    edits.insert("(" + source.text(of: alias) + ")", after: alias)
  }

  /// A series between literals of integers is one of integers, to which a date can be added; DuckDB's are bigint.
  private mutating func narrowSeries() {
    let end = after(index + 1) - 1
    guard isSeries(index), end > index + 2 else { return }
    for at in (index + 2)..<end where kind(at) != .comma {
      guard kind(at) == .integer, source.byteRange(of: at).count < 10 else { return }
    }
    edits.insert("(SELECT CAST(generate_series AS INTEGER) AS generate_series FROM ", before: index)
    edits.insert(")", after: end)
  }

  /// The columns of a VALUES list that stands alone are `column1`, `column2`, …
  mutating func valuesList() {
    guard kind(index + 1) == .leftParenthesis else { return }
    let isStatement = index == range.lowerBound
    let opens = kind(index - 1) == .leftParenthesis && index > range.lowerBound
    guard isStatement || opens else { return }
    var end = index + 1
    while kind(end) == .leftParenthesis, after(end) > end + 1 {
      end = after(end)
      guard kind(end) == .comma, kind(end + 1) == .leftParenthesis else { break }
      end += 1
    }
    guard kind(end - 1) == .rightParenthesis else { return }
    if opens {
      // A list of columns after the alias names them.
      guard kind(end) == .rightParenthesis, kind(index - 2) != .comma else { return }
      var alias = end + 1
      if keyword(alias) == .as { alias += 1 }
      if kind(alias).isIdentifier, kind(alias + 1) == .leftParenthesis { return }
      guard keyword(index - 2) == .from || keyword(index - 2) == .as || keyword(index - 2) == .join else {
        return
      }
    }
    var columns = 1
    var at = index + 2
    let rowEnd = after(index + 1) - 1
    while at < rowEnd {
      if kind(at) == .comma { columns += 1 }
      at = after(at)
    }
    let names = (1...columns).map { "column\($0)" }.joined(separator: ", ")
    edits.insert("SELECT * FROM (", before: index)
    edits.insert(") AS \"*VALUES*\"(\(names))", after: end - 1)
  }

  func isSeries(_ at: Int) -> Bool {
    source.token(at, is: "generate_series")
  }

  /// The step of `generate_series(a, b, '1 day')` is an interval.
  mutating func seriesArguments(_ at: Int) {
    var argument = 1
    var scan = at + 2
    let end = after(at + 1) - 1
    while scan < end {
      if kind(scan) == .comma {
        argument += 1
        if argument == 3, scan + 2 == end, kind(scan + 1).isString {
          edits.insert("::INTERVAL", after: scan + 1)
        }
      }
      scan = after(scan)
    }
  }

  /// `SELECT generate_series(1, 3)` makes rows.
  mutating func expandSeries(_ start: Int, _ end: Int) {
    var scan = start
    while scan < end {
      if isSeries(scan), kind(scan + 1) == .leftParenthesis, kind(scan - 1) != .dot {
        edits.insert("unnest(", before: scan)
        edits.insert(")", after: after(scan + 1) - 1)
      }
      scan = after(scan)
    }
  }
}
