/// The texts of `--help`.
enum Help {
  /// Help on all commands that begin with these words.
  static func text(_ words: [String], commands: [Command]) throws(CommandError) -> String {
    if let command = commands.first(where: { $0.path == words }) { return text(command) }
    let below = commands.filter { $0.begins(with: words) }
    guard !below.isEmpty else {
      let name = words.joined(separator: " ")
      let hint = Suggestion.nearest(to: name, in: commands.map(\.name)).map {
        "Did you mean `martinet \($0)`?"
      }
      throw .usage("there is no command `martinet \(name)`", hint ?? "Run `martinet --help`.")
    }
    return words.isEmpty ? overview(commands) : group(words, below)
  }

  static func overview(_ commands: [Command]) -> String {
    """
    Martinet serves a star schema to PostgreSQL clients: DuckDB runs the queries, DuckLake keeps the data.

    Usage: martinet COMMAND [OPTIONS]

    Commands:
    \(list(commands))

    First steps:
      martinet serve --data ./lake              start a server in a new folder
      martinet user add maria --data ./lake     add somebody who may log in
      psql "host=127.0.0.1 port=5433 dbname=lake user=maria sslmode=require"

    Every option is also an environment variable (--max-connections is MARTINET_MAX_CONNECTIONS) and a line
    of martinet.conf in the data folder (max-connections = 500). The command line counts first, then the
    environment, then the file.

    Exit status: 0 all went well, 1 something failed, 2 the command line or a setting is wrong,
    3 another process uses the data folder, 4 ended by a second signal before everything had stopped.

    `martinet COMMAND --help` says more about a command.
    """
  }

  private static func group(_ words: [String], _ commands: [Command]) -> String {
    let name = words.joined(separator: " ")
    let examples = commands.flatMap(\.examples)
    return """
      Usage: martinet \(name) COMMAND [OPTIONS]

      Commands:
      \(list(commands))

      Examples:
      \(lines(examples.map { ($0.line, $0.meaning) }))

      `martinet \(name) COMMAND --help` says more about a command.
      """
  }

  static func text(_ command: Command) -> String {
    var usage = "martinet \(command.name)"
    for operand in command.operands {
      let name = operand.choices.isEmpty ? operand.name : operand.choices.joined(separator: "|")
      usage += operand.isOptional ? " [\(name)]" : " \(name)"
    }
    var parts = ["\(command.summary)\n\nUsage: \(usage) [OPTIONS]", command.discussion]
    let described = command.operands.filter { !$0.description.isEmpty }
    if !described.isEmpty {
      parts.append("Arguments:\n" + lines(described.map { ($0.name, $0.description) }))
    }
    if !command.options.isEmpty {
      let rows = command.options.map {
        ("--\($0.name)" + ($0.placeholder.map { " \($0)" } ?? ""), $0.description)
      }
      parts.append("Options:\n" + lines(rows))
    }
    parts += settings(command)
    if !command.examples.isEmpty {
      parts.append("Examples:\n" + lines(command.examples.map { ($0.line, $0.meaning) }))
    }
    return parts.joined(separator: "\n\n")
  }

  private static func settings(_ command: Command) -> [String] {
    let used = command.settings.compactMap { SettingTable.named($0) }
    return Setting.Group.allCases.compactMap { group in
      let members = used.filter { $0.group == group }
      guard !members.isEmpty else { return nil }
      let rows = members.map { setting -> (String, String) in
        let option = setting.isSecret ? setting.environment : "--\(setting.name) \(setting.kind.placeholder)"
        var text = setting.description
        if case .choice = setting.kind {
        } else if !(setting.kind.limits == "text") {
          text += " (\(setting.kind.limits))"
        }
        if !setting.defaultText.isEmpty { text += "; default \(setting.defaultText)" }
        return (option, text)
      }
      return "\(group.rawValue):\n" + lines(rows)
    }
  }

  private static func list(_ commands: [Command]) -> String { lines(commands.map { ($0.name, $0.summary) }) }

  /// Two columns; the right one is wrapped.
  static func lines(_ rows: [(left: String, right: String)], width: Int = 100) -> String {
    let column = min(46, (rows.map(\.left.count).max() ?? 0) + 4)
    return rows.map { row in
      let indent = String(repeating: " ", count: column)
      let wrapped = wrap(row.right, width: width - column)
      let left = "  " + row.left
      let fits = left.count < column
      let first = fits ? left + String(repeating: " ", count: column - left.count) : left + "\n" + indent
      return first + wrapped.joined(separator: "\n" + indent)
    }.joined(separator: "\n")
  }

  private static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
