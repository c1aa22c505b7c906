import DuckDB
import PostgresWire
import SQLFront
import Sessions

extension Session {
  /// A Query message: one or several statements, each answered in turn. Several statements share a
  /// transaction unless they say otherwise.
  func simpleQuery(_ text: String) throws {
    portals.removeValue(forKey: "")?.close()
    do {
      let script = try parse(script: text)
      if script.statements.isEmpty { channel.send(.emptyQueryResponse) }
      for (index, parsed) in script.statements.enumerated() {
        let sharesTransaction = script.statements.count > 1 && !parsed.statement.controlsTransaction
        try simpleStatement(
          parsed, sharesTransaction: sharesTransaction, isLast: index == script.statements.count - 1)
      }
      if block.state == .implicit { try commitImplicit() }
    } catch {
      try fail(try report(error))
    }
    try ready()
  }

  private func simpleStatement(_ parsed: ParsedStatement, sharesTransaction: Bool, isLast: Bool) throws {
    beginStatement(parsed)
    try checkTransaction(allows: parsed)
    if sharesTransaction, block.beginImplicit() == .begin { try beginTransaction() }
    let outcome = try run(parsed, parameters: [:])
    var columns: [OutputColumn]?
    if case .rows(let source, _) = outcome { columns = outputColumns(source.columns, of: parsed) }
    _ = try deliver(outcome, formats: WireFormats(), columns: columns, describes: true, limit: .max)
    try finishStatement()
  }

  /// Splits and classifies a text.
  func parse(script text: String) throws -> SQLScript {
    guard text.utf8.count <= server.configuration.maxStatementBytes else {
      throw PostgresError(
        .programLimitExceeded,
        "statement of \(text.utf8.count) bytes exceeds the limit of "
          + "\(server.configuration.maxStatementBytes) bytes",
        hint: "Load data with COPY, or raise the setting max_statement_bytes.")
    }
    do {
      return try SQLScript(text)
    } catch {
      throw PostgresError(error, text: text)
    }
  }

  /// Starts the clock of a statement and shows it to others.
  func beginStatement(_ parsed: ParsedStatement?) {
    handle.begin(
      query: parsed?.text ?? "", timeoutMilliseconds: settings.milliseconds("statement_timeout"),
      inTransaction: block.isOpen)
  }

  /// A statement ended well.
  func finishStatement() throws {
    try applyRequestedSettings()
    engine.finishWrite()
    leaveSlot()
  }

  /// In a failed transaction only its end is heard.
  func checkTransaction(allows parsed: ParsedStatement?) throws {
    guard block.state == .failed else { return }
    switch parsed?.statement {
    case .commit?, .rollback?, .rollbackToSavepoint?: return
    default:
      throw PostgresError(
        .inFailedSQLTransaction,
        "current transaction is aborted, commands ignored until end of transaction block")
    }
  }

  /// Sends what a statement brought.
  ///
  /// - Parameters:
  ///   - describes: whether a RowDescription comes first.
  ///   - limit: most rows to send.
  /// - Returns: whether everything was sent; false after `limit` rows with more to come.
  func deliver(
    _ outcome: Outcome, formats: WireFormats, columns: [OutputColumn]?, describes: Bool, limit: Int
  ) throws -> Bool {
    switch outcome {
    case .complete(let tag), .delivered(let tag):
      channel.send(.commandComplete(CommandComplete(tag)))
      return true
    case .table(let table):
      return try deliver(table, formats: formats, describes: describes, limit: limit)
    case .rows(let source, let tag):
      let columns = columns ?? outputColumns(source.columns)
      if describes { send(rowDescription: columns, formats: formats) }
      return try deliver(source, columns: columns, formats: formats, tag: tag, limit: limit)
    }
  }

  private func deliver(
    _ source: RowSource, columns: [OutputColumn], formats: WireFormats, tag: String, limit: Int
  ) throws -> Bool {
    var encoder = RowEncoder(
      columns: source.columns, formats: (0..<source.columns.count).map { formats[$0] },
      timeZone: settings["timezone"] ?? "UTC", names: nameResolver)
    var sent = 0
    while sent < limit {
      guard let (chunk, rows) = try source.take(limit - sent) else { break }
      try encoder.encode(chunk, rows: rows, framing: .dataRow, into: &channel.output)
      sent += rows.count
      try flushRows()
    }
    if sent == limit, try !source.isAtEnd() { return false }
    channel.send(.commandComplete(CommandComplete("\(tag) \(sent)")))
    return true
  }

  private func deliver(
    _ table: TextTable, formats: WireFormats, describes: Bool, limit: Int
  ) throws -> Bool {
    if describes { send(rowDescription: table.columns.map(OutputColumn.text), formats: formats) }
    let end = limit < table.rows.count - table.offset ? table.offset + limit : table.rows.count
    for row in table.rows[table.offset..<end] { channel.send(.dataRow(DataRow(texts: row))) }
    table.offset = end
    guard end == table.rows.count else { return false }
    channel.send(.commandComplete(CommandComplete(table.tag)))
    return true
  }

  func send(rowDescription columns: [OutputColumn], formats: WireFormats) {
    let fields = columns.enumerated().map { $0.element.field(formats[$0.offset]) }
    channel.send(.rowDescription(RowDescription(fields)))
  }

  /// Sends rows while they come; a statement that was stopped stops here too.
  func flushRows() throws {
    guard channel.output.count >= ClientChannel.flushBytes else { return }
    try handle.checkInterrupts()
    try channel.flush()
  }
}
