/// Writes values in PostgreSQL's text format into raw memory.
///
/// Every function returns how many bytes it wrote, at most `maximumBytes` (except `bytea`). Nothing is
/// allocated but for some floating point numbers.
package enum TextWriter {
  /// The most bytes that a value other than `bytea` takes.
  package static let maximumBytes = 80

  /// `00` to `99`, two bytes each: a constant of the binary, not a global to initialise.
  @inline(__always)
  static var digitPairs: UnsafePointer<UInt8> {
    ("""
    00010203040506070809101112131415161718192021222324252627282930313233343536373839\
    40414243444546474849505152535455565758596061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899
    """ as StaticString).utf8Start
  }

  /// `t` or `f`.
  @inline(__always)
  package static func write(_ value: Bool, to target: UnsafeMutableRawPointer) -> Int {
    target.storeBytes(of: value ? UInt8(ascii: "t") : UInt8(ascii: "f"), as: UInt8.self)
    return 1
  }

  /// A decimal number.
  @inline(__always)
  package static func write(_ value: Int64, to target: UnsafeMutableRawPointer) -> Int {
    guard value < 0 else { return write(UInt64(value), to: target) }
    target.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
    return 1 + write(value.magnitude, to: target + 1)
  }

  /// A decimal number.
  package static func write(_ value: UInt64, to target: UnsafeMutableRawPointer) -> Int {
    let count = digitCount(value)
    writeDigits(value, count: count, to: target)
    return count
  }

  /// A decimal number, such as a HUGEINT.
  package static func write(_ value: Int128, to target: UnsafeMutableRawPointer) -> Int {
    guard value < 0 else { return write(UInt128(value), to: target) }
    target.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
    return 1 + write(value.magnitude, to: target + 1)
  }

  /// A decimal number, such as a UHUGEINT.
  package static func write(_ value: UInt128, to target: UnsafeMutableRawPointer) -> Int {
    guard value > UInt128(UInt64.max) else { return write(UInt64(truncatingIfNeeded: value), to: target) }
    // 10^19 is the largest power of ten below 2^64.
    let (upper, lower) = value.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
    let written = write(upper, to: target)
    writeDigits(UInt64(truncatingIfNeeded: lower), count: 19, to: target + written)
    return written + 19
  }

  /// A numeric of `scale` digits after the point; `unscaled` is the value times 10^scale.
  package static func write(numeric unscaled: Int64, scale: Int, to target: UnsafeMutableRawPointer) -> Int {
    guard scale > 0 else { return write(unscaled, to: target) }
    guard scale < 19 else { return write(numeric: Int128(unscaled), scale: scale, to: target) }
    var position = target
    if unscaled < 0 { position.put("-") }
    let magnitude = unscaled.magnitude
    let power = powerOfTen(scale)
    let whole = magnitude / power
    position += write(whole, to: position)
    position.put(".")
    writeDigits(magnitude - whole * power, count: scale, to: position)
    return position + scale - target
  }

  /// A numeric of `scale` digits after the point; `unscaled` is the value times 10^scale.
  package static func write(numeric unscaled: Int128, scale: Int, to target: UnsafeMutableRawPointer) -> Int {
    if scale < 19, let small = Int64(exactly: unscaled) {
      return write(numeric: small, scale: scale, to: target)
    }
    guard scale > 0 else { return write(unscaled, to: target) }
    // 39 digits at most; zeros fill up to one before the point.
    return withUnsafeTemporaryAllocation(byteCount: 48, alignment: 1) { digits in
      guard let start = digits.baseAddress else { return 0 }
      let count = write(unscaled.magnitude, to: start)
      var position = target
      if unscaled < 0 { position.put("-") }
      if count > scale {
        position.copyMemory(from: start, byteCount: count - scale)
        position += count - scale
      } else {
        position.put("0")
      }
      position.put(".")
      for _ in 0..<max(scale - count, 0) { position.put("0") }
      let fraction = min(scale, count)
      position.copyMemory(from: start + (count - fraction), byteCount: fraction)
      return position + fraction - target
    }
  }

  /// A UUID by its upper and lower 64 bits, as `0011…-…`.
  package static func write(
    uuidUpper upper: UInt64, lower: UInt64, to target: UnsafeMutableRawPointer
  ) -> Int {
    var position = target
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 { position.put("-") }
      let half = index < 8 ? upper : lower
      position.put(hex: UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * (index & 7))))
    }
    return 36
  }

  /// Bytes as `\x` and two digits each; writes `2 + 2 * bytes.count` bytes.
  package static func write(bytea bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) -> Int {
    var position = target
    position.put("\\")
    position.put("x")
    for byte in bytes { position.put(hex: byte) }
    return 2 + 2 * bytes.count
  }

  // MARK: Digits

  /// How many decimal digits a number has.
  @inline(__always)
  static func digitCount(_ value: UInt64) -> Int {
    if value < 10 { return 1 }
    if value < 100 { return 2 }
    if value < 1000 { return 3 }
    if value < 10_000 { return 4 }
    // log10(2) is about 1233 / 4096.
    let guess = ((64 &- value.leadingZeroBitCount) &* 1233) >> 12
    return guess &+ (value >= powerOfTen(guess) ? 1 : 0)
  }

  /// Writes the last `count` digits, with zeros in front.
  @inline(__always)
  static func writeDigits(_ value: UInt64, count: Int, to target: UnsafeMutableRawPointer) {
    var rest = value
    var left = count
    let pairs = UnsafeRawPointer(digitPairs)
    while left >= 2 {
      left &-= 2
      let quotient = rest / 100
      let pair = Int(truncatingIfNeeded: rest &- quotient &* 100)
      target.storeBytes(
        of: pairs.loadUnaligned(fromByteOffset: pair &* 2, as: UInt16.self), toByteOffset: left,
        as: UInt16.self)
      rest = quotient
    }
    if left == 1 {
      target.storeBytes(of: UInt8(truncatingIfNeeded: rest % 10) &+ 0x30, as: UInt8.self)
    }
  }

  /// 10 to the power of 0 to 19.
  @inline(__always)
  static func powerOfTen(_ exponent: Int) -> UInt64 {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    case 7: 10_000_000
    case 8: 100_000_000
    case 9: 1_000_000_000
    case 10: 10_000_000_000
    case 11: 100_000_000_000
    case 12: 1_000_000_000_000
    case 13: 10_000_000_000_000
    case 14: 100_000_000_000_000
    case 15: 1_000_000_000_000_000
    case 16: 10_000_000_000_000_000
    case 17: 100_000_000_000_000_000
    case 18: 1_000_000_000_000_000_000
    default: 10_000_000_000_000_000_000
    }
  }
}

extension UnsafeMutableRawPointer {
  /// Writes one ASCII character and steps on.
  @inline(__always)
  mutating func put(_ character: Unicode.Scalar) {
    storeBytes(of: UInt8(truncatingIfNeeded: character.value), as: UInt8.self)
    self += 1
  }

  /// Writes two hexadecimal digits and steps on.
  @inline(__always)
  mutating func put(hex byte: UInt8) {
    storeBytes(of: Hex.digit(byte >> 4), as: UInt8.self)
    storeBytes(of: Hex.digit(byte & 15), toByteOffset: 1, as: UInt8.self)
    self += 2
  }

  /// Writes ASCII text and steps on.
  @inline(__always)
  mutating func put(ascii text: StaticString) {
    copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
    self += text.utf8CodeUnitCount
  }

  /// Writes a number of exactly `count` digits, with zeros in front, and steps on.
  @inline(__always)
  mutating func put(digits value: Int, count: Int) {
    TextWriter.writeDigits(UInt64(truncatingIfNeeded: value), count: count, to: self)
    self += count
  }
}
