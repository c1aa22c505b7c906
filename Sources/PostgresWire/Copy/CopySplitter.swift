import Glibc

/// Cuts the bytes of a COPY stream into blocks of whole rows.
///
/// Runs on the thread that receives; parsing the blocks is left to others. Finding a boundary takes one fast
/// pass: only quotes (CSV) or the bytes around the last line end (text) matter.
package struct CopySplitter {
  /// Bytes of a usual block.
  package static let blockBytes = 1 << 20
  /// The longest row.
  package static let maximumRowBytes = 1 << 28

  private let format: CopyInFormat
  private let blockBytes: Int
  private let pool: CopyBlockPool
  private var current: CopyBlock
  private var nextLine = 1
  private var isFirst = true
  private var headerIsRead = false
  /// The end marker or the binary trailer was seen: what follows is ignored.
  package private(set) var hasEnded = false
  /// Bytes received.
  package private(set) var totalBytes = 0

  /// A splitter at the beginning of a stream.
  package init(_ format: CopyInFormat, blockBytes: Int = CopySplitter.blockBytes) {
    self.format = format
    self.blockBytes = max(blockBytes, 64)
    pool = CopyBlockPool(blockBytes: self.blockBytes)
    current = CopyBlock(capacity: self.blockBytes, pool: pool)
  }

  /// Takes received bytes; gives blocks to `emit` as they become full.
  package mutating func append(
    _ bytes: UnsafeRawBufferPointer, emit: (CopyBlock) throws -> Void
  ) throws {
    totalBytes += bytes.count
    var rest = bytes
    while !rest.isEmpty, !hasEnded {
      let taken = min(current.room, rest.count)
      current.append(UnsafeRawBufferPointer(rebasing: rest[..<taken]))
      rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
      if current.room == 0 { try cut(isLast: false, emit: emit) }
    }
  }

  /// Ends the stream; gives the rows that are left to `emit`.
  package mutating func finish(emit: (CopyBlock) throws -> Void) throws {
    guard !hasEnded else { return }
    try cut(isLast: true, emit: emit)
    // PostgreSQL does not insist on the trailer; the ADBC driver sends none.
    if format.style == .binary, !hasEnded, current.count > 0 {
      throw PostgresError(.badCopyFileFormat, "unexpected EOF in COPY data")
    }
    hasEnded = true
  }

  // MARK: Boundaries

  private mutating func cut(isLast: Bool, emit: (CopyBlock) throws -> Void) throws {
    if format.style == .binary, !headerIsRead {
      guard try readBinaryHeader(isLast: isLast) else { return }
    }
    let boundary = boundary(isLast: isLast)
    guard boundary.end > 0 || boundary.isEnd else {
      if isLast { return }
      guard current.capacity < Self.maximumRowBytes else {
        throw PostgresError(
          .programLimitExceeded, "a row of COPY exceeds the limit of \(Self.maximumRowBytes) bytes")
      }
      current.grow(to: current.capacity * 2)
      return
    }
    let block = current
    let restStart = boundary.end
    let rest = boundary.isEnd ? 0 : block.count - restStart
    current = CopyBlock(capacity: max(blockBytes, rest + 64), pool: pool)
    current.append(UnsafeRawBufferPointer(start: block.base + restStart, count: rest))
    hasEnded = boundary.isEnd
    block.seal(count: boundary.end)
    guard block.count > 0 else { return }
    block.firstLine = nextLine
    block.isFirst = isFirst
    isFirst = false
    nextLine += boundary.lines
    try emit(block)
  }

  /// Where the last whole row ends, how many lines there are until then, and whether the stream ends there.
  private func boundary(isLast: Bool) -> (end: Int, lines: Int, isEnd: Bool) {
    if format.style == .binary { return binaryBoundary() }
    let end = isLast ? current.count : format.style == .text ? textBoundary() : csvBoundary()
    if let marker = endMarker(before: end) {
      return (marker, Self.count(0x0A, current.base, marker), true)
    }
    return (end, Self.count(0x0A, current.base, end), false)
  }

  /// Text: behind the last line feed that no backslash escapes.
  private func textBoundary() -> Int {
    let base = current.base
    var index = current.count
    while index > 0 {
      guard base[index - 1] == 0x0A else {
        index -= 1
        continue
      }
      var backslashes = 0
      while index - 2 - backslashes >= 0, base[index - 2 - backslashes] == 0x5C { backslashes += 1 }
      if backslashes.isMultiple(of: 2) { return index }
      index -= 1
    }
    return 0
  }

  /// CSV: behind the last line feed outside of quotes. Every quote opens or closes, wherever it stands.
  private func csvBoundary() -> Int {
    guard format.escape == format.quote else { return escapedCSVBoundary() }
    let base = current.base
    var isInside = !Self.count(format.quote, base, current.count).isMultiple(of: 2)
    var index = current.count
    while index > 0 {
      let byte = base[index - 1]
      if byte == format.quote {
        isInside.toggle()
      } else if byte == 0x0A, !isInside {
        return index
      }
      index -= 1
    }
    return 0
  }

  /// CSV with an escape character of its own has to be read from the front.
  private func escapedCSVBoundary() -> Int {
    var isInside = false
    var isEscaped = false
    var end = 0
    for index in 0..<current.count {
      let byte = current.base[index]
      if isInside, byte == format.escape { isEscaped.toggle() }
      if byte == format.quote, !isEscaped { isInside.toggle() }
      if byte != format.escape { isEscaped = false }
      if byte == 0x0A, !isInside { end = index + 1 }
    }
    return end
  }

  /// Where a line `\.` begins; nil if there is none.
  private func endMarker(before end: Int) -> Int? {
    let base = current.base
    var index = 0
    while index < end, let found = memchr(base + index, 0x5C, end - index) {
      let offset = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      index = offset + (format.style == .text ? 2 : 1)
      guard offset + 1 < end, base[offset + 1] == UInt8(ascii: "."),
        offset == 0 || base[offset - 1] == 0x0A,
        offset + 2 == end || base[offset + 2] == 0x0A || base[offset + 2] == 0x0D
      else { continue }
      if format.style == .csv, !Self.count(format.quote, base, offset).isMultiple(of: 2) { continue }
      return offset
    }
    return nil
  }

  /// How often a byte occurs.
  static func count(_ byte: UInt8, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var total = 0
    var index = 0
    let raw = UnsafeRawPointer(base)
    let wanted = CopyRowParser.spread(byte)
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    while index &+ 8 <= count {
      let bytes = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ wanted
      // The highest bit of each byte stays clear only where all bits are: where the byte is the wanted one.
      total &+= (((bytes & low) &+ low) | bytes | low).nonzeroBitCount
      index &+= 8
    }
    // Counted were the bits that are set: 64 for every eight bytes but for those found.
    total = index &* 8 &- total
    while index < count {
      if base[index] == byte { total += 1 }
      index += 1
    }
    return total
  }

  // MARK: Binary

  private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0]

  /// Passes over the header of a binary stream; false if more bytes are needed.
  private mutating func readBinaryHeader(isLast: Bool) throws -> Bool {
    let length = Self.signature.count
    guard current.count >= length + 8 else {
      if isLast { throw PostgresError(.badCopyFileFormat, "COPY file signature not recognized") }
      return false
    }
    guard Self.signature.elementsEqual(UnsafeBufferPointer(start: current.base, count: length)) else {
      throw PostgresError(.badCopyFileFormat, "COPY file signature not recognized")
    }
    guard integer(at: length) & ~0xFFFF == 0 else {
      throw PostgresError(.badCopyFileFormat, "unrecognized critical flags in COPY file header")
    }
    let extensionBytes = integer(at: length + 4)
    guard extensionBytes >= 0, length + 8 + extensionBytes <= current.count else {
      throw PostgresError(.badCopyFileFormat, "invalid COPY file header (missing length)")
    }
    let start = length + 8 + extensionBytes
    let rest = CopyBlock(capacity: current.capacity, pool: pool)
    rest.append(UnsafeRawBufferPointer(start: current.base + start, count: current.count - start))
    current = rest
    headerIsRead = true
    return true
  }

  private func integer(at offset: Int) -> Int {
    let raw = UnsafeRawPointer(current.base)
    return Int(Int32(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
  }

  /// Walks over the rows by their lengths.
  private func binaryBoundary() -> (end: Int, lines: Int, isEnd: Bool) {
    let raw = UnsafeRawPointer(current.base)
    let count = current.count
    var rowStart = 0
    var rows = 0
    scan: while rowStart &+ 2 <= count {
      var left = Int16(bigEndian: raw.loadUnaligned(fromByteOffset: rowStart, as: Int16.self))
      if left == -1 { return (rowStart, rows, true) }
      var offset = rowStart &+ 2
      while left > 0 {
        guard offset &+ 4 <= count else { break scan }
        let length = Int32(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: Int32.self))
        // A length beyond the data ends the row here; the parser says what is wrong.
        offset = offset &+ 4 &+ max(Int(length), 0)
        left &-= 1
      }
      guard offset <= count else { break }
      rowStart = offset
      rows &+= 1
    }
    return (rowStart, rows, false)
  }
}
