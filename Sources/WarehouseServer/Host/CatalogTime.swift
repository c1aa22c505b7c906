import PostgresWire

/// Times in the form that the catalogs take.
enum CatalogTime {
  /// Microseconds since 1970 as a timestamp in UTC.
  static func text(_ microseconds: Int64) -> String {
    let day = Int(microseconds.flooredDivision(by: 86_400_000_000))
    let date = CivilDate(dayNumber: day)
    let rest = Int(microseconds) - day * 86_400_000_000
    func pad(_ value: Int, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let time = [rest / 3_600_000_000, rest / 60_000_000 % 60, rest / 1_000_000 % 60].map { pad($0, 2) }
    return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2)) "
      + "\(time.joined(separator: ":")).\(pad(rest % 1_000_000, 6))+00"
  }
}

extension Int64 {
  func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
