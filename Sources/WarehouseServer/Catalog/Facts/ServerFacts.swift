/// The base facts that come from the server and the session rather than from the lake.
enum ServerFacts {
  static func roles(_ roles: [CatalogRole]) -> FactTable {
    // Without a superuser there is still an owner to name.
    let owner = CatalogRole(id: -1, name: CatalogOID.ownerName, isSuperuser: true, canLogIn: false)
    let rows = roles.owner == nil ? [owner] + roles : roles
    return FactTable([
      .integers("oid", rows) { rows.oid(of: $0) }, .texts("name", rows) { $0.name },
      .flags("superuser", rows) { $0.isSuperuser }, .flags("can_login", rows) { $0.canLogIn },
    ])
  }

  static func databases(_ name: String) -> FactTable {
    FactTable([
      .integers("oid", [name]) { _ in databaseOID }, .texts("name", [name]) { $0 },
      .integers("owner", [name]) { _ in CatalogOID.owner },
    ])
  }

  static let databaseOID: Int64 = 5

  static func settings(_ rows: [CatalogSetting]) -> FactTable {
    FactTable([
      .texts("name", rows) { $0.name }, .texts("setting", rows) { $0.value },
      .texts("unit", rows) { $0.unit }, .texts("category", rows) { _ in "Martinet" },
      .texts("description", rows) { $0.description }, .texts("context", rows) { $0.context },
      .texts("vartype", rows) { $0.type },
      .texts("source", rows) { $0.value == $0.resetValue ? "default" : "session" },
      .texts("min_value", rows) { _ in nil }, .texts("max_value", rows) { _ in nil },
      .texts("enum_values", rows) { _ in nil }, .texts("boot_value", rows) { $0.resetValue },
      .texts("reset_value", rows) { $0.resetValue },
    ])
  }

  /// - Parameter viewer: who looks: others than superusers are not shown what other users do. Nil sees all.
  static func activity(
    _ all: [CatalogActivity], roles: [CatalogRole], viewer: String? = nil
  ) -> FactTable {
    let seesAll = viewer == nil || roles.contains { $0.name == viewer && $0.isSuperuser }
    let rows = seesAll ? all : all.map { $0.user == viewer ? $0 : $0.concealed }
    let oids = Dictionary(roles.map { ($0.name, roles.oid(of: $0)) }, uniquingKeysWith: { first, _ in first })
    return FactTable([
      .integers("pid", rows) { Int64($0.processID) },
      .integers("user_oid", rows) { oids[$0.user] ?? CatalogOID.owner },
      .texts("user_name", rows) { $0.user }, .texts("database_name", rows) { $0.database },
      .texts("application_name", rows) { $0.applicationName },
      .texts("client_address", rows) { $0.clientAddress },
      .integers("client_port", rows) { $0.clientPort.map { Int64($0) } },
      .texts("backend_start", rows) { $0.backendStart },
      .texts("transaction_start", rows) { $0.transactionStart },
      .texts("query_start", rows) { $0.queryStart }, .texts("state_change", rows) { $0.stateChange },
      .texts("wait_event_type", rows) { $0.waitEventType }, .texts("wait_event", rows) { $0.waitEvent },
      .texts("state", rows) { $0.state }, .texts("query", rows) { $0.query },
      .flags("is_encrypted", rows) { $0.tlsVersion != nil },
      .texts("tls_version", rows) { $0.tlsVersion }, .texts("tls_cipher", rows) { $0.tlsCipher },
    ])
  }

  static func preparedStatements(_ rows: [CatalogPreparedStatement]) -> FactTable {
    FactTable([
      .texts("name", rows) { $0.name }, .texts("statement", rows) { $0.statement },
      .texts("prepare_time", rows) { $0.prepareTime },
      .texts("parameter_types", rows) { CatalogSnapshot.list($0.parameterTypes) },
      .flags("from_sql", rows) { $0.isFromSQL },
    ])
  }

  static func cursors(_ rows: [CatalogCursor]) -> FactTable {
    FactTable([
      .texts("name", rows) { $0.name }, .texts("statement", rows) { $0.statement },
      .flags("is_holdable", rows) { $0.isHoldable }, .flags("is_scrollable", rows) { $0.isScrollable },
      .texts("creation_time", rows) { $0.creationTime },
    ])
  }
}
