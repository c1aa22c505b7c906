package import PostgresWire

extension SessionSettings {
  /// The settings of a session that begins: those of the server, of the user and of the startup packet.
  ///
  /// - Throws: 42704 where the packet names a setting that does not exist, 22023 where a value is none.
  package init(
    server: ServerConfiguration, user: AuthenticatedUser, startup: StartupMessage
  ) throws(PostgresError) {
    self.init()
    preset("session_authorization", user.name)
    preset("is_superuser", user.isSuperuser ? "on" : "off")
    preset("max_connections", String(server.maxConnections))
    for (name, value) in server.settings { try setDefault(name, to: value) }
    for (name, value) in user.settings { try setDefault(name, to: value) }
    for parameter in try startup.settings() where !HandOver.isPrivate(parameter.name) {
      let name = parameter.name.lowercased()
      guard SettingDefinition.all[name] != nil || name.contains(".") else {
        throw PostgresError(
          severity: .fatal, .undefinedObject,
          "unrecognized configuration parameter \"\(parameter.name)\"")
      }
      guard SettingDefinition.all[name]?.refusal == nil else { continue }
      try setDefault(name, to: parameter.value)
    }
  }
}
