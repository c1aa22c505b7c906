/// Dates and times, in ISO 8601 and what PostgreSQL writes; other forms that PostgreSQL reads (month names,
/// named time zones, `now`) are `.invalidSyntax` here.
extension TextReader {
  /// A date as DuckDB's day number.
  @inline(__always)
  package static func date(
    _ start: UnsafePointer<UInt8>, _ count: Int, into days: inout Int32
  ) -> Outcome {
    if count == 10, let day = isoDay(start) {
      days = Int32(truncatingIfNeeded: day)
      return .value
    }
    return slowDate(start, count, into: &days)
  }

  /// A timestamp as DuckDB's microseconds since 1970; a time zone in the text is passed over.
  @inline(__always)
  package static func timestamp(
    _ start: UnsafePointer<UInt8>, _ count: Int, into microseconds: inout Int64
  ) -> Outcome {
    if let value = isoTimestamp(start, count) {
      microseconds = value
      return .value
    }
    return slowTimestamp(start, count, into: &microseconds)
  }

  /// A timestamp with time zone as DuckDB's microseconds since 1970 in UTC; without a zone in the text,
  /// `localOffset` says how many seconds east of UTC the session is at that local time.
  @inline(__always)
  package static func timestamptz(
    _ start: UnsafePointer<UInt8>, _ count: Int, localOffset: (Int64) -> Int,
    into microseconds: inout Int64
  ) -> Outcome {
    guard let parsed = DateTimeText(start, count) else { return .invalidSyntax }
    let outcome = parsed.timestamp(into: &microseconds)
    guard outcome == .value, !parsed.isInfinite else { return outcome }
    let offset = parsed.offsetSeconds ?? localOffset(microseconds)
    microseconds -= Int64(offset) * 1_000_000
    return .value
  }

  /// A time of day in microseconds; a time zone in the text is passed over.
  package static func time(
    _ start: UnsafePointer<UInt8>, _ count: Int, into microseconds: inout Int64
  ) -> Outcome {
    guard let parsed = DateTimeText(time: start, count) else { return .invalidSyntax }
    guard parsed.isInRange else { return .outOfRange }
    microseconds = Int64(parsed.microseconds)
    return .value
  }

  @inline(never)
  private static func slowDate(
    _ start: UnsafePointer<UInt8>, _ count: Int, into days: inout Int32
  ) -> Outcome {
    guard let parsed = DateTimeText(start, count) else { return .invalidSyntax }
    if parsed.isInfinite {
      days = parsed.isNegative ? -Int32(TimeScale.infiniteDays) : Int32(TimeScale.infiniteDays)
      return .value
    }
    // PostgreSQL's dates end in the year 5874897; DuckDB's do, too.
    guard parsed.isInRange, let day = Int32(exactly: parsed.days), day != .max, day > -.max else {
      return .outOfRange
    }
    days = day
    return .value
  }

  @inline(never)
  private static func slowTimestamp(
    _ start: UnsafePointer<UInt8>, _ count: Int, into microseconds: inout Int64
  ) -> Outcome {
    guard let parsed = DateTimeText(start, count) else { return .invalidSyntax }
    return parsed.timestamp(into: &microseconds)
  }

  /// Two digits as a number; more than 99 if they are not digits.
  @inline(__always)
  private static func twoDigits(_ start: UnsafePointer<UInt8>) -> Int {
    let tens = start[0] &- 0x30
    let ones = start[1] &- 0x30
    return tens <= 9 && ones <= 9 ? Int(tens) &* 10 &+ Int(ones) : 1000
  }

  /// The day of ten bytes `2024-01-31`; nil if they are something else.
  @inline(__always)
  private static func isoDay(_ start: UnsafePointer<UInt8>) -> Int? {
    guard start[4] == UInt8(ascii: "-"), start[7] == UInt8(ascii: "-") else { return nil }
    let century = twoDigits(start)
    let yearOfCentury = twoDigits(start + 2)
    let month = twoDigits(start + 5)
    let day = twoDigits(start + 8)
    guard century <= 99, yearOfCentury <= 99, month &- 1 < 12, month > 0, day > 0 else { return nil }
    let year = century &* 100 &+ yearOfCentury
    guard year > 0, day <= CivilDate.daysInMonth(month, of: year) else { return nil }
    return CivilDate(year: year, month: month, day: day).dayNumber
  }

  /// `2024-01-31 12:34:56`, perhaps with a fraction of up to six digits; nil for something else.
  @inline(__always)
  private static func isoTimestamp(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard count >= 19, count <= 26, start[10] == 0x20 || start[10] == UInt8(ascii: "T"),
      start[13] == UInt8(ascii: ":"), start[16] == UInt8(ascii: ":"), let day = isoDay(start)
    else { return nil }
    let hour = twoDigits(start + 11)
    let minute = twoDigits(start + 14)
    let second = twoDigits(start + 17)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    var fraction = 0
    if count > 19 {
      guard start[19] == UInt8(ascii: "."), count > 20 else { return nil }
      var unit = 100_000
      for index in 20..<count {
        let digit = start[index] &- 0x30
        guard digit <= 9 else { return nil }
        fraction &+= Int(digit) &* unit
        unit /= 10
      }
    }
    let seconds = ((day &* 24 &+ hour) &* 60 &+ minute) &* 60 &+ second
    return Int64(seconds &* 1_000_000 &+ fraction)
  }
}
