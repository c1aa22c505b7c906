import DuckDB
import Testing

@Suite struct LogicalTypeTests {
  static let types: [LogicalType] = [
    .boolean, .tinyint, .smallint, .integer, .bigint, .hugeint, .utinyint, .usmallint, .uinteger, .ubigint,
    .uhugeint, .float, .double, .decimal(width: 38, scale: 10), .decimal(width: 4, scale: 1), .varchar, .json,
    .blob, .bit, .uuid, .date, .time, .timeNS, .timeTZ, .timestamp, .timestampS, .timestampMS, .timestampNS,
    .timestampTZ, .interval, .bignum, .variant, .enum(["it's", "b"]), .list(.list(.integer)),
    .array(.varchar, count: 3),
    .struct([.init(name: "a \"b\"", type: .json), .init(name: "c", type: .list(.date))]),
    .map(key: .varchar, value: .hugeint),
    .union([.init(name: "n", type: .bigint), .init(name: "s", type: .varchar)]),
  ]

  @Test(arguments: types) func theNameOfATypeInSQLGivesTheType(type: LogicalType) throws {
    let connection = try Database().connect()
    let result = try connection.query("select null::\(type.sqlName) as c")
    #expect(result.columns == [ResultColumn(name: "c", type: type)])
    let statement = try connection.prepare("select null::\(type.sqlName) as c")
    #expect(statement.columns == [ResultColumn(name: "c", type: type)])
  }
}
