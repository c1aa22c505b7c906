import DuckDB
import Synchronization

@testable import WarehouseServer

/// A database with the emulation, a star schema in it, and a session.
final class CatalogFixture {
  let database: Database
  let connection: Connection
  let emulation: CatalogEmulation
  let host: TestHost
  let session: TestSession

  init(tables: Int = 2) throws {
    database = try Database()
    connection = try database.connect()
    let catalog = CatalogSnapshot(Self.definition(tables: tables), keys: Self.keys)
    host = TestHost(catalog: catalog)
    emulation = try CatalogEmulation.install(on: connection, host: host)
    session = TestSession(catalog: catalog)
    emulation.attach(session, to: connection.id)
    try connection.execute(
      """
      CREATE SCHEMA memory.public; SET search_path = 'memory.public,martinet_catalog.pg';
      SET integer_division = true
      """)
  }

  /// `dim` and `fact` with keys, `v` over them, and as many further tables of 16 columns as wanted.
  static func definition(tables: Int) -> CatalogDefinition {
    typealias Column = CatalogDefinition.Column
    var relations = [
      CatalogDefinition.Relation(
        id: 2, schema: "public", name: "dim",
        columns: [
          Column(name: "id", engineType: "INTEGER", isNullable: false),
          Column(name: "name", engineType: "VARCHAR", comment: "what it is called"),
        ], comment: "a dimension", rowEstimate: 100, byteEstimate: 4096),
      CatalogDefinition.Relation(
        id: 3, schema: "public", name: "fact",
        columns: [
          Column(name: "id", engineType: "BIGINT", isNullable: false),
          Column(name: "dim_id", engineType: "INTEGER"),
          Column(name: "amount", engineType: "DECIMAL(15,2)", defaultValue: "0"),
          Column(name: "at", engineType: "TIMESTAMP WITH TIME ZONE"),
          Column(name: "tags", engineType: "VARCHAR[]"),
        ]),
      CatalogDefinition.Relation(
        id: 4, schema: "Other", name: "v", viewDefinition: "SELECT 1 AS one",
        columns: [Column(name: "one", engineType: "INTEGER")]),
    ]
    for number in 0..<max(0, tables - 2) {
      relations.append(
        CatalogDefinition.Relation(
          id: Int64(100 + number), schema: "public", name: "t\(number)",
          columns: (0..<16).map {
            Column(name: "c\($0)", engineType: ["INTEGER", "VARCHAR", "DOUBLE", "DECIMAL(10,2)"][$0 % 4])
          }))
    }
    return CatalogDefinition(
      schemas: [.init(id: 0, name: "public"), .init(id: 1, name: "Other")], relations: relations,
      functions: [.init(id: 9, schema: "public", name: "twice", parameters: ["x"], definition: "x * 2")])
  }

  static let keys = CatalogKeys(
    constraints: [
      .init(id: 1, kind: .primaryKey, name: "dim_pkey", schema: "public", table: "dim", columns: ["id"]),
      .init(
        id: 2, kind: .foreignKey, name: "fact_dim_id_fkey", schema: "public", table: "fact",
        columns: ["dim_id"], referencedTable: "dim", referencedColumns: ["id"]),
      .init(
        id: 3, kind: .check, name: "fact_amount_check", schema: "public", table: "fact", columns: ["amount"],
        expression: "amount > 0"),
    ],
    indexes: [
      .init(id: 1, name: "fact_at_idx", schema: "public", table: "fact", columns: ["at", "dim_id"])
    ])

  /// The rows of a query, every value as the engine's text.
  func rows(_ sql: String) throws -> [[String?]] {
    try emulation.running(session) {
      let columns = try connection.prepare(sql).columns ?? []
      let list = columns.indices.map { "CAST(c\($0) AS VARCHAR)" }.joined(separator: ", ")
      let names = columns.indices.map { "c\($0)" }.joined(separator: ", ")
      let result = try connection.query("SELECT \(list) FROM (\(sql)) q(\(names))")
      var rows: [[String?]] = []
      while let chunk = try result.nextChunk() {
        for row in 0..<chunk.rowCount {
          rows.append(
            columns.indices.map { column in
              chunk.withVector(column) { $0.isValid(row) ? $0.text(row) : nil }
            })
        }
      }
      return rows
    }
  }

  /// The first value of a query.
  func value(_ sql: String) throws -> String? { try rows(sql).first?.first ?? nil }
}

final class TestHost: CatalogHost {
  let catalog: CatalogSnapshot
  let databaseName = "lake"
  let startTime = "2026-01-01 00:00:00+00"
  let ended = Mutex<[Int32]>([])

  init(catalog: CatalogSnapshot) { self.catalog = catalog }

  var roles: [CatalogRole] { [CatalogRole(id: 1, name: "ada", isSuperuser: true)] }

  var activity: [CatalogActivity] {
    [
      CatalogActivity(
        processID: 42, user: "ada", database: "lake", applicationName: "psql", clientAddress: "127.0.0.1",
        clientPort: 5000, backendStart: startTime, transactionStart: nil, queryStart: startTime,
        stateChange: startTime, state: "active", query: "select 1")
    ]
  }

  func cancel(processID: Int32) -> Bool { processID == 42 }
  func terminate(processID: Int32) -> Bool {
    ended.withLock { $0.append(processID) }
    return processID == 42
  }
  func sleep(seconds: Double, connection: UInt64) throws {}
}

final class TestSession: CatalogSession {
  let catalog: CatalogSnapshot
  let values = Mutex<[String: String]>(["client_encoding": "UTF8", "TimeZone": "UTC"])

  init(catalog: CatalogSnapshot) { self.catalog = catalog }

  var identity: CatalogIdentity {
    CatalogIdentity(user: "ada", database: "lake", processID: 42, searchPath: ["nowhere", "public"])
  }

  var settings: [CatalogSetting] {
    values.withLock { $0.map { CatalogSetting(name: $0.key, value: $0.value) } }
  }
  func setting(_ name: String) -> String? { values.withLock { $0[name] } }
  func changeSetting(_ name: String, to value: String, isLocal: Bool) throws -> String {
    values.withLock { $0[name] = value }
    return value
  }
}
