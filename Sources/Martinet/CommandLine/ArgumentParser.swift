/// Reads a command line against the table of commands.
struct ArgumentParser {
  /// What a command line asks for.
  enum Request {
    /// Help on everything that begins with these words.
    case help([String])
    case version
    case run(Command, operands: [String], options: [String: String], settings: [String: String])
  }

  let commands: [Command]

  func parse(_ arguments: [String]) throws(CommandError) -> Request {
    var words: [String] = []
    var rest = arguments[...]
    while let word = rest.first, !word.hasPrefix("-"),
      commands.contains(where: { $0.begins(with: words + [word]) })
    {
      words.append(word)
      rest = rest.dropFirst()
    }
    if rest.contains("--help") || rest.contains("-h") || rest.first == "help" {
      return .help(
        words + rest.filter { word in rest.first == "help" && word != "help" && !word.hasPrefix("-") })
    }
    if words.isEmpty && (rest.first == "--version" || rest.first == "-V") { return .version }
    guard let command = commands.first(where: { $0.path == words }) else {
      guard let word = rest.first else { return .help(words) }
      throw unknownCommand(words, word)
    }
    return try parse(command, Array(rest))
  }

  private func unknownCommand(_ words: [String], _ word: String) -> CommandError {
    if word.hasPrefix("-") {
      return .usage("a command must come before \(word)", "Run `martinet --help`.")
    }
    let names = commands.filter { $0.begins(with: words) && $0.path.count > words.count }.map {
      $0.path[words.count]
    }
    let path = (["martinet"] + words).joined(separator: " ")
    let hint = Suggestion.nearest(to: word, in: names).map { "Did you mean `\(path) \($0)`?" }
    return .usage("there is no command `\(path) \(word)`", hint ?? "Run `\(path) --help`.")
  }

  private func parse(_ command: Command, _ arguments: [String]) throws(CommandError) -> Request {
    var operands: [String] = []
    var options: [String: String] = [:]
    var settings: [String: String] = [:]
    var rest = arguments[...]
    var takesOptions = true
    while let argument = rest.popFirst() {
      guard takesOptions, argument.hasPrefix("-"), argument != "-" else {
        operands.append(argument)
        continue
      }
      if argument == "--" {
        takesOptions = false
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      let name = String(parts[0].drop { $0 == "-" })
      let isKnown = parts[0].hasPrefix("--")
      if isKnown, let option = command.options.first(where: { $0.name == name }) {
        if option.placeholder == nil {
          guard parts.count == 1 else { throw .usage("--\(name) takes no value", help(command)) }
          options[name] = ""
        } else {
          options[name] = try value(name, parts, &rest)
        }
      } else if isKnown, command.settings.contains(name), let setting = SettingTable.named(name) {
        guard !setting.isSecret else {
          throw .usage(
            "--\(name) is a secret and every user of the machine can see a command line",
            "Set \(setting.environment), or write it into martinet.conf.")
        }
        settings[name] = try value(name, parts, &rest)
      } else {
        throw unknownOption(command, parts[0], name)
      }
    }
    try check(command, operands)
    return .run(command, operands: operands, options: options, settings: settings)
  }

  private func value(
    _ name: String, _ parts: [String], _ rest: inout ArraySlice<String>
  ) throws(CommandError) -> String {
    if parts.count == 2 { return parts[1] }
    guard let next = rest.popFirst() else { throw .usage("--\(name) needs a value") }
    return next
  }

  private func unknownOption(_ command: Command, _ shown: String, _ name: String) -> CommandError {
    let names = command.options.map(\.name) + command.settings
    let hint = Suggestion.nearest(to: name, in: names).map { "Did you mean --\($0)?" }
    return .usage("`martinet \(command.name)` has no option \(shown)", hint ?? help(command))
  }

  private func check(_ command: Command, _ operands: [String]) throws(CommandError) {
    for (index, operand) in command.operands.enumerated() {
      guard index < operands.count else {
        if operand.isOptional { return }
        throw .usage("`martinet \(command.name)` needs \(operand.name)", help(command))
      }
      if !operand.choices.isEmpty, !operand.choices.contains(operands[index]) {
        let nearest = Suggestion.nearest(to: operands[index], in: operand.choices)
        throw .usage(
          "\(operand.name) must be \(operand.choices.joined(separator: " or ")), not \"\(operands[index])\"",
          nearest.map { "Did you mean \($0)?" })
      }
    }
    guard operands.count <= command.operands.count else {
      throw .usage(
        "`martinet \(command.name)` does not know what to do with \"\(operands[command.operands.count])\"",
        help(command))
    }
  }

  private func help(_ command: Command) -> String { "Run `martinet \(command.name) --help`." }
}

extension Command {
  func begins(with words: [String]) -> Bool {
    path.count >= words.count && Array(path[..<words.count]) == words
  }
}
