package import PostgresWire

extension SettingDefinition {
  /// Checks a value given to SET and writes it as SHOW prints it.
  ///
  /// - Throws: 22023 with PostgreSQL's wording where the value is not one that the setting takes.
  package func canonical(_ value: String) throws(PostgresError) -> String {
    switch kind {
    case .text, .searchPath:
      return value
    case .boolean:
      guard let flag = Self.boolean(value) else {
        throw PostgresError(
          .invalidParameterValue, "parameter \"\(name)\" requires a Boolean value")
      }
      return flag ? "on" : "off"
    case .integer(let limits):
      guard let number = Int(value.trimmingBlanks) else { throw invalid(value) }
      guard limits.contains(number) else {
        throw PostgresError(
          .invalidParameterValue,
          "\(number) is outside the valid range for parameter \"\(name)\" "
            + "(\(limits.lowerBound) .. \(limits.upperBound))")
      }
      return String(number)
    case .real:
      guard Double(value.trimmingBlanks) != nil else { throw invalid(value) }
      return value.trimmingBlanks
    case .milliseconds:
      guard let milliseconds = Self.milliseconds(value) else { throw invalid(value) }
      return Self.describe(milliseconds: milliseconds)
    case .choice(let words):
      let word = value.lowercased()
      if words == ["on"] || words == ["off"] {
        let flag = Self.boolean(value).map { $0 ? "on" : "off" } ?? word
        guard words.contains(flag) else { throw unsupported(value, words) }
        return flag
      }
      guard words.contains(word) else { throw unsupported(value, words) }
      return word
    case .timeZone:
      return value
    case .dateStyle:
      return try dateStyle(value)
    case .encoding:
      // As PostgreSQL compares names of encodings: asyncpg, for one, sends the name with quotes around it.
      let word = value.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
      guard ["utf8", "unicode", "sqlascii"].contains(word) else {
        throw PostgresError(
          .featureNotSupported, "conversion between \(value) and UTF8 is not supported",
          hint: "Martinet speaks UTF8 only: set client_encoding to UTF8.")
      }
      return "UTF8"
    }
  }

  private func invalid(_ value: String) -> PostgresError {
    PostgresError(.invalidParameterValue, "invalid value for parameter \"\(name)\": \"\(value)\"")
  }

  private func unsupported(_ value: String, _ words: [String]) -> PostgresError {
    PostgresError(
      .invalidParameterValue, "invalid value for parameter \"\(name)\": \"\(value)\"",
      hint: "Available values: \(words.joined(separator: ", ")).")
  }

  /// `ISO`, `ISO, DMY` and the like. Only the output style ISO exists.
  private func dateStyle(_ value: String) throws(PostgresError) -> String {
    var order = "MDY"
    for word in value.split(separator: ",").map({ String($0).trimmingBlanks.uppercased() }) {
      switch word {
      case "ISO", "DEFAULT": continue
      case "MDY", "US", "NONEURO", "NONEUROPEAN": order = "MDY"
      case "DMY", "EURO", "EUROPEAN": order = "DMY"
      case "YMD": order = "YMD"
      case "SQL", "POSTGRES", "GERMAN":
        throw PostgresError(
          .featureNotSupported, "DateStyle \"\(value)\" is not supported",
          hint: "Martinet prints dates in the ISO style only.")
      default: throw invalid(value)
      }
    }
    return "ISO, \(order)"
  }

  /// The words PostgreSQL takes for a Boolean, unambiguous prefixes included.
  package static func boolean(_ text: String) -> Bool? {
    let word = text.trimmingBlanks.lowercased()
    guard !word.isEmpty else { return nil }
    if word == "1" || word == "on" { return true }
    if word == "0" || word == "of" || word == "off" { return false }
    if "true".hasPrefix(word) || "yes".hasPrefix(word) { return true }
    if "false".hasPrefix(word) || "no".hasPrefix(word) { return false }
    return nil
  }

  /// A time such as `1500`, `1.5 s` or `2min`, in milliseconds.
  package static func milliseconds(_ text: String) -> Int? {
    let trimmed = text.trimmingBlanks
    let digits = trimmed.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    guard let amount = Double(digits), amount >= 0 else { return nil }
    let factor: Double
    switch String(trimmed.dropFirst(digits.count)).trimmingBlanks {
    case "", "ms": factor = 1
    case "us": factor = 0.001
    case "s": factor = 1000
    case "min": factor = 60_000
    case "h": factor = 3_600_000
    case "d": factor = 86_400_000
    default: return nil
    }
    let result = (amount * factor).rounded()
    return result <= Double(Int32.max) ? Int(result) : nil
  }

  /// The largest unit that divides the time, as SHOW prints it.
  package static func describe(milliseconds: Int) -> String {
    if milliseconds == 0 { return "0" }
    for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000)]
    where milliseconds % size == 0 {
      return "\(milliseconds / size)\(unit)"
    }
    return "\(milliseconds)ms"
  }
}

extension String {
  /// Without blanks at either end.
  package var trimmingBlanks: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
