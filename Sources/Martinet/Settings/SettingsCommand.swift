/// `martinet settings`: what would count, and where it comes from.
enum SettingsCommand {
  static let command = Command(
    path: ["settings"], summary: "show every setting, its value and where the value comes from",
    discussion: """
      Reads the command line, the environment and DIR/martinet.conf as `martinet serve` would and prints
      what comes out. Secrets are not shown.
      """,
    options: [Command.Option("markdown", nil, "print the table of the settings page instead")],
    settings: SettingTable.all.filter { !$0.isSecret }.map(\.name),
    examples: [
      .init("martinet settings --data ./lake", "what `martinet serve --data ./lake` would use"),
      .init("MARTINET_PORT=6000 martinet settings", "try an environment variable"),
    ],
    run: { (invocation) throws(CommandError) in
      Output.print(invocation.has("markdown") ? markdown : list(invocation.settings))
    })

  static func list(_ settings: Settings) -> String {
    let width = SettingTable.all.map(\.name.count).max() ?? 0
    return SettingTable.all.map { setting in
      let written = settings.written(setting.name)
      let isHidden = setting.isSecret || Settings.holdsPassword(written)
      let value = isHidden && !written.isEmpty ? "(hidden)" : written
      let padding = String(repeating: " ", count: width - setting.name.count)
      let source = settings.source(setting.name)
      return "\(setting.name)\(padding) = \(value)" + (source == .defaultValue ? "" : "  # \(source.name)")
    }.joined(separator: "\n")
  }

  /// The tables of the settings page.
  static var markdown: String {
    Setting.Group.allCases.map { group in
      let rows = SettingTable.all.filter { $0.group == group }.map(\.markdownRow)
      return """
        ### \(group.rawValue)

        | name | option | environment | default | unit and limits | meaning |
        |---|---|---|---|---|---|
        \(rows.joined(separator: "\n"))
        """
    }.joined(separator: "\n\n")
  }
}
