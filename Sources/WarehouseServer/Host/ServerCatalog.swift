import ControlStore
import DuckDB
import Lake
import Sessions
import Synchronization

/// The catalogs' view of the server: users, sessions, and the newest committed state of the lake, which is
/// read again only when the lake's schema version or the declared keys have changed.
final class ServerCatalog: CatalogHost {
  private struct Cached {
    var schemaVersion: Int64
    var keysVersion: Int
    var snapshot: CatalogSnapshot
  }

  let databaseName: String
  let startTime = CatalogTime.text(Clock.microsecondsSince1970())
  private let lake: Lake
  private let control: ControlStore
  private let registry: SessionRegistry
  private let accounts: any AccountStore
  private let log: any ServerLog
  private let cached = Mutex<Cached?>(nil)
  private let keysVersion = Mutex(0)

  init(
    databaseName: String, lake: Lake, control: ControlStore, registry: SessionRegistry,
    accounts: any AccountStore, log: any ServerLog
  ) {
    self.databaseName = databaseName
    self.lake = lake
    self.control = control
    self.registry = registry
    self.accounts = accounts
    self.log = log
  }

  /// Declared keys, indexes or comments changed in the control store.
  func keysChanged() {
    keysVersion.withLock { $0 += 1 }
  }

  /// The newest committed state.
  func newest() throws -> CatalogSnapshot {
    let version = try lake.newestSnapshot().schemaVersion
    let keys = keysVersion.withLock { $0 }
    if let hit = cached.withLock({ $0 }), hit.schemaVersion == version, hit.keysVersion == keys {
      return hit.snapshot
    }
    let snapshot = try read()
    cached.withLock { $0 = Cached(schemaVersion: version, keysVersion: keys, snapshot: snapshot) }
    return snapshot
  }

  private func read() throws -> CatalogSnapshot {
    let schema = try lake.schema()
    let comments = try control.schemaComments()
    let names = Dictionary(uniqueKeysWithValues: schema.namespaces.map { ($0.id, $0.name) })
    let isMainUsed =
      schema.tables.contains { names[$0.schemaID] == "main" }
      || schema.views.contains { names[$0.schemaID] == "main" }
    var definition = CatalogDefinition()
    definition.schemas = schema.namespaces.filter { $0.name != "main" || isMainUsed }.map {
      CatalogDefinition.Schema(id: $0.id, name: $0.name, comment: comments[$0.id] ?? $0.comment)
    }
    let declared = try control.declaredTypes()
    definition.relations = schema.tables.map { table in
      let types = declared[table.id] ?? [:]
      return CatalogDefinition.Relation(
        id: table.id, schema: names[table.schemaID] ?? "", name: table.name,
        columns: table.columns.map { Self.column($0, types[$0.id]) }, comment: table.comment,
        rowEstimate: table.rowCount ?? -1,
        byteEstimate: table.fileBytes ?? 0)
    }
    if !schema.views.isEmpty {
      let connection = try lake.connect()
      // Views call functions of the catalog emulation too.
      try connection.execute("SET search_path = '\(Lake.databaseName).public,\(CatalogSQL.catalog)'")
      for view in schema.views {
        let namespace = names[view.schemaID] ?? ""
        var columns = columns(of: view, in: namespace, on: connection)
        DeclaredColumns(path: [namespace, "public"], in: definition).apply(to: &columns, of: view.sql)
        definition.relations.append(
          CatalogDefinition.Relation(
            id: view.id, schema: namespace, name: view.name, viewDefinition: view.sql, columns: columns,
            comment: view.comment))
      }
    }
    definition.functions = schema.macros.map { macro in
      CatalogDefinition.Function(
        id: macro.id, schema: names[macro.schemaID] ?? "", name: macro.name,
        parameters: macro.bodies.first?.parameters ?? [], definition: macro.bodies.first?.sql ?? "")
    }
    return CatalogSnapshot(definition, keys: try DeclaredKeys.all(in: control, schema: schema))
  }

  private static func column(
    _ column: LakeSchema.Column, _ declared: DeclaredType?
  ) -> CatalogDefinition.Column {
    let engineType = column.type.sqlName
    let type = CatalogType.with(oid: CatalogColumnType(engineType: engineType).oid)
    let defaultValue = column.defaultValue.map { value in
      if column.defaultIsExpression || type?.category == "N" || type?.category == "B" { return value }
      return "'\(value.replacing("'", with: "''"))'::\(type?.sqlName ?? "text")"
    }
    return CatalogDefinition.Column(
      name: column.name, engineType: engineType,
      declaredType: engineType.hasPrefix("VARCHAR") ? declared.map(CatalogColumnType.init) : nil,
      isNullable: column.isNullable, defaultValue: defaultValue, comment: column.comment)
  }

  /// The columns of a view, from the engine's plan; none where the view no longer fits its tables.
  private func columns(
    of view: LakeSchema.View, in schema: String, on connection: Connection
  ) -> [CatalogDefinition.Column] {
    let name = [Lake.databaseName, schema, view.name].map { "\"\($0.replacing("\"", with: "\"\""))\"" }
    do {
      let plan = try connection.prepare("SELECT * FROM \(name.joined(separator: "."))")
      return (plan.columns ?? []).map {
        CatalogDefinition.Column(name: $0.name, engineType: $0.type.sqlName)
      }
    } catch {
      log.debug("the view \(schema).\(view.name) cannot be planned: \(error.message)")
      return []
    }
  }

  // MARK: CatalogHost

  var catalog: CatalogSnapshot {
    do {
      return try newest()
    } catch {
      log.error("the catalog cannot be read: \(error)")
      return cached.withLock { $0 }?.snapshot ?? .empty
    }
  }

  var roles: [CatalogRole] {
    do {
      return try accounts.accounts().map {
        CatalogRole(id: $0.id, name: $0.name, isSuperuser: $0.isSuperuser)
      }
    } catch {
      log.error("the users cannot be read: \(error)")
      return []
    }
  }

  var activity: [CatalogActivity] {
    registry.all.map { handle in
      let facts = handle.facts
      let waiting: (type: String, event: String)? =
        handle.isWaitingToWrite ? ("Lock", "write") : handle.isQueued ? ("IPC", "queued") : nil
      return CatalogActivity(
        processID: handle.processID, user: facts.user, database: databaseName,
        applicationName: facts.application, clientAddress: handle.remotePort == 0 ? nil : handle.remoteHost,
        clientPort: Int32(handle.remotePort), backendStart: CatalogTime.text(facts.backendStart),
        transactionStart: facts.transactionStart.map(CatalogTime.text),
        queryStart: facts.queryStart.map(CatalogTime.text), stateChange: CatalogTime.text(facts.stateChange),
        state: facts.activity.rawValue, waitEventType: waiting?.type,
        waitEvent: waiting?.event, query: facts.query, tlsVersion: facts.tlsVersion,
        tlsCipher: facts.tlsCipher)
    }
  }

  func cancel(processID: Int32) -> Bool {
    guard let handle = registry[processID] else { return false }
    handle.cancel()
    return true
  }

  func terminate(processID: Int32) -> Bool {
    guard let handle = registry[processID] else { return false }
    handle.terminate(.administrator)
    return true
  }

  /// `pg_sleep`: a cancellation is noticed within a few milliseconds.
  func sleep(seconds: Double, connection: UInt64) throws {
    let end = Clock.monotonicNanoseconds() + UInt64(max(0, min(seconds, 1e6)) * 1e9)
    let handle = registry.all.first { $0.connectionID == connection }
    while Clock.monotonicNanoseconds() < end {
      if let handle { try handle.checkInterrupts() }
      let rest = (end - min(end, Clock.monotonicNanoseconds())) / 1_000_000
      Clock.sleep(milliseconds: Int(min(rest, 5)) + (rest < 1 ? 1 : 0))
    }
  }
}
