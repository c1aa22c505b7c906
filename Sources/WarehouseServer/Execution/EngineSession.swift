import DuckDB
import Lake
import PostgresWire
import SQLFront
import Sessions

/// A session's side of the engine: one connection, made when the first statement needs it, with the
/// session's settings, its transaction and its turn to write.
final class EngineSession {
  private let lake: Lake
  private let handle: SessionHandle
  private let catalog: CatalogEmulation
  private let view: SessionCatalog
  private var openConnection: Connection?
  private var turn: WriteHold?
  /// Keeps the files of the transaction's snapshot from being cleaned away.
  private var reading: ReadToken?
  /// The transaction of a query that stands alone, from its planning to its last row: in one transaction the
  /// lake's catalog is asked once. It ends before anything else runs on the connection.
  private var readingAlone: ReadToken?
  /// BEGIN and COMMIT of such a transaction, planned once.
  private var readBounds: (begin: PreparedStatement, commit: PreparedStatement)?
  /// The stream that runs on the connection, if one does.
  private weak var streaming: RowSource?
  private var appliedTimeZone: String?
  private var appliedSearchPath: [String]?
  /// The lake's schema version at which names of the search path did not exist, if some did not.
  private var incompleteAtVersion: Int64?
  /// Whether the engine is inside BEGIN … COMMIT.
  private(set) var inTransaction = false
  /// Whether the transaction has looked at data.
  private(set) var hasReadInTransaction = false
  /// Temporary tables and views that the open transaction made, as DROP names them.
  var temporaryCreations: [String] = []
  /// Those of them that a rollback of the engine would leave.
  private var outlivingCreations: [String] = []
  /// Whether this session has temporary objects.
  var hasTemporaryObjects = false
  /// Whether the open transaction has changed definitions.
  var hasUncommittedDefinitions = false
  /// Whether the session's view of the catalog is its own.
  var hasPrivateDefinitions: Bool { hasTemporaryObjects || hasUncommittedDefinitions }

  init(lake: Lake, catalog: CatalogEmulation, view: SessionCatalog, handle: SessionHandle) {
    self.view = view
    self.lake = lake
    self.catalog = catalog
    self.handle = handle
  }

  deinit {
    streaming?.close()
    if let connection = openConnection { catalog.detach(connection: connection.id) }
  }

  /// The connection, made at the first call.
  func connection() throws -> Connection {
    if let openConnection { return openConnection }
    let connection = try lake.connect()
    openConnection = connection
    catalog.attach(view, to: connection.id)
    handle.attach(connection)
    return connection
  }

  /// A connection of its own for rows that are set aside.
  func scratchConnection() throws(DuckDBError) -> Connection { try lake.database.connect() }

  /// Whether a connection was made.
  var isConnected: Bool { openConnection != nil }

  // MARK: Settings

  /// Brings the connection in line with the session's settings.
  ///
  /// - Parameter schemas: the schemas that the session sees; nil where only the engine knows them.
  func apply(_ settings: SessionSettings, user: String, schemas: () throws -> Set<String>?) throws {
    let connection = try connection()
    let zone = settings["timezone"] ?? "UTC"
    if zone != appliedTimeZone {
      try free(connection)
      try connection.execute("SET TimeZone = \(quoteLiteral(zone))")
      appliedTimeZone = zone
    }
    let path = settings.searchPath(user: user)
    if try path != appliedSearchPath || mayCompleteSearchPath() {
      try free(connection)
      try applySearchPath(path, existing: try schemas(), on: connection)
    }
  }

  /// Whether a name of the search path that did not exist may have come to exist.
  private func mayCompleteSearchPath() throws -> Bool {
    guard let incompleteAtVersion else { return false }
    return try schemaVersion() != incompleteAtVersion
  }

  /// The schema version that the engine's next statement sees.
  private func schemaVersion() throws -> Int64 {
    try (reading?.snapshot ?? lake.newestSnapshot()).schemaVersion
  }

  /// Sets the schemas that exist, in order; PostgreSQL passes over those that do not.
  private func applySearchPath(_ path: [String], existing: Set<String>?, on connection: Connection) throws {
    let version = try schemaVersion()
    let wanted = path.filter { $0 != "pg_catalog" && $0 != "pg_temp" }
    func set(_ schemas: [String]) throws(DuckDBError) {
      let list = schemas.map { "\(Lake.databaseName).\(quoteIdentifier($0))" } + [CatalogSQL.catalog]
      try connection.execute("SET search_path = \(quoteLiteral(list.joined(separator: ",")))")
    }
    var present = wanted
    if let existing { present = wanted.filter(existing.contains) }
    do throws(DuckDBError) {
      try set(present.isEmpty ? ["main"] : present)
    } catch {
      if error.type == .interrupt { throw error }
      present = []
      for schema in wanted {
        do throws(DuckDBError) {
          try set([schema])
          present.append(schema)
        } catch {
          if error.type == .interrupt { throw error }
        }
      }
      try set(present.isEmpty ? ["main"] : present)
    }
    appliedSearchPath = path
    incompleteAtVersion = present.count < wanted.count ? version : nil
  }

  /// Definitions changed: names of the search path may exist now, or no longer.
  func definitionsChanged() {
    appliedSearchPath = nil
  }

  // MARK: Statements

  /// Sees to it that neither a stream nor a query's own transaction needs the connection.
  private func free(_ connection: Connection) throws {
    if let source = streaming {
      try source.park { () throws(DuckDBError) in try scratchConnection() }
      streaming = nil
    }
    endRead()
  }

  /// Plans a statement without running it.
  func prepare(_ sql: String) throws -> PreparedStatement {
    let connection = try connection()
    try free(connection)
    return try connection.prepare(sql)
  }

  /// Plans a query that `read` is to run next.
  func prepareToRead(_ sql: String) throws -> PreparedStatement {
    _ = try beginRead()
    return try connection().prepare(sql)
  }

  /// Runs a query that changes nothing; its rows are streamed.
  func read(_ sql: String) throws -> RowSource {
    let token = try beginRead()
    return stream(try connection().query(sql), token)
  }

  /// Runs a planned query that changes nothing; its rows are streamed.
  func read(_ prepared: PreparedStatement) throws -> RowSource {
    let token = try beginRead()
    return stream(try prepared.execute(), token)
  }

  /// Runs a statement whose rows are streamed.
  func query(_ sql: String) throws -> RowSource {
    let connection = try connection()
    try free(connection)
    let token = inTransaction ? nil : try lake.beginRead()
    if inTransaction { hasReadInTransaction = true }
    return stream(try connection.query(sql), token)
  }

  /// Opens the transaction of a query that stands alone, unless one is open.
  private func beginRead() throws -> ReadToken? {
    let connection = try connection()
    if inTransaction {
      try free(connection)
      hasReadInTransaction = true
      return nil
    }
    if let readingAlone, streaming == nil { return readingAlone }
    try free(connection)
    let bounds =
      try readBounds
      ?? (begin: connection.prepare("BEGIN TRANSACTION"), commit: connection.prepare("COMMIT"))
    readBounds = bounds
    let token = try lake.beginRead()
    _ = try bounds.begin.execute()
    readingAlone = token
    return token
  }

  /// Ends the transaction of a query that stood alone, if one is open.
  func endRead() {
    guard readingAlone != nil else { return }
    readingAlone = nil
    do {
      _ = try readBounds?.commit.execute()
    } catch {
      // The query failed, and its transaction with it: nothing was written that could be lost.
      handle.undo { try? openConnection?.execute("ROLLBACK") }
    }
  }

  private func stream(_ result: QueryResult, _ token: ReadToken?) -> RowSource {
    let source = RowSource(result, reading: token)
    if result.kind == .rows { streaming = source }
    return source
  }

  /// Whether a query has no rows.
  func isEmpty(_ sql: String) throws -> Bool {
    let source = try query(sql)
    defer { source.close() }
    return try source.isAtEnd()
  }

  /// All rows of a query whose columns are text or NULL.
  func texts(_ sql: String) throws -> [[String?]] {
    let source = try query(sql)
    defer { source.close() }
    var rows: [[String?]] = []
    while let (chunk, range) = try source.take(.max) {
      let columns = (0..<chunk.columnCount).map { column in
        chunk.withVector(column) { vector in
          range.map { row in
            guard vector.isValid(row) else { return nil as String? }
            return vector.type == .boolean ? String(vector.load(row, as: Bool.self)) : vector.text(row)
          }
        }
      }
      for row in 0..<range.count { rows.append(columns.map { $0[row] }) }
    }
    return rows
  }

  /// Runs statements whose rows nobody wants.
  func execute(_ sql: String) throws {
    let connection = try connection()
    try free(connection)
    try connection.execute(sql)
  }

  // MARK: Transactions

  /// Whether the open transaction outlived an error: the engine aborts it where more than planning failed.
  var hasSoundTransaction: Bool {
    guard inTransaction else { return false }
    do {
      try execute("SELECT 1")
      return true
    } catch {
      return false
    }
  }

  func begin() throws {
    reading = try lake.beginRead()
    try execute("BEGIN TRANSACTION")
    inTransaction = true
  }

  /// Whether another commit came in since the transaction began.
  func wasOvertaken() throws -> Bool {
    guard let reading else { return false }
    return try lake.newestSnapshot().id != reading.snapshot.id
  }

  /// Begins a transaction again that has changed nothing in the lake. Rows on their way to the client are
  /// kept, and so are changes of temporary tables: a rollback then drops those that the transaction made,
  /// but leaves rows that it put into older ones.
  func restart(keepingTemporary: Bool = false) throws {
    try free(try connection())
    try execute(keepingTemporary ? "COMMIT" : "ROLLBACK")
    let creations = temporaryCreations
    ended(keepingTurn: true)
    try begin()
    if keepingTemporary {
      temporaryCreations = creations
      outlivingCreations = creations
    }
  }

  /// Runs statements in a transaction of their own.
  func inOwnTransaction<Value>(_ body: () throws -> Value) throws -> Value {
    try begin()
    do {
      let value = try body()
      try commit()
      return value
    } catch {
      rollback()
      throw error
    }
  }

  /// Ends the transaction, whatever comes of it.
  func commit() throws {
    defer { ended() }
    do {
      try execute("COMMIT")
    } catch {
      // A commit that fails may leave the transaction open on the connection.
      handle.undo { try? openConnection?.execute("ROLLBACK") }
      throw error
    }
  }

  func rollback() {
    streaming?.close()
    streaming = nil
    readingAlone = nil
    handle.undo {
      // The engine may have ended the transaction itself; then there is nothing to roll back.
      try? openConnection?.execute("ROLLBACK")
      for creation in outlivingCreations { try? openConnection?.execute("DROP \(creation)") }
    }
    ended()
  }

  private func ended(keepingTurn: Bool = false) {
    if hasUncommittedDefinitions { definitionsChanged() }
    inTransaction = false
    hasUncommittedDefinitions = false
    hasReadInTransaction = false
    temporaryCreations = []
    outlivingCreations = []
    reading = nil
    if !keepingTurn { turn = nil }
  }

  /// Waits for the turn to write, which lasts until the transaction ends, or `finishWrite` is called.
  ///
  /// - Parameter timeoutMilliseconds: the longest wait; 0 is for ever.
  /// - Returns: whether the turn was taken now, not before.
  func takeTurn(timeoutMilliseconds: Int) throws -> Bool {
    guard turn == nil else { return false }
    let request = WriteRequest()
    handle.wait(for: request)
    defer { handle.wait(for: nil) }
    turn = try lake.lockForWriting(
      milliseconds: timeoutMilliseconds > 0 ? timeoutMilliseconds : nil, request: request)
    return true
  }

  /// Whether the session has the turn to write.
  var hasTurn: Bool { turn != nil }

  /// Lets the next writer in, unless a transaction goes on.
  func finishWrite() {
    if !inTransaction { turn = nil }
  }

  /// DISCARD ALL: the connection goes, and with it temporary tables and settings.
  func discard() {
    rollback()
    if let connection = openConnection { catalog.detach(connection: connection.id) }
    handle.attach(nil)
    readBounds = nil
    openConnection = nil
    appliedTimeZone = nil
    appliedSearchPath = nil
    hasTemporaryObjects = false
  }
}
