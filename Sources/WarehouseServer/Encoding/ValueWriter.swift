import DuckDB
package import PostgresWire

/// Writes single values of any type into a scratch buffer: the elements of arrays, and columns of types that
/// are seldom large. NULL is the caller's.
struct ValueWriter {
  let scratch: ScratchBuffer
  let zone: TimeZoneCursor
  let names: NameResolver?

  /// Writes one cell.
  private struct OneCell: CellVisitor {
    let scratch: ScratchBuffer
    let data: UnsafeRawPointer
    let row: Int
    let context: CellContext

    mutating func visit<C: Cell>(_ cell: C.Type) {
      scratch.keep(C.write(data, row, context, scratch.room(for: C.maximumBytes)))
    }
  }

  func write(_ codec: ValueCodec, _ view: ColumnView, _ row: Int, _ format: WireFormat) {
    switch codec {
    case .scalar(let scalar, let scale):
      var visitor = OneCell(
        scratch: scratch, data: view.values, row: row, context: CellContext(scale: scale, zone: zone))
      scalar.accept(format, &visitor)
    case .string:
      let (start, count) = view.string(row)
      scratch.append(start, count)
    case .jsonb:
      // Version 1 of the only binary format: the text.
      if format == .binary { scratch.append(1) }
      let (start, count) = view.string(row)
      scratch.append(start, count)
    case .bytea:
      let (start, count) = view.string(row)
      guard format == .text else { return scratch.append(start, count) }
      let bytes = UnsafeRawBufferPointer(start: start, count: count)
      scratch.keep(TextWriter.write(bytea: bytes, to: scratch.room(for: 2 + 2 * count)))
    case .bit: writeBit(view, row, format)
    case .bignum: writeBignum(view, row, format)
    case .enumeration(let values):
      scratch.append(values[Self.enumIndex(view, row, count: values.count)])
    case .oid(let type, let width, let name): writeOID(view, row, type, width, name, format)
    case .array(let element, let type, let count):
      let range = count.map { row * $0..<(row + 1) * $0 } ?? view.listEntry(row)
      switch format {
      case .text: writeArrayText(element, view.children[0], range)
      case .binary: writeArrayBinary(element, type.type, view.children[0], range, lowerBound: 1)
      }
    case .numbers(let element, let type):
      let range = view.listEntry(row)
      let elementType: PostgresType = type == .int2vector ? .int2 : .oid
      switch format {
      case .text: writeNumbersText(element, view.children[0], range)
      case .binary: writeArrayBinary(element, elementType, view.children[0], range, lowerBound: 0)
      }
    case .json(let json): JSONWriter(values: self).write(json, view, row)
    }
  }

  static func enumIndex(_ view: ColumnView, _ row: Int, count: Int) -> Int {
    if count <= 256 { return Int(view.values.value(row, as: UInt8.self)) }
    if count <= 65536 { return Int(view.values.value(row, as: UInt16.self)) }
    return Int(view.values.value(row, as: UInt32.self))
  }

  /// BIT is a count of unused bits in front, then the bits, with the unused ones at the start of the first
  /// byte. PostgreSQL has them at the end of the last.
  private func writeBit(_ view: ColumnView, _ row: Int, _ format: WireFormat) {
    let (start, count) = view.string(row)
    guard count > 1 else {
      if format == .binary { scratch.appendBig(Int32(0)) }
      return
    }
    let unused = Int(start[0])
    let bits = (count - 1) * 8 - unused
    func bit(_ index: Int) -> UInt8 {
      start[1 + (index + unused) >> 3] >> UInt8(7 - (index + unused) & 7) & 1
    }
    if format == .text {
      for index in 0..<bits { scratch.append(0x30 + bit(index)) }
      return
    }
    scratch.appendBig(Int32(bits))
    for first in stride(from: 0, to: bits, by: 8) {
      var byte: UInt8 = 0
      for index in first..<first + 8 { byte = byte << 1 | (index < bits ? bit(index) : 0) }
      scratch.append(byte)
    }
  }

  private func writeOID(
    _ view: ColumnView, _ row: Int, _ type: PostgresType, _ width: Int, _ name: Bool, _ format: WireFormat
  ) {
    let oid =
      width == 8
      ? UInt32(truncatingIfNeeded: view.values.value(row, as: Int64.self))
      : view.values.value(row, as: UInt32.self)
    guard format == .text else { return scratch.appendBig(oid) }
    guard name else { return scratch.keep(TextWriter.write(UInt64(oid), to: scratch.room(for: 20))) }
    if oid == 0 {
      scratch.append("-")
    } else if let text = names?(type, oid) {
      scratch.append(text)
    } else {
      scratch.keep(TextWriter.write(UInt64(oid), to: scratch.room(for: 20)))
    }
  }

  private func writeArrayText(_ element: ValueCodec, _ view: ColumnView, _ range: Range<Int>) {
    scratch.append(ascii: "{")
    for row in range {
      if row > range.lowerBound { scratch.append(ascii: ",") }
      guard view.isValid(row) else {
        scratch.append("NULL")
        continue
      }
      let start = scratch.count
      write(element, view, row, .text)
      quoteElement(from: start)
    }
    scratch.append(ascii: "}")
  }

  /// Puts quotes around the last bytes where array_out of PostgreSQL 15 does.
  private func quoteElement(from start: Int) {
    let count = scratch.count - start
    let text = UnsafeRawBufferPointer(start: scratch.base + start, count: count)
    var escapes = 0
    var needsQuotes = count == 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        escapes += 1
        needsQuotes = true
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), 0x20, 0x09...0x0D: needsQuotes = true
      default: break
      }
    }
    if !needsQuotes, count == 4 {
      needsQuotes = zip(text, "null".utf8).allSatisfy { $0 | 0x20 == $1 }
    }
    guard needsQuotes else { return }
    // The text moves to the right, from its end on, so that nothing is overwritten before it was read.
    _ = scratch.room(for: escapes + 2)
    let base = scratch.base + start
    var target = count + escapes + 1
    base.storeBytes(of: UInt8(ascii: "\""), toByteOffset: target, as: UInt8.self)
    for source in (0..<count).reversed() {
      let byte = base.load(fromByteOffset: source, as: UInt8.self)
      target -= 1
      base.storeBytes(of: byte, toByteOffset: target, as: UInt8.self)
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        target -= 1
        base.storeBytes(of: UInt8(ascii: "\\"), toByteOffset: target, as: UInt8.self)
      }
    }
    base.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
    scratch.keep(escapes + 2)
  }

  private func writeNumbersText(_ element: ValueCodec, _ view: ColumnView, _ range: Range<Int>) {
    for row in range {
      if row > range.lowerBound { scratch.append(ascii: " ") }
      write(element, view, row, .text)
    }
  }

  private func writeArrayBinary(
    _ element: ValueCodec, _ type: PostgresType, _ view: ColumnView, _ range: Range<Int>, lowerBound: Int32
  ) {
    let hasNulls = range.contains { !view.isValid($0) }
    scratch.appendBig(Int32(range.isEmpty ? 0 : 1))
    scratch.appendBig(Int32(hasNulls ? 1 : 0))
    scratch.appendBig(type.oid)
    guard !range.isEmpty else { return }
    scratch.appendBig(Int32(truncatingIfNeeded: range.count))
    scratch.appendBig(lowerBound)
    for row in range {
      let start = scratch.count
      scratch.appendBig(Int32(-1))
      guard view.isValid(row) else { continue }
      writeElementBinary(element, type, view, row)
      scratch.setBig(Int32(truncatingIfNeeded: scratch.count - start - 4), at: start)
    }
  }

  /// An oidvector stored as wider integers still sends four bytes each.
  private func writeElementBinary(_ element: ValueCodec, _ type: PostgresType, _ view: ColumnView, _ row: Int)
  {
    guard type == .oid, case .scalar(let scalar, _) = element else {
      return write(element, view, row, .binary)
    }
    switch scalar {
    case .int64, .uint64:
      scratch.appendBig(UInt32(truncatingIfNeeded: view.values.value(row, as: Int64.self)))
    case .int32, .uint32: scratch.appendBig(view.values.value(row, as: UInt32.self))
    default: write(element, view, row, .binary)
    }
  }
}

/// Gives the name that PostgreSQL shows for an OID of a type such as regclass; nil when nothing has it.
package typealias NameResolver = @Sendable (PostgresType, UInt32) -> String?
