import DuckDB
import Lake
import Synchronization
import Testing

@Suite(.enabled(if: TestServers.postgres != nil, "with_servers.py starts a PostgreSQL"))
struct PostgresCatalogTests {
  private let folder = TemporaryFolder()
  private let configuration: LakeConfiguration

  init() throws {
    let server = try #require(TestServers.postgres)
    configuration = LakeConfiguration(
      catalog: .postgres(
        connection: server, schema: "lake \(UInt64.random(in: 0...UInt64.max))"),
      files: .folder(folder.path + "/files"))
  }

  @Test func rowsOutliveTheProcessAndTheCatalogIsReadDirectly() throws {
    do {
      let lake = try Lake.open(configuration)
      let connection = try lake.connect()
      try connection.execute("CREATE TABLE t (i INTEGER NOT NULL DEFAULT 5); INSERT INTO t VALUES (1), (2)")
    }
    let lake = try Lake.open(configuration)
    let start = try lake.newestSnapshot()
    try lake.connect().execute("INSERT INTO t VALUES (3)")
    #expect(try lake.connect().value("SELECT sum(i) FROM t") == "6")
    let table = try #require(try lake.schema().tables.first)
    #expect(table.columns.first?.defaultValue == "5" && table.columns.first?.isNullable == false)
    let changes = try lake.tablesChanged(since: start.id)
    #expect(changes.contents == [table.id] && changes.isComplete)
    #expect(changes.newest.timeMicroseconds > start.timeMicroseconds)
  }

  @Test func writersOfTwoProcessesBothComeThrough() throws {
    let lakes = [try Lake.open(configuration), try Lake.open(configuration)]
    try lakes[0].connect().execute("CREATE TABLE t (w INTEGER, i INTEGER)")
    let failures = Mutex<[String]>([])
    let connections = try (0..<4).map { try lakes[$0 % 2].connect() }
    onThreads(4) { writer in
      for index in 0..<10 {
        do {
          let hold = try lakes[writer % 2].lockForWriting(milliseconds: 30_000)
          defer { hold.release() }
          try connections[writer].execute("INSERT INTO t VALUES (\(writer), \(index))")
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try lakes[1].connect().value("SELECT count(*) FROM t") == "40")
  }

  @Test func updatesOfOneTableConflictAndCanBeRunAgain() throws {
    let lake = try Lake.open(configuration)
    let one = try lake.connect()
    let two = try lake.connect()
    try one.execute("CREATE TABLE t AS SELECT range AS i FROM range(4)")
    try one.execute("BEGIN; UPDATE t SET i = 10 WHERE i = 1")
    try two.execute("UPDATE t SET i = 20 WHERE i = 2")
    var failure: DuckDBError?
    do throws(DuckDBError) { try one.execute("COMMIT") } catch { failure = error }
    let error = try #require(failure)
    #expect(LakeFailure(error) == .conflict, "\(error)")
    guard case .retry = lake.retryPolicy.decision(for: error, attempt: 1) else {
      Issue.record("a conflict is worth a retry")
      return
    }
    try one.execute("UPDATE t SET i = 10 WHERE i = 1")
    #expect(try two.value("SELECT sum(i) FROM t") == "33")
  }

  @Test func directReaderComesBackAfterItsConnectionWasEnded() throws {
    let lake = try Lake.open(configuration)
    let before = try lake.newestSnapshot()
    let engine = try Database(settings: ["allow_unsigned_extensions": "true"]).connect()
    let extensions = try #require(ExtensionFolder.find())
    try engine.execute("LOAD '\(extensions)/postgres_scanner.duckdb_extension'")
    let server = try #require(TestServers.postgres)
    try engine.execute("ATTACH '\(server)' AS p (TYPE postgres)")
    try engine.execute(
      "SELECT * FROM postgres_query('p', 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        + " WHERE pid <> pg_backend_pid() AND application_name = ''martinet catalog''')")
    #expect(try lake.newestSnapshot() == before)
  }

  @Test func maintenanceOfOneProcessLeavesFilesToReadersOfOthers() throws {
    let lake = try Lake.open(configuration)
    let connection = try lake.connect()
    try connection.execute("CREATE TABLE t (i INTEGER)")
    for number in 0..<10 { try connection.execute("INSERT INTO t VALUES (\(number))") }
    let report = try Maintenance(lake: lake).runOnce()
    #expect(report.tablesMerged == 1)
    #expect(try Maintenance(lake: lake).runOnce().filesDeleted == 0)
    #expect(folder.parquetFiles().count == 11)
  }

  @Test func unreachableServerIsNamed() throws {
    var wrong = configuration
    wrong.catalog = .postgres(connection: "host=127.0.0.1 port=1 dbname=x", schema: "lake")
    #expect { try Lake.open(wrong) } throws: { ($0 as? LakeError)?.code == .catalogUnavailable }
  }
}
