import DuckDB
import Testing

@Suite struct DuckDBErrorTests {
  let connection: Connection

  init() throws {
    connection = try Database().connect()
  }

  private func failure(_ sql: String) -> DuckDBError? {
    do {
      let result = try connection.query(sql)
      while try result.nextChunk() != nil {}
      return nil
    } catch {
      return error
    }
  }

  @Test func aBinderErrorSaysWhere() throws {
    let error = try #require(failure("select 1,\n  'é', nope from range(3)"))
    #expect(error.type == .binder)
    #expect(error.position == "select 1,\n  'é', ".utf8.count)
    #expect(error.message.hasPrefix("Referenced column \"nope\""))
    #expect(error.rawMessage.hasPrefix("Binder Error: "))
    #expect(!error.message.contains("LINE"))
  }

  @Test(arguments: [
    ("select * from missing", DuckDBErrorType.catalog), ("select from where", .parser),
    ("select 'a'::int", .conversion), ("select error('x')", .invalidInput),
    ("select 2000000000::int + 2000000000::int", .outOfRange),
  ])
  func typesAreKept(sql: String, type: DuckDBErrorType) {
    #expect(failure(sql)?.type == type)
  }
}
