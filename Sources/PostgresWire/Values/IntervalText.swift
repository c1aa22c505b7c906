/// An interval as read from PostgreSQL's text: `1 year 2 mons 3 days 04:05:06.7`, `2 hours ago`, `P1Y2M3DT4H`.
package struct IntervalText: Equatable, Sendable {
  package private(set) var months: Int32 = 0
  package private(set) var days: Int32 = 0
  package private(set) var microseconds: Int64 = 0

  /// An interval of these parts.
  package init(months: Int32, days: Int32, microseconds: Int64) {
    self.months = months
    self.days = days
    self.microseconds = microseconds
  }

  /// The interval in words that DuckDB reads.
  var engineText: String { "\(months) months \(days) days \(microseconds) microseconds" }

  /// Reads an interval; nil if the text has another form or a part is out of range.
  package init?(_ text: String) {
    var sum = Sum()
    let words = Self.words(text.lowercased())
    guard !words.isEmpty else { return nil }
    let isRead = words[0].hasPrefix("p") && words.count == 1 ? sum.addISO(words[0]) : sum.add(words)
    guard isRead, let months = Int32(exactly: sum.months), let days = Int32(exactly: sum.days),
      sum.microseconds.magnitude < 9.2e18
    else { return nil }
    let (total, overflows) = Int64(sum.microseconds).addingReportingOverflow(sum.wholeMicroseconds)
    guard !overflows else { return nil }
    self.init(months: months, days: days, microseconds: total)
  }

  /// Numbers, units and times, apart from each other: `1day` is two words.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      let splits =
        !word.isEmpty && character.isLetter && word.last?.isNumber == true && !word.hasPrefix("p")
      if character.isWhitespace || splits {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if !character.isWhitespace { word.append(character) }
    }
    if !word.isEmpty { words.append(word) }
    if words.first == "@" { words.removeFirst() }
    return words
  }

  /// The parts while they are added up.
  private struct Sum {
    var months = 0.0
    var days = 0.0
    var microseconds = 0.0
    /// Times are added exactly, units with fractions as floating point numbers.
    var wholeMicroseconds: Int64 = 0

    mutating func add(_ words: [String]) -> Bool {
      var words = words[...]
      let isAgo = words.last == "ago"
      if isAgo { words.removeLast() }
      while let word = words.popFirst() {
        if word.contains(":") {
          guard addTime(word) else { return false }
          continue
        }
        if let yearsAndMonths = Self.yearsAndMonths(word) {
          addMonths(yearsAndMonths)
          continue
        }
        guard let number = Double(word), number.isFinite, number.magnitude < 1e16 else { return false }
        // A number alone at the end counts seconds.
        guard add(number, words.popFirst() ?? "second") else { return false }
      }
      if isAgo {
        (months, days, microseconds) = (-months, -days, -microseconds)
        wholeMicroseconds = 0 &- wholeMicroseconds
      }
      return true
    }

    /// `1-2`: years and months, in months.
    private static func yearsAndMonths(_ word: String) -> Double? {
      let isNegative = word.hasPrefix("-")
      let parts = word.drop { $0 == "-" || $0 == "+" }.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let years = UInt16(parts[0]), let months = UInt16(parts[1]), months < 12 else {
        return nil
      }
      let total = Double(years) * 12 + Double(months)
      return isNegative ? -total : total
    }

    private mutating func addTime(_ word: String) -> Bool {
      let isNegative = word.hasPrefix("-")
      let parts = word.drop { $0 == "-" || $0 == "+" }.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count <= 3, let hours = Int(parts[0]), hours >= 0, hours < 2_500_000_000,
        let minutes = Int(parts[1]), (0..<60).contains(minutes)
      else { return false }
      var total = (hours * 60 + minutes) * 60_000_000
      if parts.count == 3 {
        guard let seconds = Double(parts[2]), seconds >= 0, seconds < 60 else { return false }
        total += Int(seconds * 1_000_000 + 0.5)
      }
      let (sum, overflows) = wholeMicroseconds.addingReportingOverflow(Int64(isNegative ? -total : total))
      wholeMicroseconds = sum
      return !overflows
    }

    /// Adds a number of a unit; what is left of months goes into days of 30, what is left of days into time.
    mutating func add(_ number: Double, _ unit: String) -> Bool {
      switch unit {
      case "millennium", "millennia", "mil", "mils": addMonths(number * 12_000)
      case "century", "centuries", "c", "cent": addMonths(number * 1200)
      case "decade", "decades", "dec", "decs": addMonths(number * 120)
      case "year", "years", "y", "yr", "yrs": addMonths(number * 12)
      case "month", "months", "mon", "mons": addMonths(number)
      case "week", "weeks", "w": addDays(number * 7)
      case "day", "days", "d": addDays(number)
      case "hour", "hours", "h", "hr", "hrs": microseconds += number * 3.6e9
      case "minute", "minutes", "m", "min", "mins": microseconds += number * 6e7
      case "second", "seconds", "s", "sec", "secs": microseconds += (number * 1e6).nearestWhole
      case "millisecond", "milliseconds", "ms", "msec", "msecs", "msecond", "mseconds":
        microseconds += (number * 1e3).nearestWhole
      case "microsecond", "microseconds", "us", "usec", "usecs", "usecond", "useconds":
        microseconds += number
      default: return false
      }
      return true
    }

    private mutating func addMonths(_ number: Double) {
      let whole = number.whole
      months += whole
      addDays((number - whole) * 30)
    }

    private mutating func addDays(_ number: Double) {
      let whole = number.whole
      days += whole
      microseconds += ((number - whole) * 8.64e10).nearestWhole
    }

    /// `p1y2m3dt4h5m6.7s`, in lower case.
    mutating func addISO(_ word: String) -> Bool {
      var number = ""
      var inTime = false
      var parts = 0
      for character in word.dropFirst() {
        if character == "t", number.isEmpty, !inTime {
          inTime = true
        } else if character.isLetter {
          guard let value = Double(number), value.isFinite, value.magnitude < 1e16 else { return false }
          let unit = character == "m" && !inTime ? "mon" : String(character)
          guard (inTime ? "hms" : "ymwd").contains(character), add(value, unit) else { return false }
          number = ""
          parts += 1
        } else {
          number.append(character)
        }
      }
      return number.isEmpty && parts > 0
    }
  }
}

extension Double {
  /// Without the fraction; far from zero there is none.
  fileprivate var whole: Double { magnitude < 9e15 ? Double(Int64(self)) : self }
  /// Rounded half away from zero.
  fileprivate var nearestWhole: Double { (self + (self < 0 ? -0.5 : 0.5)).whole }
}
