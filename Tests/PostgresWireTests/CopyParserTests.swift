import PostgresWire
import Testing

@Suite struct CopyParserTests {
  private let ab = [CopyTest.column("a", .int32), CopyTest.column("b", .text, "text")]
  private let texts = [CopyTest.column("a", .text, "text"), CopyTest.column("b", .text, "text")]

  private func csv(_ change: (inout CopyInFormat) -> Void = { _ in }) -> CopyInFormat {
    var format = CopyInFormat(.csv)
    change(&format)
    return format
  }

  @Test func textRows() throws {
    let rows = try CopyTest.rows("1\tone\n-2\t\\N\n3\t\n", CopyInFormat(.text), ab)
    #expect(rows == [["1", "one"], ["-2", nil], ["3", ""]])
  }

  @Test func textEscapes() throws {
    let rows = try CopyTest.rows(
      "a\\tb\tc\\\\d\nx\\\ny\t\\x41\\102\\q\n\\\\N\t\\b\\f\\n\\r\\v\n", CopyInFormat(.text), texts)
    #expect(rows == [["a\tb", "c\\d"], ["x\ny", "AB" + "q"], ["\\N", "\u{8}\u{c}\n\r\u{b}"]])
  }

  @Test func endMarkersEndTheData() throws {
    #expect(try CopyTest.rows("1\tx\n\\.\n2\ty\n", CopyInFormat(.text), ab) == [["1", "x"]])
    #expect(try CopyTest.rows("1\tx\n\\.", CopyInFormat(.text), ab) == [["1", "x"]])
    #expect(try CopyTest.rows("1,x\r\n\\.\r\n", CopyInFormat(.csv), ab) == [["1", "x"]])
    #expect(try CopyTest.rows("1,\"\n\\.\n\"\n", CopyInFormat(.csv), ab) == [["1", "\n\\.\n"]])
    #expect(try CopyTest.rows("\\.\n", CopyInFormat(.text), ab) == [])
    #expect(try CopyTest.rows("", CopyInFormat(.text), ab) == [])
  }

  @Test func carriageReturns() throws {
    #expect(try CopyTest.rows("1\tx\r\n2\t\\N\r\n", CopyInFormat(.text), ab) == [["1", "x"], ["2", nil]])
    #expect(
      try CopyTest.rows("1,x\r\n2,\"y\"\r\n3,\r\n", CopyInFormat(.csv), ab) == [
        ["1", "x"], ["2", "y"], ["3", nil],
      ])
  }

  @Test func theLastLineNeedsNoEnd() throws {
    #expect(try CopyTest.rows("1\tx", CopyInFormat(.text), ab) == [["1", "x"]])
    #expect(try CopyTest.rows("1,\"x\"", CopyInFormat(.csv), ab) == [["1", "x"]])
    #expect(try CopyTest.rows("1,", CopyInFormat(.csv), ab) == [["1", nil]])
  }

  @Test func csvQuotes() throws {
    let rows = try CopyTest.rows(
      "\"a,b\",\"say \"\"hi\"\"\"\n\"two\nlines\",x\"y,\"z\nab\"c\"d,\"\"\n", CopyInFormat(.csv), texts)
    #expect(rows == [["a,b", "say \"hi\""], ["two\nlines", "xy,z"], ["abcd", ""]])
    #expect(rows[0] == ["a,b", "say \"hi\""])
    #expect(try CopyTest.rows("ab\"c,\"d,\"\"\n", CopyInFormat(.csv), texts) == [["abc,d", ""]])
    let escaped = csv { $0.escape = UInt8(ascii: "\\") }
    #expect(try CopyTest.rows("\"a\\\"b\",\"c\\\\\"\n", escaped, texts) == [["a\"b", "c\\"]])
  }

  @Test func csvNulls() throws {
    var columns = texts
    #expect(try CopyTest.rows(",\"\"\n", csv(), columns) == [[nil, ""]])
    columns[0].forceNotNull = true
    columns[1].forceNull = true
    #expect(try CopyTest.rows(",\"\"\n", csv(), columns) == [["", nil]])
    #expect(
      try CopyTest.rows("NULL,\"NULL\"\n", csv { $0.null = Array("NULL".utf8) }, texts) == [[nil, "NULL"]])
  }

  @Test func headers() throws {
    #expect(try CopyTest.rows("x,y\n1,z\n", csv { $0.header = .skip }, ab) == [["1", "z"]])
    #expect(try CopyTest.rows("a,b\n1,z\n", csv { $0.header = .match }, ab) == [["1", "z"]])
    let mismatch = CopyTest.error("a,x\n1,z\n", csv { $0.header = .match }, ab)
    #expect(mismatch?.message == "column name mismatch in header line field 2: got \"x\", expected \"b\"")
    #expect(mismatch?.context == "COPY t, line 1: \"a,x\"")
    #expect(
      CopyTest.error("a\n", csv { $0.header = .match }, ab)?.message
        == "wrong number of fields in header line: got 1, expected 2")
  }

  @Test func otherDelimiters() throws {
    #expect(try CopyTest.rows("1|x\n", csv { $0.delimiter = UInt8(ascii: "|") }, ab) == [["1", "x"]])
  }

  @Test func everyKindOfText() throws {
    let cases: [(CopyColumn.Kind, String, String)] = [
      (.boolean, "true", "t"), (.boolean, "f", "f"), (.int16, "-32768", "-32768"), (.int32, " 7 ", "7"),
      (.int64, "9223372036854775807", "9223372036854775807"), (.float, "1.5", "1.5"),
      (.double, "1e-3", "0.001"),
      (.decimal(width: 4, scale: 2), "12.345", "12.35"), (.decimal(width: 9, scale: 3), "-1.5", "-1.500"),
      (.decimal(width: 18, scale: 2), "1234567890123456.78", "1234567890123456.78"),
      (
        .decimal(width: 38, scale: 2), "123456789012345678901234567890123456.785",
        "123456789012345678901234567890123456.79"
      ),
      (.decimal(width: 18, scale: 0), "99.5", "100"), (.decimal(width: 10, scale: 2), ".5", "0.50"),
      (.decimal(width: 10, scale: 2), "5.", "5.00"), (.decimal(width: 10, scale: 2), "1e2", "100.00"),
      (.decimal(width: 18, scale: 10), "-0.0000000001", "-0.0000000001"),
      (.date, "2024-02-29", "2024-02-29"), (.date, "infinity", "infinity"),
      (.time, "23:59:59.5", "23:59:59.5"),
      (.timestamp, "2024-01-31 12:34:56.789", "2024-01-31 12:34:56.789"),
      (.timestamp, "2024-01-31T12:34", "2024-01-31 12:34:00"),
      (.timestampTZ, "2024-01-31 12:34:56+02", "2024-01-31 10:34:56"),
      (.interval, "1 day 01:00:00", "1 day 01:00:00"),
      (.uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
      (.json, "{}", "{}"), (.text, "é", "é"), (.converted(.int4Array), "{1,NULL,3}", "[1, NULL, 3]"),
      (.converted(.textArray), "{a b,NULL}", "[\"a b\", NULL]"), (.converted(.numeric), "1e3", "1000"),
    ]
    for (kind, text, expected) in cases {
      let columns = [CopyTest.column("a", kind)]
      let format = csv { $0.delimiter = UInt8(ascii: "|") }
      #expect(try CopyTest.rows(text + "\n", format, columns) == [[expected]], "\(kind) \(text)")
    }
    #expect(
      try CopyTest.rows("\\\\x00ff\n", CopyInFormat(.text), [CopyTest.column("a", .blob)]) == [["00ff"]])
  }

  @Test func badRows() {
    func check(
      _ text: String, _ state: SQLState, _ message: String, _ context: String, csv isCSV: Bool = false
    ) {
      let error = CopyTest.error(text, CopyInFormat(isCSV ? .csv : .text), ab)
      #expect(error?.sqlState == state)
      #expect(error?.message == message)
      #expect(error?.context == context)
    }
    check("1\tx\n2\n", .badCopyFileFormat, "missing data for column \"b\"", "COPY t, line 2: \"2\"")
    check(
      "1\tx\t3\n", .badCopyFileFormat, "extra data after last expected column", "COPY t, line 1: \"1\tx\t3\"")
    check(
      "1\tx\n2\ty\nabc\tz\n", .invalidTextRepresentation, "invalid input syntax for type integer: \"abc\"",
      "COPY t, line 3, column a: \"abc\"")
    check(
      "2147483648\tx\n", .numericValueOutOfRange, "value \"2147483648\" is out of range for type integer",
      "COPY t, line 1, column a: \"2147483648\"")
    check(
      "1,\"a\nb\"\n2,\"x\n", .badCopyFileFormat, "unterminated CSV quoted field",
      "COPY t, line 4: \"2,\"x\n\"",
      csv: true)
    check(
      "\n", .invalidTextRepresentation, "invalid input syntax for type integer: \"\"",
      "COPY t, line 1, column a: \"\"")
    check(
      "1\t\\000\n", .characterNotInRepertoire, "invalid byte sequence for encoding \"UTF8\": 0x00",
      "COPY t, line 1")
    let long = String(repeating: "x", count: 200)
    #expect(
      CopyTest.error(long + "\ty\n", CopyInFormat(.text), ab)?.context
        == "COPY t, line 1, column a: \"\(String(repeating: "x", count: 100))...\"")
  }

  @Test func badEncodings() throws {
    let error = #expect(throws: PostgresError.self) {
      try CopyTest.rows(Array("1\tx\n2\t".utf8) + [0xFF, 0x0A], CopyInFormat(.text), ab)
    }
    #expect(error?.context == "COPY t, line 2")
    #expect(error?.message == "invalid byte sequence for encoding \"UTF8\": 0xff")
  }

  @Test func decimalOverflow() {
    let error = CopyTest.error(
      "100.00\n", CopyInFormat(.text), [CopyTest.column("a", .decimal(width: 4, scale: 2))])
    #expect(error?.message == "numeric field overflow")
    #expect(
      error?.detail
        == "A field with precision 4, scale 2 must round to an absolute value less than 10^2.")
  }

  @Test func boundariesOfBlocksAndPiecesDoNotMatter() throws {
    var text = ""
    var expected: [[String?]] = []
    for index in 0..<300 {
      text += "\(index),\"line \(index)\nwith \"\"quotes\"\", and a comma\"\n\(index),plain\r\n"
      expected.append(["\(index)", "line \(index)\nwith \"quotes\", and a comma"])
      expected.append(["\(index)", "plain"])
    }
    for (block, piece, chunk) in [(64, 1, 3), (100, 7, 2048), (1000, 333, 1), (1 << 20, .max, 2048)] {
      let rows = try CopyTest.rows(
        Array(text.utf8), CopyInFormat(.csv), ab, pieceBytes: piece, blockBytes: block, chunkRows: chunk)
      #expect(rows == expected)
    }
    let escaped = "1\tx\\\ny\\\\\n2\tz\\\\\\\nw\n"
    for block in [64, 1 << 20] {
      let rows = try CopyTest.rows(
        Array(String(repeating: escaped, count: 50).utf8), CopyInFormat(.text), ab, pieceBytes: 5,
        blockBytes: block)
      #expect(rows == (0..<50).flatMap { _ in [["1", "x\ny\\"], ["2", "z\\\nw"]] })
    }
  }

  @Test func linesAreCountedAcrossBlocks() {
    let text = (1...500).map { "\($0)\tx\n" }.joined() + "bad\tx\n"
    let error = #expect(throws: PostgresError.self) {
      try CopyTest.rows(Array(text.utf8), CopyInFormat(.text), ab, blockBytes: 100)
    }
    #expect(error?.context == "COPY t, line 501, column a: \"bad\"")
  }

  /// Random bytes may be refused, never trap.
  @Test func noise() {
    let kinds: [CopyColumn.Kind] = [
      .int32, .text, .date, .timestamp, .decimal(width: 10, scale: 2), .double, .uuid, .interval, .blob,
      .converted(.int4Array), .boolean, .decimal(width: 38, scale: 10), .time, .timestampTZ,
    ]
    let alphabet = Array("0123456789-+.eE:,\t\n\r\\\"N{}x NaTfi".utf8)
    var generator = SeededGenerator(seed: 77)
    for round in 0..<20_000 {
      let columns = (0...generator.below(3)).map {
        CopyTest.column("c\($0)", kinds[generator.below(kinds.count)])
      }
      let bytes = (0..<generator.below(60)).map { _ in
        generator.below(50) == 0
          ? UInt8(truncatingIfNeeded: generator.next()) : alphabet[generator.below(alphabet.count)]
      }
      var stream = bytes
      if round % 3 == 2 { stream = CopyBinaryTests.header + bytes.flatMap { [0, $0 & 3, 0, 0, 0, $0 & 7] } }
      _ = try? CopyTest.rows(
        stream, CopyInFormat([.text, .csv, .binary][round % 3]), columns, blockBytes: 64, chunkRows: 4)
    }
  }
}
