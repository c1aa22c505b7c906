/// Where the columns of a query's result come from, as far as its text says so plainly: what PostgreSQL takes a
/// column's declared type from.
package struct ColumnOrigins: Sendable, Equatable {
  /// An item of the select list.
  package enum Item: Sendable, Equatable {
    /// A column by its name, with the name or alias of its table if that was written.
    case column(String, of: String?)
    /// `*` or `t.*`.
    case all(of: String?)
    /// `CAST(… AS type)`, `…::type`; the type as written.
    case cast(String)
    case other
  }

  /// A table of the FROM clause.
  package struct Table: Sendable, Equatable {
    /// What the query calls it.
    package var alias: String
    /// nil for a subquery, a function, a common table expression.
    package var name: QualifiedName?
  }

  package private(set) var items: [Item] = []
  package private(set) var tables: [Table] = []
  /// NATURAL or USING make one column of two: the order of `*` is not that of the tables.
  package private(set) var mergesColumns = false

  /// nil for set operations, VALUES and what is no SELECT.
  package init?(_ statement: ParsedStatement) {
    self.init(statement.source, statement.tokens)
  }

  init?(_ source: LexedText, _ range: Range<Int>) {
    var scanner = OriginScanner(source, range)
    let common = scanner.commonTables()
    guard scanner.accept(.select), !scanner.hasSetOperation else { return nil }
    scanner.skipDistinct()
    repeat { items.append(scanner.item()) } while scanner.accept(.comma)
    while !scanner.atEnd, scanner.keyword != .from {
      // SELECT … INTO t FROM …
      guard scanner.keyword == .into else { return }
      scanner.skip { $0.keyword == .from }
    }
    guard scanner.accept(.from) else { return }
    (tables, mergesColumns) = scanner.tables(except: common)
  }
}

/// Walks through a query, groups in brackets as one step.
private struct OriginScanner {
  let source: LexedText
  let end: Int
  var index: Int

  init(_ source: LexedText, _ range: Range<Int>) {
    self.source = source
    end = range.upperBound
    index = range.lowerBound
  }

  var atEnd: Bool { index >= end }
  var kind: TokenKind { kind(index) }
  var keyword: Keyword { keyword(index) }

  func kind(_ at: Int) -> TokenKind { at < end ? source.tokens[at].kind : .end }

  func keyword(_ at: Int) -> Keyword { at < end ? source.tokens[at].keyword : .notAKeyword }

  func after(_ at: Int) -> Int {
    let partner = Int(source.tokens[at].partner)
    return partner > at && partner < end ? partner + 1 : at + 1
  }

  mutating func accept(_ word: Keyword) -> Bool {
    guard !atEnd, keyword == word else { return false }
    index += 1
    return true
  }

  mutating func accept(_ wanted: TokenKind) -> Bool {
    guard !atEnd, kind == wanted else { return false }
    index += 1
    return true
  }

  mutating func skip(until stop: (Token) -> Bool) {
    while !atEnd, !stop(source.tokens[index]) { index = after(index) }
  }

  var hasSetOperation: Bool {
    var rest = self
    rest.skip { [.union, .intersect, .except].contains($0.keyword) }
    return !rest.atEnd
  }

  /// Names of the common table expressions.
  mutating func commonTables() -> Set<String> {
    guard accept(.with) else { return [] }
    var names: Set<String> = []
    while !atEnd, keyword != .select {
      if kind.isIdentifier { names.insert(source.identifier(index)) }
      index = after(index)
    }
    return names
  }

  mutating func skipDistinct() {
    guard accept(.distinct) || accept(.all) else { return }
    if keyword == .on, kind(index + 1) == .leftParenthesis { index = after(index + 1) }
  }

  // MARK: The select list

  /// One item, up to its comma or the end of the list.
  mutating func item() -> ColumnOrigins.Item {
    let start = index
    skip { $0.kind == .comma || Self.endsList($0.keyword) }
    return item(start..<index)
  }

  private static func endsList(_ word: Keyword) -> Bool {
    switch word {
    case .from, .into, .where, .group, .having, .qualify, .window, .order, .limit, .offset, .fetch, .for:
      true
    default: false
    }
  }

  private func item(_ range: Range<Int>) -> ColumnOrigins.Item {
    var at = range.lowerBound
    if keyword(at) == .cast, kind(at + 1) == .leftParenthesis { return cast(at + 2..<(after(at + 1) - 1)) }
    var names: [String] = []
    while at < range.upperBound {
      if source.tokens[at].kind == .operator, source.token(at, is: "*") {
        return at + 1 == range.upperBound ? .all(of: names.last) : .other
      }
      guard kind(at).isIdentifier, !names.isEmpty || !keyword(at).isReserved else { return .other }
      names.append(source.identifier(at))
      at += 1
      guard at < range.upperBound, kind(at) == .dot else { break }
      at += 1
    }
    guard let column = names.popLast() else { return .other }
    if kind(at) == .doubleColon, at < range.upperBound { return castEnd(at + 1..<range.upperBound) }
    return isAlias(at..<range.upperBound) ? .column(column, of: names.last) : .other
  }

  /// Nothing, `alias`, `AS alias`.
  private func isAlias(_ range: Range<Int>) -> Bool {
    switch range.count {
    case 0: true
    case 1: kind(range.lowerBound).isIdentifier && !keyword(range.lowerBound).isReserved
    case 2: keyword(range.lowerBound) == .as && kind(range.lowerBound + 1).isIdentifier
    default: false
    }
  }

  /// What stands in the brackets of a CAST that is the item, or begins it.
  private func cast(_ inside: Range<Int>) -> ColumnOrigins.Item {
    guard isAlias(inside.upperBound + 1..<itemEnd(inside.upperBound + 1)) else { return .other }
    var at = inside.lowerBound
    while at < inside.upperBound, keyword(at) != .as { at = after(at) }
    guard at + 1 < inside.upperBound else { return .other }
    return .cast(source.text(source.byteRange(of: at + 1..<inside.upperBound)))
  }

  private func itemEnd(_ at: Int) -> Int {
    var rest = self
    rest.index = at
    rest.skip { $0.kind == .comma || Self.endsList($0.keyword) }
    return rest.index
  }

  /// A type after `::`, with an alias behind it perhaps.
  private func castEnd(_ range: Range<Int>) -> ColumnOrigins.Item {
    var at = range.lowerBound
    guard kind(at).isIdentifier else { return .other }
    while kind(at + 1) == .dot { at += 2 }
    at += 1
    if keyword(at) == .varying { at += 1 }
    if kind(at) == .leftParenthesis { at = after(at) }
    guard at <= range.upperBound, isAlias(at..<range.upperBound) else { return .other }
    return .cast(source.text(source.byteRange(of: range.lowerBound..<at)))
  }

  // MARK: The FROM clause

  mutating func tables(except common: Set<String>) -> ([ColumnOrigins.Table], merges: Bool) {
    var tables: [ColumnOrigins.Table] = []
    var merges = false
    var isExpected = true
    while !atEnd {
      switch keyword {
      case .where, .group, .having, .qualify, .window, .order, .limit, .offset, .fetch, .for:
        return (tables, merges)
      case .natural, .using:
        merges = true
        index += 1
        continue
      case .join:
        isExpected = true
        index += 1
        continue
      case .lateral, .only:
        index += 1
        continue
      default: break
      }
      if kind == .comma {
        isExpected = true
        index += 1
      } else if isExpected {
        tables.append(table(except: common))
        isExpected = false
      } else {
        index = after(index)
      }
    }
    return (tables, merges)
  }

  private mutating func table(except common: Set<String>) -> ColumnOrigins.Table {
    var names: [String] = []
    if kind == .leftParenthesis {
      index = after(index)
    } else {
      while kind.isIdentifier {
        names.append(source.identifier(index))
        index += 1
        guard accept(.dot) else { break }
      }
      if kind == .leftParenthesis {
        // A function.
        names = []
        index = after(index)
      }
      if names.isEmpty, !atEnd, !kind.isIdentifier { index = after(index) }
    }
    var table = ColumnOrigins.Table(alias: names.last ?? "", name: nil)
    if let last = names.last, names.count > 1 || !common.contains(last) {
      table.name = QualifiedName(
        database: names.count > 2 ? names[names.count - 3] : nil,
        schema: names.count > 1 ? names[names.count - 2] : nil, name: last)
    }
    let hasAs = accept(.as)
    if kind.isIdentifier, hasAs || !keyword.isReserved && !Self.joins(keyword) {
      table.alias = source.identifier(index)
      index += 1
      // Columns with names of their own.
      if kind == .leftParenthesis { table.name = nil }
    }
    return table
  }

  /// Words that go on after a table, reserved or not.
  private static func joins(_ word: Keyword) -> Bool {
    switch word {
    case .join, .left, .right, .full, .inner, .cross, .natural, .on, .using, .tablesample, .at, .asof,
      .positional,
      .semi, .anti:
      true
    default: false
    }
  }
}
