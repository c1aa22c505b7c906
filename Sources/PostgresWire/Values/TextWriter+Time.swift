/// Dates and times, in DateStyle ISO and IntervalStyle postgres.
extension TextWriter {
  /// A date by DuckDB's day number (1970-01-01 is 0).
  package static func write(date days: Int32, to target: UnsafeMutableRawPointer) -> Int {
    var position = target
    if days == TimeScale.infiniteDays || days == -TimeScale.infiniteDays {
      return writeInfinity(isNegative: days < 0, to: target)
    }
    let date = CivilDate(dayNumber: Int(days))
    put(date, &position)
    if date.year <= 0 { position.put(ascii: " BC") }
    return position - target
  }

  /// A time of day in microseconds.
  package static func write(time microseconds: Int64, to target: UnsafeMutableRawPointer) -> Int {
    var position = target
    put(time: Int(microseconds), &position)
    return position - target
  }

  /// A time of day in microseconds, with an offset east of UTC in seconds.
  package static func write(
    time microseconds: Int64, offsetSeconds: Int, to target: UnsafeMutableRawPointer
  ) -> Int {
    var position = target
    put(time: Int(microseconds), &position)
    put(offset: offsetSeconds, &position)
    return position - target
  }

  /// A timestamp by DuckDB's microseconds since 1970.
  package static func write(timestamp microseconds: Int64, to target: UnsafeMutableRawPointer) -> Int {
    var position = target
    guard microseconds.magnitude != UInt64(TimeScale.infiniteMicroseconds) else {
      return writeInfinity(isNegative: microseconds < 0, to: target)
    }
    let isBeforeChrist = put(timestamp: Int(microseconds), &position)
    if isBeforeChrist { position.put(ascii: " BC") }
    return position - target
  }

  /// A timestamp with time zone by DuckDB's microseconds since 1970 in UTC; shown in the time zone that is
  /// `offsetSeconds` east of UTC at that moment.
  package static func write(
    timestamptz microseconds: Int64, offsetSeconds: Int, to target: UnsafeMutableRawPointer
  ) -> Int {
    var position = target
    guard microseconds.magnitude != UInt64(TimeScale.infiniteMicroseconds) else {
      return writeInfinity(isNegative: microseconds < 0, to: target)
    }
    let local = Int(microseconds) &+ offsetSeconds &* TimeScale.microsecondsPerSecond
    let isBeforeChrist = put(timestamp: local, &position)
    put(offset: offsetSeconds, &position)
    if isBeforeChrist { position.put(ascii: " BC") }
    return position - target
  }

  /// An interval of DuckDB's three parts, such as `1 year 2 mons -3 days +04:05:06`.
  package static func write(
    intervalMonths months: Int32, days: Int32, microseconds: Int64, to target: UnsafeMutableRawPointer
  ) -> Int {
    var position = target
    var previousIsNegative = false
    func put(_ value: Int32, _ unit: StaticString) {
      guard value != 0 else { return }
      if position != target { position.put(" ") }
      if previousIsNegative && value > 0 { position.put("+") }
      position += write(Int64(value), to: position)
      position.put(" ")
      position.put(ascii: unit)
      if value != 1 { position.put("s") }
      previousIsNegative = value < 0
    }
    put(months / 12, "year")
    put(months % 12, "mon")
    put(days, "day")
    guard position == target || microseconds != 0 else { return position - target }
    if position != target { position.put(" ") }
    if microseconds < 0 { position.put("-") } else if previousIsNegative { position.put("+") }
    let magnitude = microseconds.magnitude
    let hours = magnitude / 3_600_000_000
    if hours < 10 { position.put("0") }
    position += write(hours, to: position)
    position.put(":")
    let rest = Int(magnitude % 3_600_000_000)
    position.put(digits: rest / 60_000_000, count: 2)
    position.put(":")
    Self.put(seconds: rest % 60_000_000, &position)
    return position - target
  }

  // MARK: Parts

  private static func writeInfinity(isNegative: Bool, to target: UnsafeMutableRawPointer) -> Int {
    var position = target
    if isNegative { position.put("-") }
    position.put(ascii: "infinity")
    return position - target
  }

  /// `2024-01-31`; the year has at least four digits and no sign.
  @inline(__always)
  private static func put(_ date: CivilDate, _ position: inout UnsafeMutableRawPointer) {
    let year = date.year > 0 ? date.year : 1 - date.year
    if year < 10_000 {
      position.put(digits: year, count: 4)
    } else {
      position += write(UInt64(year), to: position)
    }
    position.put("-")
    position.put(digits: date.month, count: 2)
    position.put("-")
    position.put(digits: date.day, count: 2)
  }

  /// Date and time; returns true if the year is before Christ.
  @inline(__always)
  private static func put(timestamp microseconds: Int, _ position: inout UnsafeMutableRawPointer) -> Bool {
    var days = microseconds / TimeScale.microsecondsPerDay
    var rest = microseconds % TimeScale.microsecondsPerDay
    if rest < 0 {
      rest += TimeScale.microsecondsPerDay
      days -= 1
    }
    let date = CivilDate(dayNumber: days)
    put(date, &position)
    position.put(" ")
    put(time: rest, &position)
    return date.year <= 0
  }

  /// `12:34:56.789`.
  @inline(__always)
  private static func put(time microseconds: Int, _ position: inout UnsafeMutableRawPointer) {
    let minutes = microseconds / 60_000_000
    position.put(digits: minutes / 60, count: 2)
    position.put(":")
    position.put(digits: minutes % 60, count: 2)
    position.put(":")
    put(seconds: microseconds - minutes * 60_000_000, &position)
  }

  /// `56.789`, without zeros at the end.
  @inline(__always)
  private static func put(seconds microseconds: Int, _ position: inout UnsafeMutableRawPointer) {
    let seconds = microseconds / TimeScale.microsecondsPerSecond
    position.put(digits: seconds, count: 2)
    var fraction = microseconds - seconds * TimeScale.microsecondsPerSecond
    guard fraction != 0 else { return }
    var count = 6
    while fraction % 10 == 0 {
      fraction /= 10
      count -= 1
    }
    position.put(".")
    position.put(digits: fraction, count: count)
  }

  /// `+02`, `-03:30`, `+00:19:32`.
  @inline(__always)
  private static func put(offset seconds: Int, _ position: inout UnsafeMutableRawPointer) {
    position.put(seconds < 0 ? "-" : "+")
    let magnitude = abs(seconds)
    position.put(digits: magnitude / 3600, count: 2)
    guard magnitude % 3600 != 0 else { return }
    position.put(":")
    position.put(digits: magnitude / 60 % 60, count: 2)
    guard magnitude % 60 != 0 else { return }
    position.put(":")
    position.put(digits: magnitude % 60, count: 2)
  }
}
