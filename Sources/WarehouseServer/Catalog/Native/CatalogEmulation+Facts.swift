import DuckDB

extension CatalogEmulation {
  /// Registers the table functions that serve the base facts.
  func registerFacts(on connection: Connection) throws(DuckDBError) {
    for (name, table) in CatalogSnapshot.empty.facts {
      try register(name, like: table, on: connection) { emulation, session in
        (session?.catalog ?? emulation.server.catalog).facts[name]
      }
    }
    try register("martinet_roles", like: ServerFacts.roles([]), on: connection) { emulation, _ in
      ServerFacts.roles(emulation.server.roles)
    }
    try register("martinet_databases", like: ServerFacts.databases(""), on: connection) { emulation, _ in
      ServerFacts.databases(emulation.server.databaseName)
    }
    try register("martinet_settings", like: ServerFacts.settings([]), on: connection) { _, session in
      ServerFacts.settings(session?.settings ?? [])
    }
    try register("martinet_sessions", like: ServerFacts.activity([], roles: []), on: connection) {
      emulation, session in
      ServerFacts.activity(
        emulation.server.activity, roles: emulation.server.roles, viewer: session?.identity.user)
    }
    try register(
      "martinet_prepared_statements", like: ServerFacts.preparedStatements([]), on: connection
    ) { _, session in
      ServerFacts.preparedStatements(session?.preparedStatements ?? [])
    }
    try register("martinet_cursors", like: ServerFacts.cursors([]), on: connection) { _, session in
      ServerFacts.cursors(session?.cursors ?? [])
    }
  }

  private func register(
    _ name: String, like table: FactTable, on connection: Connection,
    _ facts: @escaping @Sendable (CatalogEmulation, (any CatalogSession)?) -> FactTable?
  ) throws(DuckDBError) {
    try connection.register(
      TableFunction(name: name, columns: table.resultColumns) { [weak self] call in
        guard let self else { return table.rows(reading: call.columns) }
        let served = facts(self, self.session(call.connectionID)) ?? table
        return served.rows(reading: call.columns)
      })
  }
}
