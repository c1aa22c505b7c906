/// Reads `2026-11-23 20:49:29.569706+00` as microseconds since 1970; zero when it is no such time. DuckLake
/// writes UTC into SQLite, and the connection to PostgreSQL asks for UTC.
func microseconds(fromTimestamp text: String) -> Int64 {
  var rest = text.utf8[...]
  /// The next run of digits, and how many there are.
  func number() -> (value: Int64, digits: Int)? {
    var value: Int64 = 0
    var digits = 0
    while let byte = rest.first, byte >= 48, byte <= 57, digits < 9 {
      value = value * 10 + Int64(byte - 48)
      digits += 1
      rest = rest.dropFirst()
    }
    return digits > 0 ? (value, digits) : nil
  }
  var parts: [Int64] = []
  while parts.count < 6, let part = number() {
    parts.append(part.value)
    if parts.count < 6 { rest = rest.dropFirst() }
  }
  guard parts.count == 6 else { return 0 }
  var fraction: Int64 = 0
  if rest.first == UInt8(ascii: ".") {
    rest = rest.dropFirst()
    if let (value, digits) = number() {
      fraction = value
      for _ in min(digits, 6)..<6 { fraction *= 10 }
      for _ in 6..<max(digits, 6) { fraction /= 10 }
    }
  }
  let days = daysSince1970(year: parts[0], month: parts[1], day: parts[2])
  return (days * 86_400 + parts[3] * 3_600 + parts[4] * 60 + parts[5]) * 1_000_000 + fraction
}

/// Howard Hinnant's `days_from_civil` (chrono-compatible low-level date algorithms).
private func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
