import DuckDB
import PostgresWire

/// One column's part of a block of rows, in two passes: `measure` says how long each value becomes and
/// `write` puts the values where the rows' cursors stand.
final class ColumnEncoder {
  /// Rows that are encoded at a time: few enough that a block of rows of usual width stays in the second
  /// level of the processor's cache while the columns are spread over it.
  static let blockRows = 256

  private let codec: ValueCodec
  private let format: WireFormat
  private let zone: TimeZoneCursor
  private let values: ValueWriter
  private let scratch = ScratchBuffer()
  /// Bytes of each row's value; -1 for NULL.
  private let lengths: UnsafeMutablePointer<Int32>
  private let strategy: Strategy

  private enum Strategy {
    /// Every value has that many bytes and is written in place.
    case fixed(ScalarCodec, Int)
    /// The vector's own bytes.
    case raw
    /// Values of fixed layout are written to scratch memory first.
    case scalar(ScalarCodec, scale: Int)
    /// The same, for any type.
    case general
  }

  init(_ type: LogicalType, _ format: WireFormat, zone: TimeZoneCursor, names: NameResolver?) {
    codec = ValueCodec(type)
    self.format = format
    self.zone = zone
    values = ValueWriter(scratch: scratch, zone: zone, names: names)
    lengths = .allocate(capacity: Self.blockRows)
    switch codec {
    case .scalar(let scalar, let scale):
      var visitor = FixedBytes()
      scalar.accept(format, &visitor)
      strategy = visitor.bytes.map { .fixed(scalar, $0) } ?? .scalar(scalar, scale: scale)
    case .string: strategy = .raw
    case .jsonb: strategy = format == .text ? .raw : .general
    case .bytea: strategy = format == .binary ? .raw : .general
    default: strategy = .general
    }
  }

  deinit { lengths.deallocate() }

  // MARK: Rows of length-prefixed values

  /// Adds each value's bytes, with its length in front, to its row's.
  func measure(_ view: ColumnView, from start: Int, count: Int, rowBytes: UnsafeMutablePointer<Int>) {
    switch strategy {
    case .fixed(_, let bytes):
      if view.validity == nil {
        for row in 0..<count { rowBytes[row] &+= 4 &+ bytes }
      } else {
        for row in 0..<count { rowBytes[row] &+= view.isValid(start &+ row) ? 4 &+ bytes : 4 }
      }
    case .raw: measureRaw(view, start, count, rowBytes)
    case .scalar, .general:
      formatValues(view, start, count)
      for row in 0..<count { rowBytes[row] &+= 4 &+ max(0, Int(lengths[row])) }
    }
  }

  private func measureRaw(
    _ view: ColumnView, _ start: Int, _ count: Int, _ rowBytes: UnsafeMutablePointer<Int>
  ) {
    let values = view.values
    if view.validity == nil {
      for row in 0..<count {
        // A string's entry has 16 bytes and begins with its length.
        rowBytes[row] &+= 4 &+ Int(values.value((start &+ row) &* 4, as: UInt32.self))
      }
    } else {
      for row in 0..<count {
        let bytes = view.isValid(start &+ row) ? Int(values.value((start &+ row) &* 4, as: UInt32.self)) : 0
        rowBytes[row] &+= 4 &+ bytes
      }
    }
  }

  /// Writes each value, with its length in front, where its row's cursor stands, and moves the cursor on.
  func write(
    _ view: ColumnView, from start: Int, count: Int,
    cursors: UnsafeMutablePointer<UnsafeMutableRawPointer>
  ) {
    switch strategy {
    case .fixed(let scalar, let bytes):
      var visitor = FixedLoop(
        view: view, start: start, count: count, bytes: bytes, cursors: cursors,
        context: CellContext(zone: zone))
      scalar.accept(format, &visitor)
    case .raw:
      let values = view.values
      for row in 0..<count {
        let cursor = cursors[row]
        guard view.isValid(start &+ row) else {
          cursor.storeBig(Int32(-1))
          cursors[row] = cursor + 4
          continue
        }
        let (source, bytes) = Vector.string(start &+ row, in: values)
        cursor.storeBig(Int32(truncatingIfNeeded: bytes))
        copyBytes(source, to: cursor + 4, count: bytes)
        cursors[row] = cursor + 4 + bytes
      }
    case .scalar, .general:
      var source = UnsafeRawPointer(scratch.base)
      for row in 0..<count {
        let cursor = cursors[row]
        let length = lengths[row]
        cursor.storeBig(length)
        let bytes = max(0, Int(length))
        copyBytes(source, to: cursor + 4, count: bytes)
        source += bytes
        cursors[row] = cursor + 4 + bytes
      }
    }
  }

  // MARK: Rows of delimited text

  /// Writes the values to scratch memory as COPY shows them and adds their bytes to their rows'.
  func measure(
    _ view: ColumnView, from start: Int, count: Int, rowBytes: UnsafeMutablePointer<Int>,
    text: CopyText, column: Int
  ) {
    scratch.clear()
    for row in 0..<count {
      let before = scratch.count
      if view.isValid(start + row) {
        values.write(codec, view, start + row, .text)
        if text.mayNeedEscapes(codec) { text.escape(scratch, from: before, column: column) }
      } else {
        scratch.append(text.null)
      }
      lengths[row] = Int32(truncatingIfNeeded: scratch.count - before)
      rowBytes[row] &+= scratch.count - before
    }
  }

  /// Writes the values without a length, behind `delimiter`.
  func write(
    count: Int, cursors: UnsafeMutablePointer<UnsafeMutableRawPointer>, delimiter: UInt8?
  ) {
    var source = UnsafeRawPointer(scratch.base)
    for row in 0..<count {
      var cursor = cursors[row]
      if let delimiter {
        cursor.storeBytes(of: delimiter, as: UInt8.self)
        cursor += 1
      }
      let bytes = Int(lengths[row])
      copyBytes(source, to: cursor, count: bytes)
      source += bytes
      cursors[row] = cursor + bytes
    }
  }

  // MARK: Loops

  /// Writes the values to scratch memory, one behind the other.
  private func formatValues(_ view: ColumnView, _ start: Int, _ count: Int) {
    scratch.clear()
    if case .scalar(let scalar, let scale) = strategy {
      var visitor = ScratchLoop(
        view: view, start: start, count: count, scratch: scratch, lengths: lengths,
        context: CellContext(scale: scale, zone: zone))
      return scalar.accept(format, &visitor)
    }
    for row in 0..<count {
      guard view.isValid(start + row) else {
        lengths[row] = -1
        continue
      }
      let before = scratch.count
      values.write(codec, view, start + row, format)
      lengths[row] = Int32(truncatingIfNeeded: scratch.count - before)
    }
  }

  private struct FixedBytes: CellVisitor {
    var bytes: Int?
    mutating func visit<C: Cell>(_ cell: C.Type) { bytes = C.fixedBytes }
  }

  private struct FixedLoop: CellVisitor {
    let view: ColumnView
    let start: Int
    let count: Int
    let bytes: Int
    let cursors: UnsafeMutablePointer<UnsafeMutableRawPointer>
    let context: CellContext

    mutating func visit<C: Cell>(_ cell: C.Type) {
      let data = view.values
      let length = Int32(truncatingIfNeeded: bytes)
      for row in 0..<count {
        let cursor = cursors[row]
        guard view.isValid(start &+ row) else {
          cursor.storeBig(Int32(-1))
          cursors[row] = cursor + 4
          continue
        }
        cursor.storeBig(length)
        cursors[row] = cursor + 4 + C.write(data, start &+ row, context, cursor + 4)
      }
    }
  }

  private struct ScratchLoop: CellVisitor {
    let view: ColumnView
    let start: Int
    let count: Int
    let scratch: ScratchBuffer
    let lengths: UnsafeMutablePointer<Int32>
    let context: CellContext

    mutating func visit<C: Cell>(_ cell: C.Type) {
      let data = view.values
      // Values of fixed layout are short, so that room for all of them is known at once.
      let base = scratch.room(for: count * C.maximumBytes)
      var target = base
      for row in 0..<count {
        guard view.isValid(start &+ row) else {
          lengths[row] = -1
          continue
        }
        let bytes = C.write(data, start &+ row, context, target)
        lengths[row] = Int32(truncatingIfNeeded: bytes)
        target += bytes
      }
      scratch.keep(target - base)
    }
  }
}
