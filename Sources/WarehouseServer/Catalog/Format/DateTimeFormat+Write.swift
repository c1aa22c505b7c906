extension DateTimeFormat {
  /// The text of a point in time.
  func write(_ parts: DateTimeParts) -> String {
    var result = ""
    for item in items {
      switch item {
      case .text(let text): result += text
      case .field(let field, let style):
        var text = Self.text(of: field, style, parts)
        if let ordinal = style.ordinal, let number = Int(text.filter { $0 != " " }) {
          let suffix = Self.ordinalSuffix(number)
          text += ordinal == "TH" ? suffix : suffix.lowercased()
        }
        result += text
      }
    }
    return result
  }

  private static func ordinalSuffix(_ number: Int) -> String {
    if (11...13).contains(abs(number) % 100) { return "TH" }
    switch abs(number) % 10 {
    case 1: return "ST"
    case 2: return "ND"
    case 3: return "RD"
    default: return "TH"
    }
  }

  private static func number(_ value: Int, _ width: Int, _ style: Style) -> String {
    let digits = String(abs(value))
    let zeros = style.fill ? String(repeating: "0", count: max(0, width - digits.count)) : ""
    return (value < 0 ? "-" : "") + zeros + digits
  }

  /// A name in the case of the template's letters, padded to nine characters unless told not to.
  private static func name(_ name: String, _ style: Style, padded: Bool) -> String {
    let letters = Array(style.letters)
    var text = name
    if letters.first?.isLowercase ?? false {
      text = name.lowercased()
    } else if letters.count > 1, letters[1].isUppercase {
      text = name.uppercased()
    }
    return padded && style.fill ? text + String(repeating: " ", count: max(0, 9 - text.count)) : text
  }

  private static func meridian(_ parts: DateTimeParts, _ style: Style, dots: Bool) -> String {
    let isAfternoon = (parts.hour % 24 + 24) % 24 >= 12
    let text = dots ? (isAfternoon ? "P.M." : "A.M.") : (isAfternoon ? "PM" : "AM")
    return style.letters.first?.isLowercase ?? false ? text.lowercased() : text
  }

  private static func text(of field: Field, _ style: Style, _ parts: DateTimeParts) -> String {
    let year = parts.isInterval || parts.year > 0 ? parts.year : 1 - parts.year
    let hour12 = parts.hour % 12 == 0 ? 12 : parts.hour % 12
    switch field {
    case .year: return number(year, 4, style)
    case .year3: return number(year % 1000, 3, style)
    case .year2: return number(year % 100, 2, style)
    case .year1: return number(year % 10, 1, style)
    case .yearWithComma: return "\(year / 1000),\(number(year % 1000, 3, Style()))"
    case .isoYear: return number(parts.isoWeek.year, 4, style)
    case .isoYear3: return number(parts.isoWeek.year % 1000, 3, style)
    case .isoYear2: return number(parts.isoWeek.year % 100, 2, style)
    case .isoYear1: return number(parts.isoWeek.year % 10, 1, style)
    case .century: return number((year + 99) / 100, 2, style)
    case .quarter: return String((parts.month - 1) / 3 + 1)
    case .monthNumber: return number(parts.month, 2, style)
    case .month: return name(months[max(0, parts.month - 1) % 12], style, padded: true)
    case .monthShort:
      return name(String(months[max(0, parts.month - 1) % 12].prefix(3)), style, padded: false)
    case .roman:
      let text = romans[max(0, parts.month - 1) % 12]
      let padded = style.fill ? text + String(repeating: " ", count: 4 - text.count) : text
      return style.letters.first?.isLowercase ?? false ? padded.lowercased() : padded
    case .day: return number(parts.day, 2, style)
    case .dayOfYear:
      return number(parts.isInterval ? parts.day : parts.dayOfYear, 3, style)
    case .weekday: return String(parts.weekday)
    case .isoDay: return String(parts.isoWeekday)
    case .isoDayOfYear: return number((parts.isoWeek.week - 1) * 7 + parts.isoWeekday, 3, style)
    case .dayName: return name(days[parts.weekday - 1], style, padded: true)
    case .dayShort: return name(String(days[parts.weekday - 1].prefix(3)), style, padded: false)
    case .isoWeek: return number(parts.isoWeek.week, 2, style)
    case .week: return number((parts.dayOfYear - 1) / 7 + 1, 2, style)
    case .weekOfMonth: return String((parts.day - 1) / 7 + 1)
    case .julian: return String(parts.dayNumber + 2_440_588)
    case .hour24: return number(parts.hour, 2, style)
    case .hour, .hour12: return number(hour12, 2, style)
    case .minute: return number(parts.minute, 2, style)
    case .second: return number(parts.second, 2, style)
    case .millisecond: return number(parts.microsecond / 1000, 3, style)
    case .microsecond: return number(parts.microsecond, 6, style)
    case .fraction1, .fraction2, .fraction3, .fraction4, .fraction5, .fraction6:
      let digits = Int(field.rawValue.suffix(1)) ?? 6
      return String(number(parts.microsecond, 6, Style()).prefix(digits))
    case .secondsOfDay, .secondsOfDay4:
      return String(parts.hour * 3600 + parts.minute * 60 + parts.second)
    case .am, .pm: return meridian(parts, style, dots: false)
    case .amDots, .pmDots: return meridian(parts, style, dots: true)
    case .ad, .bc, .adDots, .bcDots: return era(field, style, isBC: parts.year <= 0)
    case .zone, .zoneOffset, .zoneHour, .zoneMinute: return zone(field, parts.offset ?? 0)
    }
  }

  private static func era(_ field: Field, _ style: Style, isBC: Bool) -> String {
    let dots = field == .adDots || field == .bcDots
    let text = dots ? (isBC ? "B.C." : "A.D.") : (isBC ? "BC" : "AD")
    return style.letters.first?.isLowercase ?? false ? text.lowercased() : text
  }

  private static func zone(_ field: Field, _ offset: Int) -> String {
    let hours = (offset < 0 ? "-" : "+") + number(abs(offset) / 3600, 2, Style())
    let minutes = number(abs(offset) / 60 % 60, 2, Style())
    switch field {
    case .zoneHour: return hours
    case .zoneMinute: return minutes
    case .zone where offset == 0: return "UTC"
    default: return minutes == "00" ? hours : "\(hours):\(minutes)"
    }
  }
}
