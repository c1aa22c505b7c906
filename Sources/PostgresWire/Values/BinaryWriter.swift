/// Writes values in PostgreSQL's binary format into raw memory; every function returns how many bytes it
/// wrote, at most `maximumBytes`.
///
/// Source: the `*_send` functions of PostgreSQL 15.
package enum BinaryWriter {
  /// The most bytes that a value takes.
  package static let maximumBytes = 64

  /// An integer, big-endian.
  @inline(__always)
  package static func write<Integer: FixedWidthInteger>(
    _ value: Integer, to target: UnsafeMutableRawPointer
  ) -> Int {
    target.storeBytes(of: value.bigEndian, as: Integer.self)
    return MemoryLayout<Integer>.size
  }

  /// One byte, 1 or 0.
  @inline(__always)
  package static func write(_ value: Bool, to target: UnsafeMutableRawPointer) -> Int {
    write(UInt8(value ? 1 : 0), to: target)
  }

  /// Eight bytes.
  @inline(__always)
  package static func write(_ value: Double, to target: UnsafeMutableRawPointer) -> Int {
    write(value.bitPattern, to: target)
  }

  /// Four bytes.
  @inline(__always)
  package static func write(_ value: Float, to target: UnsafeMutableRawPointer) -> Int {
    write(value.bitPattern, to: target)
  }

  /// A date by DuckDB's day number.
  @inline(__always)
  package static func write(date days: Int32, to target: UnsafeMutableRawPointer) -> Int {
    if days == TimeScale.infiniteDays { return write(Int32.max, to: target) }
    if days == -TimeScale.infiniteDays { return write(Int32.min, to: target) }
    return write(days &- Int32(TimeScale.postgresEpochDays), to: target)
  }

  /// A timestamp, with or without time zone, by DuckDB's microseconds since 1970.
  @inline(__always)
  package static func write(timestamp microseconds: Int64, to target: UnsafeMutableRawPointer) -> Int {
    if microseconds == TimeScale.infiniteMicroseconds { return write(Int64.max, to: target) }
    if microseconds == -TimeScale.infiniteMicroseconds { return write(Int64.min, to: target) }
    return write(microseconds &- TimeScale.postgresEpochMicroseconds, to: target)
  }

  /// A time of day in microseconds.
  @inline(__always)
  package static func write(time microseconds: Int64, to target: UnsafeMutableRawPointer) -> Int {
    write(microseconds, to: target)
  }

  /// A time of day with an offset east of UTC in seconds; PostgreSQL counts to the west.
  @inline(__always)
  package static func write(
    time microseconds: Int64, offsetSeconds: Int, to target: UnsafeMutableRawPointer
  ) -> Int {
    _ = write(microseconds, to: target)
    return 8 + write(Int32(truncatingIfNeeded: -offsetSeconds), to: target + 8)
  }

  /// An interval of DuckDB's three parts.
  @inline(__always)
  package static func write(
    intervalMonths months: Int32, days: Int32, microseconds: Int64, to target: UnsafeMutableRawPointer
  ) -> Int {
    _ = write(microseconds, to: target)
    _ = write(days, to: target + 8)
    return 12 + write(months, to: target + 12)
  }

  /// A UUID by its upper and lower 64 bits.
  @inline(__always)
  package static func write(
    uuidUpper upper: UInt64, lower: UInt64, to target: UnsafeMutableRawPointer
  ) -> Int {
    _ = write(upper, to: target)
    return 8 + write(lower, to: target + 8)
  }

  /// A numeric of `scale` digits after the point; `unscaled` is the value times 10^scale.
  ///
  /// Count, weight, sign and scale, then digits of base 10,000 without zeros at either end.
  package static func write(
    numeric unscaled: Int128, scale: Int, to target: UnsafeMutableRawPointer
  ) -> Int {
    var digits: InlineArray<24, UInt16> = .init(repeating: 0)
    var count = 0
    let wholeCount: Int
    if scale < 16, let magnitude = UInt64(exactly: unscaled.magnitude) {
      let power = TextWriter.powerOfTen(scale)
      let whole = magnitude / power
      wholeCount = appendWhole(UInt128(whole), &digits, &count)
      var fraction = magnitude - whole * power
      var left = scale
      while fraction != 0 {
        // The next four digits; zeros stand in behind the last one.
        let shift = left - 4
        let unit = shift >= 0 ? TextWriter.powerOfTen(shift) : 1
        let digit = shift >= 0 ? fraction / unit : fraction * TextWriter.powerOfTen(-shift)
        digits[count] = UInt16(truncatingIfNeeded: digit)
        count += 1
        fraction = shift >= 0 ? fraction - digit * unit : 0
        left = shift
      }
    } else {
      let power = powerOfTen128(scale)
      let (whole, rest) = unscaled.magnitude.quotientAndRemainder(dividingBy: power)
      wholeCount = appendWhole(whole, &digits, &count)
      var fraction = rest
      var left = scale
      while fraction != 0 {
        let shift = left - 4
        let unit = shift >= 0 ? powerOfTen128(shift) : 1
        let digit = shift >= 0 ? fraction / unit : fraction * powerOfTen128(-shift)
        digits[count] = UInt16(truncatingIfNeeded: digit)
        count += 1
        fraction = shift >= 0 ? fraction - digit * unit : 0
        left = shift
      }
    }
    return writeNumeric(
      digits, from: 0, to: count, weight: wholeCount - 1, isNegative: unscaled < 0, scale: scale, target)
  }

  /// NaN as a numeric.
  package static func writeNumericNaN(to target: UnsafeMutableRawPointer) -> Int {
    _ = write(UInt64(0xC000) << 16, to: target)
    return 8
  }

  private static func writeNumeric(
    _ digits: InlineArray<24, UInt16>, from: Int, to: Int, weight: Int, isNegative: Bool, scale: Int,
    _ target: UnsafeMutableRawPointer
  ) -> Int {
    var first = from
    var end = to
    var weight = weight
    while first < end, digits[first] == 0 {
      first += 1
      weight -= 1
    }
    while end > first, digits[end - 1] == 0 { end -= 1 }
    if first == end { weight = 0 }
    _ = write(Int16(end - first), to: target)
    _ = write(Int16(weight), to: target + 2)
    _ = write(UInt16(isNegative && first < end ? 0x4000 : 0), to: target + 4)
    _ = write(Int16(scale), to: target + 6)
    var position = target + 8
    for index in first..<end { position += write(digits[index], to: position) }
    return position - target
  }

  /// Appends the digits of base 10,000 of a whole number; returns how many.
  @inline(__always)
  private static func appendWhole(
    _ value: UInt128, _ digits: inout InlineArray<24, UInt16>, _ count: inout Int
  ) -> Int {
    var rest = value
    var reversed: InlineArray<12, UInt16> = .init(repeating: 0)
    var length = 0
    while rest > UInt128(UInt64.max) {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10_000)
      reversed[length] = UInt16(truncatingIfNeeded: digit)
      length += 1
      rest = quotient
    }
    var small = UInt64(truncatingIfNeeded: rest)
    while small != 0 {
      reversed[length] = UInt16(truncatingIfNeeded: small % 10_000)
      length += 1
      small /= 10_000
    }
    for index in 0..<length { digits[index] = reversed[length - 1 - index] }
    count = length
    return length
  }

  /// 10 to the power of 0 to 38.
  static func powerOfTen128(_ exponent: Int) -> UInt128 {
    exponent < 20
      ? UInt128(TextWriter.powerOfTen(exponent))
      : UInt128(TextWriter.powerOfTen(19)) * UInt128(TextWriter.powerOfTen(exponent - 19))
  }
}
