/// ALTER.
extension StatementParser {
  mutating func alterStatement() throws(SQLError) -> Statement {
    let at = position
    let word = keyword
    if atEnd { throw syntaxError() }
    index += 1
    var objectKind = word.name
    switch word {
    case .table, .view, .schema, .index, .sequence: break
    case .foreign:
      try expect(.table)
      objectKind = "foreign table"
    case .materialized:
      try expect(.view)
      objectKind = "materialized view"
    case .role, .group: return try roleStatement(.alter, isUser: false)
    case .user where keyword != .mapping: return try roleStatement(.alter, isUser: true)
    case .default where keyword == .privileges:
      index += 1
      _ = skip { $0.keyword == .grant || $0.keyword == .revoke }
      let isGrant = keyword == .grant
      if atEnd { throw syntaxError() }
      index += 1
      return try privilegeStatement(isGrant: isGrant, isDefault: true)
    case .database:
      return .refused(.unsupported("ALTER DATABASE is not supported", at: at))
    case .system: return .refused(.denied("ALTER SYSTEM is not allowed", at: at))
    case .notAKeyword: throw syntaxError()
    default: return .refused(.unsupported("ALTER \(uppercased(word.name)) is not supported", at: at))
    }
    let ifExists = accept(.if, .exists)
    _ = accept(.only)
    let from = index
    var result = AlterStatement(
      objectKind: objectKind, name: try qualifiedName(), ifExists: ifExists, actions: [])
    result.nameTokens = from..<index
    _ = acceptOperator("*")
    if atEnd { throw syntaxError() }
    repeat {
      let range = skip { $0.kind == .comma }
      guard !range.isEmpty else { throw syntaxError() }
      var parser = StatementParser(source, range, depth: depth)
      result.actions.append(try parser.alterAction(&result.removals, &result.typeTokens))
      result.actionTokens.append(range)
    } while accept(.comma)
    return .alter(result)
  }

  private mutating func alterAction(_ removals: inout [Range<Int>], _ types: inout [Range<Int>])
    throws(SQLError) -> AlterStatement.Action
  {
    let word = keyword
    let at = position
    index += 1
    switch word {
    case .add: return try addAction(&removals, &types)
    case .drop: return try dropAction(&removals)
    case .alter: return try alterColumn(&removals, &types)
    case .rename: return try renameAction()
    case .owner:
      try expect(.to)
      let owner = try identifier()
      try expectEnd()
      return .ownerTo(owner)
    case .set:
      if accept(.schema) { return .setSchema(try identifier()) }
      if keyword == .partitioned || keyword == .sorted { return .engine }
      return .ignored("SET " + text(index..<end))
    case .reset:
      if keyword == .partitioned || keyword == .sorted { return .engine }
      return .ignored("RESET " + text(index..<end))
    case .validate:
      try expect(.constraint)
      return .validateConstraint(try identifier())
    case .cluster, .replica, .enable, .disable, .force, .no: return .ignored(text(start..<end))
    case .inherit, .attach, .detach:
      return .refused(.unsupported("table inheritance and attached partitions are not supported", at: at))
    default:
      index -= 1
      throw syntaxError()
    }
  }

  private mutating func addAction(_ removals: inout [Range<Int>], _ types: inout [Range<Int>])
    throws(SQLError) -> AlterStatement.Action
  {
    if startsTableConstraint { return .addConstraint(try tableConstraint()) }
    _ = accept(.column)
    _ = try acceptIfNotExists()
    var columns: [ColumnDefinition] = []
    var constraints: [TableConstraint] = []
    if let refusal = try column(&columns, &constraints, &removals, &types) { return .refused(refusal) }
    return .addColumn(columns[0], constraints)
  }

  private mutating func dropAction(_ removals: inout [Range<Int>]) throws(SQLError) -> AlterStatement.Action {
    if accept(.constraint) {
      let ifExists = accept(.if, .exists)
      let name = try identifier()
      if !accept(.cascade) { _ = accept(.restrict) }
      try expectEnd()
      return .dropConstraint(name: name, ifExists: ifExists)
    }
    _ = accept(.column)
    let ifExists = accept(.if, .exists)
    let name = try identifier()
    let from = index
    if accept(.cascade) || accept(.restrict) { removals.append(from..<index) }
    try expectEnd()
    return .dropColumn(name: name, ifExists: ifExists)
  }

  private mutating func alterColumn(_ removals: inout [Range<Int>], _ types: inout [Range<Int>])
    throws(SQLError) -> AlterStatement.Action
  {
    if accept(.constraint) { return .ignored(text(start..<end)) }
    _ = accept(.column)
    let name = try identifier()
    let word = keyword
    let next = keyword(1)
    switch (word, next) {
    case (.set, .default), (.set, .not), (.drop, .default), (.drop, .not), (.type, _), (.set, .data):
      var parser = self
      let isType = word == .type || next == .data
      if isType { parser.index += word == .type ? 1 : 3 }
      let typeStart = parser.index
      _ = parser.skip { $0.keyword == .collate || $0.keyword == .using }
      let from = parser.index
      if isType { types.append(typeStart..<from) }
      if parser.accept(.collate) {
        _ = try parser.qualifiedName()
        removals.append(from..<parser.index)
      }
      return isType ? .changeType(column: name, type: text(typeStart..<from)) : .engine
    case (.add, _), (.drop, .identity), (.drop, .expression), (.set, .generated), (.restart, _):
      return .refused(Self.generatedRefusal(at: position))
    case (.set, _), (.reset, _): return .ignored(text(start..<end))
    default: throw syntaxError()
    }
  }

  private mutating func renameAction() throws(SQLError) -> AlterStatement.Action {
    if accept(.to) {
      let name = try identifier()
      try expectEnd()
      return .rename(to: name)
    }
    let isConstraint = accept(.constraint)
    if !isConstraint { _ = accept(.column) }
    let from = try identifier()
    try expect(.to)
    let to = try identifier()
    try expectEnd()
    return isConstraint ? .renameConstraint(from: from, to: to) : .renameColumn(from: from, to: to)
  }
}
