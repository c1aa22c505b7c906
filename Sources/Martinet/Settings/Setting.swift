/// One thing an operator can decide.
struct Setting: Sendable {
  enum Group: String, Sendable, CaseIterable {
    case place = "Where"
    case storage = "Storage"
    case engine = "Engine"
    case connections = "Connections"
    case timeouts = "Time-outs"
    case operation = "Operation"
  }

  /// As in `martinet.conf`, and behind `--` on the command line.
  let name: String
  let group: Group
  let kind: SettingKind
  /// The default as it would be written; empty where what happens without it is in the description.
  let defaultText: String
  let description: String
  /// A secret comes from the environment or the file, never from the command line, which others can see.
  let isSecret: Bool

  init(
    _ name: String, _ group: Group, _ kind: SettingKind, default defaultText: String = "",
    secret: Bool = false,
    _ description: String
  ) {
    self.name = name
    self.group = group
    self.kind = kind
    self.defaultText = defaultText
    self.description = description
    isSecret = secret
  }

  /// The name of the environment variable.
  var environment: String {
    "MARTINET_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }

  /// The row of the settings page.
  var markdownRow: String {
    let option = isSecret ? "environment or file only" : "`--\(name)`"
    let value = defaultText.isEmpty ? "" : "`\(defaultText)`"
    return "| `\(name)` | \(option) | `\(environment)` | \(value) | \(kind.limits) | \(description) |"
  }
}
