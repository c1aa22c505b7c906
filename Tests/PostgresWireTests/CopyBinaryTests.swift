import PostgresWire
import Testing

@Suite struct CopyBinaryTests {
  static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [0, 0, 0, 0, 0, 0, 0, 0]
  private static let trailer: [UInt8] = [0xFF, 0xFF]
  private let ab = [CopyTest.column("a", .int32), CopyTest.column("b", .text, "text")]

  private static func row(_ fields: [[UInt8]?]) -> [UInt8] {
    var buffer = WireBuffer()
    buffer.append(Int16(fields.count))
    for field in fields {
      buffer.append(Int32(field?.count ?? -1))
      buffer.append(contentsOf: field ?? [])
    }
    return buffer.bytes
  }

  @Test func rowsInPiecesOfAnySize() throws {
    var stream = Self.header
    var expected: [[String?]] = []
    for index in 0..<200 {
      stream += Self.row([[0, 0, 0, UInt8(index)], index.isMultiple(of: 3) ? nil : Array("v\(index)".utf8)])
      expected.append(["\(index)", index.isMultiple(of: 3) ? nil : "v\(index)"])
    }
    stream += Self.trailer + [1, 2, 3]
    for (piece, block) in [(1, 64), (13, 100), (.max, 1 << 20)] {
      let rows = try CopyTest.rows(
        stream, CopyInFormat(.binary), ab, pieceBytes: piece, blockBytes: block, chunkRows: 7)
      #expect(rows == expected)
    }
  }

  @Test func everyKind() throws {
    let cases: [(CopyColumn.Kind, (UnsafeMutableRawPointer) -> Int, String)] = [
      (.boolean, { BinaryWriter.write(true, to: $0) }, "t"),
      (.int16, { BinaryWriter.write(Int16(-5), to: $0) }, "-5"),
      (.int64, { BinaryWriter.write(Int64(1) << 40, to: $0) }, "1099511627776"),
      (.float, { BinaryWriter.write(Float(1.5), to: $0) }, "1.5"),
      (.double, { BinaryWriter.write(-2.5, to: $0) }, "-2.5"),
      (.date, { BinaryWriter.write(date: 19_782, to: $0) }, "2024-02-29"),
      (.date, { BinaryWriter.write(date: -.max, to: $0) }, "-infinity"),
      (.timestamp, { BinaryWriter.write(timestamp: 1_500_000, to: $0) }, "1970-01-01 00:00:01.5"),
      (.time, { BinaryWriter.write(time: 1_000_000, to: $0) }, "00:00:01"),
      (
        .interval, { BinaryWriter.write(intervalMonths: 1, days: 2, microseconds: 3, to: $0) },
        "1 mon 2 days 00:00:00.000003"
      ),
      (.uuid, { BinaryWriter.write(uuidUpper: 1, lower: 2, to: $0) }, "00000000-0000-0001-0000-000000000002"),
      (.decimal(width: 4, scale: 2), { BinaryWriter.write(numeric: 1234, scale: 2, to: $0) }, "12.34"),
      (
        .decimal(width: 18, scale: 2), { BinaryWriter.write(numeric: -123_456_789, scale: 4, to: $0) },
        "-12345.68"
      ),
      (.decimal(width: 38, scale: 10), { BinaryWriter.write(numeric: 5, scale: 0, to: $0) }, "5.0000000000"),
      (.converted(.numeric), { BinaryWriter.write(numeric: 12345, scale: 1, to: $0) }, "1234.5"),
    ]
    for (kind, write, expected) in cases {
      let stream = Self.header + Self.row([writtenBytes(write)]) + Self.trailer
      #expect(
        try CopyTest.rows(stream, CopyInFormat(.binary), [CopyTest.column("a", kind)]) == [[expected]],
        "\(kind)")
    }
    let json = Self.header + Self.row([[1, 0x7B, 0x7D]]) + Self.trailer
    #expect(try CopyTest.rows(json, CopyInFormat(.binary), [CopyTest.column("a", .json)]) == [["{}"]])
  }

  @Test func decimalsRoundLikeNumeric() throws {
    var generator = SeededGenerator(seed: 3)
    // A width up to 18 is read in 64 bits where that is enough.
    for round in 0..<4000 {
      let scale = generator.below(12)
      let unscaled = Int64(bitPattern: generator.next()) >> Int64(16 + generator.below(40))
      let text = written { TextWriter.write(numeric: unscaled, scale: scale, to: $0) }
      let width = round.isMultiple(of: 2) ? 38 : 18
      let column = [CopyTest.column("a", .decimal(width: width, scale: 3))]
      let bytes = writtenBytes { BinaryWriter.write(numeric: Int128(unscaled), scale: scale, to: $0) }
      let binary = try CopyTest.rows(
        Self.header + Self.row([bytes]) + Self.trailer, CopyInFormat(.binary), column)
      #expect(try CopyTest.rows(text + "\n", CopyInFormat(.text), column) == binary, "\(text)")
    }
  }

  @Test func malformedStreams() {
    func message(_ stream: [UInt8]) -> String? {
      do {
        _ = try CopyTest.rows(stream, CopyInFormat(.binary), ab)
        return nil
      } catch {
        return (error as? PostgresError)?.message
      }
    }
    #expect(message(Array("1\tx\n".utf8)) == "COPY file signature not recognized")
    #expect(message(Array("1\tx\n this is no binary stream".utf8)) == "COPY file signature not recognized")
    #expect(message(Self.header) == nil, "the trailer may be missing, as in PostgreSQL")
    #expect(
      message(Self.header + Self.row([[0, 0, 0, 1]]) + Self.trailer) == "row field count is 1, expected 2")
    #expect(
      message(Self.header + Self.row([[0, 0, 1], nil]) + Self.trailer) == "incorrect binary data format")
    #expect(message(Self.header + [0, 2, 0, 0, 0, 9, 1] + Self.trailer) == "unexpected EOF in COPY data")
  }
}
