/// Reads values in PostgreSQL's text format from raw bytes: the hot loops of COPY, and parameters.
///
/// Nothing is allocated on the paths that data usually takes. White space around numbers is passed over, as
/// PostgreSQL does.
package enum TextReader {
  /// What became of a text.
  package enum Outcome: UInt8, Sendable {
    case value
    /// Not the text of such a value: SQLSTATE 22P02, or 22007 for dates and times.
    case invalidSyntax
    /// Of the right form but too large or too small: 22003, or 22008 for dates and times.
    case outOfRange
  }

  /// True for the bytes that C's `isspace` has in the C locale.
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  /// The part of a text between the white space at its ends.
  @inline(__always)
  static func trim(_ start: inout UnsafePointer<UInt8>, _ count: inout Int) {
    while count > 0, isSpace(start[0]) {
      start += 1
      count &-= 1
    }
    while count > 0, isSpace(start[count &- 1]) { count &-= 1 }
  }

  /// A whole number.
  @inline(__always)
  package static func integer(
    _ start: UnsafePointer<UInt8>, _ count: Int, into value: inout Int64
  ) -> Outcome {
    // Up to 18 digits can't overflow; a sign is the only other thing the fast path knows.
    var position = start
    let end = start + count
    let isNegative = count > 0 && start[0] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let digits = end - position
    guard digits > 0, digits <= 18 else { return slowInteger(start, count, into: &value) }
    var magnitude: Int64 = 0
    while position < end {
      let digit = position[0] &- 0x30
      guard digit <= 9 else { return slowInteger(start, count, into: &value) }
      magnitude = magnitude &* 10 &+ Int64(digit)
      position += 1
    }
    value = isNegative ? 0 &- magnitude : magnitude
    return .value
  }

  @inline(never)
  private static func slowInteger(
    _ start: UnsafePointer<UInt8>, _ count: Int, into value: inout Int64
  ) -> Outcome {
    var start = start
    var count = count
    trim(&start, &count)
    guard count > 0 else { return .invalidSyntax }
    let isNegative = start[0] == UInt8(ascii: "-")
    if isNegative || start[0] == UInt8(ascii: "+") {
      start += 1
      count -= 1
    }
    guard count > 0 else { return .invalidSyntax }
    var magnitude: UInt64 = 0
    var overflows = false
    for index in 0..<count {
      let digit = start[index] &- 0x30
      guard digit <= 9 else { return .invalidSyntax }
      let (product, first) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(UInt64(digit))
      magnitude = sum
      overflows = overflows || first || second
    }
    guard !overflows, magnitude <= UInt64(Int64.max) + (isNegative ? 1 : 0) else { return .outOfRange }
    value = isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(magnitude)
    return .value
  }

  /// A truth value: any unambiguous beginning of true, false, yes, no, on, off, or 1 or 0, in any case.
  @inline(__always)
  package static func boolean(
    _ start: UnsafePointer<UInt8>, _ count: Int, into value: inout Bool
  ) -> Outcome {
    if count == 1 {
      switch start[0] {
      case UInt8(ascii: "t"), UInt8(ascii: "1"):
        value = true
        return .value
      case UInt8(ascii: "f"), UInt8(ascii: "0"):
        value = false
        return .value
      default: break
      }
    }
    return slowBoolean(start, count, into: &value)
  }

  @inline(never)
  private static func slowBoolean(
    _ start: UnsafePointer<UInt8>, _ count: Int, into value: inout Bool
  ) -> Outcome {
    var start = start
    var count = count
    trim(&start, &count)
    guard count > 0 else { return .invalidSyntax }
    let words: [(StaticString, Int, Bool)] = [
      ("true", 1, true), ("false", 1, false), ("yes", 1, true), ("no", 1, false), ("on", 2, true),
      ("off", 2, false), ("1", 1, true), ("0", 1, false),
    ]
    for (word, shortest, meaning) in words
    where count >= shortest && count <= word.utf8CodeUnitCount && matches(start, count, word.utf8Start) {
      value = meaning
      return .value
    }
    return .invalidSyntax
  }

  /// True if the first `count` bytes are those of `word`, which is in lower case, in any case.
  static func matches(_ start: UnsafePointer<UInt8>, _ count: Int, _ word: UnsafePointer<UInt8>) -> Bool {
    for index in 0..<count {
      let byte = start[index]
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if lower != word[index] { return false }
    }
    return true
  }

  /// True if the text is `word`, which is in lower case, in any case.
  static func equals(_ start: UnsafePointer<UInt8>, _ count: Int, _ word: StaticString) -> Bool {
    count == word.utf8CodeUnitCount && matches(start, count, word.utf8Start)
  }
}
