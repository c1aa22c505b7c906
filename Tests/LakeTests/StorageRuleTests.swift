import DuckDB
import Lake
import Testing

@Suite struct StorageRuleTests {
  /// Creates a table from a query with the casts that its columns need.
  private func create(_ connection: Connection, _ select: String) throws {
    let columns = try #require(try connection.prepare(select).columns)
    try connection.execute("CREATE TABLE t AS \(try StorageRule.wrap(select, columns: columns))")
  }

  private func withLake(_ body: (Connection) throws -> Void) throws {
    let folder = TemporaryFolder()
    try body(try Lake.open(LakeConfiguration(folder: folder.path)).connect())
  }

  @Test func integerSumKeepsEveryDigit() throws {
    try withLake { connection in
      try create(connection, "SELECT sum(i) AS s, 1 AS s FROM (VALUES (9007199254740992), (1)) v(i)")
      #expect(try connection.value("SELECT s FROM t") == "9007199254740993")
    }
  }

  @Test func hugeintAloneLosesDigits() throws {
    try withLake { connection in
      try connection.execute("CREATE TABLE t AS SELECT 9007199254740993::HUGEINT AS s")
      #expect(try connection.value("SELECT s FROM t") != "9007199254740993")
    }
  }

  @Test(arguments: [
    ("'b'::ENUM('a', 'b')", "b", "VARCHAR"), ("'0101'::BIT", "0101", "VARCHAR"),
    ("[1, 2, 3]::INTEGER[3]", "[1, 2, 3]", "INTEGER[]"),
    ("[9007199254740993::HUGEINT]", "[9007199254740993]", "DECIMAL(38,0)[]"),
    ("{'a': 9007199254740993::HUGEINT}", "{'a': 9007199254740993}", "STRUCT(a DECIMAL(38,0))"),
    ("18446744073709551615::UBIGINT", "18446744073709551615", "UBIGINT"),
    ("'12:00:00.123456'::TIME_NS", "12:00:00.123456", "TIME"),
    ("'2020-01-01 00:00:00.123456789'::TIMESTAMP_NS", "2020-01-01 00:00:00.123456789", "TIMESTAMP_NS"),
    ("12345678901234567890.1234567890::DECIMAL(38,10)", "12345678901234567890.1234567890", "DECIMAL(38,10)"),
  ])
  func valueComesBackAsItWas(expression: String, text: String, type: String) throws {
    try withLake { connection in
      try create(connection, "SELECT \(expression) AS v")
      #expect(try connection.rows("SELECT v, typeof(v) FROM t") == [[text, type]])
    }
  }

  @Test(arguments: [
    "'12:00:00+05'::TIMETZ", "['12:00:00+05'::TIMETZ]", "union_value(a := 1)", "123::BIGNUM",
  ])
  func unsafeTypeIsRefusedByName(expression: String) throws {
    try withLake { connection in
      #expect { try create(connection, "SELECT \(expression) AS v") } throws: { error in
        guard let error = error as? LakeError else { return false }
        return error.sqlState == "0A000" && error.hint != nil && error.message.contains("\"v\"")
      }
    }
  }

  @Test func queryWithoutDangerousColumnsStays() throws {
    let select = "SELECT 1 AS a, 'x' AS b"
    let columns = [ResultColumn(name: "a", type: .integer), ResultColumn(name: "b", type: .varchar)]
    #expect(try StorageRule.wrap(select, columns: columns) == select)
  }
}
