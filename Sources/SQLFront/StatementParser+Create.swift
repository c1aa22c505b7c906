/// CREATE, but for tables.
extension StatementParser {
  mutating func createStatement() throws(SQLError) -> Statement {
    let at = position
    let orReplace = accept(.or, .replace)
    var isTemporary = false
    let modifiers = index
    while true {
      if accept(.temp) || accept(.temporary) {
        isTemporary = true
      } else if !(accept(.unlogged) || accept(.global) || accept(.local) || accept(.persistent)) {
        break
      }
    }
    let word = keyword
    if !atEnd { index += 1 }
    switch word {
    case .table:
      return try createTable(modifiers: modifiers, orReplace: orReplace, isTemporary: isTemporary)
    case .view: return try createView(orReplace: orReplace, isTemporary: isTemporary)
    case .recursive where keyword == .view:
      return .refused(.unsupported("CREATE RECURSIVE VIEW is not supported", at: at))
    case .macro, .function: return try createFunction(word, orReplace: orReplace, isTemporary: isTemporary)
    case .schema: return try createSchema()
    case .index: return try createIndex(isUnique: false)
    case .unique:
      try expect(.index)
      return try createIndex(isUnique: true)
    case .role, .group: return try roleStatement(.create, isUser: false)
    case .user where keyword == .mapping: break
    case .user: return try roleStatement(.create, isUser: true)
    case .materialized:
      return .refused(
        .unsupported("materialized views are not supported yet", hint: "Use CREATE TABLE AS.", at: at))
    case .secret, .server:
      return .refused(.denied("CREATE \(uppercased(word.name)) is not allowed", at: at))
    case .sequence:
      return .refused(
        .unsupported(
          "sequences are not supported", hint: "Use UUID keys, or assign numbers while loading.", at: at))
    case .type, .domain:
      return .refused(
        .unsupported("user-defined types are not supported", hint: "Use the base type.", at: at))
    case .persistent, .notAKeyword: throw syntaxError()
    default: break
    }
    return .refused(.unsupported("CREATE \(uppercased(word.name)) is not supported", at: at))
  }

  private mutating func createView(orReplace: Bool, isTemporary: Bool) throws(SQLError) -> Statement {
    let ifNotExists = try acceptIfNotExists()
    var view = CreateView(
      name: try qualifiedName(), orReplace: orReplace, ifNotExists: ifNotExists, isTemporary: isTemporary,
      columns: [])
    if kind == .leftParenthesis { view.columns = try parenthesizedNames() }
    if keyword == .with {
      let from = index
      index += 1
      _ = try skipGroup()
      view.removals.append(from..<index)
    }
    try expect(.as)
    if atEnd { throw syntaxError() }
    // WITH [CASCADED | LOCAL] CHECK OPTION at the end.
    if keyword(end - 2 - index) == .check, keyword(end - 1 - index) == .option {
      var from = end - 3
      if source.tokens[from].keyword == .cascaded || source.tokens[from].keyword == .local { from -= 1 }
      if source.tokens[from].keyword == .with { view.removals.append(from..<end) }
    }
    return .createView(view)
  }

  mutating func acceptIfNotExists() throws(SQLError) -> Bool {
    guard keyword == .if, keyword(1) == .not else { return false }
    index += 2
    try expect(.exists)
    return true
  }

  private mutating func createFunction(
    _ word: Keyword, orReplace: Bool, isTemporary: Bool
  ) throws(SQLError) -> Statement {
    let at = position
    let ifNotExists = try acceptIfNotExists()
    let name = try qualifiedName()
    _ = try skipGroup()
    guard keyword == .as, !token(1).kind.isString else {
      return .refused(
        .unsupported(
          "functions in other languages than SQL are not supported",
          hint: "CREATE MACRO name(parameters) AS expression defines one.", at: at))
    }
    return .createFunction(
      CreateFunction(
        name: name, orReplace: orReplace, ifNotExists: ifNotExists, isTemporary: isTemporary))
  }

  private mutating func createSchema() throws(SQLError) -> Statement {
    let ifNotExists = try acceptIfNotExists()
    var name: String?
    var owner: String?
    if keyword != .authorization {
      let qualified = try qualifiedName()
      name = qualified.name
    }
    if accept(.authorization) { owner = try identifier() }
    guard let name = name ?? owner else { throw syntaxError() }
    if !atEnd { return .refused(.unsupported("CREATE SCHEMA with elements is not supported", at: position)) }
    return .createSchema(CreateSchema(name: name, ifNotExists: ifNotExists, owner: owner))
  }

  private mutating func createIndex(isUnique: Bool) throws(SQLError) -> Statement {
    _ = accept(.concurrently)
    let ifNotExists = try acceptIfNotExists()
    let name = keyword == .on ? nil : try qualifiedName().name
    try expect(.on)
    _ = accept(.only)
    var made = CreateIndex(
      name: name, table: try qualifiedName(), isUnique: isUnique, ifNotExists: ifNotExists, method: "btree",
      keys: [], included: [], predicate: nil)
    if accept(.using) { made.method = try identifier() }
    guard kind == .leftParenthesis else { throw syntaxError() }
    made.keys = expressions(try skipGroup())
    if accept(.include) { made.included = try parenthesizedNames() }
    if accept(.nulls) {
      _ = accept(.not)
      try expect(.distinct)
    }
    if accept(.with) { _ = try skipGroup() }
    if accept(.tablespace) { _ = try identifier() }
    if accept(.where) {
      made.predicate = text(index..<end)
      index = end
    }
    try expectEnd()
    return .createIndex(made)
  }

  mutating func truncateStatement() throws(SQLError) -> Statement {
    _ = accept(.table)
    var result = TruncateStatement(tables: [], restartIdentity: false, cascade: false)
    repeat {
      _ = accept(.only)
      let from = index
      result.tables.append(try qualifiedName())
      result.nameTokens.append(from..<index)
      _ = acceptOperator("*")
    } while accept(.comma)
    if accept(.restart) {
      try expect(.identity)
      result.restartIdentity = true
    } else if accept(.continue) {
      try expect(.identity)
    }
    if accept(.cascade) { result.cascade = true } else { _ = accept(.restrict) }
    try expectEnd()
    return .truncate(result)
  }

  mutating func dropStatement() throws(SQLError) -> Statement {
    let at = position
    let word = keyword
    if atEnd { throw syntaxError() }
    index += 1
    switch word {
    case .role, .group: return try roleStatement(.drop, isUser: false)
    case .user where keyword != .mapping: return try roleStatement(.drop, isUser: true)
    case .table, .view, .schema, .index, .sequence, .type, .domain, .function, .macro, .procedure, .routine,
      .aggregate, .materialized:
      break
    case .secret, .server: return .refused(.denied("DROP \(uppercased(word.name)) is not allowed", at: at))
    case .notAKeyword: throw syntaxError()
    default: return .refused(.unsupported("DROP \(uppercased(word.name)) is not supported", at: at))
    }
    var objectKind = word.name
    if word == .materialized {
      try expect(.view)
      objectKind = "materialized view"
    }
    if word == .macro || word == .function { _ = accept(.table) }
    _ = accept(.concurrently)
    let ifExists = accept(.if, .exists)
    var drop = DropStatement(objectKind: objectKind, names: [], ifExists: ifExists, cascade: false)
    repeat {
      let from = index
      drop.names.append(try qualifiedName())
      drop.nameTokens.append(from..<index)
      if kind == .leftParenthesis { _ = try skipGroup() }
    } while accept(.comma)
    if accept(.cascade) { drop.cascade = true } else { _ = accept(.restrict) }
    try expectEnd()
    return .drop(drop)
  }
}
