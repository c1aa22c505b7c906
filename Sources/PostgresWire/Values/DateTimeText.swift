/// A date, a time or both, as read from text in ISO 8601, in PostgreSQL's own output, or as month/day/year.
struct DateTimeText {
  /// Days since 1970-01-01.
  private(set) var days = 0
  /// Microseconds since midnight.
  private(set) var microseconds = 0
  private(set) var hasTime = false
  /// Seconds east of UTC if the text names a zone by its offset.
  private(set) var offsetSeconds: Int?
  /// `infinity` or `-infinity`.
  private(set) var isInfinite = false
  private(set) var isNegative = false
  /// False if a field is out of its range, such as a month of 13.
  private(set) var isInRange = true

  /// Reads a date with an optional time; nil if the text has another form.
  init?(_ start: UnsafePointer<UInt8>, _ count: Int) {
    var reader = Reader(start, count)
    if readSpecial(&reader) { return }
    guard readDate(&reader) else { return nil }
    if !reader.isAtEnd, reader.skip("T") || reader.skip("t") || reader.skipSpaces() > 0, !reader.isAtEnd,
      reader.isDigit
    {
      guard readTime(&reader) else { return nil }
    }
    guard readZone(&reader), readEra(&reader), reader.isAtEnd else { return nil }
  }

  /// Reads a time of day with an optional zone; nil if the text has another form.
  init?(time start: UnsafePointer<UInt8>, _ count: Int) {
    var reader = Reader(start, count)
    _ = reader.skip("T")
    guard readTime(&reader), readZone(&reader), reader.isAtEnd else { return nil }
  }

  /// The whole as microseconds since 1970, in the zone the text was written in.
  func timestamp(into result: inout Int64) -> TextReader.Outcome {
    if isInfinite {
      result = isNegative ? -TimeScale.infiniteMicroseconds : TimeScale.infiniteMicroseconds
      return .value
    }
    // 4713 BC to 294276 AD, PostgreSQL's range.
    guard isInRange, days >= -2_440_588, days <= 106_751_983 else { return .outOfRange }
    result = Int64(days) * 86_400_000_000 + Int64(microseconds)
    return .value
  }

  private mutating func readSpecial(_ reader: inout Reader) -> Bool {
    if reader.equals("infinity") || reader.equals("+infinity") {
      isInfinite = true
    } else if reader.equals("-infinity") {
      isInfinite = true
      isNegative = true
    } else if reader.equals("epoch") {
      hasTime = true
      offsetSeconds = 0
    } else {
      return false
    }
    return true
  }

  private mutating func readDate(_ reader: inout Reader) -> Bool {
    guard let (first, digits) = reader.number() else { return false }
    var parts = (year: first, month: 1, day: 1)
    if reader.skip("-") {
      guard let month = reader.number(), month.digits <= 2, reader.skip("-"), let day = reader.number(),
        day.digits <= 2, digits >= 3
      else { return false }
      parts = (first, month.value, day.value)
    } else if reader.skip("/") {
      // DateStyle ISO, MDY.
      guard let day = reader.number(), reader.skip("/"), let year = reader.number(), digits <= 2 else {
        return false
      }
      let isShort = year.digits <= 2
      parts = (isShort ? year.value + (year.value < 70 ? 2000 : 1900) : year.value, first, day.value)
    } else if digits == 8 {
      parts = (first / 10_000, first / 100 % 100, first % 100)
    } else {
      return false
    }
    if reader.endsWithBC { parts.year = 1 - parts.year }
    guard (1...12).contains(parts.month), parts.year < 6_000_000, parts.year != 0 || reader.endsWithBC,
      (1...CivilDate.daysInMonth(parts.month, of: parts.year)).contains(parts.day)
    else {
      isInRange = false
      return true
    }
    days = CivilDate(year: parts.year, month: parts.month, day: parts.day).dayNumber
    return true
  }

  private mutating func readTime(_ reader: inout Reader) -> Bool {
    guard var (hour, digits) = reader.number() else { return false }
    var minute = 0
    var second = 0
    if reader.skip(":") {
      guard let minutes = reader.number(), minutes.digits <= 2 else { return false }
      minute = minutes.value
      if reader.skip(":") {
        guard let seconds = reader.number(), seconds.digits <= 2 else { return false }
        second = seconds.value
      }
    } else if digits == 6 || digits == 4 {
      let padded = digits == 4 ? hour * 100 : hour
      (hour, minute, second) = (padded / 10_000, padded / 100 % 100, padded % 100)
      digits = 2
    } else {
      return false
    }
    guard digits <= 2 else { return false }
    var fraction = 0
    if reader.skip(".") || reader.skip(",") { fraction = reader.fraction() }
    reader.skipSpaces()
    if reader.equals("am") || reader.equals("pm") {
      guard (1...12).contains(hour) else { return false }
      hour = hour % 12 + (reader.equals("pm") ? 12 : 0)
      reader.advance(2)
    }
    hasTime = true
    microseconds = ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    // PostgreSQL takes 24:00:00 and a leap second, too.
    if hour > 24 || minute > 59 || second > 60 || microseconds > 86_400_000_000 { isInRange = false }
    return true
  }

  /// An offset, `Z` or `UTC`; true if there is none.
  private mutating func readZone(_ reader: inout Reader) -> Bool {
    reader.skipSpaces()
    if reader.skip(word: "utc") || reader.skip(word: "gmt") || reader.skip(word: "z") { offsetSeconds = 0 }
    guard let sign = reader.sign() else { return true }
    guard let hours = reader.number() else { return false }
    var seconds = 0
    if reader.skip(":") {
      guard let minutes = reader.number(), minutes.value < 60 else { return false }
      seconds = hours.value * 3600 + minutes.value * 60
      if reader.skip(":") {
        guard let rest = reader.number(), rest.value < 60 else { return false }
        seconds += rest.value
      }
    } else if hours.digits <= 2 {
      seconds = hours.value * 3600
    } else if hours.digits <= 4 {
      seconds = hours.value / 100 * 3600 + hours.value % 100 * 60
    } else {
      return false
    }
    if seconds >= 16 * 3600 { isInRange = false }
    offsetSeconds = sign * seconds
    return true
  }

  private func readEra(_ reader: inout Reader) -> Bool {
    reader.skipSpaces()
    _ = reader.skip(word: "bc") || reader.skip(word: "ad")
    reader.skipSpaces()
    return true
  }
}

/// Steps through the bytes of a date or time.
private struct Reader {
  private let start: UnsafePointer<UInt8>
  private let count: Int
  private var index = 0

  init(_ text: UnsafePointer<UInt8>, _ length: Int) {
    var text = text
    var length = length
    TextReader.trim(&text, &length)
    start = text
    count = length
  }

  var isAtEnd: Bool { index == count }
  var isDigit: Bool { index < count && start[index] &- 0x30 <= 9 }

  mutating func advance(_ bytes: Int) { index += bytes }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard index < count, start[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  @discardableResult
  mutating func skipSpaces() -> Int {
    let before = index
    while index < count, TextReader.isSpace(start[index]) { index += 1 }
    return index - before
  }

  /// True if the rest is `word`.
  func equals(_ word: StaticString) -> Bool {
    TextReader.equals(start + index, count - index, word)
  }

  /// Passes over `word` if it is next and no letter follows.
  mutating func skip(word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard count - index >= length, TextReader.matches(start + index, length, word.utf8Start) else {
      return false
    }
    if index + length < count {
      let next = start[index + length] | 0x20
      if next >= 0x61, next <= 0x7A { return false }
    }
    index += length
    return true
  }

  /// True if the text ends with the era before Christ.
  var endsWithBC: Bool {
    count >= 3 && TextReader.matches(start + count - 2, 2, ("bc" as StaticString).utf8Start)
  }

  /// A number of up to nine digits.
  mutating func number() -> (value: Int, digits: Int)? {
    var value = 0
    let first = index
    while index < count, index - first < 9, start[index] &- 0x30 <= 9 {
      value = value * 10 + Int(start[index] &- 0x30)
      index += 1
    }
    return index == first ? nil : (value, index - first)
  }

  /// Digits after a point as microseconds, rounded.
  mutating func fraction() -> Int {
    var value = 0
    var digits = 0
    while index < count, start[index] &- 0x30 <= 9 {
      let digit = Int(start[index] &- 0x30)
      if digits < 6 { value = value * 10 + digit } else if digits == 6, digit >= 5 { value += 1 }
      digits += 1
      index += 1
    }
    while digits < 6 {
      value *= 10
      digits += 1
    }
    return value
  }

  /// Passes over a sign: 1 or -1; nil if none is next.
  mutating func sign() -> Int? {
    if skip("+") { return 1 }
    return skip("-") ? -1 : nil
  }
}
