import PostgresWire

// One value each in PostgreSQL's text format.

enum BoolText: Cell {
  static var maximumBytes: Int { 1 }
  static var fixedBytes: Int? { 1 }

  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    target.storeBytes(of: data.value(row, as: UInt8.self) != 0 ? 0x74 : 0x66, as: UInt8.self)
    return 1
  }
}

enum IntegerText<T: FixedWidthInteger & BitwiseCopyable>: Cell {
  static var maximumBytes: Int { 20 }

  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(Int64(truncatingIfNeeded: data.value(row, as: T.self)), to: target)
  }
}

enum UInt64Text: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(data.value(row, as: UInt64.self), to: target)
  }
}

enum Int128Text: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(data.value(row, as: Int128.self), to: target)
  }
}

enum UInt128Text: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(data.value(row, as: UInt128.self), to: target)
  }
}

enum FloatText: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(data.value(row, as: Float.self), to: target)
  }
}

enum DoubleText: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(data.value(row, as: Double.self), to: target)
  }
}

enum DecimalText<T: FixedWidthInteger & BitwiseCopyable>: Cell {
  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(
      numeric: Int64(truncatingIfNeeded: data.value(row, as: T.self)), scale: context.scale, to: target)
  }
}

enum Decimal128Text: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(numeric: data.value(row, as: Int128.self), scale: context.scale, to: target)
  }
}

enum NumericText: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let value = TrimmedNumeric(data.value(row), scale: context.scale)
    return TextWriter.write(numeric: value.unscaled, scale: value.scale, to: target)
  }
}

enum DateText: Cell {
  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(date: data.value(row), to: target)
  }
}

enum TimeText<Unit: TimeUnit>: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(time: Unit.microseconds(data.value(row)), to: target)
  }
}

enum TimeTZText: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let value = PackedTimeTZ(data.value(row))
    return TextWriter.write(time: value.microseconds, offsetSeconds: value.offsetSeconds, to: target)
  }
}

enum TimestampText<Unit: TimeUnit>: Cell {
  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    TextWriter.write(timestamp: Unit.microseconds(data.value(row)), to: target)
  }
}

enum TimestampTZText: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let microseconds = data.value(row, as: Int64.self)
    return TextWriter.write(
      timestamptz: microseconds, offsetSeconds: context.zone.offset(atMicroseconds: microseconds), to: target)
  }
}

enum IntervalText: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let value = StoredInterval(data, row)
    return TextWriter.write(
      intervalMonths: value.months, days: value.days, microseconds: value.microseconds, to: target)
  }
}

enum UUIDText: Cell {
  static var maximumBytes: Int { 36 }
  static var fixedBytes: Int? { 36 }

  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let value = StoredUUID(data, row)
    return TextWriter.write(uuidUpper: value.upper, lower: value.lower, to: target)
  }
}
