import DuckDB
import Testing

@Suite struct PreparedStatementTests {
  let connection: Connection

  init() throws {
    connection = try Database().connect()
  }

  @Test func typesOfParametersAreToldWhereTheyAreKnown() throws {
    try connection.execute("create table t(i integer, d decimal(10,2))")
    let statement = try connection.prepare("select i, d from t where i = $1 and d > $2")
    #expect(statement.parameterCount == 2)
    #expect(statement.parameterType(1) == .integer)
    #expect(statement.parameterType(2) == .decimal(width: 10, scale: 2))
    #expect(statement.columns?.map(\.type) == [.integer, .decimal(width: 10, scale: 2)])
    #expect(statement.kind == .select)
    let open = try connection.prepare("select $1")
    #expect(open.parameterType(1) == nil)
    #expect(open.columns == nil)
  }

  @Test(arguments: [
    (Value.null, "NULL"), (.boolean(true), "true"), (.tinyint(-1), "-1"),
    (.hugeint(.min + 1), "\(Int128.min + 1)"),
    (.uhugeint(.max), "\(UInt128.max)"), (.double(0.5), "0.5"),
    (.decimal(unscaled: -12345, width: 38, scale: 2), "-123.45"), (.varchar("é'"), "é'"),
    (.blob([0, 65]), "\\x00A"), (.date(0), "1970-01-01"), (.time(1_500_000), "00:00:01.5"),
    (.timeTZ(microseconds: 0, offset: 3600), "00:00:00+01"), (.timestamp(0), "1970-01-01 00:00:00"),
    (.timestampNS(1), "1970-01-01 00:00:00.000000001"),
    (.interval(months: 14, days: 3, microseconds: 1), "1 year 2 months 3 days 00:00:00.000001"),
    (.uuid(0x1234_5678_9abc_def0_1234_5678_9abc_def0), "12345678-9abc-def0-1234-56789abcdef0"),
    (.list([.integer(1), .null], element: .integer), "[1, NULL]"),
  ])
  func valuesAreBound(value: Value, text: String) throws {
    let statement = try connection.prepare("select coalesce($1::varchar, 'NULL')")
    try statement.bind(value, at: 1)
    let chunk = try #require(try statement.execute().nextChunk())
    #expect(chunk.withVector(0) { $0.text(0) } == text)
  }

  @Test func kindsAreTold() throws {
    try connection.execute("create table t(i integer)")
    let kinds: [(String, StatementKind)] = [
      ("insert into t values (1)", .insert), ("update t set i = 1", .update), ("delete from t", .delete),
      ("begin", .transaction), ("create table u(i int)", .create), ("drop table t", .drop),
      ("set threads = 1", .set), ("explain select 1", .explain), ("copy t to '/nowhere'", .copy),
      ("attach ':memory:' as x", .attach), ("call pragma_version()", .call), ("pragma version", .select),
    ]
    for (sql, kind) in kinds { #expect(try connection.prepare(sql).kind == kind, "\(sql)") }
  }

  @Test func interruptEndsARunningStatement() async throws {
    let connection = connection
    let interrupter = Task.detached {
      // Before the statement has started an interrupt has no effect, so it is repeated until it had one.
      while !Task.isCancelled {
        connection.interrupt()
        await Task.yield()
      }
    }
    let error = #expect(throws: DuckDBError.self) {
      let result = try connection.query("select count(*) from range(1000000) a, range(1000000) b")
      while try result.nextChunk() != nil {}
    }
    interrupter.cancel()
    #expect(error?.type == .interrupt)
  }
}
