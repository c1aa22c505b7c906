import PostgresWire

extension DateTimeFormat {
  /// Reads a text by the template, as to_date and to_timestamp do: spaces and separators of the text may be
  /// others than those of the template.
  func read(_ text: String) throws -> DateTimeParts {
    var reader = Reader(text: text)
    for (index, item) in items.enumerated() {
      switch item {
      case .text(let separator): reader.skip(separator)
      case .field(let field, let style):
        let isNextField: Bool
        if index + 1 < items.count, case .field = items[index + 1] {
          isNextField = true
        } else {
          isNextField = false
        }
        try reader.read(field, limited: isNextField && style.fill)
        if style.ordinal != nil { reader.skipLetters(2) }
      }
      if reader.rest.isEmpty { break }
    }
    return reader.finish()
  }

  private struct Reader {
    let text: String
    var rest: Substring
    private var parts = DateTimeParts()
    private var isAfternoon: Bool?
    private var isBC = false
    private var dayOfYear: Int?
    private var dayNumber: Int?
    private var isoYear: Int?
    private var isoWeek: Int?
    private var isoDay: Int?
    private var week: Int?

    init(text: String) {
      self.text = text
      rest = text[...]
      parts.year = 0
    }

    mutating func skip(_ separator: String) {
      for character in separator {
        if character.isLetter || character.isNumber {
          if rest.first == character { rest.removeFirst() }
        } else if let first = rest.first, !first.isLetter, !first.isNumber {
          if !((first == "-" || first == "+") && first != character) { rest.removeFirst() }
        }
      }
      rest = rest.drop { $0 == " " }
    }

    mutating func skipLetters(_ count: Int) {
      rest = rest.dropFirst(rest.prefix(count).prefix { $0.isLetter }.count)
    }

    private mutating func number(_ width: Int, limited: Bool, _ field: Field) throws -> Int {
      rest = rest.drop { $0 == " " }
      var sign = 1
      if let first = rest.first, first == "-" || first == "+" {
        sign = first == "-" ? -1 : 1
        rest.removeFirst()
      }
      let digits = rest.prefix(limited ? width : 18).prefix { $0.isASCII && $0.isNumber }
      guard let value = Int(digits) else {
        let found = rest.prefix(max(width, 1))
        throw CatalogFunctionError("invalid value \"\(found)\" for \"\(field.rawValue)\"", state: "22007")
      }
      rest = rest.dropFirst(digits.count)
      return sign * value
    }

    /// A fraction of a second in microseconds.
    private mutating func fraction(_ width: Int) -> Int {
      let digits = rest.prefix(width).prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return Int((digits + "000000").prefix(6)) ?? 0
    }

    private mutating func name(among names: [String], _ field: Field) throws -> Int {
      rest = rest.drop { $0 == " " }
      let lower = rest.lowercased()
      for (index, name) in names.enumerated() {
        for candidate in [name.lowercased(), String(name.prefix(3)).lowercased()]
        where lower.hasPrefix(candidate) {
          rest = rest.dropFirst(candidate.count)
          return index
        }
      }
      throw CatalogFunctionError(
        "invalid value \"\(rest.prefix(9))\" for \"\(field.rawValue)\"", state: "22007")
    }

    private mutating func flag(_ truth: String) -> Bool {
      let word = rest.prefix { $0.isLetter || $0 == "." }
      rest = rest.dropFirst(word.count)
      return word.filter { $0 != "." }.uppercased() == truth
    }

    mutating func read(_ field: Field, limited: Bool) throws {
      switch field {
      case .year: parts.year = try number(4, limited: limited, field)
      case .yearWithComma:
        let thousands = try number(1, limited: false, field)
        skip(",")
        parts.year = thousands * 1000 + (try number(3, limited: true, field))
      case .year3, .year2, .year1: try readShortYear(field, limited: limited)
      case .isoYear: isoYear = try number(4, limited: limited, field)
      case .isoYear3, .isoYear2, .isoYear1: isoYear = 2000 + (try number(2, limited: limited, field))
      case .isoWeek: isoWeek = try number(2, limited: limited, field)
      case .isoDay: isoDay = try number(1, limited: true, field)
      case .week: week = try number(2, limited: limited, field)
      case .month, .monthShort: parts.month = try name(among: DateTimeFormat.months, field) + 1
      case .monthNumber: parts.month = try number(2, limited: limited, field)
      case .roman:
        let word = rest.prefix { $0.isLetter }
        parts.month = (DateTimeFormat.romans.firstIndex(of: word.uppercased()) ?? 0) + 1
        rest = rest.dropFirst(word.count)
      case .day: parts.day = try number(2, limited: limited, field)
      case .dayOfYear: dayOfYear = try number(3, limited: limited, field)
      case .dayName, .dayShort: _ = try name(among: DateTimeFormat.days, field)
      case .julian: dayNumber = try number(7, limited: limited, field) - 2_440_588
      case .weekday, .quarter, .weekOfMonth, .century, .isoDayOfYear:
        _ = try number(2, limited: limited, field)
      case .am, .pm, .amDots, .pmDots: isAfternoon = flag("PM")
      case .ad, .bc, .adDots, .bcDots: isBC = flag("BC")
      default: try readTime(field, limited: limited)
      }
    }

    /// The year that is nearest to 2020, as PostgreSQL completes it.
    private mutating func readShortYear(_ field: Field, limited: Bool) throws {
      let width = field.rawValue.count
      let digits = rest.prefix { $0.isNumber }.count
      let value = try number(width, limited: limited, field)
      guard digits < 4 else {
        parts.year = value
        return
      }
      switch digits {
      case 3: parts.year = value < 520 ? 2000 + value : 1000 + value
      case 2: parts.year = value < 70 ? 2000 + value : 1900 + value
      default: parts.year = 2000 + value
      }
    }

    private mutating func readTime(_ field: Field, limited: Bool) throws {
      switch field {
      case .hour24, .hour, .hour12: parts.hour = try number(2, limited: limited, field)
      case .minute: parts.minute = try number(2, limited: limited, field)
      case .second: parts.second = try number(2, limited: limited, field)
      case .millisecond: parts.microsecond = fraction(3)
      case .microsecond: parts.microsecond = fraction(6)
      case .fraction1, .fraction2, .fraction3, .fraction4, .fraction5, .fraction6:
        parts.microsecond = fraction(Int(field.rawValue.suffix(1)) ?? 6)
      case .secondsOfDay, .secondsOfDay4:
        let seconds = try number(5, limited: limited, field)
        (parts.hour, parts.minute, parts.second) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
      case .zoneHour, .zoneOffset, .zone:
        if rest.first?.isLetter ?? false {
          rest = rest.drop { $0.isLetter }
          parts.offset = 0
          return
        }
        let isNegative = rest.first == "-"
        let hours = abs(try number(2, limited: true, field))
        var seconds = hours * 3600
        if field != .zoneHour, rest.first == ":" {
          rest.removeFirst()
          seconds += try number(2, limited: true, field) * 60
        }
        parts.offset = isNegative ? -seconds : seconds
      case .zoneMinute:
        let minutes = abs(try number(2, limited: true, field))
        let offset = parts.offset ?? 0
        parts.offset = offset < 0 ? offset - minutes * 60 : offset + minutes * 60
      default: break
      }
    }

    func finish() -> DateTimeParts {
      var result = parts
      if let isAfternoon {
        result.hour = result.hour % 12 + (isAfternoon ? 12 : 0)
      }
      // The year 0 is 1 BC, also when no year was given.
      if isBC { result.year = 1 - result.year } else if result.year == 0, isoYear == nil { result.year = 0 }
      if let isoYear {
        var fourth = DateTimeParts()
        (fourth.year, fourth.day) = (isoYear, 4)
        let monday = fourth.dayNumber - fourth.isoWeekday + 1
        setDay(&result, monday + ((isoWeek ?? 1) - 1) * 7 + (isoDay ?? 1) - 1)
      } else if let ordinal = dayOfYear ?? week.map({ ($0 - 1) * 7 + 1 }) {
        var first = DateTimeParts()
        first.year = result.year
        setDay(&result, first.dayNumber + ordinal - 1)
      } else if let dayNumber {
        setDay(&result, dayNumber)
      }
      return result
    }

    private func setDay(_ parts: inout DateTimeParts, _ number: Int) {
      let date = CivilDate(dayNumber: number)
      (parts.year, parts.month, parts.day) = (date.year, date.month, date.day)
    }
  }
}
