/// Transactions and settings.
extension StatementParser {
  mutating func transactionStatement(_ word: Keyword) throws(SQLError) -> Statement {
    switch word {
    case .begin:
      if !accept(.transaction) { _ = accept(.work) }
      let modes = try transactionModes()
      try expectEnd()
      return .begin(modes)
    case .start:
      try expect(.transaction)
      let modes = try transactionModes()
      try expectEnd()
      return .begin(modes)
    case .savepoint:
      let savepoint = try name()
      try expectEnd()
      return .savepoint(savepoint)
    case .release:
      _ = accept(.savepoint)
      let savepoint = try name()
      try expectEnd()
      return .releaseSavepoint(savepoint)
    default: break
    }
    let isCommit = word == .commit || word == .end
    if word == .commit || word == .rollback, accept(.prepared) {
      return .refused(.unsupported("two-phase commit is not supported"))
    }
    if !accept(.transaction) { _ = accept(.work) }
    if !isCommit, accept(.to) {
      _ = accept(.savepoint)
      let savepoint = try name()
      try expectEnd()
      return .rollbackToSavepoint(savepoint)
    }
    var chain = false
    if accept(.and) {
      chain = !accept(.no)
      try expect(.chain)
    }
    try expectEnd()
    return isCommit ? .commit(chain: chain) : .rollback(chain: chain)
  }

  private mutating func transactionModes() throws(SQLError) -> TransactionModes {
    var modes = TransactionModes()
    while !atEnd {
      if accept(.isolation, .level) {
        if accept(.serializable) {
          modes.isolation = "serializable"
        } else if accept(.repeatable, .read) {
          modes.isolation = "repeatable read"
        } else if accept(.read, .committed) {
          modes.isolation = "read committed"
        } else if accept(.read, .uncommitted) {
          modes.isolation = "read uncommitted"
        } else {
          throw syntaxError()
        }
      } else if accept(.read) {
        if accept(.only) {
          modes.readOnly = true
        } else {
          try expect(.write)
          modes.readOnly = false
        }
      } else if accept(.deferrable) {
        modes.deferrable = true
      } else if accept(.not, .deferrable) {
        modes.deferrable = false
      } else {
        throw syntaxError()
      }
      _ = accept(.comma)
    }
    return modes
  }

  mutating func setStatement() throws(SQLError) -> Statement {
    let at = position
    var isLocal = false
    if keyword == .session, keyword(1) == .characteristics {
      index += 2
      try expect(.as)
      try expect(.transaction)
      return .setTransaction(try transactionModes(), session: true)
    }
    if keyword == .session, keyword(1) == .authorization {
      index += 2
      return .set(try namedSetting("session_authorization", isLocal: false))
    }
    let next = token(1).kind
    if keyword == .session, next.isIdentifier, keyword(1) != .to {
      index += 1
    } else if keyword == .local, next.isIdentifier, keyword(1) != .to {
      index += 1
      isLocal = true
    } else if keyword == .global || keyword == .variable, next.isIdentifier, keyword(1) != .to {
      return .refused(.denied("SET \(uppercased(source.text(of: index))) is not allowed", at: at))
    }
    switch keyword {
    case .transaction:
      index += 1
      if accept(.snapshot) {
        return .refused(.unsupported("SET TRANSACTION SNAPSHOT is not supported", at: at))
      }
      return .setTransaction(try transactionModes(), session: false)
    case .constraints:
      // SET CONSTRAINTS … DEFERRED: nothing is enforced, so nothing is deferred.
      return .set(SetStatement(name: "constraints", values: [], isLocal: true))
    case .session where keyword(1) == .authorization:
      index += 2
      return .set(try namedSetting("session_authorization", isLocal: isLocal))
    case .time where keyword(1) == .zone:
      index += 2
      return .set(try timeZone(isLocal))
    case .names:
      index += 1
      return .set(
        SetStatement(name: "client_encoding", values: try settingValues(), isLocal: isLocal))
    case .role where token(1).kind != .operator && keyword(1) != .to:
      index += 1
      return .set(try namedSetting("role", isLocal: isLocal))
    case .schema where token(1).kind.isString:
      index += 1
      return .set(SetStatement(name: "search_path", values: try settingValues(), isLocal: isLocal))
    default: break
    }
    return .set(try plainSetting(isLocal))
  }

  private mutating func plainSetting(_ isLocal: Bool) throws(SQLError) -> SetStatement {
    let name = try settingName()
    if !accept(.to), !acceptOperator("=") { throw syntaxError() }
    let values = try settingValues()
    return SetStatement(name: name, values: values, isLocal: isLocal)
  }

  private mutating func settingName() throws(SQLError) -> String {
    var result = lowercased(try identifier())
    while accept(.dot) { result += "." + lowercased(try identifier()) }
    return result
  }

  private mutating func namedSetting(_ name: String, isLocal: Bool) throws(SQLError) -> SetStatement {
    SetStatement(name: name, values: try settingValues(), isLocal: isLocal)
  }

  private mutating func settingValues() throws(SQLError) -> [SetStatement.Value]? {
    if accept(.default) || atEnd {
      try expectEnd()
      return nil
    }
    var values = [try settingValue()]
    while accept(.comma) { values.append(try settingValue()) }
    try expectEnd()
    return values
  }

  private mutating func settingValue() throws(SQLError) -> SetStatement.Value {
    if kind.isString { return .string(try string()) }
    if kind.isIdentifier { return .identifier(try identifier()) }
    let negative = acceptOperator("-")
    if !negative { _ = acceptOperator("+") }
    guard kind == .integer || kind == .decimal else { throw syntaxError() }
    index += 1
    return .number((negative ? "-" : "") + source.text(of: index - 1))
  }

  private mutating func timeZone(_ isLocal: Bool) throws(SQLError) -> SetStatement {
    if accept(.local) || accept(.default) {
      try expectEnd()
      return SetStatement(name: "timezone", values: nil, isLocal: isLocal)
    }
    let isInterval = accept(.interval)
    let value = try settingValue()
    if isInterval {
      index = end
      return SetStatement(name: "timezone", values: [.string(value.text)], isLocal: isLocal)
    }
    try expectEnd()
    return SetStatement(name: "timezone", values: [value], isLocal: isLocal)
  }

  mutating func showStatement(_ facts: StatementFacts) throws(SQLError) -> Statement {
    if keyword == .tables, index + 1 == end { return query(facts) }
    let name = try settingOrAll()
    return .show(name)
  }

  mutating func resetStatement() throws(SQLError) -> Statement {
    .reset(try settingOrAll())
  }

  private mutating func settingOrAll() throws(SQLError) -> String? {
    var result: String?
    if accept(.all) {
      result = nil
    } else if accept(.time, .zone) {
      result = "timezone"
    } else if accept(.session, .authorization) {
      result = "session_authorization"
    } else if keyword == .transaction, keyword(1) == .isolation {
      index += 2
      try expect(.level)
      result = "transaction_isolation"
    } else {
      result = try settingName()
    }
    try expectEnd()
    return result
  }

  mutating func discardStatement() throws(SQLError) -> Statement {
    let target: DiscardTarget
    switch keyword {
    case .all: target = .all
    case .plans: target = .plans
    case .sequences: target = .sequences
    case .temp, .temporary: target = .temporary
    default: throw syntaxError()
    }
    index += 1
    try expectEnd()
    return .discard(target)
  }
}
