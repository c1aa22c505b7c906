package import DuckDB
package import PostgresWire
package import SQLFront

/// Turns chunks of rows into the CopyData messages of COPY TO STDOUT, one for each row.
package struct CopyOutEncoder {
  private enum Rows {
    case binary(RowEncoder)
    case text([ColumnEncoder], CopyText)
  }

  private var rows: Rows
  private let block = RowBlock()
  private let names: [String]
  private let hasHeader: Bool
  /// Whether the header of the binary format is still to be sent: it shares a message with the first row, as
  /// in PostgreSQL; the ADBC driver reads no other way.
  private var owesBinaryHeader: Bool

  /// Signature, flags, length of the header's extension.
  private static let binaryHeader =
    Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)

  /// - Parameters:
  ///   - names: what the header line shows, and what FORCE_QUOTE speaks of.
  ///   - timeZone: a name; one that is not known is taken for UTC.
  package init(
    columns: [ResultColumn], names: [String], options: SQLFront.CopyOptions, timeZone: String,
    resolver: NameResolver? = nil
  ) throws(PostgresError) {
    self.names = names
    hasHeader = options.header != .off && options.format != .binary
    owesBinaryHeader = options.format == .binary
    guard options.format != .binary else {
      rows = .binary(
        RowEncoder(
          columns: columns, formats: columns.map { _ in .binary }, timeZone: timeZone, names: resolver))
      return
    }
    if case .some(let quoted) = options.forceQuote,
      let missing = quoted.first(where: { !names.contains($0) })
    {
      throw PostgresError(.undefinedColumn, "column \"\(missing)\" does not exist")
    }
    let zone = TimeZoneCursor(TimeZoneRules.named(timeZone) ?? .utc)
    rows = .text(
      columns.map { ColumnEncoder($0.type, .text, zone: zone, names: resolver) },
      CopyText(options, names: names))
  }

  /// Appends what comes before the rows: the line of names. The binary header goes with the first row.
  package func begin(into output: inout WireBuffer) {
    switch rows {
    case .binary: break
    case .text(_, let text):
      guard hasHeader else { return }
      let line = ScratchBuffer()
      for (index, name) in names.enumerated() {
        if index > 0 { line.append(text.delimiter) }
        let start = line.count
        line.append(name)
        text.escapeName(line, from: start)
      }
      line.append(ascii: "\n")
      Self.append(Array(UnsafeRawBufferPointer(start: line.base, count: line.count)), &output)
    }
  }

  /// Appends what comes behind the rows: the trailer of the binary format.
  package func end(into output: inout WireBuffer) {
    guard case .binary = rows else { return }
    Self.append((owesBinaryHeader ? Self.binaryHeader : []) + [0xFF, 0xFF], &output)
  }

  private static func append(_ bytes: [UInt8], _ output: inout WireBuffer) {
    output.append(UInt8(ascii: "d"))
    output.append(Int32(truncatingIfNeeded: bytes.count + 4))
    output.append(contentsOf: bytes)
  }

  /// Appends a message for each of `rows` of a chunk whose columns are those of the encoder.
  package mutating func encode(
    _ chunk: DataChunk, rows range: Range<Int>, into output: inout WireBuffer
  ) throws(PostgresError) {
    switch rows {
    case .binary(var encoder):
      guard owesBinaryHeader, let first = range.first else {
        return try encoder.encode(chunk, rows: range, framing: .copyBinary, into: &output)
      }
      owesBinaryHeader = false
      var message = WireBuffer()
      try encoder.encode(chunk, rows: first..<(first + 1), framing: .copyBinary, into: &message)
      message.consume(5)  // its type and length
      Self.append(Self.binaryHeader + message.bytes, &output)
      try encoder.encode(chunk, rows: (first + 1)..<range.upperBound, framing: .copyBinary, into: &output)
    case .text(let columns, let text):
      try encode(chunk, range, columns, text, &output)
    }
  }

  private func encode(
    _ chunk: DataChunk, _ range: Range<Int>, _ columns: [ColumnEncoder], _ text: CopyText,
    _ output: inout WireBuffer
  ) throws(PostgresError) {
    try chunk.withVectors { vectors throws(PostgresError) in
      let views = vectors.map(ColumnView.init)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: ColumnEncoder.blockRows) {
        let count = min(ColumnEncoder.blockRows, range.upperBound - start)
        // The message's type and length, the delimiters, the end of the line.
        block.reset(count: count, rowBytes: 5 + max(columns.count, 1))
        for (index, column) in columns.enumerated() {
          column.measure(
            views[index], from: start, count: count, rowBytes: block.rowBytes, text: text, column: index)
        }
        try block.append(count: count, type: "d", to: &output) { cursors in
          for (index, column) in columns.enumerated() {
            column.write(count: count, cursors: cursors, delimiter: index > 0 ? text.delimiter : nil)
          }
          for row in 0..<count {
            cursors[row].storeBytes(of: UInt8(ascii: "\n"), as: UInt8.self)
            cursors[row] += 1
          }
        }
      }
    }
  }
}
