/// Collects the edits that turn PostgreSQL's tokens into DuckDB's. One pass with a stack of brackets; no recursion
/// but the bounded one of `columnName`.
struct TokenRewriter {
  /// A bracket level.
  struct Frame {
    var isFromList = false
    /// A table comes next.
    var expectsTable = false
    /// First token of the current item of a select list, −1 outside one.
    var item = -1
  }

  let source: LexedText
  let range: Range<Int>
  let parameters: Rewriter.Parameters
  /// Whether select lists get PostgreSQL's column names.
  let namesColumns: Bool
  var edits: EditList
  private var frames: [Frame] = [Frame()]
  var index: Int

  init(_ source: LexedText, _ range: Range<Int>, _ parameters: Rewriter.Parameters, namesColumns: Bool = true)
  {
    self.source = source
    self.range = range
    self.parameters = parameters
    self.namesColumns = namesColumns
    edits = EditList(source)
    index = range.lowerBound
  }

  // MARK: looking

  func token(_ at: Int) -> Token {
    at >= range.lowerBound && at < range.upperBound
      ? source.tokens[at] : source.tokens[source.tokens.count - 1]
  }

  func kind(_ at: Int) -> TokenKind { token(at).kind }

  func keyword(_ at: Int) -> Keyword { token(at).keyword }

  func isOperator(_ at: Int, _ text: StaticString) -> Bool {
    kind(at) == .operator && source.token(at, is: text)
  }

  /// The index after the group that opens here, or after the token.
  func after(_ at: Int) -> Int {
    let partner = Int(token(at).partner)
    return partner > at && partner < range.upperBound ? partner + 1 : at + 1
  }

  /// Whether an expression may end with this token.
  func endsOperand(_ at: Int) -> Bool {
    guard at >= range.lowerBound else { return false }
    let token = token(at)
    switch token.kind {
    case .identifier:
      switch token.keyword {
      case .end, .null, .true, .false, .default: return true
      case .like, .ilike, .glob, .is, .similar, .between, .escape: return kind(at - 1) == .dot
      default: return !token.keyword.isReserved || kind(at - 1) == .dot
      }
    case .quotedIdentifier, .unicodeIdentifier, .string, .escapeString, .unicodeString, .nationalString,
      .bitString, .hexString, .dollarString, .integer, .radixInteger, .decimal, .parameter,
      .rightParenthesis, .rightBracket, .rightBrace:
      return true
    case .operator: return isOperator(at, "*") && !(kind(at - 1) != .dot && endsOperand(at - 1))
    default: return false
    }
  }

  // MARK: the pass

  private var top: Frame {
    get { frames[frames.count - 1] }
    set { frames[frames.count - 1] = newValue }
  }

  mutating func run() throws(SQLError) {
    translateGaps()
    while index < range.upperBound {
      let token = source.tokens[index]
      switch token.kind {
      case .identifier: try identifier(token)
      case .quotedIdentifier, .unicodeIdentifier: try name(token)
      case .leftParenthesis, .leftBracket, .leftBrace:
        var frame = Frame()
        frame.isFromList = top.expectsTable && token.kind == .leftParenthesis
        frame.expectsTable = frame.isFromList
        top.expectsTable = false
        frames.append(frame)
        index += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        finishItem(at: index)
        if frames.count > 1 { frames.removeLast() }
        index += 1
      case .comma:
        if top.item >= 0 {
          finishItem(at: index)
          top.item = index + 1
        }
        top.expectsTable = top.isFromList
        index += 1
      case .operator:
        try operatorToken()
      case .doubleColon:
        index += 1
        let end = typeEnd(index)
        try rewriteType(index..<end, isDefinition: false)
        index = end
      case .parameter: try parameter()
      default:
        if token.needsTranslation {
          try translate(index)
        } else if token.kind == .string {
          try stringBeforeCast()
        }
        if token.kind.isString { likePattern() }
        index += 1
      }
    }
    finishItem(at: range.upperBound)
  }

  private mutating func identifier(_ token: Token) throws(SQLError) {
    if engineKeyword(token) { return }
    if token.keyword == .notAKeyword { return try name(token) }
    if kind(index - 1) == .dot { return try name(token) }
    if try keyword(token) { return }
    try name(token)
  }

  /// Words that open or close a clause, or that DuckDB wants otherwise. False: it is a name.
  private mutating func keyword(_ token: Token) throws(SQLError) -> Bool {
    switch token.keyword {
    case .select:
      top = Frame()
      index += 1
      if keyword(index) == .distinct || keyword(index) == .all {
        index += 1
        if keyword(index) == .on, kind(index + 1) == .leftParenthesis {
          // The group's own tokens are rewritten like any others; the list starts after it.
          top.item = after(index + 1)
          return true
        }
      }
      top.item = index
      return true
    case .from:
      if isDistinctFrom { break }
      finishItem(at: index)
      top.isFromList = true
      top.expectsTable = true
    case .join:
      top.isFromList = true
      top.expectsTable = true
    case .group where keyword(index - 1) == .within: break
    case .into, .where, .group, .having, .qualify, .window, .order, .limit, .offset, .fetch, .union,
      .intersect, .except, .returning:
      finishItem(at: index)
      top.isFromList = false
      top.expectsTable = false
    case .values: valuesList()
    case .for: return try forClause()
    case .operator where kind(index + 1) == .leftParenthesis: return try operatorCall()
    case .collate: return collation()
    case .cast, .tryCast: try castCall()
    case .any, .some, .all: try quantified()
    case .overlaps: overlaps()
    case .similar: try similarTo()
    case .substring, .overlay: specialCall()
    case .extract: extraction()
    case .tablesample: sample()
    case .currentTimestamp, .currentTime, .localtimestamp, .localtime:
      if kind(index + 1) == .leftParenthesis { edits.delete((index + 1)..<after(index + 1)) }
      index += 1
      if kind(index) == .leftParenthesis { index = after(index) }
      return true
    case .currentUser, .sessionUser, .user, .currentRole, .currentCatalog, .currentSchema:
      // Functions without brackets, which DuckDB would look for among the columns first.
      if kind(index + 1) != .leftParenthesis, keyword(index - 1) != .as, !top.expectsTable {
        edits.insert("()", after: index)
      }
    case .overriding:
      guard keyword(index + 2) == .value else { return false }
      edits.delete(index..<(index + 3))
      index += 3
      return true
    default:
      if token.keyword.isReserved {
        top.expectsTable = top.expectsTable && (token.keyword == .only || token.keyword == .lateral)
        break
      }
      return false
    }
    index += 1
    return true
  }

  private var isDistinctFrom: Bool {
    keyword(index - 1) == .distinct
      && (keyword(index - 2) == .is || (keyword(index - 2) == .not && keyword(index - 3) == .is))
  }

  /// Gives the select item that ends before `end` its name.
  mutating func finishItem(at end: Int) {
    let start = top.item
    guard start >= 0 else { return }
    top.item = -1
    guard start < end else { return }
    expandSeries(start, end)
    guard namesColumns, let name = insertedName(start, end) else { return }
    edits.insert(" AS " + quoteIdentifier(name), after: end - 1)
  }

  // MARK: names

  /// Names that DuckDB takes for words of its own: `at`, which opens `AT TIME ZONE` and `AT (VERSION …)` too. And the
  /// hidden column `tableoid`, which the relations of the server's catalogs lack.
  private mutating func engineKeyword(_ token: Token) -> Bool {
    switch token.end - token.start {
    case 2 where lowercased(source.text(of: index)) == "at":
      let isZone = keyword(index + 1) == .time && keyword(index + 2) == .zone
      guard !isZone, kind(index + 1) != .leftParenthesis, kind(index - 1) != .dot else { return false }
      edits.replace(index, with: "\"at\"")
    case 8
    where kind(index - 1) == .dot && kind(index - 2).isIdentifier
      && lowercased(source.text(of: index)) == "tableoid":
      edits.replace(bytes: source.byteRange(of: (index - 2)..<(index + 1)), with: "CAST(0 AS BIGINT)")
    default: return false
    }
    index += 1
    return true
  }

  private mutating func name(_ token: Token) throws(SQLError) {
    let wasExpected = top.expectsTable
    top.expectsTable = false
    let first = index
    try stripQualifiers()
    let token = source.tokens[index]
    if token.needsTranslation { try translate(index) }
    if wasExpected { nameFunctionColumn(first) }
    if kind(index + 1).isString, token.keyword != .notAKeyword { typedLiteral(index) }
    if kind(index + 1) == .string { try typedTime(index) }
    if kind(index + 1) == .leftParenthesis { renameCall(index) }
    if kind(index + 1) == .leftParenthesis, isSeries(index) { seriesArguments(index) }
    index += 1
  }

  private mutating func parameter() throws(SQLError) {
    let number = Int(source.text(of: index).dropFirst()) ?? 0
    switch parameters {
    case .asWritten: break
    case .literals(let literals):
      guard let literal = literals[number] else {
        throw SQLError(
          "42P02", "there is no parameter $\(number)", position: Int(source.tokens[index].start))
      }
      edits.replace(index, with: isPlain(literal) ? literal : "(" + literal + ")")
    case .types(let types):
      if let type = types[number] { edits.replace(index, with: "($\(number)::\(type))") }
    }
    index += 1
  }

  /// A literal that needs no brackets whatever stands beside it.
  private func isPlain(_ literal: String) -> Bool {
    guard let first = literal.utf8.first else { return false }
    if first == UInt8(ascii: "'") {
      var quotes = 0
      for byte in literal.utf8 where byte == UInt8(ascii: "'") { quotes += 1 }
      return literal.utf8.last == UInt8(ascii: "'") && quotes % 2 == 0 && !literal.contains("'::")
    }
    return literal.utf8.allSatisfy { $0.isIdentifierPart || $0 == UInt8(ascii: ".") }
  }
}
