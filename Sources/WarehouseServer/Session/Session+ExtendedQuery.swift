import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// Parse, Bind, Describe, Execute, Close and Sync.
///
/// Source: PostgreSQL 15, chapter 55.2.3 "Extended Query".
extension Session {
  func parse(_ message: Parse) throws {
    beginStatement(nil)
    let script = try parse(script: message.text)
    guard script.statements.count <= 1 else {
      throw PostgresError(
        .syntaxError, "cannot insert multiple commands into a prepared statement")
    }
    let parsed = script.statements.first
    if !message.name.isEmpty {
      guard statements[message.name] == nil else {
        throw PostgresError(
          .duplicatePreparedStatement, "prepared statement \"\(message.name)\" already exists")
      }
      try checkRoom(statements.count, "prepared statements")
    }
    for oid in message.parameterTypes
    where oid != 0 && PostgresType(oid: oid) == nil && CatalogType.with(oid: Int64(oid)) == nil {
      throw PostgresError(.undefinedObject, "type with OID \(oid) does not exist")
    }
    let statement = NamedStatement(
      parsed: parsed, text: message.text, declaredTypes: message.parameterTypes)
    try checkTransaction(allows: parsed)
    // Errors of the statement belong to Parse, where drivers look for them.
    if let parsed, parsed.statement.isForEngine {
      statement.description = try describe(statement)
    }
    keep(statement, as: message.name)
    channel.send(.parseComplete)
  }

  func bind(_ message: Bind) throws {
    let statement = try statement(named: message.statement)
    try checkTransaction(allows: statement.parsed)
    let description = try description(of: statement)
    let types = description.parameterTypes
    guard message.parameters.count == types.count else {
      throw PostgresError(
        .protocolViolation,
        "bind message supplies \(message.parameters.count) parameters, but prepared statement "
          + "\"\(message.statement)\" requires \(types.count)")
    }
    guard message.parameterFormats.fits(types.count) else {
      throw PostgresError(
        .protocolViolation,
        "bind message has \(message.parameterFormats.codes.count) parameter formats but "
          + "\(types.count) parameters")
    }
    if let columns = description.columns, !message.resultFormats.fits(columns.count) {
      throw PostgresError(
        .protocolViolation,
        "bind message has \(message.resultFormats.codes.count) result formats but query has "
          + "\(columns.count) columns")
    }
    if !message.portal.isEmpty, portals[message.portal] != nil {
      throw PostgresError(.duplicateCursor, "cursor \"\(message.portal)\" already exists")
    }
    try checkRoom(portals.count, "portals")
    var literals: [Int: String] = [:]
    for (index, type) in types.enumerated() {
      literals[index + 1] = try literal(
        message.parameters[index], type: type, format: message.parameterFormats[index], number: index + 1)
    }
    portals.removeValue(forKey: message.portal)?.close()
    portals[message.portal] = Portal(
      name: message.portal, statement: statement, parameters: literals, formats: message.resultFormats)
    channel.send(.bindComplete)
  }

  func describe(_ message: Describe) throws {
    switch message.target {
    case .statement(let name):
      let statement = try statement(named: name)
      try checkTransaction(allows: statement.parsed)
      let description = try description(of: statement)
      channel.send(.parameterDescription(ParameterDescription(description.parameterTypes)))
      send(columns: description.columns, formats: WireFormats())
    case .portal(let name):
      // A cursor of DECLARE is a portal too: psycopg asks for its columns.
      if portals[name] == nil, let cursor = cursors[name] {
        return send(columns: cursor.columns, formats: WireFormats(cursor.isBinary ? [.binary] : []))
      }
      let portal = try portal(named: name)
      try checkTransaction(allows: portal.statement.parsed)
      try plan(portal)
      send(columns: portal.columns, formats: portal.formats)
    }
  }

  private func send(columns: [OutputColumn]?, formats: WireFormats) {
    if let columns {
      send(rowDescription: columns, formats: formats)
    } else {
      channel.send(.noData)
    }
  }

  /// Finds the columns of a portal, planning its statement where the engine must say them.
  private func plan(_ portal: Portal) throws {
    guard portal.columns == nil, let parsed = portal.statement.parsed else { return }
    if parsed.statement.isQuery, !portal.parameters.isEmpty || portal.statement.description == nil {
      beginStatement(parsed)
      try prepareEngine(for: parsed)
      let prepared = try engine.prepareToRead(try engineText(parsed, .literals(portal.parameters)))
      portal.columns = prepared.columns.map { outputColumns($0, of: parsed) }
      portal.prepared = prepared
    } else {
      portal.columns = try description(of: portal.statement).columns
    }
  }

  func execute(_ message: Execute) throws {
    let portal = try portal(named: message.portal)
    guard let parsed = portal.statement.parsed else {
      channel.send(.emptyQueryResponse)
      return
    }
    try checkTransaction(allows: parsed)
    if portal.isDone {
      // As PostgreSQL: a finished portal has no more rows; a command cannot run twice.
      guard case .rows(_, let tag)? = portal.outcome else {
        throw PostgresError(
          .objectNotInPrerequisiteState, "portal \"\(portal.name)\" cannot be run")
      }
      channel.send(.commandComplete(CommandComplete("\(tag) 0")))
      return
    }
    beginStatement(parsed)
    if portal.outcome == nil {
      // A statement alone before its Sync is its own transaction; anything more shares one.
      if !parsed.statement.controlsTransaction, !isFollowedBySync, block.beginImplicit() == .begin {
        try beginTransaction()
      }
      portal.outcome = try run(parsed, parameters: portal.parameters, prepared: portal.prepared)
      try checkResult(of: portal)
      portal.prepared = nil
    } else {
      try admit(.normal)
    }
    guard let outcome = portal.outcome else { return }
    let limit = message.maximumRows > 0 ? Int(message.maximumRows) : .max
    let isComplete = try deliver(
      outcome, formats: portal.formats, columns: portal.columns, describes: false, limit: limit)
    if isComplete {
      portal.isDone = true
      try finishStatement()
    } else {
      channel.send(.portalSuspended)
      leaveSlot()
    }
  }

  /// The client reads the rows by the description that it has: they must still be such rows.
  private func checkResult(of portal: Portal) throws {
    guard case .rows(let source, _)? = portal.outcome,
      let expected = portal.columns ?? portal.statement.description?.columns
    else { return }
    let columns = outputColumns(source.columns, of: portal.statement.parsed)
    // With its value in place a parameter may have a narrower type than it was described with.
    let isSame = columns.elementsEqual(expected) { column, expected in
      column.name == expected.name
        && (!portal.parameters.isEmpty || column.type.travelsLike(expected.type))
    }
    guard !isSame else { return }
    source.close()
    portal.outcome = nil
    portal.statement.description = nil
    throw PostgresError(.featureNotSupported, "cached plan must not change result type")
  }

  /// Whether the client's next message, if it is here already, is Sync.
  private var isFollowedBySync: Bool {
    if case .sync? = channel.peek() { return true }
    return false
  }

  func close(_ message: Close) {
    switch message.target {
    case .statement(let name): forget(statementNamed: name)
    case .portal(let name): portals.removeValue(forKey: name)?.close()
    }
    channel.send(.closeComplete)
  }

  /// Ends an implicit transaction, and with it all portals outside an explicit one.
  func sync() throws {
    do {
      if block.state == .implicit { try commitImplicit() }
    } catch {
      try fail(try report(error))
    }
    if !block.isExplicit {
      for portal in portals.values { portal.close() }
      portals = [:]
      engine.finishWrite()
    }
    try ready()
  }

  // MARK: Names

  func statement(named name: String) throws -> NamedStatement {
    if let statement = statements[name] { return statement }
    throw PostgresError(
      .invalidSQLStatementName,
      name.isEmpty
        ? "unnamed prepared statement does not exist" : "prepared statement \"\(name)\" does not exist")
  }

  private func portal(named name: String) throws -> Portal {
    if let portal = portals[name] { return portal }
    throw PostgresError(.invalidCursorName, "portal \"\(name)\" does not exist")
  }

  func checkRoom(_ count: Int, _ what: String) throws {
    guard count < server.configuration.maxNamedObjects else {
      throw PostgresError(
        .configurationLimitExceeded,
        "too many \(what): the limit is \(server.configuration.maxNamedObjects) in one session",
        hint: "Close those that are no longer needed.")
    }
  }

  // MARK: Parameters

  /// A parameter's bytes as an SQL literal of its type.
  func literal(
    _ bytes: ArraySlice<UInt8>?, type: UInt32, format: WireFormat, number: Int
  ) throws -> String {
    do {
      return try ParameterValue.decode(oid: type, format: format, bytes: bytes).literal
    } catch {
      throw error.adding(context: "unnamed portal parameter $\(number)")
    }
  }

  func description(of statement: NamedStatement) throws -> StatementDescription {
    if let description = statement.description { return description }
    let description = try describe(statement)
    statement.description = description
    return description
  }

  /// Parameter types and columns of a statement, from the engine where it decides them.
  func describe(_ statement: NamedStatement) throws -> StatementDescription {
    guard let parsed = statement.parsed else { return StatementDescription(parameterTypes: [], columns: nil) }
    guard parsed.statement.isForEngine else {
      return StatementDescription(
        parameterTypes: parameterTypes(of: statement, inferred: { _ in nil }),
        columns: try columns(of: parsed))
    }
    if let literals = LiteralQuery(parsed) {
      return StatementDescription(
        parameterTypes: parameterTypes(of: statement, inferred: { _ in nil }),
        columns: outputColumns(literals.resultColumns))
    }
    try parsed.checkTargets(database: server.configuration.databaseName)
    try prepareEngine(for: parsed)
    let declared = declaredEngineTypes(statement)
    var prepared = try completingList(of: parsed) { parsed in
      try engine.prepare(try engineText(parsed, .types(declared)))
    }
    if parsed.parameterCount > 0, prepared.columns == nil || hasUnknownType(prepared, parsed.parameterCount) {
      // One ambiguous parameter hides the types of all: text stands in for those the client left open.
      var known = declared
      for number in 1...parsed.parameterCount where known[number] == nil {
        let isArray = parsed.arrayParameters.contains(number)
        if prepared.parameterType(number) == nil { known[number] = isArray ? "VARCHAR[]" : "VARCHAR" }
      }
      prepared = (try? engine.prepare(try engineText(parsed, .types(known)))) ?? prepared
    }
    let columns = prepared.columns
    return StatementDescription(
      parameterTypes: parameterTypes(of: statement) { number in
        prepared.parameterType(number).map { type in
          let isElement = declared[number] == nil && parsed.arrayParameters.contains(number)
          let list = isElement && !type.isList ? LogicalType.list(type) : type
          return ColumnType(parsed.mentionsCatalog ? list.namingObjectIDs : list).oid
        }
      },
      columns: parsed.statement.isQuery ? columns.map { outputColumns($0, of: parsed) } : nil)
  }

  private func hasUnknownType(_ prepared: PreparedStatement, _ count: Int) -> Bool {
    (1...count).contains { prepared.parameterType($0) == nil }
  }

  /// What the client declared, in the engine's words; parameters it left open are missing.
  private func declaredEngineTypes(_ statement: NamedStatement) -> [Int: String] {
    var types: [Int: String] = [:]
    for (index, oid) in statement.declaredTypes.enumerated() where oid != 0 && oid != PostgresType.unknown.oid
    {
      if let name = PostgresType(oid: oid)?.engineType { types[index + 1] = name }
    }
    return types
  }

  private func parameterTypes(
    of statement: NamedStatement, inferred: (Int) -> UInt32?
  ) -> [UInt32] {
    let count = max(statement.parsed?.parameterCount ?? 0, statement.declaredTypes.count)
    guard count > 0 else { return [] }
    return (1...count).map { number in
      let declared = number <= statement.declaredTypes.count ? statement.declaredTypes[number - 1] : 0
      return declared != 0 ? declared : inferred(number) ?? PostgresType.text.oid
    }
  }
}
