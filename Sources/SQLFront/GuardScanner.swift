/// One pass over a statement's tokens that knows where a table is named and where a function is called.
struct GuardScanner {
  /// A bracket level.
  struct Frame {
    /// In a FROM list: a comma leads to the next table.
    var isFromList = false
    /// A table comes next.
    var expects = Expectation.nothing
    /// Inside `extract(…)`, `trim(…)`, `substring(…)`, `overlay(…)`: FROM is part of the call.
    var isCallWithFrom = false
    /// A PIVOT statement: its USING lists aggregates.
    var isPivot = false
  }

  enum Expectation {
    case nothing
    /// A table to read, or a function that makes one.
    case source
    /// A table to change or to define: a bracket after it is a list of columns.
    case target
  }

  let rules: Guard
  let text: LexedText
  let range: Range<Int>
  let isMerge: Bool
  let isAlter: Bool
  private var frames: [Frame] = [Frame()]
  private var index: Int

  init(_ rules: Guard, _ statement: ParsedStatement) {
    self.rules = rules
    text = statement.source
    range = statement.tokens
    index = range.lowerBound
    if case .merge = statement.statement { isMerge = true } else { isMerge = false }
    if case .alter = statement.statement { isAlter = true } else { isAlter = false }
  }

  private func token(_ at: Int) -> Token {
    at >= range.lowerBound && at < range.upperBound ? text.tokens[at] : text.tokens[text.tokens.count - 1]
  }

  private var top: Frame {
    get { frames[frames.count - 1] }
    set { frames[frames.count - 1] = newValue }
  }

  mutating func run() throws(SQLError) {
    while index < range.upperBound {
      let token = text.tokens[index]
      switch token.kind {
      case .identifier, .quotedIdentifier, .unicodeIdentifier: try identifier(token)
      case .leftParenthesis, .leftBracket, .leftBrace: open(token)
      case .rightParenthesis, .rightBracket, .rightBrace:
        if frames.count > 1 { frames.removeLast() }
        top.expects = .nothing
        index += 1
      case .comma:
        top.expects = top.isFromList ? .source : .nothing
        index += 1
      case .string, .escapeString, .unicodeString, .nationalString, .dollarString, .bitString, .hexString,
        .parameter:
        if top.expects != .nothing { throw stringAsTable(index) }
        index += 1
      case .operator:
        try checkOperator(token)
        top.expects = .nothing
        index += 1
      default:
        top.expects = .nothing
        index += 1
      }
    }
  }

  // MARK: brackets

  private mutating func open(_ token: Token) {
    var frame = Frame()
    if token.kind == .leftParenthesis {
      if top.expects != .nothing {
        // A subquery, `ONLY (t)`, or tables joined in brackets.
        frame.isFromList = true
        frame.expects = .source
      } else if index > range.lowerBound {
        frame.isCallWithFrom = opensCallWithFrom(index - 1)
      }
    }
    top.expects = .nothing
    frames.append(frame)
    index += 1
  }

  private func opensCallWithFrom(_ at: Int) -> Bool {
    guard token(at).kind == .identifier, token(at - 1).kind != .dot || at == range.lowerBound else {
      return false
    }
    switch token(at).keyword {
    case .extract, .trim, .substring, .overlay: break
    default: return false
    }
    switch token(at + 2).keyword {
    case .select, .with, .values, .table, .describe, .show, .summarize, .pivot, .unpivot, .pivotWider,
      .pivotLonger:
      return false
    case .from: return token(at).keyword == .trim
    default: return true
    }
  }

  // MARK: words

  private mutating func identifier(_ token: Token) throws(SQLError) {
    let afterDot = index > range.lowerBound && self.token(index - 1).kind == .dot
    if token.kind == .identifier, token.keyword != .notAKeyword, !afterDot, try keyword(token.keyword) {
      return
    }
    if top.expects != .nothing { return try relation() }
    try checkHidden(index)
    if self.token(index + 1).kind == .leftParenthesis { try checkCall(index) }
    index += 1
  }

  /// Handles the words that open or end a list of tables; false if the word may be a name here.
  private mutating func keyword(_ word: Keyword) throws(SQLError) -> Bool {
    let afterAs = token(index - 1).keyword == .as && index > range.lowerBound
    switch word {
    case .from:
      if top.isCallWithFrom || isDistinctFrom { break }
      top.isFromList = true
      top.expects = .source
    case .join:
      top.isFromList = true
      top.expects = .source
    case .only, .lateral:
      if top.expects == .nothing { return false }
    case .into: top.expects = .target
    case .update:
      if token(index - 1).keyword == .for || token(index - 1).keyword == .on { return false }
      top.expects = .target
    case .table: top.expects = .target
    case .if
    where top.expects == .target && (token(index + 1).keyword == .exists || token(index + 1).keyword == .not):
      break
    case .not where top.expects == .target, .exists where top.expects == .target: break
    case .describe, .desc, .summarize: top.expects = .source
    case .show:
      guard token(index + 1).keyword == .tables else {
        throw .unsupported("this form of SHOW is not supported", at: position(index))
      }
    case .pivot, .pivotWider, .pivotLonger, .unpivot:
      if top.isFromList, top.expects == .nothing { break }
      top.isPivot = true
      top.isFromList = false
      top.expects = .source
    case .using:
      if top.isPivot || isAlter { break }
      top.expects = .source
      if !(isMerge && frames.count == 1) { top.isFromList = true }
    case .select, .where, .group, .having, .qualify, .window, .order, .limit, .offset, .fetch, .union,
      .intersect, .except, .returning:
      // `x::UNION(…)` is a type, WITHIN GROUP part of a call, and any word may be a name after AS.
      if afterAs && word != .select { return false }
      if token(index - 1).kind == .doubleColon || token(index - 1).keyword == .within { break }
      top.isFromList = false
      top.expects = .nothing
    case .on:
      top.expects = .nothing
    case .values
    where top.expects == .source && frames.count > 1 && token(index - 1).kind == .leftParenthesis
      && token(index + 1).kind == .leftParenthesis:
      top.isFromList = false
      top.expects = .nothing
    case .values where token(index + 1).kind == .leftParenthesis && top.expects != .source: break
    default:
      // Reserved words are never names; whatever else may be one.
      guard word.isReserved, !(top.expects != .nothing && token(index + 1).kind == .leftParenthesis) else {
        return false
      }
      top.expects = .nothing
    }
    index += 1
    return true
  }

  /// `IS [NOT] DISTINCT FROM`.
  private var isDistinctFrom: Bool {
    guard index - 2 >= range.lowerBound, token(index - 1).keyword == .distinct else { return false }
    if token(index - 2).keyword == .is { return true }
    return index - 3 >= range.lowerBound && token(index - 2).keyword == .not
      && token(index - 3).keyword == .is
  }

  // MARK: tables

  /// A dotted name where a table stands.
  private mutating func relation() throws(SQLError) {
    let first = index
    var last = index
    try checkHidden(index)
    while token(last + 1).kind == .dot, token(last + 2).kind.isIdentifier {
      last += 2
      try checkHidden(last)
    }
    let expectation = top.expects
    index = last + 1
    if token(index).kind == .colon {
      // `FROM alias: table`.
      index += 1
      return
    }
    top.expects = .nothing
    if token(index).kind == .leftParenthesis, expectation == .source {
      try checkTableFunction(first, last)
    } else {
      try checkRelation(first, last)
    }
  }

  private func checkRelation(_ first: Int, _ last: Int) throws(SQLError) {
    if last > first { try checkDatabase(first, last) }
    var parts: [ArraySlice<UInt8>] = []
    for part in stride(from: first, through: last, by: 2) { parts.append(content(part)) }
    if DataFiles.isFileName(parts) { throw fileAsTable(first, last) }
    if DataFiles.isEngineRelation(parts[parts.count - 1]) {
      throw .denied("permission denied for relation \(text.identifier(last))", at: position(first))
    }
    if content(last).hasFoldedPrefix("pg_") {
      try rules.checkSecret(lowercased(text.identifier(last)), at: position(first))
    }
  }

  /// Databases and schemas of the engine and of the server.
  private func checkDatabase(_ first: Int, _ last: Int) throws(SQLError) {
    let database = lowercased(text.identifier(first))
    if database == "system" || database.hasPrefix("__") {
      throw .denied("permission denied for schema \(database)", at: position(first))
    }
  }

  // MARK: functions

  private func checkTableFunction(_ first: Int, _ last: Int) throws(SQLError) {
    try checkFunctionQualifiers(first, last)
    let name = content(last)
    if rules.deniedTables.contains(name) || hasDeniedPrefix(name) { throw deniedFunction(last) }
  }

  private func checkCall(_ at: Int) throws(SQLError) {
    let token = token(at)
    var first = at
    while first - 2 >= range.lowerBound, self.token(first - 1).kind == .dot,
      self.token(first - 2).kind.isIdentifier
    {
      first -= 2
    }
    if first == at, token.keyword.isReserved, self.token(at - 1).kind != .dot { return }
    try checkFunctionQualifiers(first, at)
    let name = content(at)
    if rules.deniedScalars.contains(name) || hasDeniedPrefix(name) { throw deniedFunction(at) }
    if !rules.isSuperuser, name.hasFoldedPrefix("pg_"),
      Guard.serverFunctions.contains(lowercased(text.identifier(at)))
    {
      throw deniedFunction(at)
    }
  }

  private func checkFunctionQualifiers(_ first: Int, _ last: Int) throws(SQLError) {
    guard last > first else { return }
    for part in stride(from: first, to: last, by: 2) {
      let name = lowercased(text.identifier(part))
      if name == "system" || name == "main" || name == "temp" || name == "martinet_catalog"
        || name.hasPrefix("__")
      {
        throw .denied("permission denied for schema \(name)", at: position(part))
      }
    }
  }

  private func hasDeniedPrefix(_ name: ArraySlice<UInt8>) -> Bool {
    switch name.first?.folded {
    case UInt8(ascii: "r"), UInt8(ascii: "p"), UInt8(ascii: "d"), UInt8(ascii: "s"), UInt8(ascii: "m"),
      UInt8(ascii: "i"), UInt8(ascii: "_"):
      break
    default: return false
    }
    for prefix in ReviewedFunctions.neverPrefixes where name.hasFoldedPrefix(prefix) { return true }
    return false
  }

  // MARK: everything

  /// `?` is a parameter of the engine that no client of PostgreSQL means.
  private func checkOperator(_ token: Token) throws(SQLError) {
    guard token.end - token.start == 1, text.bytes[Int(token.start)] == UInt8(ascii: "?") else { return }
    let previous = self.token(index - 1)
    switch previous.kind {
    case .identifier where previous.keyword.isReserved, .comma, .leftParenthesis, .operator, .leftBracket:
      throw text.syntaxError(at: index)
    default: break
    }
  }

  /// The lake's catalog database.
  private func checkHidden(_ at: Int) throws(SQLError) {
    let name = content(at)
    if token(at + 1).kind == .dot, token(at).kind != .identifier { try checkForeignSpelling(at, name) }
    if name.first == UInt8(ascii: "_"), name.hasFoldedPrefix("__ducklake") {
      throw .denied("permission denied for \(text.identifier(at))", at: position(at))
    }
  }

  /// `"PG_CATALOG"` names the engine's own schema, which the rewriter, being PostgreSQL, does not mean.
  private func checkForeignSpelling(_ at: Int, _ name: ArraySlice<UInt8>) throws(SQLError) {
    for schema in ["pg_catalog", "information_schema"]
    where name.count == schema.utf8.count && name.hasFoldedPrefix(schema) {
      if token(at).kind == .quotedIdentifier, name.elementsEqual(schema.utf8) { continue }
      throw SQLError("3F000", "schema \"\(text.identifier(at))\" does not exist", position: position(at))
    }
  }

  // MARK: bytes

  /// The name's bytes without its quotes; escapes resolved if there are any.
  private func content(_ at: Int) -> ArraySlice<UInt8> {
    let token = token(at)
    switch token.kind {
    case .quotedIdentifier: return text.bytes[Int(token.start + 1)..<Int(token.end - 1)]
    case .unicodeIdentifier: return Array(text.identifier(at).utf8)[...]
    default: return text.bytes[Int(token.start)..<Int(token.end)]
    }
  }

  private func position(_ at: Int) -> Int { Int(token(at).start) }

  // MARK: refusals

  private func stringAsTable(_ at: Int) -> SQLError {
    if token(at).kind == .parameter { return text.syntaxError(at: at) }
    return .denied(
      "files can't be read as tables", hint: "Load the data with COPY … FROM STDIN.", at: position(at))
  }

  private func fileAsTable(_ first: Int, _ last: Int) -> SQLError {
    .denied(
      "files can't be read as tables: \(text.text(text.byteRange(of: first..<(last + 1))))",
      hint: "Load the data with COPY … FROM STDIN.", at: position(first))
  }

  private func deniedFunction(_ at: Int) -> SQLError {
    .denied("permission denied for function \(text.identifier(at))", at: position(at))
  }
}
