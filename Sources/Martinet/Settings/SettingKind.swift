/// What a setting's text stands for, with its unit and limits.
enum SettingKind: Sendable {
  case text
  case path
  case boolean
  case choice([String])
  case integer(ClosedRange<Int>)
  /// Bytes; written with B, kB, MB, GB or TB (powers of 1024, as in PostgreSQL).
  case bytes(ClosedRange<Int>)
  /// Milliseconds; written with ms, s, min, h or d. A bare number means seconds.
  case duration(ClosedRange<Int>)

  /// Placeholder in the help.
  var placeholder: String {
    switch self {
    case .text: "TEXT"
    case .path: "PATH"
    case .boolean: "on|off"
    case .choice(let values): values.joined(separator: "|")
    case .integer: "N"
    case .bytes: "SIZE"
    case .duration: "TIME"
    }
  }

  /// Unit and limits, as the help and the settings page say them.
  var limits: String {
    switch self {
    case .text, .path: "text"
    case .boolean: "on, off"
    case .choice(let values): values.joined(separator: ", ")
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .bytes(let range): "\(Quantity.bytes(range.lowerBound)) to \(Quantity.bytes(range.upperBound))"
    case .duration(let range):
      "\(Quantity.duration(range.lowerBound)) to \(Quantity.duration(range.upperBound))"
    }
  }

  /// Reads a value; nil with what is wrong if it is none.
  func read(_ text: String) -> Result<SettingValue, SettingProblem> {
    switch self {
    case .text, .path:
      return .success(.text(text))
    case .boolean:
      switch text.lowercased() {
      case "on", "true", "yes", "1": return .success(.flag(true))
      case "off", "false", "no", "0": return .success(.flag(false))
      default: return .failure(SettingProblem("must be on or off"))
      }
    case .choice(let values):
      guard values.contains(text.lowercased()) else {
        return .failure(SettingProblem("must be \(alternatives(values))"))
      }
      return .success(.text(text.lowercased()))
    case .integer(let range):
      return number(Int(text), range, "must be a whole number from \(limits)")
    case .bytes(let range):
      return number(Quantity.readBytes(text), range, "must be a size from \(limits), such as 512MB")
    case .duration(let range):
      return number(Quantity.readDuration(text), range, "must be a time from \(limits), such as 90s")
    }
  }

  private func number(
    _ value: Int?, _ range: ClosedRange<Int>, _ problem: String
  ) -> Result<SettingValue, SettingProblem> {
    guard let value, range.contains(value) else { return .failure(SettingProblem(problem)) }
    return .success(.number(value))
  }

  private func alternatives(_ values: [String]) -> String {
    values.count < 2
      ? values.joined() : values.dropLast().joined(separator: ", ") + " or " + (values.last ?? "")
  }
}

/// A setting's value in the unit of its kind.
enum SettingValue: Sendable, Equatable {
  case text(String)
  case flag(Bool)
  case number(Int)
}

/// Why a text is no value of a setting: what follows the setting's name in a sentence.
struct SettingProblem: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
