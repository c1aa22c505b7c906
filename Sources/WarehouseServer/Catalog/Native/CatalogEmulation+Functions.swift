import DuckDB
import Glibc

/// Why a native function ends its statement.
package struct CatalogFunctionError: Error, CustomStringConvertible {
  package let description: String
  /// - Parameter state: the SQLSTATE that the client is told; 22023 if none is given.
  init(_ description: String, state: String? = nil) {
    self.description = state.map { "[\($0)] \(description)" } ?? description
  }
}

extension CatalogEmulation {
  /// Registers the native functions that the macros stand on.
  func registerFunctions(on connection: Connection) throws(DuckDBError) {
    try registerSessionFunctions(on: connection)
    try registerLookupFunctions(on: connection)
    try registerControlFunctions(on: connection)
    for function in FormatFunctions.all { try connection.register(function) }
  }

  private func registerSessionFunctions(on connection: Connection) throws(DuckDBError) {
    try connection.register(
      ScalarFunction(name: "martinet_session", parameters: [.varchar], returns: .varchar) {
        [weak self] call, output in
        guard let self else { return }
        call.mapText(&output) { self.sessionValue($0, connection: call.connectionID) }
      })
    try connection.register(
      ScalarFunction(name: "martinet_setting", parameters: [.varchar, .boolean], returns: .varchar) {
        [weak self] call, output in
        let session = self?.session(call.connectionID)
        let flags = call.flags(1)
        let names = call.texts(0)
        for row in 0..<call.rowCount {
          guard let name = names[row] else { continue }
          if let value = session?.setting(name) {
            output.set(value, row)
          } else if flags[row] {
            output.setNull(row)
          } else {
            throw CatalogFunctionError(
              "unrecognized configuration parameter \"\(name)\"", state: "42704")
          }
        }
      })
    try connection.register(
      ScalarFunction(
        name: "martinet_set_config", parameters: [.varchar, .varchar, .boolean], returns: .varchar,
        isVolatile: true
      ) { [weak self] call, output in
        let session = self?.session(call.connectionID)
        let (names, values, flags) = (call.texts(0), call.texts(1), call.flags(2))
        for row in 0..<call.rowCount {
          guard let name = names[row], let value = values[row] else { continue }
          let result = try session?.changeSetting(name, to: value, isLocal: flags[row])
          output.set(result ?? value, row)
        }
      })
  }

  private func sessionValue(_ key: String, connection: UInt64) -> String? {
    let session = session(connection)
    let identity = session?.identity
    switch key {
    case "version": return "PostgreSQL 15.0 (Martinet on DuckDB \(libraryVersion())), 64-bit"
    case "database": return identity?.database ?? server.databaseName
    case "user": return identity?.user ?? CatalogOID.ownerName
    case "session_user": return identity?.sessionUser ?? CatalogOID.ownerName
    case "pid": return String(identity?.processID ?? 0)
    case "client_address": return identity?.clientAddress
    case "client_port": return identity?.clientPort.map { String($0) }
    case "server_address": return identity?.serverAddress
    case "server_port": return identity?.serverPort.map { String($0) }
    case "query": return session?.currentQuery
    case "start_time": return server.startTime
    case "temporary_schema":
      let catalog = lookup(session).catalog
      return String(catalog.schema(named: CatalogOID.temporarySchemaName)?.oid ?? 0)
    case "schema", "schemas", "all_schemas":
      let lookup = lookup(session)
      let existing = (key == "all_schemas" ? lookup.effectivePath : lookup.searchPath)
        .filter { lookup.catalog.schema(named: $0) != nil }
      if key == "schema" { return existing.first }
      let quoted = existing.map { "'" + $0.replacing("'", with: "''") + "'" }
      return "[" + quoted.joined(separator: ", ") + "]"
    default: return nil
    }
  }

  private func registerLookupFunctions(on connection: Connection) throws(DuckDBError) {
    try connection.register(
      ScalarFunction(name: "martinet_text", parameters: [.varchar, .bigint], returns: .varchar) {
        [weak self] call, output in
        guard let lookup = self?.lookup(connection: call.connectionID) else { return }
        call.mapTextAndNumber(&output) { lookup.text($0, $1) }
      })
    try connection.register(
      ScalarFunction(
        name: "martinet_column_text", parameters: [.varchar, .bigint, .bigint], returns: .varchar
      ) { [weak self] call, output in
        guard let lookup = self?.lookup(connection: call.connectionID) else { return }
        let numbers = call.numbers(2)
        call.mapTextAndNumber(&output) { row, topic, relation in
          lookup.columnText(topic, relation: relation, number: numbers[row])
        }
      })
    try connection.register(
      ScalarFunction(name: "martinet_oid", parameters: [.varchar, .varchar], returns: .bigint) {
        [weak self] call, output in
        guard let lookup = self?.lookup(connection: call.connectionID) else { return }
        let (kinds, names) = (call.texts(0), call.texts(1))
        for row in 0..<call.rowCount {
          guard let kind = kinds[row].flatMap({ ObjectKind(rawValue: $0) }), let name = names[row],
            let oid = lookup.oid(of: kind, name)
          else {
            output.setNull(row)
            continue
          }
          output.store(oid, row)
        }
      })
    try connection.register(
      ScalarFunction(name: "martinet_is_visible", parameters: [.varchar, .bigint], returns: .boolean) {
        [weak self] call, output in
        guard let lookup = self?.lookup(connection: call.connectionID) else { return }
        let (kinds, oids) = (call.texts(0), call.numbers(1))
        for row in 0..<call.rowCount {
          let kind = kinds[row].flatMap { ObjectKind(rawValue: $0) } ?? .relation
          if let visible = lookup.isVisible(kind, oids[row]) {
            output.store(visible, row)
          } else {
            output.setNull(row)
          }
        }
      })
    try connection.register(
      ScalarFunction(name: "martinet_size", parameters: [.bigint], returns: .bigint) {
        [weak self] call, output in
        guard let lookup = self?.lookup(connection: call.connectionID) else { return }
        for (row, oid) in call.numbers(0).enumerated() {
          if let size = lookup.size(oid) { output.store(size, row) } else { output.setNull(row) }
        }
      })
  }

  private func registerControlFunctions(on connection: Connection) throws(DuckDBError) {
    for (name, ends) in [("pg_cancel_backend", false), ("pg_terminate_backend", true)] {
      let function = ScalarFunction(name: name, parameters: [.bigint], returns: .boolean, isVolatile: true) {
        [weak self] call, output in
        for (row, number) in call.numbers(0).enumerated() {
          let processID = Int32(clamping: number)
          try self?.checkMaySignal(processID, by: call.connectionID, ends: ends)
          let isDone =
            ends ? self?.server.terminate(processID: processID) : self?.server.cancel(processID: processID)
          output.store(isDone ?? false, row)
        }
      }
      try connection.register(function)
    }
    try connection.register(
      ScalarFunction(name: "pg_sleep", parameters: [.double], returns: .varchar, isVolatile: true) {
        [weak self] call, output in
        for (row, seconds) in call.doubles(0).enumerated() {
          try self?.server.sleep(seconds: seconds, connection: call.connectionID)
          output.set("", row)
        }
      })
    try connection.register(
      ScalarFunction(name: "martinet_clock", parameters: [], returns: .timestampTZ, isVolatile: true) {
        call, output in
        for row in 0..<call.rowCount {
          var time = timespec()
          clock_gettime(CLOCK_REALTIME, &time)
          output.store(Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000, row)
        }
      })
  }

  /// Everybody may signal their own sessions, superusers those of others.
  private func checkMaySignal(_ processID: Int32, by connection: UInt64, ends: Bool) throws {
    guard let viewer = session(connection)?.identity.user,
      let target = server.activity.first(where: { $0.processID == processID }), target.user != viewer
    else { return }
    let superusers = Set(server.roles.filter(\.isSuperuser).map(\.name))
    if superusers.contains(viewer) { return }
    if superusers.contains(target.user) {
      let what = ends ? "terminate superuser process" : "cancel superuser query"
      throw CatalogFunctionError("must be a superuser to \(what)", state: "42501")
    }
    let what = ends ? "process is being terminated" : "query is being canceled"
    throw CatalogFunctionError(
      "must be a member of the role whose \(what) or member of pg_signal_backend", state: "42501")
  }
}
