/// The values that a command works with, and where each comes from.
struct Settings: Sendable {
  enum Source: Sendable, Equatable {
    case defaultValue
    case file(String)
    case environment
    case commandLine

    var name: String {
      switch self {
      case .defaultValue: "default"
      case .file(let path): path
      case .environment: "environment"
      case .commandLine: "command line"
      }
    }
  }

  private var entries: [String: (text: String, value: SettingValue, source: Source)] = [:]

  /// The command line counts before the environment, that before the file, that before the defaults.
  ///
  /// - Parameter file: gives the text of a file, nil if there is none.
  init(
    commandLine: [String: String], environment: [String: String],
    file: (String) throws(CommandError) -> String?
  ) throws(CommandError) {
    for setting in SettingTable.all where !setting.defaultText.isEmpty {
      try set(setting, setting.defaultText, .defaultValue)
    }
    try apply(environment: environment, only: "data")
    try apply(commandLine: commandLine, only: "data")
    if let folder = text("data") {
      let path = folder + "/martinet.conf"
      if let content = try file(path) {
        for (name, value, line) in try ConfigurationFile.parse(content, path: path) {
          guard let setting = SettingTable.named(name) else {
            throw CommandError.usage(
              "\(path):\(line): there is no setting \"\(name)\"", suggestion(name))
          }
          guard name != "data" else {
            throw CommandError.usage("\(path):\(line): a data folder cannot name another data folder")
          }
          try set(setting, value, .file(path))
        }
      }
    }
    try apply(environment: environment, only: nil)
    try apply(commandLine: commandLine, only: nil)
  }

  private func suggestion(_ name: String) -> String? {
    Suggestion.nearest(to: name, in: SettingTable.all.map(\.name)).map { "Did you mean \"\($0)\"?" }
  }

  private mutating func apply(environment: [String: String], only name: String?) throws(CommandError) {
    for setting in SettingTable.all where name == nil || setting.name == name {
      if let text = environment[setting.environment] { try set(setting, text, .environment) }
    }
  }

  private mutating func apply(commandLine: [String: String], only name: String?) throws(CommandError) {
    for setting in SettingTable.all where name == nil || setting.name == name {
      if let text = commandLine[setting.name] { try set(setting, text, .commandLine) }
    }
  }

  private mutating func set(_ setting: Setting, _ text: String, _ source: Source) throws(CommandError) {
    // An empty text takes a value back that a less important place has set.
    if text.isEmpty {
      entries[setting.name] = (text, .text(""), source)
      if !setting.defaultText.isEmpty && !setting.kind.takesEmptyText {
        throw CommandError.usage("the setting \"\(setting.name)\" (\(source.name)) must not be empty")
      }
      return
    }
    switch setting.kind.read(text) {
    case .success(let value): entries[setting.name] = (text, value, source)
    case .failure(let problem):
      let shown = setting.isSecret ? "" : ", not \"\(text)\""
      let place: String =
        switch source {
        case .commandLine: "--\(setting.name)"
        case .environment: setting.environment
        case .file(let path): "\(setting.name) in \(path)"
        case .defaultValue: setting.name
        }
      throw CommandError.usage("\(place) \(problem.message)\(shown)")
    }
  }

  /// The text of a setting; nil if it is not set or empty.
  func text(_ name: String) -> String? {
    guard case .text(let text)? = entries[name]?.value, !text.isEmpty else { return nil }
    return text
  }

  /// The number of a setting in its unit (bytes, milliseconds); nil if it is not set.
  func number(_ name: String) -> Int? {
    guard case .number(let number)? = entries[name]?.value else { return nil }
    return number
  }

  func flag(_ name: String) -> Bool { entries[name]?.value == .flag(true) }

  func source(_ name: String) -> Source { entries[name]?.source ?? .defaultValue }

  /// What the command line said, by setting.
  var commandLine: [String: String] {
    entries.filter { $0.value.source == .commandLine }.mapValues(\.text)
  }

  /// As it was written; empty if it is not set.
  func written(_ name: String) -> String { entries[name]?.text ?? "" }

  /// The data folder, without which most commands cannot do anything.
  func dataFolder() throws(CommandError) -> String {
    guard let folder = text("data") else {
      throw CommandError.usage("no data folder was given", "Use --data DIR or set MARTINET_DATA.")
    }
    return folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  }
}

extension SettingKind {
  var takesEmptyText: Bool {
    switch self {
    case .text, .path: true
    default: false
    }
  }
}
