import DuckDB
import PostgresWire
import Testing

@testable import WarehouseServer

@Suite struct RowEncoderTests {
  @Test(arguments: RecordedValue.scalars + RecordedValue.timesAndArrays)
  func valuesAreThoseOfPostgreSQL(value: RecordedValue) throws {
    // More rows than a block has, with NULLs between. The engine has no CASE over arrays of fixed size.
    let sql = "select unnest([v, null, v]) v from (select \(value.sql) v) t, range(134) limit 400"
    let text = try EncodedRows(sql, .text)
    #expect(PostgresColumnType(of: text.columns[0].type).type.oid == value.oid)
    #expect(text.texts == (0..<400).map { $0 % 3 != 1 ? value.text : nil })
    let binary = try EncodedRows(sql, .binary)
    #expect(binary.rows.map { $0[0] } == (0..<400).map { $0 % 3 != 1 ? value.binary : nil })
    // A column without NULLs takes other paths.
    #expect(try EncodedRows("select \(value.sql)", .text).texts == [value.text])
    #expect(try EncodedRows("select \(value.sql)", .binary).rows == [[value.binary]])
  }

  @Test func columnsStandInOrder() throws {
    let sql = "select i, 'row ' || i, i::double / 4, null::date, [i] from range(5000) t(i)"
    let rows = try EncodedRows(sql, .text).rows
    #expect(rows.count == 5000)
    for i in [0, 255, 256, 2047, 2048, 4999] {
      let quarter = i % 4 == 0 ? "\(i / 4)" : "\(Double(i) / 4)"
      #expect(
        rows[i].map { $0.map { String(decoding: $0, as: UTF8.self) } }
          == ["\(i)", "row \(i)", quarter, nil, "{\(i)}"])
    }
  }

  @Test func longValuesArrive() throws {
    let rows = try EncodedRows("select repeat('x', i * 1000) from range(300) t(i)", .binary).rows
    #expect(rows.map { $0[0]?.count } == (0..<300).map { $0 * 1000 })
  }

  @Test(arguments: [
    ("{'a': 1, 'b': 'x\"\\', 'c': null, 'd': [1.5, 2]}", #"{"a":1,"b":"x\"\\","c":null,"d":[1.5,2.0]}"#),
    ("map {'k': date '2024-01-01', 'l': null}", #"{"k":"2024-01-01","l":null}"#),
    ("map {1: true}", #"{"1":true}"#), ("[[1, 2], [], null]", "[[1,2],[],null]"),
    ("union_value(s := 'text')::union(n int, s varchar)", #""text""#),
    ("{'n': 'nan'::double, 'u': 'infinity'::float}", #"{"n":"NaN","u":"Infinity"}"#),
    (
      #"[{'j': '{"x": 1}'::json, 't': timestamp '2024-01-01'}]"#,
      #"[{"j":{"x": 1},"t":"2024-01-01 00:00:00"}]"#
    ),
    ("{'c': chr(10) || chr(1)}", #"{"c":"\n\u0001"}"#),
  ])
  func nestedValuesAreJSON(sql: String, text: String) throws {
    #expect(try EncodedRows("select \(sql)", .text).texts == [text])
    #expect(try EncodedRows("select \(sql) from range(3)", .text).texts == [text, text, text])
  }

  @Test(arguments: [
    ("42", "42"), ("null", nil), ("true", "true"), ("1.50::decimal(5,2)", "1.50"), ("'short'", #""short""#),
    (#"'longer than twelve bytes "x"'"#, #""longer than twelve bytes \"x\"""#), ("1.5::double", "1.5"),
    ("{'a': 1, 'b': [true, null], 'c': {'d': 'x'}}", #"{"a":1,"b":[true,null],"c":{"d":"x"}}"#),
    ("[]::int[]", "[]"),
    ("date '2024-01-02'", #""2024-01-02""#), ("timestamp '2024-01-02 03:04:05'", #""2024-01-02 03:04:05""#),
    ("'00112233-4455-6677-8899-aabbccddeeff'::uuid", #""00112233-4455-6677-8899-aabbccddeeff""#),
    (
      "170141183460469231731687303715884105727::hugeint", "170141183460469231731687303715884105727"
    ),
  ])
  func variantsAreJSON(sql: String, text: String?) throws {
    #expect(try EncodedRows("select (\(sql))::variant", .text).texts == [text])
    let many = try EncodedRows(
      "select unnest([v, null, v]) from (select (\(sql))::variant v) t, range(3000) limit 3000", .text)
    #expect(many.texts == (0..<3000).map { $0 % 3 == 1 ? nil : text })
  }

  @Test func modifiersOfNumerics() {
    #expect(PostgresColumnType(of: .decimal(width: 10, scale: 2)).modifier == 655_366)
    #expect(PostgresColumnType(of: .decimal(width: 38, scale: 10)).modifier == -1)
    #expect(
      PostgresColumnType(of: .list(.decimal(width: 10, scale: 2))) == .init(.numericArray, modifier: 655_366))
  }

  @Test func registeredTypesAreNumbersOrNames() throws {
    let connection = try Database().connect()
    let types: [LogicalType] = [
      .alias("regclass", .bigint), .alias("regclass", .bigint), .alias("regclass", .uinteger),
      .alias("oid", .bigint), .alias("jsonb", .varchar),
    ]
    try connection.register(
      TableFunction(
        name: "registered", columns: types.enumerated().map { ResultColumn(name: "c\($0)", type: $1) }
      ) { _ in
        ColumnarRows(columns: [
          .int64([1259]), .int64([7]), .int64([0]), .int64([4_294_967_295]), .strings(["{}"]),
        ])
      })
    let result = try connection.query("from registered()")
    #expect(
      result.columns.map { PostgresColumnType(of: $0.type).type } == [
        .regclass, .regclass, .regclass, .oid, .jsonb,
      ])
    let chunk = try #require(try result.nextChunk())
    for format in [WireFormat.text, .binary] {
      var encoder = RowEncoder(
        columns: result.columns, formats: result.columns.map { _ in format }, timeZone: "UTC"
      ) { type, oid in type == .regclass && oid == 1259 ? "pg_class" : nil }
      var output = WireBuffer()
      try encoder.encode(chunk, rows: 0..<1, framing: .dataRow, into: &output)
      var bytes = Bytes(output.withUnsafeBytes { Array($0.dropFirst(7)) })
      let values = (0..<5).map { _ in bytes.take(Int(bytes.integer(4))) }
      if format == .text {
        #expect(
          values.map { String(decoding: $0, as: UTF8.self) } == ["pg_class", "7", "-", "4294967295", "{}"])
      } else {
        #expect(
          values == [
            [0, 0, 4, 235], [0, 0, 0, 7], [0, 0, 0, 0], [255, 255, 255, 255], [1] + Array("{}".utf8),
          ])
      }
    }
  }
}
