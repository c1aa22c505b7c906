/// Cursors, prepared statements, EXPLAIN.
extension StatementParser {
  mutating func declareStatement() throws(SQLError) -> Statement {
    let cursor = try name()
    var isBinary = false
    var isInsensitive = false
    var scroll: Bool?
    while !accept(.cursor) {
      if accept(.binary) {
        isBinary = true
      } else if accept(.insensitive) {
        isInsensitive = true
      } else if accept(.asensitive) {
        isInsensitive = false
      } else if accept(.scroll) {
        scroll = true
      } else if accept(.no, .scroll) {
        scroll = false
      } else {
        throw syntaxError()
      }
    }
    var withHold = false
    if accept(.with, .hold) {
      withHold = true
    } else {
      _ = accept(.without, .hold)
    }
    try expect(.for)
    let query = try inner()
    return .declareCursor(
      DeclareCursor(
        name: cursor, isBinary: isBinary, scroll: scroll, withHold: withHold, isInsensitive: isInsensitive,
        query: query))
  }

  /// The statement that the rest of the tokens make.
  mutating func inner() throws(SQLError) -> ParsedStatement {
    guard index < end else { throw syntaxError() }
    let range = index..<end
    index = end
    return try Self.parse(source, range, depth: depth + 1)
  }

  mutating func fetchStatement(isMove: Bool) throws(SQLError) -> Statement {
    var direction = FetchStatement.Direction.forward(1)
    let named = index + 1 == end && kind.isIdentifier
    if !named { direction = try fetchDirection() }
    if !accept(.from) { _ = accept(.in) }
    let cursor = try name()
    try expectEnd()
    return .fetch(FetchStatement(isMove: isMove, direction: direction, cursor: cursor))
  }

  private mutating func fetchDirection() throws(SQLError) -> FetchStatement.Direction {
    let start = index
    let word = keyword
    if kind == .integer || kind == .operator { return .forward(try signedInteger()) }
    index += 1
    switch word {
    case .next: return .forward(1)
    case .prior: return .forward(-1)
    case .first: return .first
    case .last: return .last
    case .absolute: return .absolute(try signedInteger())
    case .relative: return .relative(try signedInteger())
    case .all: return .forwardAll
    case .forward, .backward:
      let sign = word == .forward ? 1 : -1
      if accept(.all) { return sign > 0 ? .forwardAll : .backwardAll }
      if kind == .integer || kind == .operator { return .forward(sign * (try signedInteger())) }
      return .forward(sign)
    case .from, .in:
      index = start
      return .forward(1)
    default:
      index = start
      return .forward(1)
    }
  }

  private mutating func signedInteger() throws(SQLError) -> Int {
    let negative = acceptOperator("-")
    if !negative { _ = acceptOperator("+") }
    guard kind == .integer, let value = Int32(source.text(of: index)) else { throw syntaxError() }
    index += 1
    return negative ? -Int(value) : Int(value)
  }

  mutating func prepareStatement() throws(SQLError) -> Statement {
    let at = position
    if keyword == .transaction, token(1).kind.isString {
      return .refused(.unsupported("PREPARE TRANSACTION is not supported", at: at))
    }
    let statementName = try name()
    var types: [String] = []
    if kind == .leftParenthesis {
      let inside = try skipGroup()
      types = expressions(inside)
    }
    try expect(.as)
    let statement = try inner()
    return .prepare(PrepareStatement(name: statementName, types: types, statement: statement))
  }

  mutating func executeStatement() throws(SQLError) -> Statement {
    let statementName = try name()
    var arguments: [String] = []
    if kind == .leftParenthesis { arguments = expressions(try skipGroup()).map { "SELECT " + $0 } }
    try expectEnd()
    return .execute(ExecuteStatement(name: statementName, arguments: arguments))
  }

  /// The texts between the commas of a group.
  func expressions(_ range: Range<Int>) -> [String] {
    var parser = StatementParser(source, range, depth: depth)
    var result: [String] = []
    while !parser.atEnd {
      result.append(text(parser.skip { $0.kind == .comma }))
      _ = parser.accept(.comma)
    }
    return result
  }

  mutating func explainStatement() throws(SQLError) -> Statement {
    var result: (analyze: Bool, verbose: Bool, format: ExplainStatement.Format) = (false, false, .text)
    if kind == .leftParenthesis, !startsQuery(1) {
      var options = StatementParser(source, try skipGroup(), depth: depth)
      while !options.atEnd {
        let option = try options.identifier()
        let value = options.atEnd || options.kind == .comma ? nil : try options.optionText()
        switch option {
        case "analyze", "analyse": result.analyze = try Self.boolean(value, option)
        case "verbose": result.verbose = try Self.boolean(value, option)
        case "format":
          guard let format = ExplainStatement.Format(rawValue: lowercased(value ?? "")) else {
            throw SQLError("22023", "unrecognized value for EXPLAIN option \"format\": \"\(value ?? "")\"")
          }
          result.format = format
        case "costs", "buffers", "timing", "wal", "settings", "summary", "generic_plan", "memory",
          "serialize":
          break
        default: throw .syntax("unrecognized EXPLAIN option \"\(option)\"", at: position)
        }
        if !options.atEnd { try options.expect(.comma) }
      }
    } else {
      while keyword == .analyze || keyword == .analyse || keyword == .verbose {
        if keyword == .verbose { result.verbose = true } else { result.analyze = true }
        index += 1
      }
    }
    let statement = try inner()
    if case .explain = statement.statement { throw source.syntaxError(at: statement.tokens.lowerBound) }
    return .explain(
      ExplainStatement(
        analyze: result.analyze, verbose: result.verbose, format: result.format, statement: statement))
  }

  private func startsQuery(_ distance: Int) -> Bool {
    var ahead = distance
    while token(ahead).kind == .leftParenthesis { ahead += 1 }
    switch keyword(ahead) {
    case .select, .values, .with, .table, .from, .pivot, .unpivot: return true
    default: return false
    }
  }

  /// The value of an option: a word, a string, or a number with its sign.
  mutating func optionText() throws(SQLError) -> String {
    if kind.isString { return try string() }
    if kind.isIdentifier { return try identifier() }
    let negative = acceptOperator("-")
    if !negative { _ = acceptOperator("+") }
    guard kind == .integer || kind == .decimal else { throw syntaxError() }
    index += 1
    return (negative ? "-" : "") + source.text(of: index - 1)
  }

  static func boolean(_ value: String?, _ option: String) throws(SQLError) -> Bool {
    switch lowercased(value ?? "true") {
    case "true", "on", "1": return true
    case "false", "off", "0": return false
    default: throw .syntax("\(option) requires a Boolean value", at: nil)
    }
  }
}
