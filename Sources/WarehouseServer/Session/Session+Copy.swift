import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// COPY TO STDOUT and COPY FROM STDIN.
///
/// Source: PostgreSQL 15, chapter 55.2.6 "COPY Operations", and the page of COPY.
extension Session {
  func copy(_ statement: SQLFront.CopyStatement, _ parsed: ParsedStatement) throws -> Outcome {
    switch statement.direction {
    case .toClient: return try copyOut(statement, parsed)
    case .fromClient: return try copyIn(statement, parsed)
    }
  }

  private func copyOut(_ statement: SQLFront.CopyStatement, _ parsed: ParsedStatement) throws -> Outcome {
    let source: RowSource
    switch statement.source {
    case .query(let query):
      guard case .rows(let rows, _) = try run(query, parameters: [:]) else {
        throw PostgresError(.featureNotSupported, "COPY query must have a RETURNING clause")
      }
      source = rows
    case .table(let table, let columns):
      let list = columns.isEmpty ? "*" : columns.map(quoteIdentifier).joined(separator: ", ")
      let script = try parse(script: "SELECT \(list) FROM \(table.sql)")
      guard let query = script.statements.first,
        case .rows(let rows, _) = try run(query, parameters: [:])
      else { throw PostgresError(.internalError, "COPY made no query") }
      source = rows
    }
    defer { source.close() }
    return .delivered("COPY \(try sendCopy(source, statement.options))")
  }

  /// Sends the rows of a COPY and returns how many there were.
  private func sendCopy(_ source: RowSource, _ options: SQLFront.CopyOptions) throws -> Int {
    let isBinary = options.format == .binary
    let format: WireFormat = isBinary ? .binary : .text
    let names = outputColumns(source.columns).map(\.name)
    channel.send(
      .copyOutResponse(CopyResponse(.copyOut, format: format, columnCount: source.columns.count)))
    var encoder = try CopyOutEncoder(
      columns: source.columns, names: names, options: options, timeZone: settings["timezone"] ?? "UTC",
      resolver: nameResolver)
    encoder.begin(into: &channel.output)
    var count = 0
    while let (chunk, rows) = try source.take(.max) {
      try encoder.encode(chunk, rows: rows, into: &channel.output)
      count += rows.count
      try flushRows()
    }
    encoder.end(into: &channel.output)
    channel.send(.copyDone)
    return count
  }

  private func copyIn(_ statement: SQLFront.CopyStatement, _ parsed: ParsedStatement) throws -> Outcome {
    guard case .table(let table, let columns) = statement.source else {
      throw PostgresError(.syntaxError, "COPY FROM needs a table")
    }
    try checkMayWrite(parsed)
    try prepareEngine(for: parsed)
    let target = try copyTarget(table, columns: columns)
    let copy = try CopyIn(session: self, target: target, options: statement.options)
    let count = try write(parsed, takesTurn: false) { try copy.run { try takeTurn(for: parsed) } }
    return .delivered("COPY \(count)")
  }

  /// The columns that a COPY fills, in its order, with the engine's types.
  private func copyTarget(_ table: QualifiedName, columns: [String]) throws -> CopyTarget {
    let list = columns.isEmpty ? "*" : columns.map(quoteIdentifier).joined(separator: ", ")
    let script = try parse(script: "SELECT \(list) FROM \(table.sql) LIMIT 0")
    guard let query = script.statements.first else {
      throw PostgresError(.internalError, "COPY made no query")
    }
    let prepared = try engine.prepare(try engineText(query))
    return CopyTarget(table: table, columns: prepared.columns ?? [], namesColumns: !columns.isEmpty)
  }
}

/// Where the rows of COPY FROM go.
struct CopyTarget {
  let table: QualifiedName
  let columns: [ResultColumn]
  /// Whether the statement listed its columns.
  let namesColumns: Bool
}
