import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// From a classified statement to what it brings.
extension Session {
  /// Runs one statement.
  ///
  /// - Parameters:
  ///   - parameters: SQL literals for `$1`, `$2`, ….
  ///   - prepared: the plan that Describe made of the same text, if it did.
  func run(
    _ parsed: ParsedStatement, parameters: [Int: String], prepared: PreparedStatement? = nil
  ) throws -> Outcome {
    switch parsed.statement {
    case .begin(let modes): return try begin(modes)
    case .commit(let chain): return try commit(chain: chain)
    case .rollback(let chain): return try rollback(chain: chain)
    case .savepoint(let name): return try savepoint(name)
    case .releaseSavepoint(let name): return try release(name)
    case .rollbackToSavepoint(let name): return try rollback(toSavepoint: name)
    case .setTransaction(let modes, let session): return try setTransaction(modes, forSession: session)
    case .set(let statement): return try set(statement)
    case .show(let name): return try show(name)
    case .reset(let name): return try reset(name)
    case .discard(let target): return try discard(target)
    case .declareCursor(let statement): return try declare(statement, parameters: parameters)
    case .fetch(let statement):
      try admit(.normal)
      return statement.isMove ? try move(statement) : try fetch(statement)
    case .closeCursor(let name): return try close(cursor: name)
    case .prepare(let statement): return try prepare(statement)
    case .execute(let statement): return try execute(statement)
    case .deallocate(let name): return try deallocate(name)
    case .copy(let statement): return try copy(statement, parsed)
    case .explain(let statement): return try explain(statement, parameters: parameters)
    case .refused(let error): throw error
    case .query(let query): return try self.query(parsed, query, parameters: parameters, prepared: prepared)
    case .insert, .update, .delete, .merge: return try modify(parsed, parameters: parameters)
    default: return try define(parsed)
    }
  }

  // MARK: Queries

  private func query(
    _ parsed: ParsedStatement, _ query: QueryStatement, parameters: [Int: String],
    prepared: PreparedStatement?
  ) throws -> Outcome {
    if query.modifiesData { return try modify(parsed, parameters: parameters) }
    if let literals = LiteralQuery(parsed) { return .rows(RowSource(literals), tag: "SELECT") }
    try admit(parsed)
    let source: RowSource
    try refreshSnapshot()
    if let prepared {
      source = try engine.read(prepared)
    } else {
      try prepareEngine(for: parsed)
      source = try engine.read(try engineText(parsed, .literals(parameters)))
    }
    if parsed.mentionsCatalog { source.columns = source.columns.namingObjectIDs }
    return .rows(source, tag: "SELECT")
  }

  /// The connection's settings, and the facts behind the catalogs where the statement asks for them.
  func prepareEngine(for parsed: ParsedStatement) throws {
    try engine.apply(settings, user: user.name) {
      engine.hasUncommittedDefinitions
        ? nil : Set(try server.host.newest().schemas.map(\.name)).union(["main"])
    }
    if parsed.mentionsCatalog { try publishCatalog() }
  }

  /// What the engine gets to see: guarded, rewritten, parameters filled in. Several texts where one statement of
  /// PostgreSQL's is several of the engine's.
  func engineTexts(
    _ parsed: ParsedStatement, _ parameters: Rewriter.Parameters = .asWritten, isView: Bool = false
  ) throws -> [RewrittenSQL] {
    do {
      try server.guardian.check(parsed, isSuperuser: user.isSuperuser)
      return try server.rewriter.rewrite(parsed, parameters: parameters, isView: isView)
    } catch {
      throw PostgresError(error, source: parsed.source)
    }
  }

  /// The same for statements that are one text.
  func engineText(
    _ parsed: ParsedStatement, _ parameters: Rewriter.Parameters = .asWritten
  ) throws -> String {
    let texts = try engineTexts(parsed, parameters)
    guard texts.count == 1 else { throw PostgresError(.internalError, "the statement became \(texts.count)") }
    running = (parsed, texts[0])
    return texts[0].text
  }

  // MARK: Changes

  /// INSERT, UPDATE, DELETE and MERGE.
  private func modify(_ parsed: ParsedStatement, parameters: [Int: String]) throws -> Outcome {
    try checkMayWrite(parsed)
    try prepareEngine(for: parsed)
    let check: String? =
      if case .merge = parsed.statement {
        try MergeCheck.query(for: try engineText(parsed, .literals(parameters)))
      } else { nil }
    let changed = try write(parsed, isolated: check != nil) { () -> Int in
      if let check, try !engine.isEmpty(check) { throw Self.changesRowTwice }
      let source = try completingList(of: parsed) { parsed in
        try engine.query(try engineText(parsed, .literals(parameters)))
      }
      return source.engineResult?.rowsChanged ?? 0
    }
    return .complete("\(parsed.commandTag) \(changed)")
  }

  private static let changesRowTwice = PostgresError(
    .cardinalityViolation, "MERGE command cannot affect row a second time",
    hint: "Ensure that not more than one source row matches any one target row.")

  // MARK: EXPLAIN

  private func explain(_ statement: ExplainStatement, parameters: [Int: String]) throws -> Outcome {
    let inner = statement.statement
    guard inner.statement.isForEngine else {
      return .table(TextTable(columns: ["QUERY PLAN"], rows: [["Utility Statement"]], tag: "EXPLAIN"))
    }
    if statement.analyze, inner.isWrite { try checkMayWrite(inner) }
    try prepareEngine(for: inner)
    if statement.analyze, !inner.isWrite { try admit(inner) }
    let options = statement.analyze ? "ANALYZE, FORMAT json" : "FORMAT json"
    let text = "EXPLAIN (\(options)) " + (try engineText(inner, .literals(parameters)))
    let plan =
      statement.analyze && inner.isWrite
      ? try write(inner) { try planText(text) } : try planText(text)
    guard let roots = PlanNode.parse(plan) else {
      throw PostgresError(.internalError, "the engine's plan could not be read")
    }
    let seconds = statement.analyze ? PlanNode.executionSeconds(plan) : nil
    func table(_ lines: [String]) -> Outcome {
      .table(TextTable(columns: ["QUERY PLAN"], rows: lines.map { [$0] }, tag: "EXPLAIN"))
    }
    switch statement.format {
    case .json: return table([PlanText.json(roots, seconds: seconds)])
    case .text: return table(PlanText.lines(roots, seconds: seconds))
    case .xml, .yaml:
      throw PostgresError(
        .featureNotSupported, "EXPLAIN in the format \(statement.format.rawValue) is not supported",
        hint: "Use FORMAT TEXT or FORMAT JSON.")
    }
  }

  /// The last column of the first row: the plan as JSON.
  private func planText(_ sql: String) throws -> String {
    let source = try engine.query(sql)
    defer { source.close() }
    guard let (chunk, rows) = try source.take(1), !rows.isEmpty else { return "" }
    return chunk.withVector(chunk.columnCount - 1) {
      $0.isValid(rows.lowerBound) ? $0.text(rows.lowerBound) : ""
    }
  }
}
