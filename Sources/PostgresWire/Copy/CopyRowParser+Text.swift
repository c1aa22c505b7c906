/// Rows in COPY's text format: fields between delimiters, with backslash escapes.
///
/// Source: PostgreSQL 15, page of COPY, "Text Format".
extension CopyRowParser {
  mutating func parseText<Sink: CopySink>(
    _ block: CopyBlock, _ sink: inout Sink, _ capacity: Int
  ) throws(PostgresError) -> Int {
    let base = UnsafePointer(block.base)
    let end = base + block.count
    let delimiter = format.delimiter
    let delimiters = Self.spread(delimiter)
    let lineFeeds = Self.spread(0x0A)
    let backslashes = Self.spread(0x5C)
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
        position = Self.scan(position, end, delimiters, lineFeeds, backslashes)
        var count = position - start
        var isNull = false
        if position < end, position[0] == 0x5C {
          let field = try textField(start, end, rowStart)
          position = field.end
          isNull = Self.isNull(start, Self.rawCount(start, position), null)
          start = field.start
          count = field.count
        } else {
          if position < end, position[0] == 0x0A, count > 0, position[-1] == 0x0D { count &-= 1 }
          isNull = Self.isNull(start, count, null)
        }
        guard column < columnCount else { throw extraData(rowStart) }
        if isNull {
          sink.setNull(column: column, row: row)
        } else {
          let outcome = targets.store(column, row, start, count, &sink)
          if outcome != .value {
            throw valueError(outcome, column, start, count, rowStart, position)
          }
        }
        column &+= 1
        let isDelimiter = position < end && position[0] == delimiter
        if isDelimiter {
          position += 1
          continue
        }
        break
      }
      guard column == columnCount else { throw missingData(column, rowStart) }
      if position < end { position += 1 }
      row &+= 1
    }
    offset = position - base
    return row
  }

  /// The length of a field as it was written, without a carriage return before the line feed.
  @inline(__always)
  private static func rawCount(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
    let count = end - start
    return count > 0 && end[0] == 0x0A && end[-1] == 0x0D ? count - 1 : count
  }

  /// A field that may have escapes, decoded into the scratch memory.
  mutating func textField(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ rowStart: UnsafePointer<UInt8>
  ) throws(PostgresError) -> CopyField {
    var position = start
    // The end comes first: the field may not be longer than what is left.
    while position < end, position[0] != format.delimiter, position[0] != 0x0A {
      position += position[0] == 0x5C && position + 1 < end ? 2 : 1
    }
    let fieldEnd = min(position, end)
    let textEnd =
      fieldEnd > start && fieldEnd < end && fieldEnd[0] == 0x0A && fieldEnd[-1] == 0x0D
      ? fieldEnd - 1 : fieldEnd
    reserveScratch(textEnd - start)
    var count = 0
    var hasNewBytes = false
    position = start
    while position < textEnd {
      let byte = position[0]
      position += 1
      guard byte == 0x5C, position < textEnd else {
        scratch[count] = byte
        count += 1
        continue
      }
      let (value, length) = Self.escape(position, textEnd)
      hasNewBytes = hasNewBytes || value >= 0x80 || value == 0
      scratch[count] = value
      count += 1
      position += length
    }
    if hasNewBytes {
      let bytes = UnsafeRawBufferPointer(start: scratch, count: count)
      guard !bytes.contains(0) else { throw encodingError("0x00", rowStart) }
      guard UTF8Text.isValid(bytes) else {
        throw encodingError(UTF8Text.describeInvalidSequence(in: bytes), rowStart)
      }
    }
    return CopyField(start: scratch, count: count, end: fieldEnd, isSpecial: true)
  }

  /// What the characters behind a backslash stand for, and how many they are.
  private static func escape(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> (value: UInt8, length: Int) {
    switch start[0] {
    case UInt8(ascii: "b"): return (0x08, 1)
    case UInt8(ascii: "f"): return (0x0C, 1)
    case UInt8(ascii: "n"): return (0x0A, 1)
    case UInt8(ascii: "r"): return (0x0D, 1)
    case UInt8(ascii: "t"): return (0x09, 1)
    case UInt8(ascii: "v"): return (0x0B, 1)
    case UInt8(ascii: "x"):
      guard start + 1 < end, let first = Hex.value(of: start[1]) else { return (start[0], 1) }
      guard start + 2 < end, let second = Hex.value(of: start[2]) else { return (first, 2) }
      return (first << 4 | second, 3)
    case 0x30...0x37:
      var value: UInt8 = 0
      var length = 0
      while length < 3, start + length < end, (0x30...0x37).contains(start[length]) {
        value = value &<< 3 | (start[length] &- 0x30)
        length += 1
      }
      return (value, length)
    default: return (start[0], 1)
    }
  }
}
