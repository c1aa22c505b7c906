/// Reads one statement's tokens. Iterative: the only recursion is into the statement inside DECLARE, PREPARE, COPY
/// and EXPLAIN, at most `maximumDepth` deep.
struct StatementParser {
  static let maximumDepth = 3

  let source: LexedText
  let start: Int
  let end: Int
  let depth: Int
  var index: Int

  init(_ source: LexedText, _ range: Range<Int>, depth: Int) {
    self.source = source
    start = range.lowerBound
    end = range.upperBound
    index = range.lowerBound
    self.depth = depth
  }

  static func parse(_ source: LexedText, _ range: Range<Int>, depth: Int) throws(SQLError) -> ParsedStatement
  {
    if depth > maximumDepth {
      throw SQLError(
        "54001", "statement is nested too deeply", position: Int(source.tokens[range.lowerBound].start))
    }
    var parser = StatementParser(source, range, depth: depth)
    var facts = StatementFacts(scanning: source, range)
    let statement = try parser.statement(&facts)
    facts.complete(for: statement)
    return ParsedStatement(source: source, tokens: range, statement: statement, facts: facts)
  }

  // MARK: looking

  func token(_ distance: Int = 0) -> Token {
    index + distance < end ? source.tokens[index + distance] : source.tokens[source.tokens.count - 1]
  }

  var kind: TokenKind { index < end ? source.tokens[index].kind : .end }

  /// The keyword here; quoted identifiers have none.
  var keyword: Keyword { index < end ? source.tokens[index].keyword : .notAKeyword }

  func keyword(_ distance: Int) -> Keyword {
    index + distance < end ? source.tokens[index + distance].keyword : .notAKeyword
  }

  var atEnd: Bool { index >= end }

  var position: Int { index < end ? Int(source.tokens[index].start) : Int(source.tokens[end - 1].end) }

  // MARK: taking

  mutating func accept(_ keyword: Keyword) -> Bool {
    guard index < end, source.tokens[index].keyword == keyword else { return false }
    index += 1
    return true
  }

  mutating func accept(_ first: Keyword, _ second: Keyword) -> Bool {
    guard keyword == first, keyword(1) == second else { return false }
    index += 2
    return true
  }

  mutating func accept(_ kind: TokenKind) -> Bool {
    guard self.kind == kind else { return false }
    index += 1
    return true
  }

  mutating func acceptOperator(_ text: StaticString) -> Bool {
    guard kind == .operator, source.token(index, is: text) else { return false }
    index += 1
    return true
  }

  mutating func expect(_ keyword: Keyword) throws(SQLError) {
    if !accept(keyword) { throw syntaxError() }
  }

  mutating func expect(_ kind: TokenKind) throws(SQLError) {
    if !accept(kind) { throw syntaxError() }
  }

  func expectEnd() throws(SQLError) {
    if !atEnd { throw syntaxError() }
  }

  func syntaxError() -> SQLError {
    if index < end { return source.syntaxError(at: index) }
    return .syntax("syntax error at end of input", at: Int(source.tokens[end - 1].end))
  }

  mutating func identifier() throws(SQLError) -> String {
    guard kind.isIdentifier else { throw syntaxError() }
    index += 1
    return source.identifier(index - 1)
  }

  /// A name that is no reserved word.
  mutating func name() throws(SQLError) -> String {
    if keyword.isReserved { throw syntaxError() }
    return try identifier()
  }

  mutating func string() throws(SQLError) -> String {
    guard kind.isString else { throw syntaxError() }
    index += 1
    return try source.stringValue(index - 1)
  }

  mutating func qualifiedName() throws(SQLError) -> QualifiedName {
    var parts = [try identifier()]
    while accept(.dot) {
      parts.append(try identifier())
      if parts.count > 3 { throw .syntax("improper qualified name (too many dotted names)", at: position) }
    }
    switch parts.count {
    case 1: return QualifiedName(name: parts[0])
    case 2: return QualifiedName(schema: parts[0], name: parts[1])
    default: return QualifiedName(database: parts[0], schema: parts[1], name: parts[2])
    }
  }

  mutating func nameList() throws(SQLError) -> [String] {
    var names = [try identifier()]
    while accept(.comma) { names.append(try identifier()) }
    return names
  }

  mutating func parenthesizedNames() throws(SQLError) -> [String] {
    try expect(.leftParenthesis)
    let names = try nameList()
    try expect(.rightParenthesis)
    return names
  }

  mutating func qualifiedNames() throws(SQLError) -> [QualifiedName] {
    var names = [try qualifiedName()]
    while accept(.comma) { names.append(try qualifiedName()) }
    return names
  }

  /// Skips a bracketed group; the index stands on its opening token. Returns the tokens inside.
  mutating func skipGroup() throws(SQLError) -> Range<Int> {
    let partner = Int(token().partner)
    // A bracket that nothing closes: the text ends where more was to come.
    if partner < 0 { throw source.syntaxError(at: end) }
    guard partner > index, partner < end else { throw syntaxError() }
    let inside = (index + 1)..<partner
    index = partner + 1
    return inside
  }

  /// Moves on to the first token outside brackets for which `stop` holds, or to the end.
  mutating func skip(until stop: (Token) -> Bool) -> Range<Int> {
    let from = index
    while index < end {
      let token = source.tokens[index]
      if stop(token) { break }
      index = token.partner > Int32(index) && Int(token.partner) < end ? Int(token.partner) + 1 : index + 1
    }
    return from..<index
  }

  func text(_ range: Range<Int>) -> String {
    range.isEmpty ? "" : source.text(source.byteRange(of: range))
  }
}
