package import DuckDB
package import PostgresWire

/// Turns chunks of rows into messages of the protocol, column by column and without a value of its own for
/// each cell: first every column says how long each row's value becomes, then every column writes its values
/// to where the rows lie in the output.
package struct RowEncoder {
  /// What surrounds the rows.
  package enum Framing: Sendable {
    /// One DataRow message per row.
    case dataRow
    /// One CopyData message per row, with the tuple of COPY's binary format. All formats must be binary.
    case copyBinary
  }

  private let columns: [ColumnEncoder]
  private let block: RowBlock

  /// - Parameters:
  ///   - formats: one per column.
  ///   - timeZone: what TIMESTAMP WITH TIME ZONE is shown in.
  ///   - names: how text shows regclass and its like; without it, as numbers.
  package init(
    columns: [ResultColumn], formats: [WireFormat], timeZone: TimeZoneRules = .utc,
    names: NameResolver? = nil
  ) {
    precondition(columns.count == formats.count, "a format for every column")
    let zone = TimeZoneCursor(timeZone)
    self.columns = zip(columns, formats).map { column, format in
      ColumnEncoder(column.type, format, zone: zone, names: names)
    }
    block = RowBlock()
  }

  /// The same with the name of a time zone; one that is not known is taken for UTC.
  package init(
    columns: [ResultColumn], formats: [WireFormat], timeZone: String, names: NameResolver? = nil
  ) {
    self.init(
      columns: columns, formats: formats, timeZone: TimeZoneRules.named(timeZone) ?? .utc, names: names)
  }

  /// Appends a message for each of `rows` of a chunk whose columns are those of the encoder. Throws
  /// `program_limit_exceeded` when a row is longer than a message may be.
  package mutating func encode(
    _ chunk: DataChunk, rows: Range<Int>, framing: Framing, into output: inout WireBuffer
  ) throws(PostgresError) {
    precondition(chunk.columnCount == columns.count, "\(chunk.columnCount) columns for \(columns.count)")
    try chunk.withVectors { vectors throws(PostgresError) in
      let views = vectors.map(ColumnView.init)
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: ColumnEncoder.blockRows) {
        let count = min(ColumnEncoder.blockRows, rows.upperBound - start)
        // The message's type and length, and the count of columns.
        block.reset(count: count, rowBytes: 7)
        for (column, view) in zip(columns, views) {
          column.measure(view, from: start, count: count, rowBytes: block.rowBytes)
        }
        let type: Unicode.Scalar = framing == .dataRow ? "D" : "d"
        try block.append(count: count, type: type, to: &output) { cursors in
          let columnCount = Int16(truncatingIfNeeded: columns.count)
          for row in 0..<count {
            cursors[row].storeBig(columnCount)
            cursors[row] += 2
          }
          for (column, view) in zip(columns, views) {
            column.write(view, from: start, count: count, cursors: cursors)
          }
        }
      }
    }
  }
}

/// Where the rows of a block lie in the output.
final class RowBlock {
  /// PostgreSQL's own limit of a message: a gigabyte.
  private static let maximumRowBytes = 0x3FFF_FFFF

  /// Bytes of each row's message.
  let rowBytes: UnsafeMutablePointer<Int>
  private let cursors: UnsafeMutablePointer<UnsafeMutableRawPointer>

  init() {
    rowBytes = .allocate(capacity: ColumnEncoder.blockRows)
    cursors = .allocate(capacity: ColumnEncoder.blockRows)
  }

  deinit {
    rowBytes.deallocate()
    cursors.deallocate()
  }

  func reset(count: Int, rowBytes bytes: Int) {
    for row in 0..<count { rowBytes[row] = bytes }
  }

  /// Makes room for the measured rows, writes the start of each message and lets `body` write the rest.
  func append(
    count: Int, type: Unicode.Scalar, to output: inout WireBuffer,
    _ body: (UnsafeMutablePointer<UnsafeMutableRawPointer>) -> Void
  ) throws(PostgresError) {
    var total = 0
    for row in 0..<count {
      guard rowBytes[row] <= Self.maximumRowBytes else {
        throw PostgresError(.programLimitExceeded, "a row of \(rowBytes[row]) bytes is too long to be sent")
      }
      total += rowBytes[row]
    }
    output.appendUnsafe(minimumCapacity: total) { region in
      guard var position = region.baseAddress else { return 0 }
      let end = position + total
      for row in 0..<count {
        position.storeBytes(of: UInt8(truncatingIfNeeded: type.value), as: UInt8.self)
        position.storeBig(Int32(truncatingIfNeeded: rowBytes[row] - 1), at: 1)
        cursors[row] = position + 5
        position += rowBytes[row]
      }
      body(cursors)
      assert(count == 0 || cursors[count - 1] == end, "a column wrote other than it measured")
      _ = end
      return total
    }
  }
}
