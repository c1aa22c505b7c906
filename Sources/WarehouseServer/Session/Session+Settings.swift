import PostgresWire
import SQLFront
import Sessions

/// SET, SHOW, RESET, DISCARD, PREPARE and DEALLOCATE.
extension Session {
  func set(_ statement: SetStatement) throws -> Outcome {
    switch statement.name {
    case "role":
      guard let text = statement.text, text != "none", text != user.name else { break }
      throw PostgresError(
        .insufficientPrivilege, "permission denied to set role \"\(text)\"",
        hint: "Connect as that user.")
    case "session_authorization":
      guard let text = statement.text, text != user.name else { break }
      throw PostgresError(
        .insufficientPrivilege, "permission denied to set session authorization \"\(text)\"")
    case "seed":
      break
    default:
      if statement.isLocal, !block.isOpen {
        var tried = settings
        try tried.set(statement.name, to: statement.text)
        warning(.noActiveSQLTransaction, "SET LOCAL can only be used in transaction blocks")
        return .complete("SET")
      }
      let text = statement.name == "search_path" ? searchPathText(statement) : statement.text
      try change(statement.name, to: text, isLocal: statement.isLocal)
    }
    return .complete("SET")
  }

  /// Names of a search path as SHOW prints them: quoted where they must be.
  private func searchPathText(_ statement: SetStatement) -> String? {
    guard let values = statement.values else { return nil }
    return values.map { value in
      switch value {
      case .string(let text) where values.count == 1 && text.contains(","): text
      default: isPlain(value.text) ? value.text : quoteIdentifier(value.text)
      }
    }.joined(separator: ", ")
  }

  private func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, first == UInt8(ascii: "_") || (97...122).contains(first) else {
      return false
    }
    return name.utf8.allSatisfy {
      $0 == UInt8(ascii: "_") || (97...122).contains($0) || (48...57).contains($0)
    }
  }

  /// Changes a setting; the engine must agree with a time zone at once.
  @discardableResult
  func change(_ name: String, to value: String?, isLocal: Bool) throws -> String {
    if name.lowercased() == "timezone", let value, let zone = try timeZone(value) {
      return try settings.set(name, to: zone, isLocal: isLocal)
    }
    return try settings.set(name, to: value, isLocal: isLocal)
  }

  /// The name of a zone as the engine knows it.
  private func timeZone(_ value: String) throws -> String? {
    if ["default", "local"].contains(value.lowercased()) { return "UTC" }
    guard let zone = TimeZoneName.canonical(value) else {
      throw PostgresError(
        .invalidParameterValue, "invalid value for parameter \"TimeZone\": \"\(value)\"")
    }
    return zone
  }

  func setTransaction(_ modes: TransactionModes, forSession: Bool) throws -> Outcome {
    if forSession {
      if let readOnly = modes.readOnly {
        try settings.set("default_transaction_read_only", to: readOnly ? "on" : "off")
      }
      if let isolation = modes.isolation {
        try settings.set("default_transaction_isolation", to: isolation)
      }
    } else if block.isOpen {
      try apply(modes)
    } else {
      warning(.noActiveSQLTransaction, "SET TRANSACTION can only be used in transaction blocks")
    }
    return .complete("SET")
  }

  func show(_ name: String?) throws -> Outcome {
    guard let name else {
      let rows = settings.all.map { [$0.name, $0.value, $0.summary] as [String?] }
      return .table(TextTable(columns: ["name", "setting", "description"], rows: rows, tag: "SHOW"))
    }
    guard let value = settings[name] else {
      throw PostgresError(
        .undefinedObject, "unrecognized configuration parameter \"\(name)\"")
    }
    let column = SettingDefinition.all[name.lowercased()]?.name ?? name
    return .table(TextTable(columns: [column], rows: [[value]], tag: "SHOW"))
  }

  func reset(_ name: String?) throws -> Outcome {
    if let name {
      if name != "role", name != "session_authorization" { try settings.set(name, to: nil) }
    } else {
      settings.resetAll()
    }
    return .complete("RESET")
  }

  func discard(_ target: DiscardTarget) throws -> Outcome {
    switch target {
    case .all:
      guard !block.isOpen else {
        throw PostgresError(
          .activeSQLTransaction, "DISCARD ALL cannot run inside a transaction block")
      }
      _ = try close(cursor: nil)
      forgetStatements()
      settings.resetAll()
      engine.discard()
      return .complete("DISCARD ALL")
    case .plans: return .complete("DISCARD PLANS")
    case .sequences: return .complete("DISCARD SEQUENCES")
    case .temporary:
      engine.discard()
      return .complete("DISCARD TEMP")
    }
  }

  /// Settings that `set_config` asked for while a statement ran.
  func applyRequestedSettings() throws {
    for request in view.takeChanges() {
      try change(request.name, to: request.value, isLocal: request.isLocal)
    }
  }

  // MARK: Prepared statements by SQL

  func prepare(_ statement: PrepareStatement) throws -> Outcome {
    guard statements[statement.name] == nil else {
      throw PostgresError(
        .duplicatePreparedStatement, "prepared statement \"\(statement.name)\" already exists")
    }
    try checkRoom(statements.count, "prepared statements")
    let types = try statement.types.map { name -> UInt32 in
      guard let type = PostgresType(name: name) else {
        throw PostgresError(.undefinedObject, "type \"\(name)\" does not exist")
      }
      return type.oid
    }
    let named = NamedStatement(
      parsed: statement.statement, text: statement.statement.text, declaredTypes: types, isFromSQL: true)
    if statement.statement.statement.isForEngine { named.description = try describe(named) }
    keep(named, as: statement.name)
    return .complete("PREPARE")
  }

  func execute(_ statement: ExecuteStatement) throws -> Outcome {
    let named = try self.statement(named: statement.name)
    guard let parsed = named.parsed else { return .complete("") }
    let types = try description(of: named).parameterTypes
    guard types.count == statement.arguments.count else {
      throw PostgresError(
        .syntaxError, "wrong number of parameters for prepared statement \"\(statement.name)\"",
        detail: "Expected \(types.count) parameters but got \(statement.arguments.count).")
    }
    var literals: [Int: String] = [:]
    for (index, argument) in statement.arguments.enumerated() {
      let script = try parse(script: argument)
      guard let expression = script.statements.first, script.statements.count == 1 else {
        throw PostgresError(.syntaxError, "syntax error in argument \(index + 1)")
      }
      // The argument is a query of its own, rewritten and guarded like any other.
      let text = try engineText(expression)
      literals[index + 1] =
        PostgresType(oid: types[index])?.engineType.map { "CAST((\(text)) AS \($0))" } ?? "(\(text))"
    }
    return try run(parsed, parameters: literals)
  }

  func deallocate(_ name: String?) throws -> Outcome {
    guard let name else {
      forgetStatements()
      return .complete("DEALLOCATE ALL")
    }
    _ = try statement(named: name)
    forget(statementNamed: name)
    return .complete("DEALLOCATE")
  }
}
