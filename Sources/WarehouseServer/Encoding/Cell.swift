import PostgresWire

/// What cells of a column need to know beside their value.
struct CellContext {
  /// Digits behind the point of a decimal.
  var scale = 0
  var zone: TimeZoneCursor
}

/// How one value of fixed layout is written. Each is a type of its own so that the loop over a column is
/// compiled for it alone.
protocol Cell {
  /// The most bytes that a value takes.
  static var maximumBytes: Int { get }
  /// The bytes that every value takes, when they are always the same.
  static var fixedBytes: Int? { get }
  /// Writes the value of `row` and says how many bytes that took.
  static func write(
    _ data: UnsafeRawPointer, _ row: Int, _ context: CellContext, _ target: UnsafeMutableRawPointer
  ) -> Int
}

extension Cell {
  static var maximumBytes: Int { TextWriter.maximumBytes }
  static var fixedBytes: Int? { nil }
}

/// A loop that is compiled for each cell.
protocol CellVisitor {
  mutating func visit<C: Cell>(_ cell: C.Type)
}

extension ScalarCodec {
  /// Runs the visitor's loop for this codec's cell.
  @inline(__always)
  func accept<Visitor: CellVisitor>(_ format: WireFormat, _ visitor: inout Visitor) {
    switch format {
    case .text: acceptText(&visitor)
    case .binary: acceptBinary(&visitor)
    }
  }

  private func acceptText<Visitor: CellVisitor>(_ visitor: inout Visitor) {
    switch self {
    case .boolean: visitor.visit(BoolText.self)
    case .int8: visitor.visit(IntegerText<Int8>.self)
    case .int16: visitor.visit(IntegerText<Int16>.self)
    case .int32: visitor.visit(IntegerText<Int32>.self)
    case .int64: visitor.visit(IntegerText<Int64>.self)
    case .uint8: visitor.visit(IntegerText<UInt8>.self)
    case .uint16: visitor.visit(IntegerText<UInt16>.self)
    case .uint32: visitor.visit(IntegerText<UInt32>.self)
    case .uint64: visitor.visit(UInt64Text.self)
    case .int128: visitor.visit(Int128Text.self)
    case .uint128: visitor.visit(UInt128Text.self)
    case .float: visitor.visit(FloatText.self)
    case .double: visitor.visit(DoubleText.self)
    case .decimal16: visitor.visit(DecimalText<Int16>.self)
    case .decimal32: visitor.visit(DecimalText<Int32>.self)
    case .decimal64: visitor.visit(DecimalText<Int64>.self)
    case .decimal128: visitor.visit(Decimal128Text.self)
    case .numeric: visitor.visit(NumericText.self)
    case .date: visitor.visit(DateText.self)
    case .time: visitor.visit(TimeText<Microseconds>.self)
    case .timeNS: visitor.visit(TimeText<Nanoseconds>.self)
    case .timeTZ: visitor.visit(TimeTZText.self)
    case .timestamp: visitor.visit(TimestampText<Microseconds>.self)
    case .timestampS: visitor.visit(TimestampText<Seconds>.self)
    case .timestampMS: visitor.visit(TimestampText<Milliseconds>.self)
    case .timestampNS: visitor.visit(TimestampText<Nanoseconds>.self)
    case .timestampTZ: visitor.visit(TimestampTZText.self)
    case .interval: visitor.visit(IntervalText.self)
    case .uuid: visitor.visit(UUIDText.self)
    }
  }

  private func acceptBinary<Visitor: CellVisitor>(_ visitor: inout Visitor) {
    switch self {
    case .boolean: visitor.visit(BoolBinary.self)
    case .int8: visitor.visit(IntegerBinary<Int8, Int16>.self)
    case .int16: visitor.visit(IntegerBinary<Int16, Int16>.self)
    case .int32: visitor.visit(IntegerBinary<Int32, Int32>.self)
    case .int64: visitor.visit(IntegerBinary<Int64, Int64>.self)
    case .uint8: visitor.visit(IntegerBinary<UInt8, Int16>.self)
    case .uint16: visitor.visit(IntegerBinary<UInt16, Int32>.self)
    case .uint32: visitor.visit(IntegerBinary<UInt32, Int64>.self)
    case .uint64: visitor.visit(NumericBinary<UInt64>.self)
    case .int128: visitor.visit(NumericBinary<Int128>.self)
    case .uint128: visitor.visit(UInt128Binary.self)
    case .float: visitor.visit(IntegerBinary<UInt32, UInt32>.self)
    case .double: visitor.visit(IntegerBinary<UInt64, UInt64>.self)
    case .decimal16: visitor.visit(NumericBinary<Int16>.self)
    case .decimal32: visitor.visit(NumericBinary<Int32>.self)
    case .decimal64: visitor.visit(NumericBinary<Int64>.self)
    case .decimal128: visitor.visit(NumericBinary<Int128>.self)
    case .numeric: visitor.visit(TrimmedNumericBinary.self)
    case .date: visitor.visit(DateBinary.self)
    case .time: visitor.visit(TimeBinary<Microseconds>.self)
    case .timeNS: visitor.visit(TimeBinary<Nanoseconds>.self)
    case .timeTZ: visitor.visit(TimeTZBinary.self)
    case .timestamp, .timestampTZ: visitor.visit(TimestampBinary<Microseconds>.self)
    case .timestampS: visitor.visit(TimestampBinary<Seconds>.self)
    case .timestampMS: visitor.visit(TimestampBinary<Milliseconds>.self)
    case .timestampNS: visitor.visit(TimestampBinary<Nanoseconds>.self)
    case .interval: visitor.visit(IntervalBinary.self)
    case .uuid: visitor.visit(UUIDBinary.self)
    }
  }
}

extension UnsafeRawPointer {
  /// The value of a row of a vector; 16-byte values are aligned to 8 alone.
  @inline(__always)
  func value<T: BitwiseCopyable>(_ row: Int, as type: T.Type = T.self) -> T {
    loadUnaligned(fromByteOffset: row &* MemoryLayout<T>.stride, as: T.self)
  }
}

extension UnsafeMutableRawPointer {
  /// Writes an integer, big-endian.
  @inline(__always)
  func storeBig<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int = 0) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: T.self)
  }
}
