import PostgresWire

// One value each in PostgreSQL's binary format.

enum BoolBinary: Cell {
  static var maximumBytes: Int { 1 }
  static var fixedBytes: Int? { 1 }

  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    target.storeBytes(of: data.value(row, as: UInt8.self) != 0 ? 1 : 0, as: UInt8.self)
    return 1
  }
}

/// Integers, and floating point numbers by their bits.
enum IntegerBinary<
  Stored: FixedWidthInteger & BitwiseCopyable, Sent: FixedWidthInteger & BitwiseCopyable
>: Cell {
  static var maximumBytes: Int { MemoryLayout<Sent>.size }
  static var fixedBytes: Int? { MemoryLayout<Sent>.size }

  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    target.storeBig(Sent(truncatingIfNeeded: data.value(row, as: Stored.self)))
    return MemoryLayout<Sent>.size
  }
}

enum NumericBinary<T: FixedWidthInteger & BitwiseCopyable>: Cell {
  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    BinaryWriter.write(numeric: Int128(data.value(row, as: T.self)), scale: context.scale, to: target)
  }
}

enum TrimmedNumericBinary: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let value = TrimmedNumeric(data.value(row), scale: context.scale)
    return BinaryWriter.write(numeric: value.unscaled, scale: value.scale, to: target)
  }
}

/// UHUGEINT as numeric: its largest values do not fit the signed number that `BinaryWriter` takes.
enum UInt128Binary: Cell {
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    var rest = data.value(row, as: UInt128.self)
    if let signed = Int128(exactly: rest) { return BinaryWriter.write(numeric: signed, scale: 0, to: target) }
    // Ten digits of base 10,000, all needed above 2^127; zeros at the end are not sent.
    var count = 10
    for index in (0..<10).reversed() {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10_000)
      target.storeBig(UInt16(truncatingIfNeeded: digit), at: 8 + 2 * index)
      if digit == 0, index == count - 1 { count = index }
      rest = quotient
    }
    target.storeBig(UInt16(count))
    target.storeBig(UInt16(9), at: 2)
    target.storeBig(UInt32(0), at: 4)
    return 8 + 2 * count
  }
}

enum DateBinary: Cell {
  static var maximumBytes: Int { 4 }
  static var fixedBytes: Int? { 4 }

  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    BinaryWriter.write(date: data.value(row), to: target)
  }
}

enum TimeBinary<Unit: TimeUnit>: Cell {
  static var maximumBytes: Int { 8 }
  static var fixedBytes: Int? { 8 }

  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    target.storeBig(Unit.microseconds(data.value(row)))
    return 8
  }
}

enum TimeTZBinary: Cell {
  static var maximumBytes: Int { 12 }
  static var fixedBytes: Int? { 12 }

  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let value = PackedTimeTZ(data.value(row))
    return BinaryWriter.write(time: value.microseconds, offsetSeconds: value.offsetSeconds, to: target)
  }
}

enum TimestampBinary<Unit: TimeUnit>: Cell {
  static var maximumBytes: Int { 8 }
  static var fixedBytes: Int? { 8 }

  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    BinaryWriter.write(timestamp: Unit.microseconds(data.value(row)), to: target)
  }
}

enum IntervalBinary: Cell {
  static var maximumBytes: Int { 16 }
  static var fixedBytes: Int? { 16 }

  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let value = StoredInterval(data, row)
    return BinaryWriter.write(
      intervalMonths: value.months, days: value.days, microseconds: value.microseconds, to: target)
  }
}

enum UUIDBinary: Cell {
  static var maximumBytes: Int { 16 }
  static var fixedBytes: Int? { 16 }

  @inline(__always)
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int {
    let value = StoredUUID(data, row)
    target.storeBig(value.upper)
    target.storeBig(value.lower, at: 8)
    return 16
  }
}
