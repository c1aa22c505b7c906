/// A template of PostgreSQL's to_char, to_date and to_timestamp (chapter 9.8 of its manual, version 15).
struct DateTimeFormat {
  /// A piece of the template.
  enum Item: Equatable {
    case text(String)
    case field(Field, style: Style)
  }

  /// How a field is written: case of names from the template's own letters.
  struct Style: Equatable {
    var fill = true
    /// `TH` or `th`.
    var ordinal: String?
    var letters = ""
  }

  enum Field: String, CaseIterable {
    case yearWithComma = "Y,YYY"
    case hour24 = "HH24"
    case hour12 = "HH12"
    case isoDayOfYear = "IDDD"
    case isoYear = "IYYY"
    case month = "MONTH"
    case secondsOfDay = "SSSSS"
    case secondsOfDay4 = "SSSS"
    case year = "YYYY"
    case adDots = "A.D."
    case bcDots = "B.C."
    case amDots = "A.M."
    case pmDots = "P.M."
    case dayName = "DAY"
    case dayOfYear = "DDD"
    case fraction1 = "FF1"
    case fraction2 = "FF2"
    case fraction3 = "FF3"
    case fraction4 = "FF4"
    case fraction5 = "FF5"
    case fraction6 = "FF6"
    case isoYear3 = "IYY"
    case monthShort = "MON"
    case zoneHour = "TZH"
    case zoneMinute = "TZM"
    case year3 = "YYY"
    case ad = "AD"
    case bc = "BC"
    case am = "AM"
    case pm = "PM"
    case century = "CC"
    case day = "DD"
    case dayShort = "DY"
    case hour = "HH"
    case isoDay = "ID"
    case isoWeek = "IW"
    case isoYear2 = "IY"
    case minute = "MI"
    case monthNumber = "MM"
    case millisecond = "MS"
    case zoneOffset = "OF"
    case roman = "RM"
    case second = "SS"
    case zone = "TZ"
    case microsecond = "US"
    case week = "WW"
    case year2 = "YY"
    case weekday = "D"
    case isoYear1 = "I"
    case julian = "J"
    case quarter = "Q"
    case weekOfMonth = "W"
    case year1 = "Y"
  }

  let items: [Item]

  /// Longest first, so that DDD is not read as DD and D.
  private static let fields: [(text: [UInt8], field: Field)] = Field.allCases
    .map { (Array($0.rawValue.utf8), $0) }.sorted { $0.0.count > $1.0.count }

  init(_ template: String) {
    var items: [Item] = []
    var rest = Array(template.utf8)[...]
    var style = Style()
    func appendText(_ bytes: [UInt8]) {
      let text = String(decoding: bytes, as: UTF8.self)
      if case .text(let last)? = items.last {
        items[items.count - 1] = .text(last + text)
      } else {
        items.append(.text(text))
      }
    }
    while let first = rest.first {
      if first == UInt8(ascii: "\"") {
        rest.removeFirst()
        let quoted = rest.prefix { $0 != UInt8(ascii: "\"") }
        appendText(Array(quoted))
        rest = rest.dropFirst(quoted.count + 1)
      } else if Self.accept("FM", &rest) {
        style.fill = false
      } else if Self.accept("TM", &rest) || Self.accept("FX", &rest) {
        continue
      } else if let (text, field) = Self.fields.first(where: { Self.matches($0.text, rest) }) {
        style.letters = String(decoding: rest.prefix(text.count), as: UTF8.self)
        rest = rest.dropFirst(text.count)
        let following = String(decoding: rest.prefix(2), as: UTF8.self)
        if following == "TH" || following == "th" {
          style.ordinal = following
          rest = rest.dropFirst(2)
        }
        items.append(.field(field, style: style))
        style = Style()
      } else {
        // A whole character, whatever its length in UTF-8.
        let continuation = rest.dropFirst().prefix { $0 & 0xc0 == 0x80 }
        appendText([first] + continuation)
        rest = rest.dropFirst(1 + continuation.count)
      }
    }
    self.items = items
  }

  private static func matches(_ text: [UInt8], _ rest: ArraySlice<UInt8>) -> Bool {
    rest.count >= text.count && zip(text, rest).allSatisfy { $0 == ($1 >= 97 && $1 <= 122 ? $1 - 32 : $1) }
  }

  private static func accept(_ text: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard matches(Array(text.utf8), rest) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
  static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  static let romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
}
