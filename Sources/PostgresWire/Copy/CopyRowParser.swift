import Glibc

/// Parses blocks of a COPY stream into columns; one for each thread.
///
/// `begin` a block, then `parse` until it returns 0. Values go straight from the bytes into the memory of the
/// sink; nothing is allocated but for fields with escapes and for values that need a conversion.
package struct CopyRowParser: ~Copyable {
  let format: CopyInFormat
  let columns: [CopyColumn]
  /// The name of the table in messages.
  let table: String
  var block: CopyBlock?
  /// Offset of the next row in the block.
  var offset = 0
  /// Rows of a binary block that were parsed.
  var binaryRows = 0
  /// A field without its escapes or quotes.
  var scratch: UnsafeMutablePointer<UInt8>
  var scratchCapacity = 4096

  /// A parser for rows of `columns` of the table with that name.
  package init(format: CopyInFormat, columns: [CopyColumn], table: String) {
    self.format = format
    self.columns = columns
    self.table = table
    scratch = .allocate(capacity: scratchCapacity)
  }

  deinit { scratch.deallocate() }

  /// Takes a block; the one before must be finished.
  ///
  /// Throws 22021 if it is not UTF-8, 22P04 if its header line is not right.
  package mutating func begin(_ block: CopyBlock) throws(PostgresError) {
    self.block = block
    offset = 0
    binaryRows = 0
    guard format.style != .binary else { return }
    let bytes = UnsafeRawBufferPointer(start: block.base, count: block.count)
    let zero = memchr(block.base, 0, block.count).map { UnsafeRawPointer($0) - UnsafeRawPointer(block.base) }
    let invalid = UTF8Text.firstInvalidOffset(in: bytes)
    if let fault = [zero, invalid].compactMap({ $0 }).min() {
      let sequence =
        fault == zero
        ? "0x00" : UTF8Text.describeInvalidSequence(in: UnsafeRawBufferPointer(rebasing: bytes[fault...]))
      throw WireError.invalidEncoding(sequence).postgresError
        .adding(context: "COPY \(table), line \(line(at: fault))")
    }
    if block.isFirst, format.header != .none { try readHeader(block) }
  }

  /// Parses up to `capacity` rows; 0 when the block is finished.
  package mutating func parse<Sink: CopySink>(
    into sink: inout Sink, capacity: Int
  ) throws(PostgresError) -> Int {
    guard let block else { return 0 }
    if offset >= block.count {
      self.block = nil
      return 0
    }
    switch format.style {
    case .text: return try parseText(block, &sink, capacity)
    case .csv: return try parseCSV(block, &sink, capacity)
    case .binary: return try parseBinary(block, &sink, capacity)
    }
  }

  // MARK: Scanning

  /// The first of three bytes from `start` on, at most `end`; eight bytes at a time.
  @inline(__always)
  static func scan(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ first: UInt64, _ second: UInt64,
    _ third: UInt64
  ) -> UnsafePointer<UInt8> {
    let low: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    var position = start
    while position < end {
      let bytes = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self).littleEndian
      let (a, b, c) = (bytes ^ first, bytes ^ second, bytes ^ third)
      // The lowest bit that is set marks the first byte that is equal.
      let found = (((a &- low) & ~a) | ((b &- low) & ~b) | ((c &- low) & ~c)) & high
      if found != 0 { return position + found.trailingZeroBitCount >> 3 }
      position += 8
    }
    return end
  }

  /// A byte in all eight bytes of a word.
  @inline(__always)
  static func spread(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// Makes room for `count` bytes in the scratch memory.
  @inline(__always)
  mutating func reserveScratch(_ count: Int) {
    guard count > scratchCapacity else { return }
    scratch.deallocate()
    scratchCapacity = count * 2
    scratch = .allocate(capacity: scratchCapacity)
  }

  /// True if the field is what stands for NULL.
  @inline(__always)
  static func isNull(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ null: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard count == null.count else { return false }
    for index in 0..<count where start[index] != null[index] { return false }
    return true
  }

  // MARK: Header

  private mutating func readHeader(_ block: CopyBlock) throws(PostgresError) {
    let base = UnsafePointer(block.base)
    let end = base + block.count
    var names: [String] = []
    var position = base
    var isAtLineEnd = false
    while !isAtLineEnd {
      let field =
        format.style == .csv ? try csvField(position, end, base) : try textField(position, end, base)
      names.append(
        String(decoding: UnsafeBufferPointer(start: field.start, count: field.count), as: UTF8.self))
      position = field.end
      isAtLineEnd = position >= end || position[0] != format.delimiter
      if position < end, isAtLineEnd, position[0] == 0x0D { position += 1 }
      if position < end { position += 1 }
    }
    let line = position - base
    if format.header == .match {
      guard names.count == columns.count else {
        throw rowError(
          "wrong number of fields in header line: got \(names.count), expected \(columns.count)", 0)
      }
      for (index, (name, column)) in zip(names, columns).enumerated() where name != column.name {
        throw rowError(
          "column name mismatch in header line field \(index + 1): got \"\(name)\", expected \"\(column.name)\"",
          0)
      }
    }
    offset = line
  }
}

/// A field: its bytes, and where it ended in the block.
struct CopyField {
  var start: UnsafePointer<UInt8>
  var count: Int
  /// At the delimiter, the line end or the end of the block.
  var end: UnsafePointer<UInt8>
  /// Whether any of it was quoted (CSV) or escaped (text).
  var isSpecial = false
}
