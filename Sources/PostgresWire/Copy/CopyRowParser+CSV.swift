/// Rows in COPY's CSV format.
///
/// Source: PostgreSQL 15, page of COPY, "CSV Format".
extension CopyRowParser {
  mutating func parseCSV<Sink: CopySink>(
    _ block: CopyBlock, _ sink: inout Sink, _ capacity: Int
  ) throws(PostgresError) -> Int {
    let base = UnsafePointer(block.base)
    let end = base + block.count
    let delimiter = format.delimiter
    let quote = format.quote
    let delimiters = Self.spread(delimiter)
    let lineFeeds = Self.spread(0x0A)
    let quotes = Self.spread(quote)
    let columnCount = columns.count
    let targets = CopyTargets(columns, sink, null: format.null)
    let null = targets.null
    var position = base + offset
    var row = 0
    while row < capacity, position < end {
      let rowStart = position
      var column = 0
      while true {
        var start = position
        position = Self.scan(position, end, delimiters, lineFeeds, quotes)
        var count = position - start
        var isQuoted = false
        if position < end, position[0] == quote {
          let field = try csvField(start, end, rowStart)
          (start, count, position, isQuoted) = (field.start, field.count, field.end, field.isSpecial)
        } else if position < end, position[0] == 0x0A, count > 0, position[-1] == 0x0D {
          count &-= 1
        }
        guard column < columnCount else { throw extraData(rowStart) }
        if Self.isNull(start, count, null), targets.isNullable(column, isQuoted) {
          sink.setNull(column: column, row: row)
        } else {
          let outcome = targets.store(column, row, start, count, &sink)
          if outcome != .value {
            throw valueError(outcome, column, start, count, rowStart, position)
          }
        }
        column &+= 1
        guard position < end, position[0] == delimiter else { break }
        position += 1
      }
      guard column == columnCount else { throw missingData(column, rowStart) }
      // A carriage return is left where a quoted field ended the line.
      if position < end, position[0] == 0x0D { position += 1 }
      if position < end { position += 1 }
      row &+= 1
    }
    offset = position - base
    return row
  }

  /// A field that may be quoted: as it stands if the quotes are around all of it and nothing is escaped,
  /// else decoded into the scratch memory.
  mutating func csvField(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ rowStart: UnsafePointer<UInt8>
  ) throws(PostgresError) -> CopyField {
    let quote = format.quote
    if start < end, start[0] == quote {
      let close = Self.scan(
        start + 1, end, Self.spread(quote), Self.spread(format.escape), Self.spread(quote))
      if close < end, close[0] == quote, isFieldEnd(close + 1, end) {
        return CopyField(start: start + 1, count: close - start - 1, end: close + 1, isSpecial: true)
      }
    }
    var position = start
    var count = 0
    var isInside = false
    var isQuoted = false
    while position < end {
      let byte = position[0]
      if isInside {
        if byte == format.escape, position + 1 < end, position[1] == quote || position[1] == format.escape {
          put(position[1], at: &count)
          position += 2
          continue
        }
        if byte == quote { isInside = false } else { put(byte, at: &count) }
      } else {
        if isFieldEnd(position, end) { break }
        if byte == quote {
          isInside = true
          isQuoted = true
        } else {
          put(byte, at: &count)
        }
      }
      position += 1
    }
    guard !isInside else { throw rowError("unterminated CSV quoted field", rowStart) }
    return CopyField(start: scratch, count: count, end: position, isSpecial: isQuoted)
  }

  /// True at a delimiter, at a line end with or without a carriage return, and at the end.
  @inline(__always)
  private func isFieldEnd(_ position: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    guard position < end else { return true }
    return position[0] == format.delimiter || position[0] == 0x0A
      || (position[0] == 0x0D && (position + 1 == end || position[1] == 0x0A))
  }

  /// Appends a byte to the scratch memory, which grows and keeps what it has.
  @inline(__always)
  private mutating func put(_ byte: UInt8, at count: inout Int) {
    if count == scratchCapacity {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: scratchCapacity * 2)
      larger.update(from: scratch, count: count)
      scratch.deallocate()
      scratch = larger
      scratchCapacity *= 2
    }
    scratch[count] = byte
    count &+= 1
  }
}
