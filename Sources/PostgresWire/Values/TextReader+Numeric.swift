/// Numbers with a point.
extension TextReader {
  /// A numeric that fits NUMERIC(width, scale), as the value times 10^scale; rounded half away from zero.
  ///
  /// `.invalidSyntax` also for NaN and infinities, which a DECIMAL can't hold.
  @inline(__always)
  package static func decimal(
    _ start: UnsafePointer<UInt8>, _ count: Int, width: Int, scale: Int, into value: inout Int64
  ) -> Outcome {
    // The fast path: a sign, digits, perhaps a point, at most `scale` digits after it, 18 digits in all.
    var position = start
    let end = start + count
    let isNegative = count > 0 && start[0] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    guard count > 0, count <= 18, position < end else {
      return slowDecimal(start, count, width: width, scale: scale, into: &value)
    }
    var magnitude: UInt64 = 0
    while position < end {
      let digit = position[0] &- 0x30
      guard digit <= 9 else { break }
      magnitude = magnitude &* 10 &+ UInt64(digit)
      position += 1
    }
    var left = scale
    if position < end {
      guard position[0] == UInt8(ascii: "."), end - start > (isNegative ? 2 : 1) else {
        return slowDecimal(start, count, width: width, scale: scale, into: &value)
      }
      position += 1
      while position < end {
        let digit = position[0] &- 0x30
        guard digit <= 9, left > 0 else {
          return slowDecimal(start, count, width: width, scale: scale, into: &value)
        }
        magnitude = magnitude &* 10 &+ UInt64(digit)
        position += 1
        left &-= 1
      }
    }
    if left > 0 {
      let (product, overflows) = magnitude.multipliedReportingOverflow(by: TextWriter.powerOfTen(left))
      guard !overflows else { return slowDecimal(start, count, width: width, scale: scale, into: &value) }
      magnitude = product
    }
    guard magnitude < TextWriter.powerOfTen(width) else { return .outOfRange }
    value = isNegative ? 0 &- Int64(bitPattern: magnitude) : Int64(bitPattern: magnitude)
    return .value
  }

  @inline(never)
  private static func slowDecimal(
    _ start: UnsafePointer<UInt8>, _ count: Int, width: Int, scale: Int, into value: inout Int64
  ) -> Outcome {
    var wide: Int128 = 0
    let outcome = decimal(start, count, width: width, scale: scale, into: &wide)
    if outcome == .value { value = Int64(truncatingIfNeeded: wide) }
    return outcome
  }

  /// The same for up to 38 digits, exponents and white space.
  package static func decimal(
    _ start: UnsafePointer<UInt8>, _ count: Int, width: Int, scale: Int, into value: inout Int128
  ) -> Outcome {
    guard let parts = NumericParts(start, count) else { return .invalidSyntax }
    // The value is digits * 10^exponent; wanted is digits * 10^(exponent + scale), rounded.
    let shift = parts.exponent + scale
    let kept = min(parts.digitCount, parts.digitCount + shift)
    var magnitude: UInt128 = 0
    if kept > 0 {
      guard kept <= 38 else { return .outOfRange }
      parts.forEachDigit(upTo: kept) { magnitude = magnitude &* 10 &+ UInt128($0) }
    }
    if shift < 0, kept >= 0, kept < parts.digitCount, parts.digit(at: kept) >= 5 { magnitude += 1 }
    if shift > 0, magnitude != 0 {
      guard kept + shift <= 38 else { return .outOfRange }
      magnitude *= BinaryWriter.powerOfTen128(shift)
    }
    guard magnitude < BinaryWriter.powerOfTen128(width) else { return .outOfRange }
    value = parts.isNegative ? -Int128(magnitude) : Int128(magnitude)
    return .value
  }

  /// A double precision number.
  @inline(__always)
  package static func double(
    _ start: UnsafePointer<UInt8>, _ count: Int, into value: inout Double
  ) -> Outcome {
    // Exact, as of Clinger: an integer below 2^53 times or divided by a power of ten up to 10^22.
    if let parts = NumericParts(start, count), parts.digitCount <= 15, parts.exponent.magnitude <= 19 {
      var magnitude: UInt64 = 0
      parts.forEachDigit(upTo: parts.digitCount) { magnitude = magnitude &* 10 &+ UInt64($0) }
      let power = Double(TextWriter.powerOfTen(Int(parts.exponent.magnitude)))
      let unsigned = parts.exponent < 0 ? Double(magnitude) / power : Double(magnitude) * power
      value = parts.isNegative ? -unsigned : unsigned
      return .value
    }
    return slowDouble(start, count, into: &value)
  }

  @inline(never)
  private static func slowDouble(
    _ start: UnsafePointer<UInt8>, _ count: Int, into value: inout Double
  ) -> Outcome {
    var start = start
    var count = count
    trim(&start, &count)
    if let special = specialNumber(start, count) {
      value = special
      return .value
    }
    guard let parts = NumericParts(start, count) else { return .invalidSyntax }
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    guard let number = Double(text) else { return .invalidSyntax }
    // Too large becomes infinite; too small becomes zero though a digit is not: both are errors.
    guard number.isFinite, number != 0 || parts.isZero else { return .outOfRange }
    value = number
    return .value
  }

  /// NaN and the infinities as PostgreSQL writes them, in any case; nil for everything else.
  static func specialNumber(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    guard count > 0 else { return nil }
    if equals(start, count, "nan") { return .nan }
    let hasSign = start[0] == UInt8(ascii: "-") || start[0] == UInt8(ascii: "+")
    let rest = hasSign ? start + 1 : start
    let length = hasSign ? count - 1 : count
    guard equals(rest, length, "infinity") || equals(rest, length, "inf") else { return nil }
    return start[0] == UInt8(ascii: "-") ? -.infinity : .infinity
  }
}

/// The parts of a number's text: its digits without leading zeros, and the exponent that makes them whole.
struct NumericParts {
  private(set) var isNegative = false
  /// Digits from the first that is not zero.
  private(set) var digitCount = 0
  /// The value is the digits, read as a whole number, times ten to this power.
  private(set) var exponent = 0
  private let start: UnsafePointer<UInt8>
  private var firstDigit = 0
  private var point = Int.max

  /// Reads `[+-] digits [. digits] [e [+-] digits]` with white space around; nil for anything else.
  @inline(__always)
  init?(_ text: UnsafePointer<UInt8>, _ length: Int) {
    var text = text
    var length = length
    TextReader.trim(&text, &length)
    start = text
    var index = 0
    guard length > 0 else { return nil }
    if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
      isNegative = text[0] == UInt8(ascii: "-")
      index = 1
    }
    var seenDigits = 0
    var fraction = 0
    while index < length {
      let byte = text[index]
      if byte &- 0x30 <= 9 {
        seenDigits &+= 1
        if digitCount > 0 || byte != 0x30 {
          if digitCount == 0 { firstDigit = index }
          digitCount &+= 1
        }
        if point != .max { fraction &+= 1 }
      } else if byte == UInt8(ascii: "."), point == .max {
        point = index
      } else {
        break
      }
      index &+= 1
    }
    guard seenDigits > 0 else { return nil }
    exponent = -fraction
    if index < length {
      guard let power = Self.exponent(text, index, length) else { return nil }
      exponent += power
    }
    // Zero keeps the digits of its fraction, which say how it was written.
    if digitCount == 0 { exponent = max(min(exponent, 0), -37) }
  }

  /// True if no digit is other than zero.
  var isZero: Bool { digitCount == 0 }

  /// Calls `body` with the first `count` digits.
  @inline(__always)
  func forEachDigit(upTo count: Int, _ body: (UInt8) -> Void) {
    var index = firstDigit
    var left = count
    while left > 0 {
      if index != point {
        body(start[index] &- 0x30)
        left &-= 1
      }
      index &+= 1
    }
  }

  /// The digit at an index counted from the first that is not zero.
  func digit(at index: Int) -> UInt8 {
    let position = firstDigit + index
    return start[point > firstDigit && position >= point ? position + 1 : position] &- 0x30
  }

  /// Reads `e5`, `E-12`; nil if malformed. Absurd exponents are cut at a million.
  private static func exponent(_ text: UnsafePointer<UInt8>, _ from: Int, _ length: Int) -> Int? {
    guard text[from] | 0x20 == UInt8(ascii: "e") else { return nil }
    var index = from + 1
    var isNegative = false
    if index < length, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
      isNegative = text[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < length else { return nil }
    var power = 0
    while index < length {
      let digit = text[index] &- 0x30
      guard digit <= 9 else { return nil }
      power = min(power * 10 + Int(digit), 1_000_000)
      index += 1
    }
    return isNegative ? -power : power
  }
}
