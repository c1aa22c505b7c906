import PostgresWire

/// What holds after the last transition of a zone file: a TZ string of POSIX, such as
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
struct TimeZoneRule: Sendable {
  /// When in a year a change happens.
  struct Change: Sendable {
    enum Day: Sendable {
      /// Month, week from 1 to 5 (the last), weekday from 0 (Sunday).
      case weekday(month: Int, week: Int, day: Int)
      /// From 1 to 365, without 29 February.
      case julian(Int)
      /// From 0 to 365.
      case ordinal(Int)
    }

    var day: Day
    /// Seconds after midnight, local time before the change.
    var time: Int

    /// Seconds since 1970, local time.
    func moment(in year: Int) -> Int { (dayNumber(in: year) * 86_400) + time }

    private func dayNumber(in year: Int) -> Int {
      let newYear = CivilDate(year: year, month: 1, day: 1).dayNumber
      switch day {
      case .ordinal(let day): return newYear + day
      case .julian(let day):
        let isLeap = CivilDate.daysInMonth(2, of: year) == 29
        return newYear + day - 1 + (isLeap && day >= 60 ? 1 : 0)
      case .weekday(let month, let week, let day):
        let first = CivilDate(year: year, month: month, day: 1).dayNumber
        // 1970-01-01 was a Thursday.
        let weekday = ((first + 4) % 7 + 7) % 7
        var dayOfMonth = (day - weekday + 7) % 7 + 1 + (week - 1) * 7
        while dayOfMonth > CivilDate.daysInMonth(month, of: year) { dayOfMonth -= 7 }
        return first + dayOfMonth - 1
      }
    }
  }

  var standardOffset: Int
  var summerOffset: Int?
  var summerStart: Change?
  var summerEnd: Change?

  /// The stretch that holds `seconds` since 1970, which lies behind `start`.
  func segment(at seconds: Int, after start: Int) -> TimeZoneRules.Segment {
    guard let summerOffset, let summerStart, let summerEnd else {
      return TimeZoneRules.Segment(start: start, end: .max, offset: standardOffset)
    }
    let year = CivilDate(dayNumber: Int(seconds / 86_400)).year
    var changes: [(moment: Int, offset: Int)] = []
    for year in (year - 1)...(year + 1) {
      changes.append((summerStart.moment(in: year) - standardOffset, summerOffset))
      changes.append((summerEnd.moment(in: year) - summerOffset, standardOffset))
    }
    changes.sort { $0.moment < $1.moment }
    var segment = TimeZoneRules.Segment(start: start, end: .max, offset: standardOffset)
    for change in changes {
      if change.moment > seconds {
        segment.end = change.moment
        break
      }
      segment.start = max(start, change.moment)
      segment.offset = change.offset
    }
    return segment
  }

  /// Reads a TZ string; nil when it is none.
  init?(_ text: some Collection<UInt8>) {
    var reader = Reader(bytes: Array(text))
    guard reader.skipName(), let standard = reader.time() else { return nil }
    standardOffset = -standard
    guard !reader.isAtEnd else { return }
    guard reader.skipName() else { return nil }
    summerOffset = standardOffset + 3600
    if reader.peek != UInt8(ascii: ","), !reader.isAtEnd {
      guard let offset = reader.time() else { return nil }
      summerOffset = -offset
    }
    guard let start = reader.change(), let end = reader.change(), reader.isAtEnd else { return nil }
    (summerStart, summerEnd) = (start, end)
  }

  private struct Reader {
    var bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index >= bytes.count }
    var peek: UInt8? { isAtEnd ? nil : bytes[index] }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard peek == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func skipName() -> Bool {
      let start = index
      if take("<") {
        while let byte = peek, byte != UInt8(ascii: ">") {
          _ = byte
          index += 1
        }
        return take(">")
      }
      while let byte = peek, (byte | 0x20) >= UInt8(ascii: "a"), (byte | 0x20) <= UInt8(ascii: "z") {
        index += 1
      }
      return index > start
    }

    mutating func number() -> Int? {
      var value: Int?
      while let byte = peek, byte >= 0x30, byte <= 0x39, (value ?? 0) < 100_000 {
        value = (value ?? 0) * 10 + Int(byte - 0x30)
        index += 1
      }
      return value
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time() -> Int? {
      let sign = take("-") ? -1 : 1
      if sign == 1 { _ = take("+") }
      guard var seconds = number().map({ $0 * 3600 }) else { return nil }
      for unit in [60, 1] where take(":") {
        guard let part = number() else { return nil }
        seconds += part * unit
      }
      return sign * seconds
    }

    mutating func change() -> Change? {
      guard take(",") else { return nil }
      let day: Change.Day
      if take("M") {
        guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
          (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
        else { return nil }
        day = .weekday(month: month, week: week, day: weekday)
      } else if take("J") {
        guard let number = number() else { return nil }
        day = .julian(number)
      } else {
        guard let number = number() else { return nil }
        day = .ordinal(number)
      }
      guard take("/") else { return Change(day: day, time: 7200) }
      return time().map { Change(day: day, time: $0) }
    }
  }
}
