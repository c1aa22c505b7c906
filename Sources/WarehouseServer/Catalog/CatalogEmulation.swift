package import DuckDB
import Synchronization

/// PostgreSQL's catalogs and functions inside the engine: installed once per ``Database``, asked by every
/// session's statements.
///
/// A session makes itself known by ``attach(_:to:)`` with the number of its connection, puts
/// ``CatalogSQL/catalog`` at the end of its search path, and runs its statements inside of
/// ``running(_:_:)``, so that casts to `regclass` and its like see what the session sees.
package final class CatalogEmulation: Sendable {
  private let host: any CatalogHost
  private let sessions = Mutex<[UInt64: any CatalogSession]>([:])
  /// The session whose statement the calling thread runs. The engine's own threads have none: casts that
  /// they run see the newest committed state and the search path `public`.
  @TaskLocal private static var current: (any CatalogSession)?

  private init(host: any CatalogHost) { self.host = host }

  /// Creates the in-memory database of the emulation with all its relations and functions.
  package static func install(
    on connection: Connection, host: any CatalogHost
  ) throws(DuckDBError) -> CatalogEmulation {
    let emulation = CatalogEmulation(host: host)
    try connection.execute(CatalogSQL.createSchemas)
    try emulation.registerTypes(on: connection)
    try emulation.registerTextCasts(on: connection)
    try emulation.registerFacts(on: connection)
    try emulation.registerFunctions(on: connection)
    try connection.execute(CatalogMacros.statements)
    for shape in CatalogShape.all {
      let source = CatalogSQL.source(of: shape)
      let columns = try source.map { (text) throws(DuckDBError) in
        try connection.prepare(text).columns?.map(\.name) ?? []
      }
      try connection.execute(CatalogSQL.view(shape, over: source, having: Set(columns ?? [])))
    }
    return emulation
  }

  /// Makes the session known that runs on a connection. Its last statement must be over before
  /// ``detach(connection:)``.
  package func attach(_ session: any CatalogSession, to connection: UInt64) {
    sessions.withLock { $0[connection] = session }
  }

  package func detach(connection: UInt64) {
    sessions.withLock { $0[connection] = nil }
  }

  /// Runs the statements of a session: the body of its thread, or of each statement.
  package func running<Result>(
    _ session: any CatalogSession, _ body: () throws -> Result
  ) rethrows -> Result {
    try Self.$current.withValue(session, operation: body)
  }

  /// The text of a value of `regclass` and its like; nil for other types. For the writer of result rows.
  package func text(of oid: Int64, type: String, for session: any CatalogSession) -> String? {
    ObjectKind.allCases.first { $0.typeName == type }.map { lookup(session).name(of: $0, oid) }
  }

  // MARK: What the functions use

  func session(_ connection: UInt64) -> (any CatalogSession)? { sessions.withLock { $0[connection] } }

  var server: any CatalogHost { host }

  func lookup(_ session: (any CatalogSession)?) -> CatalogLookup {
    CatalogLookup(
      catalog: session?.catalog ?? host.catalog, searchPath: session?.identity.searchPath ?? ["public"]
    ) { [host] in host.roles }
  }

  func lookup(connection: UInt64) -> CatalogLookup { lookup(session(connection)) }

  /// For casts, which are not told their connection.
  func lookupForCast() -> CatalogLookup { lookup(Self.current) }
}
