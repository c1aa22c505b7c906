import DuckDB
import Testing

@Suite struct ScalarFunctionTests {
  let connection: Connection

  init() throws {
    connection = try Database().connect()
  }

  private func row(_ sql: String) throws -> [String] {
    let chunk = try #require(try connection.query("select columns(*)::varchar from (\(sql))").nextChunk())
    return (0..<chunk.columnCount).map { column in
      chunk.withVector(column) { $0.isValid(0) ? $0.text(0) : "NULL" }
    }
  }

  private static let shout = ScalarFunction(
    name: "shout", parameters: [.varchar], returns: .varchar
  ) { call, writer in
    call.arguments.withVector(0) { vector in
      for row in 0..<call.rowCount where vector.isValid(row) {
        writer.set(vector.text(row).uppercased() + "!", row)
      }
    }
  }

  @Test func itRunsOverConstantsColumnsAndNulls() throws {
    try connection.register(Self.shout)
    #expect(try row("select shout('hey'), shout(null)") == ["HEY!", "NULL"])
    #expect(
      try row(
        "select count(*), count(r), count(distinct r), min(r) from "
          + "(select shout(case when i % 2 = 0 then 'row ' || i end) r from range(10000) t(i))")
        == ["10000", "5000", "5000", "ROW 0!"])
  }

  @Test func namesCanBeOverloaded() throws {
    for type in [LogicalType.bigint, .varchar] {
      try connection.register(
        ScalarFunction(name: "kind", parameters: [type], returns: .varchar) { call, writer in
          for row in 0..<call.rowCount { writer.set(type.sqlName, row) }
        })
    }
    #expect(try row("select kind(1::bigint), kind('x')") == ["BIGINT", "VARCHAR"])
  }

  @Test func itKnowsItsCallerAndMayTakeNulls() throws {
    try connection.register(
      ScalarFunction(
        name: "caller", parameters: [.integer], returns: .ubigint, isVolatile: true, takesNulls: true
      ) { call, writer in
        for row in 0..<call.rowCount { writer.store(call.connectionID, row) }
      })
    #expect(try row("select caller(null), caller(1)") == ["\(connection.id)", "\(connection.id)"])
  }

  @Test func itsErrorsEndTheStatement() throws {
    try connection.register(
      ScalarFunction(name: "fails", parameters: [], returns: .integer) { _, _ in
        throw DuckDBError(type: .invalidInput, message: "no value today")
      })
    let error = #expect(throws: DuckDBError.self) { try row("select fails()") }
    #expect(error?.message == "no value today")
  }

  @Test func aTypeWithANameAndCastsOfItsOwn() throws {
    let regclass = LogicalType.alias("regclass", .bigint)
    try connection.register(regclass)
    try connection.register(
      CastFunction(from: .varchar, to: regclass) { call, writer in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          let name = call.input.text(row)
          if name == "t" {
            writer.store(Int64(16384), row)
          } else {
            call.fail("relation \"\(name)\" does not exist", row: row)
          }
        }
      })
    try connection.register(
      CastFunction(from: regclass, to: .varchar) { call, writer in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          writer.set(call.input.load(row, as: Int64.self) == 16384 ? "t" : "?", row)
        }
      })
    #expect(try connection.query("select 't'::regclass").columns[0].type == regclass)
    #expect(
      try row("select 't'::regclass::bigint, 't'::regclass = 16384, 16384::regclass::varchar")
        == ["16384", "true", "t"])
    #expect(try row("select try_cast('u' as regclass), null::varchar::regclass") == ["NULL", "NULL"])
    let error = #expect(throws: DuckDBError.self) { try row("select 'u'::regclass") }
    #expect(error?.message == "relation \"u\" does not exist")
    #expect(error?.type == .conversion)
  }
}
