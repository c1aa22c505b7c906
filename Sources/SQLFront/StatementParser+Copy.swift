/// COPY, in PostgreSQL's three syntaxes.
extension StatementParser {
  mutating func copyStatement() throws(SQLError) -> Statement {
    let at = position
    var options = CopyOptions()
    var given = CopyGiven()
    if accept(.binary) { options.format = .binary }
    let source: CopyStatement.Source
    if kind == .leftParenthesis {
      let inside = try skipGroup()
      guard !inside.isEmpty else { throw syntaxError() }
      source = .query(try Self.parse(self.source, inside, depth: depth + 1))
    } else {
      let name = try qualifiedName()
      source = .table(name, columns: kind == .leftParenthesis ? try parenthesizedNames() : [])
    }
    let direction: CopyStatement.Direction
    if accept(.from) {
      direction = .fromClient
      if case .query = source { throw syntaxError() }
    } else {
      try expect(.to)
      direction = .toClient
    }
    if let refusal = try copyEndpoint(direction, at) { return .refused(refusal) }
    if accept(.using) {
      try expect(.delimiters)
      options.delimiter = try oneByte(try string(), "delimiter")
      given.delimiter = true
    }
    _ = accept(.with)
    if kind == .leftParenthesis {
      var list = StatementParser(self.source, try skipGroup(), depth: depth)
      while !list.atEnd {
        try list.newOption(&options, &given)
        if !list.atEnd { try list.expect(.comma) }
      }
    } else {
      while !atEnd, keyword != .where { try oldOption(&options, &given) }
    }
    if keyword == .where {
      return .refused(.unsupported("COPY FROM … WHERE is not supported", at: position))
    }
    try expectEnd()
    try finish(&options, given, direction)
    if case .query(let query) = source {
      guard case .query = query.statement, !query.facts.modifiesDataInWith else {
        return .refused(.unsupported("COPY of a statement that changes data is not supported", at: at))
      }
    }
    return .copy(CopyStatement(source: source, direction: direction, options: options))
  }

  /// Takes STDIN or STDOUT; anything else is the server's file system.
  private mutating func copyEndpoint(
    _ direction: CopyStatement.Direction, _ at: Int
  ) throws(SQLError) -> SQLError? {
    if accept(.stdin) || accept(.stdout) { return nil }
    let hint =
      "Anyone can COPY to stdout or from stdin. psql's \\copy command also works for anyone."
    if accept(.program) {
      return .denied("COPY to or from an external program is not allowed", hint: hint, at: at)
    }
    guard kind.isString || kind == .parameter else { throw syntaxError() }
    if direction == .fromClient {
      return .denied("COPY from a file is not allowed", hint: hint, at: at)
    }
    return .denied("COPY to a file is not allowed", hint: hint, at: at)
  }

  private mutating func oldOption(_ options: inout CopyOptions, _ given: inout CopyGiven) throws(SQLError) {
    switch keyword {
    case .binary:
      index += 1
      options.format = .binary
    case .freeze:
      index += 1
      options.freeze = true
    case .csv:
      index += 1
      options.format = .csv
    case .header:
      index += 1
      options.header = .on
    case .delimiter:
      index += 1
      _ = accept(.as)
      options.delimiter = try oneByte(try string(), "delimiter")
      given.delimiter = true
    case .null:
      index += 1
      _ = accept(.as)
      options.null = try string()
      given.null = true
    case .quote:
      index += 1
      _ = accept(.as)
      options.quote = try oneByte(try string(), "quote")
      given.quote = true
    case .escape:
      index += 1
      _ = accept(.as)
      options.escape = try oneByte(try string(), "escape")
      given.escape = true
    case .encoding:
      index += 1
      options.encoding = try string()
    case .force:
      index += 1
      if accept(.quote) {
        options.forceQuote = acceptOperator("*") ? .all : .some(try nameList())
      } else if accept(.not, .null) {
        options.forceNotNull = .some(try nameList())
      } else {
        try expect(.null)
        options.forceNull = .some(try nameList())
      }
    default: throw syntaxError()
    }
  }

  private mutating func newOption(_ options: inout CopyOptions, _ given: inout CopyGiven) throws(SQLError) {
    let at = position
    let option = try identifier()
    switch option {
    case "format":
      let value = try optionText()
      guard let format = CopyOptions.Format(rawValue: lowercased(value)) else {
        throw SQLError("22023", "COPY format \"\(value)\" not recognized", position: at)
      }
      options.format = format
    case "delimiter":
      options.delimiter = try oneByte(try optionText(), option)
      given.delimiter = true
    case "null":
      options.null = try optionText()
      given.null = true
    case "header":
      let value = atEnd || kind == .comma ? nil : try optionText()
      if let value, lowercased(value) == "match" {
        options.header = .match
      } else {
        options.header = try Self.boolean(value, "header") ? .on : .off
      }
    case "quote":
      options.quote = try oneByte(try optionText(), option)
      given.quote = true
    case "escape":
      options.escape = try oneByte(try optionText(), option)
      given.escape = true
    case "freeze": options.freeze = try Self.boolean(atEnd || kind == .comma ? nil : try optionText(), option)
    case "force_quote": options.forceQuote = try columnsOrAll()
    case "force_not_null": options.forceNotNull = try columnsOrAll()
    case "force_null": options.forceNull = try columnsOrAll()
    case "encoding": options.encoding = try optionText()
    case "default": options.defaultMarker = try optionText()
    case "on_error":
      let value = lowercased(try optionText())
      guard value == "ignore" || value == "stop" else {
        throw SQLError("22023", "COPY ON_ERROR \"\(value)\" not recognized", position: at)
      }
      options.onError = value == "ignore" ? .ignore : .stop
    case "log_verbosity": _ = try optionText()
    default: throw .syntax("option \"\(option)\" not recognized", at: at)
    }
  }

  private mutating func columnsOrAll() throws(SQLError) -> CopyOptions.Columns {
    acceptOperator("*") ? .all : .some(try parenthesizedNames())
  }

  private func oneByte(_ text: String, _ option: String) throws(SQLError) -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first else {
      throw .unsupported("COPY \(option) must be a single one-byte character", at: position)
    }
    return byte
  }

  /// Fills in the defaults of the format and refuses what does not go together, as PostgreSQL does.
  private func finish(
    _ options: inout CopyOptions, _ given: CopyGiven, _ direction: CopyStatement.Direction
  ) throws(SQLError) {
    let isCSV = options.format == .csv
    if isCSV {
      if !given.delimiter { options.delimiter = UInt8(ascii: ",") }
      if !given.null { options.null = "" }
      if !given.escape { options.escape = options.quote }
    }
    if options.format == .binary {
      if given.delimiter { throw .syntax("cannot specify DELIMITER in BINARY mode", at: nil) }
      if given.null { throw .syntax("cannot specify NULL in BINARY mode", at: nil) }
      if options.header != .off { throw .unsupported("cannot specify HEADER in BINARY mode") }
      if options.defaultMarker != nil { throw .syntax("cannot specify DEFAULT in BINARY mode", at: nil) }
    }
    if !isCSV {
      if given.quote { throw .unsupported("COPY quote available only in CSV mode") }
      if given.escape { throw .unsupported("COPY escape available only in CSV mode") }
      if options.forceQuote != .some([]) { throw .unsupported("COPY force quote available only in CSV mode") }
      if options.forceNotNull != .some([]) {
        throw .unsupported("COPY force not null available only in CSV mode")
      }
      if options.forceNull != .some([]) { throw .unsupported("COPY force null available only in CSV mode") }
    }
    if options.delimiter == 0x0A || options.delimiter == 0x0D {
      throw SQLError("22023", "COPY delimiter cannot be newline or carriage return")
    }
    if options.null.utf8.contains(where: \.isNewline) {
      throw SQLError("22023", "COPY null representation cannot use newline or carriage return")
    }
    if isCSV, options.delimiter == options.quote {
      throw SQLError("22023", "COPY delimiter and quote must be different")
    }
    if direction == .toClient {
      if options.forceNotNull != .some([]) || options.forceNull != .some([]) {
        throw .unsupported("COPY force null only available using COPY FROM")
      }
    } else if options.forceQuote != .some([]) {
      throw .unsupported("COPY force quote only available using COPY TO")
    }
  }
}

/// Which options were spelled out.
struct CopyGiven {
  var delimiter = false
  var null = false
  var quote = false
  var escape = false
}
