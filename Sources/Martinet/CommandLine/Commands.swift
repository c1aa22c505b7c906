/// Every command of the program.
enum Commands {
  static let all: [Command] =
    [ServeCommand.command, WarehouseCommand.command, LoadCommand.command] + UserCommands.all + [
      SettingsCommand.command, VersionCommand.command,
    ]
}
