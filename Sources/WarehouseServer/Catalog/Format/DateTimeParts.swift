import PostgresWire

/// A date with a time of day, or an interval, in parts.
struct DateTimeParts: Equatable {
  var year = 0
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0
  var microsecond = 0
  /// East of Greenwich, in seconds.
  var offset: Int?
  var isInterval = false

  init() {}

  /// Midnight of a day that is counted from 1970-01-01.
  init(dayNumber: Int) {
    let date = CivilDate(dayNumber: dayNumber)
    (year, month, day) = (date.year, date.month, date.day)
  }

  /// Reads the engine's text of a DATE, TIMESTAMP, TIMESTAMPTZ, TIME or INTERVAL; nil for infinity.
  init?(engineText text: String) {
    if text.contains(where: { $0.isLetter }), !text.hasSuffix(" (BC)") {
      guard let interval = Self.interval(text) else { return nil }
      self = interval
      return
    }
    let isBC = text.hasSuffix(" (BC)")
    var words = text.split(separator: " ")
    if isBC { words.removeLast() }
    for word in words {
      if word.contains(":") {
        guard readTime(word) else { return nil }
      } else {
        let numbers = word.split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        (year, month, day) = (isBC ? 1 - numbers[0] : numbers[0], numbers[1], numbers[2])
      }
    }
  }

  /// `HH:MM:SS[.ffffff][+HH[:MM]]`.
  private mutating func readTime(_ word: Substring) -> Bool {
    let sign = word.dropFirst().firstIndex { $0 == "+" || $0 == "-" }
    if let sign {
      let zone = word[word.index(after: sign)...].split(separator: ":").compactMap { Int($0) }
      let seconds = zone.enumerated().reduce(0) { $0 + $1.element * [3600, 60, 1][min($1.offset, 2)] }
      offset = word[sign] == "-" ? -seconds : seconds
    }
    let parts = word[..<(sign ?? word.endIndex)].split(separator: ":")
    guard parts.count == 3, let hour = Int(parts[0]), let minute = Int(parts[1]) else { return false }
    let seconds = parts[2].split(separator: ".")
    guard let second = Int(seconds[0]) else { return false }
    (self.hour, self.minute, self.second) = (hour, minute, second)
    if seconds.count > 1 {
      let digits = (seconds[1] + "000000").prefix(6)
      microsecond = Int(digits) ?? 0
    }
    return true
  }

  private static func interval(_ text: String) -> DateTimeParts? {
    var parts = DateTimeParts()
    (parts.month, parts.day, parts.isInterval) = (0, 0, true)
    var number = 0
    for word in text.split(separator: " ") {
      if word.contains(":") {
        guard parts.readTime(word.first == "-" ? word.dropFirst() : word) else { return nil }
        if word.first == "-" {
          (parts.hour, parts.minute, parts.second) = (-parts.hour, -parts.minute, -parts.second)
          parts.microsecond = -parts.microsecond
        }
      } else if let value = Int(word) {
        number = value
      } else if word.hasPrefix("year") {
        parts.year = number
      } else if word.hasPrefix("month") {
        parts.month = number
      } else if word.hasPrefix("day") {
        parts.day = number
      } else {
        return nil
      }
    }
    return parts
  }

  // MARK: Derived

  /// Days since 1970-01-01.
  var dayNumber: Int { CivilDate(year: year, month: month, day: day).dayNumber }
  /// 1 Sunday … 7 Saturday.
  var weekday: Int { ((dayNumber + 4) % 7 + 7) % 7 + 1 }
  /// 1 Monday … 7 Sunday.
  var isoWeekday: Int { weekday == 1 ? 7 : weekday - 1 }
  var dayOfYear: Int { dayNumber - CivilDate(year: year, month: 1, day: 1).dayNumber + 1 }

  /// The ISO year and week.
  var isoWeek: (year: Int, week: Int) {
    let thursday = dayNumber - isoWeekday + 4
    let year = CivilDate(dayNumber: thursday).year
    return (year, (thursday - CivilDate(year: year, month: 1, day: 1).dayNumber) / 7 + 1)
  }

  // MARK: Results of reading

  /// The day number, or PostgreSQL's error when there is no such day.
  func dayNumber(of text: String) throws -> Int {
    guard (1...12).contains(month), day >= 1, day <= CivilDate.daysInMonth(month, of: year) else {
      throw CatalogFunctionError("date/time field value out of range: \"\(text)\"")
    }
    return dayNumber
  }

  /// The text of a timestamp, or PostgreSQL's error when there is no such time.
  func timestampText(of text: String) throws -> String {
    _ = try dayNumber(of: text)
    guard (0...24).contains(hour), (0...59).contains(minute), (0...60).contains(second) else {
      throw CatalogFunctionError("date/time field value out of range: \"\(text)\"")
    }
    return timestampText
  }

  /// The text of a timestamp, with a zone when there is one.
  var timestampText: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var result = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2)) "
    result += "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2)).\(padded(microsecond, 6))"
    if let offset {
      let size = abs(offset)
      result += "\(offset < 0 ? "-" : "+")\(padded(size / 3600, 2)):\(padded(size / 60 % 60, 2))"
    }
    return result
  }
}
