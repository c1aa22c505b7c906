/// Locks, maintenance, privileges, roles, comments.
extension StatementParser {
  mutating func lockStatement() throws(SQLError) -> Statement {
    _ = accept(.table)
    _ = accept(.only)
    let tables = try qualifiedNames()
    var mode = "ACCESS EXCLUSIVE"
    if accept(.in) {
      let words = skip { $0.keyword == .mode }
      mode = uppercased(text(words))
      try expect(.mode)
    }
    let noWait = accept(.nowait)
    try expectEnd()
    return .lockTable(LockStatement(tables: tables, mode: mode, noWait: noWait))
  }

  mutating func maintenance(_ word: Keyword) throws(SQLError) -> Statement {
    let maintenanceKind: MaintenanceStatement.Kind =
      switch word {
      case .vacuum: .vacuum
      case .analyze, .analyse: .analyze
      case .reindex: .reindex
      case .cluster: .cluster
      default: .checkpoint
      }
    var tables: [QualifiedName] = []
    if kind == .leftParenthesis { _ = try skipGroup() }
    if word == .reindex {
      switch keyword {
      case .table, .index, .schema, .database, .system: index += 1
      default: throw syntaxError()
      }
      _ = accept(.concurrently)
    } else {
      while keyword == .full || keyword == .freeze || keyword == .verbose || keyword == .analyze
        || keyword == .analyse
      {
        index += 1
      }
    }
    while kind.isIdentifier {
      tables.append(try qualifiedName())
      if kind == .leftParenthesis { _ = try skipGroup() }
      if word == .cluster, accept(.using) { _ = try identifier() }
      if !accept(.comma) { break }
    }
    try expectEnd()
    return .maintenance(MaintenanceStatement(kind: maintenanceKind, tables: tables))
  }

  mutating func privilegeStatement(isGrant: Bool, isDefault: Bool) throws(SQLError) -> Statement {
    var result = PrivilegeStatement(
      isGrant: isGrant, isDefault: isDefault, privileges: [], objectKind: nil, objects: [], roles: [])
    if !isGrant { _ = skipOptionFor() }
    repeat {
      var words: [String] = []
      while kind.isIdentifier, keyword != .on, keyword != .to, keyword != .from {
        words.append(lowercased(try identifier()))
      }
      guard !words.isEmpty else { throw syntaxError() }
      if kind == .leftParenthesis { _ = try skipGroup() }
      result.privileges.append(words[0])
    } while accept(.comma)
    if accept(.on) { try privilegeObjects(&result) }
    if !accept(isGrant ? .to : .from) { throw syntaxError() }
    repeat {
      _ = accept(.group)
      result.roles.append(try identifier())
    } while accept(.comma)
    index = end
    return .privileges(result)
  }

  private mutating func skipOptionFor() -> Bool {
    guard keyword(1) == .option, keyword(2) == .for else { return false }
    index += 3
    return true
  }

  private mutating func privilegeObjects(_ result: inout PrivilegeStatement) throws(SQLError) {
    if accept(.all) {
      result.objectKind = lowercased(try identifier())
      if accept(.in) {
        try expect(.schema)
        result.objects = try qualifiedNames()
      }
      return
    }
    if result.isDefault {
      result.objectKind = lowercased(try identifier())
      return
    }
    result.objectKind = "table"
    switch keyword {
    case .table, .schema, .database, .sequence, .function, .procedure, .routine, .language, .domain, .type,
      .tablespace, .tables, .sequences, .functions, .schemas:
      if token(1).kind.isIdentifier { result.objectKind = lowercased(try identifier()) }
    case .foreign:
      index += 1
      if accept(.data) { index += 1 } else { index += 1 }
      result.objectKind = "foreign server"
    default: break
    }
    repeat {
      result.objects.append(try qualifiedName())
      if kind == .leftParenthesis { _ = try skipGroup() }
    } while accept(.comma)
  }

  mutating func roleStatement(_ action: RoleStatement.Action, isUser: Bool) throws(SQLError) -> Statement {
    var result = RoleStatement(
      action: action, isUser: isUser, names: [], ifExists: false, password: nil, options: [])
    if action == .drop {
      result.ifExists = accept(.if, .exists)
      result.names = try nameList()
      try expectEnd()
      return .role(result)
    }
    if action == .alter, keyword == .all { index += 1 } else { result.names = [try identifier()] }
    _ = accept(.with)
    while !atEnd {
      if accept(.password) {
        if accept(.null) { result.password = .some(nil) } else { result.password = try string() }
        continue
      }
      let option = lowercased(try identifier())
      switch option {
      case "encrypted", "unencrypted": continue
      case "connection":
        _ = try identifier()
        _ = acceptOperator("-")
        index += 1
        result.options.append("connection limit")
      case "valid":
        _ = try identifier()
        _ = try string()
        result.options.append("valid until")
      case "sysid": index += 1
      case "in", "role", "admin", "user", "group":
        _ = accept(.role)
        _ = accept(.group)
        let members = try nameList()
        result.options.append(option + " role " + members.joined(separator: ","))
      case "rename":
        try expect(.to)
        result.options.append("rename to " + (try identifier()))
      case "set", "reset":
        result.options.append(option)
        index = end
      default: result.options.append(option)
      }
    }
    return .role(result)
  }

  mutating func commentStatement() throws(SQLError) -> Statement {
    try expect(.on)
    var objectKind = lowercased(try identifier())
    if ["materialized", "foreign", "event", "access", "text", "large"].contains(objectKind) {
      objectKind += " " + lowercased(try identifier())
    }
    let from = index
    var object: QualifiedName
    var column: String?
    if objectKind == "column" {
      // The column's name comes last, behind a table's in up to three parts.
      var parts = [try identifier()]
      while accept(.dot) { parts.append(try identifier()) }
      guard (2...4).contains(parts.count) else {
        let problem =
          parts.count == 1
          ? "column name must be qualified" : "improper qualified name (too many dotted names)"
        throw .syntax(problem, at: Int(source.tokens[from].start))
      }
      column = parts.removeLast()
      object = QualifiedName(name: parts.removeLast())
      object.schema = parts.popLast()
      object.database = parts.popLast()
      return try comment(objectKind, object, column)
    }
    object = try qualifiedName()
    if kind == .leftParenthesis {
      _ = try skipGroup()
    } else if accept(.on) {
      // CONSTRAINT c ON t, TRIGGER, RULE, POLICY.
      column = object.name
      _ = accept(.domain)
      object = try qualifiedName()
    }
    return try comment(objectKind, object, column)
  }

  private mutating func comment(
    _ objectKind: String, _ object: QualifiedName, _ column: String?
  ) throws(SQLError) -> Statement {
    try expect(.is)
    let comment = accept(.null) ? nil : try string()
    try expectEnd()
    return .comment(
      CommentStatement(objectKind: objectKind, object: object, column: column, comment: comment))
  }
}
