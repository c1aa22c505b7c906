import DuckDB
import Lake
import Network
import PostgresWire
import SQLFront
import Sessions

/// What the catalogs may ask of the session, made ready before the statements that ask.
extension Session {
  /// The catalog as this session sees it.
  func catalogSnapshot() throws -> CatalogSnapshot {
    let committed = try server.host.newest()
    guard engine.hasPrivateDefinitions else { return committed }
    return try PrivateCatalog.read(
      through: engine, committed: committed,
      keys: try DeclaredKeys.all(in: server.control, schema: try server.lake.schema()),
      types: privateTypes)
  }

  func publishCatalog() throws {
    let snapshot = try catalogSnapshot()
    let remotePort = handle.remotePort
    let identity = CatalogIdentity(
      user: user.name, database: server.configuration.databaseName, processID: handle.processID,
      searchPath: settings.searchPath(user: user.name).filter { $0 != "pg_catalog" },
      clientAddress: remotePort == 0 ? nil : handle.remoteHost,
      clientPort: remotePort == 0 ? nil : Int32(remotePort))
    view.publish(
      SessionCatalog.Facts(
        snapshot: snapshot, identity: identity, settings: settings, query: handle.facts.query,
        isInTransaction: block.isOpen, statements: preparedStatementFacts, cursors: cursorFacts))
  }

  /// How result rows show regclass and its like.
  var nameResolver: NameResolver {
    { [catalog = server.catalog, view] type, oid in
      catalog.text(of: Int64(oid), type: type.name, for: view)
    }
  }

  private var preparedStatementFacts: [CatalogPreparedStatement] {
    statements.filter { !$0.key.isEmpty }.map { name, statement in
      CatalogPreparedStatement(
        name: name, statement: statement.text, prepareTime: CatalogTime.text(statement.createdAt),
        parameterTypes: (statement.description?.parameterTypes ?? []).map(Int64.init),
        isFromSQL: statement.isFromSQL)
    }
  }

  private var cursorFacts: [CatalogCursor] {
    cursors.values.map { cursor in
      CatalogCursor(
        name: cursor.name, statement: cursor.statement, isHoldable: cursor.isHeld,
        isScrollable: cursor.isScrollable, creationTime: CatalogTime.text(cursor.createdAt))
    }
  }

  /// The columns of statements that Martinet answers itself, for Describe; nil where there are none.
  func columns(of parsed: ParsedStatement) throws -> [OutputColumn]? {
    switch parsed.statement {
    case .show(let name?): return [.text(SettingDefinition.all[name.lowercased()]?.name ?? name)]
    case .show(nil): return ["name", "setting", "description"].map(OutputColumn.text)
    case .explain: return [.text("QUERY PLAN")]
    case .fetch(let fetch): return fetch.isMove ? nil : try cursor(named: fetch.cursor).columns
    case .execute(let execute): return try description(of: try statement(named: execute.name)).columns
    default: return nil
    }
  }
}
