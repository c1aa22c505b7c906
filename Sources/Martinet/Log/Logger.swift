import Glibc
import Synchronization

/// Writes what happens to standard error, a line each, as text or JSON. Nothing that is logged may hold a
/// password or the value of a parameter; callers log names, numbers and addresses.
final class Logger: Sendable {
  enum Level: Int, Sendable, Comparable {
    case debug, info, warning, error

    init?(_ name: String) {
      switch name {
      case "debug": self = .debug
      case "info": self = .info
      case "warning": self = .warning
      case "error": self = .error
      default: return nil
      }
    }

    var name: String { "\(self)" }
    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  enum Format: Sendable {
    case text, json
  }

  typealias Field = (name: String, value: String)

  private let level: Level
  private let format: Format
  private let write: @Sendable (String) -> Void

  /// - Parameter write: takes one whole line; standard error unless said otherwise.
  init(level: Level, format: Format, write: @escaping @Sendable (String) -> Void = Logger.toStandardError) {
    self.level = level
    self.format = format
    self.write = write
  }

  convenience init(_ settings: Settings) {
    self.init(
      level: Level(settings.text("log-level") ?? "info") ?? .info,
      format: settings.text("log-format") == "json" ? .json : .text)
  }

  func log(_ level: Level, _ message: String, _ fields: [Field] = []) {
    guard level >= self.level else { return }
    write(Self.line(level, message, fields, format: format, time: Self.now()))
  }

  /// One call for a line, so that the lines of threads never mix.
  static func toStandardError(_ line: String) { Output.printError(line) }

  static func line(
    _ level: Level, _ message: String, _ fields: [Field], format: Format, time: String
  ) -> String {
    switch format {
    case .text:
      let tail = fields.map { " \($0.name)=\(plain($0.value))" }.joined()
      return "\(time) \(level.name.uppercased()) \(oneLine(message))\(tail)"
    case .json:
      let pairs =
        [("time", time), ("level", level.name), ("message", message)] + fields.map { ($0.name, $0.value) }
      return "{" + pairs.map { "\(quoted($0.0)):\(quoted($0.1))" }.joined(separator: ",") + "}"
    }
  }

  private static func plain(_ value: String) -> String {
    value.contains { $0 == " " || $0 == "\"" || $0.isNewline } || value.isEmpty ? quoted(value) : value
  }

  /// A message of several lines, or one with control characters, must not look like several messages.
  private static func oneLine(_ text: String) -> String {
    text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }
      ? String(quoted(text).dropFirst().dropLast()) : text
  }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// UTC with milliseconds.
  static func now() -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var parts = tm()
    gmtime_r(&time.tv_sec, &parts)
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let date = [(Int(parts.tm_year) + 1900, 4), (Int(parts.tm_mon) + 1, 2), (Int(parts.tm_mday), 2)]
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }.joined(separator: ":")
    return date.map { padded($0.0, $0.1) }.joined(separator: "-") + "T" + clock + "."
      + padded(time.tv_nsec / 1_000_000, 3) + "Z"
  }
}
