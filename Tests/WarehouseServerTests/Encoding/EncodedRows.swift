import DuckDB
import PostgresWire
import SQLFront
import Testing

@testable import WarehouseServer

/// The rows of a query as the encoder sends them, taken apart again.
struct EncodedRows {
  /// A row's values, nil for NULL.
  var rows: [[[UInt8]?]] = []
  var columns: [ResultColumn]

  /// One for all tests: opening a database takes longer than a test.
  private static let database = Result { try Database() }

  static func connect() throws -> Connection { try database.get().connect() }

  init(_ sql: String, _ format: WireFormat, timeZone: String = "America/New_York") throws {
    let result = try Self.connect().query(sql)
    columns = result.columns
    var encoder = RowEncoder(
      columns: columns, formats: columns.map { _ in format }, timeZone: timeZone)
    var output = WireBuffer()
    while let chunk = try result.nextChunk() {
      try encoder.encode(chunk, rows: 0..<0, framing: .dataRow, into: &output)
      // Two calls, to see that rows may be encoded in parts.
      let half = chunk.rowCount / 2
      try encoder.encode(chunk, rows: 0..<half, framing: .dataRow, into: &output)
      try encoder.encode(chunk, rows: half..<chunk.rowCount, framing: .dataRow, into: &output)
    }
    var bytes = Bytes(output.withUnsafeBytes { Array($0) })
    while !bytes.isAtEnd {
      #expect(bytes.take(1) == [UInt8(ascii: "D")])
      let end = bytes.index + Int(bytes.integer(4))
      var row: [[UInt8]?] = []
      for _ in 0..<bytes.integer(2) {
        let length = bytes.integer(4)
        row.append(length < 0 ? nil : bytes.take(Int(length)))
      }
      #expect(bytes.index == end)
      rows.append(row)
    }
  }

  /// The text of each row's only value.
  var texts: [String?] { rows.map { $0[0].map { String(decoding: $0, as: UTF8.self) } } }
}

/// Reads big-endian numbers and bytes.
struct Bytes {
  let bytes: [UInt8]
  var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  mutating func take(_ count: Int) -> [UInt8] {
    defer { index += count }
    return Array(bytes[index..<index + count])
  }

  mutating func integer(_ count: Int) -> Int32 {
    let value = take(count).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return count == 2 ? Int32(Int16(truncatingIfNeeded: value)) : Int32(bitPattern: value)
  }
}

/// What COPY TO sends for a query: the payloads of its messages.
func copyOut(_ sql: String, names: [String], _ options: SQLFront.CopyOptions) throws -> [[UInt8]] {
  let result = try EncodedRows.connect().query(sql)
  var encoder = try CopyOutEncoder(
    columns: result.columns, names: names, options: options, timeZone: "America/New_York")
  var output = WireBuffer()
  encoder.begin(into: &output)
  while let chunk = try result.nextChunk() {
    try encoder.encode(chunk, rows: 0..<chunk.rowCount, into: &output)
  }
  encoder.end(into: &output)
  var bytes = Bytes(output.withUnsafeBytes { Array($0) })
  var messages: [[UInt8]] = []
  while !bytes.isAtEnd {
    #expect(bytes.take(1) == [UInt8(ascii: "d")])
    messages.append(bytes.take(Int(bytes.integer(4)) - 4))
  }
  return messages
}
