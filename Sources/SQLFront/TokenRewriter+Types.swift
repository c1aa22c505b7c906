/// Types that DuckDB lacks, or means otherwise.
extension TokenRewriter {
  /// The index after the type that starts here.
  func typeEnd(_ start: Int) -> Int {
    var at = start
    guard kind(at).isIdentifier else { return start }
    while kind(at + 1) == .dot, kind(at + 2).isIdentifier { at += 2 }
    let word = keyword(at)
    at += 1
    switch word {
    case .double where keyword(at) == .precision: at += 1
    case .character, .char, .nchar, .bit:
      if keyword(at) == .varying { at += 1 }
    case .national:
      at += 1
      if keyword(at) == .varying { at += 1 }
    default: break
    }
    if kind(at) == .leftParenthesis { at = after(at) }
    if word == .timestamp || word == .time, keyword(at) == .with || keyword(at) == .without,
      keyword(at + 1) == .time, keyword(at + 2) == .zone
    {
      at += 3
    }
    while true {
      if kind(at) == .leftBracket {
        at = after(at)
      } else if keyword(at) == .array {
        at += 1
      } else {
        return min(at, range.upperBound)
      }
    }
  }

  /// Rewrites the types in a range. In definitions of columns a length of an array says nothing, as in PostgreSQL.
  mutating func rewriteType(_ range: Range<Int>, isDefinition: Bool) throws(SQLError) {
    var at = range.lowerBound
    while at < range.upperBound {
      let token = source.tokens[at]
      if token.kind.isIdentifier, kind(at + 1) == .dot, source.identifier(at) == "pg_catalog" {
        edits.delete(at..<(at + 2))
        at += 2
        continue
      }
      if token.kind == .leftBracket, isDefinition, kind(at + 1) == .integer {
        edits.delete(at + 1)
        at += 2
        continue
      }
      if token.keyword == .array, kind(at + 1) != .leftBracket {
        edits.replace(at, with: "[]")
      } else if token.keyword == .array {
        edits.delete(at)
      } else if token.kind == .identifier, token.keyword != .notAKeyword {
        rewriteTypeName(at)
      } else if token.needsTranslation {
        try translate(at)
      }
      at += 1
    }
  }

  private mutating func rewriteTypeName(_ at: Int) {
    let hasArguments = kind(at + 1) == .leftParenthesis
    switch keyword(at) {
    case .numeric, .decimal, .dec:
      if !hasArguments { edits.replace(at, with: "DECIMAL(38,\(literalScale(ofType: at) ?? 10))") }
    case .float:
      if hasArguments {
        let digits = Int(source.text(of: at + 2)) ?? 53
        edits.replace(
          bytes: source.byteRange(of: at..<after(at + 1)), with: digits <= 24 ? "REAL" : "DOUBLE")
      } else {
        edits.replace(at, with: "DOUBLE")
      }
    case .timestamp, .timestamptz, .time, .timetz, .interval:
      if hasArguments { edits.delete((at + 1)..<after(at + 1)) }
    case .jsonb: edits.replace(at, with: "JSON")
    case .oid: edits.replace(at, with: "UINTEGER")
    case .name, .citext, .unknown, .xml: edits.replace(at, with: "VARCHAR")
    case .money: edits.replace(at, with: "DECIMAL(19,2)")
    case .varbit: edits.replace(at, with: "BIT")
    case .varying where keyword(at - 1) == .bit: edits.delete(at)
    case .nchar, .national: edits.replace(at, with: keyword(at) == .nchar ? "VARCHAR" : "")
    case .bpchar, .char, .character, .varchar: break
    default: break
    }
  }

  /// `CAST(x AS type)`.
  mutating func castCall() throws(SQLError) {
    guard kind(index + 1) == .leftParenthesis else { return }
    let end = after(index + 1) - 1
    guard let word = wordAtLevel(.as, index + 2, end) else { return }
    try rewriteType((word + 1)..<end, isDefinition: false)
    if word == index + 3, kind(index + 2) == .string {
      try castLiteral(index + 2, type: (word + 1)..<end)
      try arrayLiteral(index + 2, type: (word + 1)..<end)
    }
  }

  /// The last such word between two tokens, groups skipped.
  func wordAtLevel(_ word: Keyword, _ start: Int, _ end: Int) -> Int? {
    var at = start
    var found: Int?
    while at < end {
      if keyword(at) == word, kind(at - 1) != .dot { found = at }
      at = after(at)
    }
    return found
  }

  /// `numeric '1.5'`, `jsonb '{}'`.
  mutating func typedLiteral(_ at: Int) {
    switch keyword(at) {
    case .numeric, .decimal, .dec, .float, .jsonb, .name, .citext, .money, .unknown, .varbit:
      rewriteTypeName(at)
    default: break
    }
  }

  // MARK: arrays

  /// `'{1,2}'::int[]`: the text of an array becomes a list.
  mutating func stringBeforeCast() throws(SQLError) {
    guard kind(index + 1) == .doubleColon else { return }
    let end = typeEnd(index + 2)
    try castLiteral(index, type: (index + 2)..<end)
    try arrayLiteral(index, type: (index + 2)..<end)
  }

  /// `'\x00ff'::bytea` as DuckDB writes it: `\x` before every byte.
  private mutating func byteaLiteral(_ at: Int) throws(SQLError) {
    let digits = try source.stringContent(at)
    guard digits.count % 2 == 0, digits.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]) else { return }
    let text = String(decoding: digits.dropFirst(2), as: UTF8.self)
    guard text.allSatisfy(\.isHexDigit) else { return }
    var literal = "'"
    for (position, digit) in text.enumerated() {
      if position % 2 == 0 { literal += "\\x" }
      literal.append(digit)
    }
    edits.replace(at, with: literal + "'")
  }

  private mutating func arrayLiteral(_ at: Int, type: Range<Int>) throws(SQLError) {
    if type.count == 1, keyword(type.lowerBound) == .bytea { return try byteaLiteral(at) }
    guard let last = type.last, kind(last) == .rightBracket || keyword(last) == .array else { return }
    let text = try source.stringContent(at)
    guard let list = ArrayText.list(text) else { return }
    edits.replace(at, with: list)
  }

  /// `x = ANY ('{a,b}')` is `x IN ('a', 'b')`: so each element takes the type of `x`, as in PostgreSQL.
  mutating func quantified() throws(SQLError) {
    if anyOfColumn() { return }
    guard kind(index + 1) == .leftParenthesis, kind(index - 1) == .operator, after(index + 1) == index + 4
    else {
      return
    }
    let text: [UInt8]
    switch kind(index + 2) {
    case .string, .escapeString, .dollarString: text = try source.stringContent(index + 2)
    case .parameter:
      let number = Int(source.text(of: index + 2).dropFirst()) ?? 0
      if case .types(let types) = parameters, types[number] == nil {
        // The engine finds no type for the list, but it does for an element.
        edits.replace(index, with: "")
      }
      guard case .literals(let literals) = parameters, let literal = literals[number],
        let content = ArrayText.unquoted(literal)
      else { return }
      text = content
    default: return
    }
    guard let elements = ArrayText.flatElements(text) else { return }
    let isAny = keyword(index) != .all
    let isEquality = isOperator(index - 1, "=") && isAny
    let isInequality = (isOperator(index - 1, "<>") || isOperator(index - 1, "!=")) && !isAny
    if isEquality || isInequality {
      edits.replace(
        bytes: Int(token(index - 1).start)..<Int(token(index).end), with: isEquality ? " IN " : " NOT IN ")
      let list = elements.isEmpty ? "SELECT NULL WHERE FALSE" : elements.joined(separator: ", ")
      edits.replace(index + 2, with: list)
    } else if let list = ArrayText.list(text) {
      edits.replace(index + 2, with: list)
    }
    // The bracket, the literal and the closing bracket are done.
    index += 3
  }

  /// `x = ANY (t.list)` is `x @= (t.list)`, an operator of the server's catalogs: DuckDB makes a subquery of the
  /// former, which it refuses in the condition of an outer join.
  private mutating func anyOfColumn() -> Bool {
    guard keyword(index) == .any, isOperator(index - 1, "="), kind(index + 1) == .leftParenthesis else {
      return false
    }
    let end = after(index + 1) - 1
    guard (index + 2..<end).allSatisfy({ kind($0).isIdentifier || kind($0) == .dot }), end > index + 2 else {
      return false
    }
    edits.replace(bytes: Int(token(index - 1).start)..<Int(token(index).end), with: "@= ")
    return true
  }
}
