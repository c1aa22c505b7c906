import CPQ
import Synchronization

/// DuckLake's catalog in a PostgreSQL database. A lost connection is made again by the next read.
final class PostgresCatalog: CatalogDatabase {
  private let connection: PostgresConnection
  /// One read at a time on the connection.
  private let turn = Mutex(())

  init(connection text: String, schema: String) throws(LakeError) {
    connection = try PostgresConnection(text: text, schema: schema)
  }

  func read(
    _ sql: String, _ parameters: [Int64], _ body: (any CatalogRow) -> Void
  ) throws(LakeError) {
    try turn.withLock { (_) throws(LakeError) in
      try connection.retryingOnce { (connection) throws(LakeError) in
        try connection.run(sql, parameters, body)
      }
    }
  }

  func readTogether(_ queries: [CatalogQuery]) throws(LakeError) {
    try turn.withLock { (_) throws(LakeError) in
      try connection.retryingOnce { (connection) throws(LakeError) in
        try connection.runPlain("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      }
      do throws(LakeError) {
        for query in queries { try connection.run(query.sql, [], query.body) }
      } catch {
        try? connection.runPlain("ROLLBACK")
        throw error
      }
      try connection.runPlain("COMMIT")
    }
  }
}

extension PostgresCatalog {
  /// Makes the schema of the catalog's tables: the engine expects it.
  static func makeSchema(connection text: String, schema: String) throws(LakeError) {
    let connection = try PostgresConnection(text: text, schema: nil)
    try connection.runPlain("SET client_min_messages = warning")
    try connection.runPlain("CREATE SCHEMA IF NOT EXISTS \(sqlIdentifier(schema))")
  }
}

/// An advisory lock of PostgreSQL's, held while this object lives (chapter 13.3.5 of its manual).
final class PostgresAdvisoryLock {
  private let connection: PostgresConnection

  /// Takes the lock `key` if nobody else has it.
  init?(connection text: String, key: Int64) throws(LakeError) {
    connection = try PostgresConnection(text: text, schema: nil)
    var taken = false
    try connection.run("SELECT pg_try_advisory_lock($1)::int", [key]) { row in taken = row.integer(0) == 1 }
    // Closing the connection releases the lock.
    if !taken { return nil }
  }
}

/// One connection. Its owner serializes the calls.
@safe
private final class PostgresConnection: @unchecked Sendable {
  // Unchecked: the owner's lock lets one thread at a time in.
  private var handle: OpaquePointer?
  private let text: String
  private let schema: String?
  private var prepared: [String: String] = [:]

  init(text: String, schema: String?) throws(LakeError) {
    self.text = text
    self.schema = schema
    try connect()
  }

  deinit {
    // Safe: the handle belongs to this object alone.
    unsafe PQfinish(handle)
  }

  private func connect() throws(LakeError) {
    // Safe: the texts are lent for the calls; a failed connection is finished too.
    unsafe PQfinish(handle)
    prepared = [:]
    unsafe handle = PQconnectdb(text)
    guard unsafe PQstatus(handle) == CONNECTION_OK else {
      throw LakeError(
        .catalogUnavailable, "could not connect to the catalog database: \(message)",
        hint: "Check that PostgreSQL runs and that the connection string of the catalog is right.")
    }
    try runPlain("SET application_name = 'martinet catalog'")
    try runPlain("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET statement_timeout = '60s'")
    if let schema { try runPlain("SET search_path = \(sqlIdentifier(schema))") }
  }

  /// Runs `body` again on a new connection when the old one turns out to be broken.
  func retryingOnce(_ body: (PostgresConnection) throws(LakeError) -> Void) throws(LakeError) {
    do {
      try body(self)
    } catch {
      guard unsafe PQstatus(handle) != CONNECTION_OK else { throw error }
      try connect()
      try body(self)
    }
  }

  func runPlain(_ sql: String) throws(LakeError) {
    // Safe: the result is cleared here.
    let result = unsafe PQexec(handle, sql)
    defer { unsafe PQclear(result) }
    guard unsafe PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure() }
  }

  func run(_ sql: String, _ parameters: [Int64], _ body: (any CatalogRow) -> Void) throws(LakeError) {
    let name = try prepare(sql, parameterCount: parameters.count)
    let texts = parameters.map(String.init)
    let result = unsafe withCStrings(texts) { values in
      // Safe: the values are lent for the call.
      unsafe PQexecPrepared(handle, name, Int32(texts.count), values, nil, nil, 0)
    }
    // Safe: the result belongs to this call.
    defer { unsafe PQclear(result) }
    guard let result = unsafe result, unsafe PQresultStatus(result) == PGRES_TUPLES_OK else {
      throw failure()
    }
    for row in 0..<(unsafe PQntuples(result)) { unsafe body(PostgresRow(result: result, row: row)) }
  }

  private func prepare(_ sql: String, parameterCount: Int) throws(LakeError) -> String {
    if let name = prepared[sql] { return name }
    let name = "q\(prepared.count)"
    // Safe: the texts are lent for the call; 20 is the OID of int8.
    let types = [Oid](repeating: 20, count: parameterCount)
    let result = unsafe PQprepare(handle, name, sql, Int32(parameterCount), types)
    defer { unsafe PQclear(result) }
    guard unsafe PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure() }
    prepared[sql] = name
    return name
  }

  private func failure() -> LakeError {
    LakeError(.catalogUnavailable, "could not read the catalog database: \(message)")
  }

  private var message: String {
    // Safe: the text belongs to the connection and is copied.
    let text = unsafe String(cString: PQerrorMessage(handle))
    return text.split(separator: "\n").joined(separator: " ")
  }
}

@safe
private struct PostgresRow: CatalogRow {
  let result: OpaquePointer
  let row: Int32

  func integer(_ column: Int32) -> Int64? {
    guard unsafe PQgetisnull(result, row, column) == 0 else { return nil }
    // Safe: the row is lent while the result lives; values end in a zero byte.
    guard var byte = unsafe PQgetvalue(result, row, column) else { return nil }
    if unsafe byte.pointee == CChar(bitPattern: UInt8(ascii: "t")) { return 1 }
    if unsafe byte.pointee == CChar(bitPattern: UInt8(ascii: "f")) { return 0 }
    let isNegative = unsafe byte.pointee == CChar(bitPattern: UInt8(ascii: "-"))
    if isNegative { unsafe byte += 1 }
    var value: Int64 = 0
    while unsafe byte.pointee >= 48, unsafe byte.pointee <= 57 {
      value = unsafe value &* 10 &+ Int64(byte.pointee - 48)
      unsafe byte += 1
    }
    return isNegative ? -value : value
  }

  func text(_ column: Int32) -> String? {
    // Safe: the value is copied while the result lives.
    guard unsafe PQgetisnull(result, row, column) == 0,
      let value = unsafe PQgetvalue(result, row, column)
    else { return nil }
    return unsafe String(cString: value)
  }
}

/// Lends strings as an array of C strings.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
  var bytes: [CChar] = []
  var starts: [Int] = []
  for text in texts {
    starts.append(bytes.count)
    bytes.append(contentsOf: text.utf8.map { CChar(bitPattern: $0) } + [0])
  }
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    let pointers = unsafe starts.map { start in unsafe buffer.baseAddress.map { unsafe $0 + start } }
    return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
  }
}
