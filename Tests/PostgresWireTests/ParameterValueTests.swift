import PostgresWire
import Testing

@Suite struct ParameterValueTests {
  private func literal(_ type: PostgresType?, _ text: String) throws -> String {
    try ParameterValue.decode(oid: type?.oid ?? 0, format: .text, bytes: Array(text.utf8)[...]).literal
  }

  private func binary(_ type: PostgresType, _ bytes: [UInt8]) throws -> String {
    try ParameterValue.decode(oid: type.oid, format: .binary, bytes: bytes[...]).literal
  }

  private func failure(_ type: PostgresType, _ text: String) -> String {
    do {
      return try literal(type, text)
    } catch let error as PostgresError {
      return "\(error.sqlState) \(error.message)"
    } catch {
      return "\(error)"
    }
  }

  @Test(
    arguments: [
      (.int8, "5", "CAST(5 AS BIGINT)"), (.int8, "-5", "CAST((-5) AS BIGINT)"),
      (.int4, " +7 ", "CAST(7 AS INTEGER)"), (.int2, "-32768", "CAST((-32768) AS SMALLINT)"),
      (.int8, "-9223372036854775808", "CAST((-9223372036854775808) AS BIGINT)"),
      (.oid, "4294967295", "CAST(4294967295 AS BIGINT)"), (.bool, "YES", "true"), (.bool, "of", "false"),
      (.text, "it's", "CAST('it''s' AS VARCHAR)"), (.unknown, "it's", "'it''s'"),
      (.varchar, "a\\b", "CAST('a\\b' AS VARCHAR)"), (.date, "2024-01-01", "CAST('2024-01-01' AS DATE)"),
      (.date, "1/8/1999", "CAST('1999-01-08' AS DATE)"),
      (.date, "0044-03-15 BC", "CAST('0044-03-15 (BC)' AS DATE)"),
      (.date, "infinity", "CAST('infinity' AS DATE)"),
      (.timestamp, "2024-01-01T12:34:56.5+02", "CAST('2024-01-01 12:34:56.5' AS TIMESTAMP)"),
      (.timestamptz, "2024-01-01 12:34:56+02", "CAST('2024-01-01 10:34:56+00' AS TIMESTAMPTZ)"),
      (.timestamptz, "2024-01-01 12:34", "CAST('2024-01-01 12:34:00' AS TIMESTAMPTZ)"),
      (.timestamptz, "2024-01-01 12:34 Europe/Paris", "CAST('2024-01-01 12:34 Europe/Paris' AS TIMESTAMPTZ)"),
      (.time, "04:05", "CAST('04:05:00' AS TIME)"), (.time, "04:05 PM", "CAST('16:05:00' AS TIME)"),
      (
        .interval, "1 year 2 mons -3 days 04:05:06.5",
        "CAST('14 months -3 days 14706500000 microseconds' AS INTERVAL)"
      ),
      (.interval, "P1Y2M3DT4H", "CAST('14 months 3 days 14400000000 microseconds' AS INTERVAL)"),
      (.interval, "1.5 days ago", "CAST('0 months -1 days -43200000000 microseconds' AS INTERVAL)"),
      (.uuid, "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}", "CAST('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' AS UUID)"),
      (.bytea, "\\x00fF", "from_hex('00ff')"), (.bytea, "a\\000\\\\", "from_hex('61005c')"),
      (.numeric, "123.450", "CAST('123.450' AS DECIMAL(6,3))"),
      (.numeric, "-0.05", "CAST('-0.05' AS DECIMAL(2,2))"),
      (.numeric, "1e3", "CAST('1000' AS DECIMAL(4,0))"),
      (.numeric, "1.5E-3", "CAST('0.0015' AS DECIMAL(4,4))"),
      (.numeric, "0", "CAST('0' AS DECIMAL(1,0))"), (.numeric, "NaN", "CAST('nan' AS DOUBLE)"),
      (
        .numeric, "99999999999999999999999999999999999999",
        "CAST('99999999999999999999999999999999999999' AS DECIMAL(38,0))"
      ),
      (
        .numeric, "999999999999999999999999999999999999999",
        "CAST('999999999999999999999999999999999999999' AS DOUBLE)"
      ),
      (.float8, "1.5", "CAST('1.5' AS DOUBLE)"), (.float8, "-Infinity", "CAST('-inf' AS DOUBLE)"),
      (.float4, "0.1", "CAST('0.1' AS REAL)"), (.json, "{\"a\":\"'\"}", "CAST('{\"a\":\"''\"}' AS JSON)"),
      (.bit, "0101", "CAST('0101' AS BIT)"), (.varbit, "xA", "CAST('1010' AS BIT)"),
      (.money, "$1,234.56", "CAST('1234.56' AS DECIMAL(19,2))"),
      (.regclass, "16384", "CAST(16384 AS BIGINT)"),
      (.regclass, "public.t", "CAST('public.t' AS regclass)"),
      (.int2vector, "1 2", "CAST([1,2] AS SMALLINT[])"),
      (.int4Array, "{1,-2,NULL}", "CAST([1,-2,NULL] AS INTEGER[])"),
      (.int4Array, "{}", "CAST([] AS INTEGER[])"),
      (.int4Array, "{{1,2},{3,4}}", "CAST([[1,2],[3,4]] AS INTEGER[][])"),
      (.int4Array, "[0:1]={5,6}", "CAST([5,6] AS INTEGER[])"),
      (
        .textArray, "{a,\"b c\",NULL,\"NULL\", d e ,\"it's \\\"q\\\"\"}",
        "CAST(['a','b c',NULL,'NULL','d e','it''s \"q\"'] AS VARCHAR[])"
      ),
      (.numericArray, "{1.5,100}", "CAST(['1.5','100'] AS DECIMAL(4,1)[])"),
      (.dateArray, "{2024-01-01}", "CAST(['2024-01-01'] AS DATE[])"),
      (.boolArray, "{t,f}", "CAST([true,false] AS BOOLEAN[])"),
      (.byteaArray, "{\"\\\\x01\"}", "CAST([from_hex('01')] AS BLOB[])"),
    ] as [(PostgresType, String, String)])
  func texts(_ type: PostgresType, _ text: String, _ expected: String) throws {
    #expect(try literal(type, text) == expected)
  }

  @Test(
    arguments: [
      (.int4, "abc", "22P02 invalid input syntax for type integer: \"abc\""),
      (.int4, "", "22P02 invalid input syntax for type integer: \"\""),
      (.int4, "1.5", "22P02 invalid input syntax for type integer: \"1.5\""),
      (.int4, "2147483648", "22003 value \"2147483648\" is out of range for type integer"),
      (.int8, "9223372036854775808", "22003 value \"9223372036854775808\" is out of range for type bigint"),
      (.bool, "maybe", "22P02 invalid input syntax for type boolean: \"maybe\""),
      (.bool, "o", "22P02 invalid input syntax for type boolean: \"o\""),
      (.float8, "x", "22P02 invalid input syntax for type double precision: \"x\""),
      (.float8, "1e400", "22003 \"1e400\" is out of range for type double precision"),
      (.float4, "1e39", "22003 \"1e39\" is out of range for type real"),
      (.numeric, "1,5", "22P02 invalid input syntax for type numeric: \"1,5\""),
      (.date, "tomorrowish", "22007 invalid input syntax for type date: \"tomorrowish\""),
      (.date, "2024-13-01", "22008 date/time field value out of range: \"2024-13-01\""),
      (.date, "2023-02-29", "22008 date/time field value out of range: \"2023-02-29\""),
      (
        .timestamp, "2024-01-01 25:00:00", "22008 date/time field value out of range: \"2024-01-01 25:00:00\""
      ),
      (.interval, "1 parsec", "22007 invalid input syntax for type interval: \"1 parsec\""),
      (.uuid, "a0eebc99", "22P02 invalid input syntax for type uuid: \"a0eebc99\""),
      (.bytea, "\\xfg", "22023 invalid hexadecimal digit: \"g\""),
      (.bytea, "\\xf", "22023 invalid hexadecimal data: odd number of digits"),
      (.bytea, "\\9", "22P02 invalid input syntax for type bytea"),
      (.bit, "012", "22P02 \"2\" is not a valid binary digit"),
      (.int4Array, "{1,{2}}", "22P02 malformed array literal: \"{1,{2}}\""),
      (.int4Array, "{1,2", "22P02 malformed array literal: \"{1,2\""),
      (.int4Array, "1,2", "22P02 malformed array literal: \"1,2\""),
      (.int4Array, "{1,}", "22P02 malformed array literal: \"{1,}\""),
      (.int4Array, "{a}", "22P02 invalid input syntax for type integer: \"a\""),
      (.text, "a\u{0}b", "22021 invalid byte sequence for encoding \"UTF8\": 0x00"),
    ] as [(PostgresType, String, String)])
  func malformedTexts(_ type: PostgresType, _ text: String, _ expected: String) {
    #expect(failure(type, text) == expected)
  }

  @Test func nullsKeepTheirType() throws {
    #expect(try ParameterValue.decode(oid: 0, format: .text, bytes: nil).literal == "NULL")
    #expect(
      try ParameterValue.decode(oid: 23, format: .binary, bytes: nil).literal == "CAST(NULL AS INTEGER)")
    #expect(
      try ParameterValue.decode(oid: 1007, format: .text, bytes: nil).literal == "CAST(NULL AS INTEGER[])")
  }

  @Test func textThatIsNotUTF8IsRefused() {
    for format in [WireFormat.text, .binary] {
      let error = #expect(throws: PostgresError.self) {
        try ParameterValue.decode(oid: 25, format: format, bytes: [0x61, 0xE2, 0x28, 0xA1])
      }
      #expect(error?.sqlState == .characterNotInRepertoire)
      #expect(error?.message == "invalid byte sequence for encoding \"UTF8\": 0xe2 0x28 0xa1")
    }
  }

  @Test(
    arguments: [
      (.int2, [0xFF, 0xFE], "CAST((-2) AS SMALLINT)"), (.int4, [0, 0, 0, 5], "CAST(5 AS INTEGER)"),
      (.int8, [0, 0, 0, 0, 0, 0, 1, 0], "CAST(256 AS BIGINT)"), (.bool, [1], "true"), (.bool, [0], "false"),
      (.float8, [0x3F, 0xF8, 0, 0, 0, 0, 0, 0], "CAST('1.5' AS DOUBLE)"),
      (.float8, [0x7F, 0xF8, 0, 0, 0, 0, 0, 0], "CAST('nan' AS DOUBLE)"),
      (.float4, [0x3F, 0xC0, 0, 0], "CAST('1.5' AS REAL)"), (.text, [0x61, 0x27], "CAST('a''' AS VARCHAR)"),
      (.bytea, [0, 39, 255], "from_hex('0027ff')"), (.date, [0, 0, 0, 1], "CAST('2000-01-02' AS DATE)"),
      (.timestamp, [0, 0, 0, 0, 0, 0x0F, 0x42, 0x40], "CAST('2000-01-01 00:00:01' AS TIMESTAMP)"),
      (.timestamptz, [0, 0, 0, 0, 0, 0, 0, 0], "CAST('2000-01-01 00:00:00+00' AS TIMESTAMPTZ)"),
      (.time, [0, 0, 0, 0, 0, 0, 0, 1], "CAST('00:00:00.000001' AS TIME)"),
      (.timetz, [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xF1, 0xF0], "CAST('00:00:00+01' AS TIMETZ)"),
      (
        .interval, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3],
        "CAST('3 months 2 days 1 microseconds' AS INTERVAL)"
      ),
      (.uuid, Array(0...15), "CAST('00010203-0405-0607-0809-0a0b0c0d0e0f' AS UUID)"),
      (.jsonb, [1, 0x5B, 0x5D], "CAST('[]' AS JSON)"), (.varbit, [0, 0, 0, 3, 0xA0], "CAST('101' AS BIT)"),
      (.oid, [0xFF, 0xFF, 0xFF, 0xFF], "CAST(4294967295 AS BIGINT)"),
      (.money, [0, 0, 0, 0, 0, 0, 0, 5], "CAST('0.05' AS DECIMAL(19,2))"),
      (.numeric, [0, 2, 0, 0, 0, 0, 0, 2, 0, 123, 0x11, 0x94], "CAST('123.45' AS DECIMAL(5,2))"),
      (.numeric, [0, 1, 0xFF, 0xFF, 0x40, 0, 0, 2, 1, 0xF4], "CAST('-0.05' AS DECIMAL(2,2))"),
      (.numeric, [0, 1, 0, 1, 0, 0, 0, 0, 0, 1], "CAST('10000' AS DECIMAL(5,0))"),
      (.numeric, [0, 0, 0, 0, 0, 0, 0, 2], "CAST('0.00' AS DECIMAL(2,2))"),
      (.numeric, [0, 0, 0, 0, 0xC0, 0, 0, 0], "CAST('nan' AS DOUBLE)"),
      (
        .int4Array,
        [
          0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 23, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 7, 255, 255, 255,
          255,
        ],
        "CAST([7,NULL] AS INTEGER[])"
      ),
      (.int4Array, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 23], "CAST([] AS INTEGER[])"),
    ] as [(PostgresType, [UInt8], String)])
  func binaries(_ type: PostgresType, _ bytes: [UInt8], _ expected: String) throws {
    #expect(try binary(type, bytes) == expected)
  }

  @Test(
    arguments: [
      (.int4, [1, 2, 3], .protocolViolation), (.int4, [1, 2, 3, 4, 5], .invalidBinaryRepresentation),
      (.numeric, [0, 1, 0, 0, 0, 1, 0, 0, 0, 1], .invalidBinaryRepresentation),
      (.numeric, [0xFF, 0xFF, 0, 0, 0, 0, 0, 0], .protocolViolation),
      (.jsonb, [2, 0x5B], .invalidBinaryRepresentation), (.uuid, [1], .protocolViolation),
      (
        .int4Array, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 23, 0x7F, 255, 255, 255, 0, 0, 0, 1], .protocolViolation
      ),
      (
        .int4Array, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 1],
        .invalidBinaryRepresentation
      ),
      (.text, [0], .characterNotInRepertoire), (.date, [0x7F, 255, 255, 254], .invalidBinaryRepresentation),
    ] as [(PostgresType, [UInt8], SQLState)])
  func malformedBinaries(_ type: PostgresType, _ bytes: [UInt8], _ state: SQLState) {
    let error = #expect(throws: PostgresError.self) { try binary(type, bytes) }
    #expect(error?.sqlState == state)
  }

  @Test func whatTheWriterWritesTheDecoderReads() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let scale = generator.below(19)
      let unscaled = Int64(bitPattern: generator.next()) >> Int64(generator.below(60))
      let bytes = writtenBytes { BinaryWriter.write(numeric: Int128(unscaled), scale: scale, to: $0) }
      let text = written { TextWriter.write(numeric: unscaled, scale: scale, to: $0) }
      let value = try ParameterValue.decode(oid: 1700, format: .binary, bytes: bytes[...])
      #expect(value == (try ParameterValue.decode(oid: 1700, format: .text, bytes: Array(text.utf8)[...])))
    }
  }
}
