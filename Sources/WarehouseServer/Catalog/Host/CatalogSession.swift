/// What the catalogs ask of a session: who it is and what it sees.
///
/// All members are read on the engine's threads while the session's own thread waits for a statement, so an
/// implementation must allow that.
package protocol CatalogSession: AnyObject, Sendable {
  /// The state of the catalogs that the session sees.
  var catalog: CatalogSnapshot { get }
  var identity: CatalogIdentity { get }
  /// The text of the statement that runs.
  var currentQuery: String { get }
  /// Every setting, as SHOW ALL and pg_settings give it.
  var settings: [CatalogSetting] { get }
  /// One setting as SHOW gives it; nil when there is none of that name.
  func setting(_ name: String) -> String?
  /// What SET does; gives the value that the setting has then. A thrown error ends the statement.
  func changeSetting(_ name: String, to value: String, isLocal: Bool) throws -> String
  var preparedStatements: [CatalogPreparedStatement] { get }
  var cursors: [CatalogCursor] { get }
}

extension CatalogSession {
  package var currentQuery: String { "" }
  package var preparedStatements: [CatalogPreparedStatement] { [] }
  package var cursors: [CatalogCursor] { [] }
}

/// Who a session is.
package struct CatalogIdentity: Sendable {
  package var user: String
  package var sessionUser: String
  package var database: String
  package var processID: Int32
  /// Schemas in the order of the search path, without pg_catalog; those that do not exist may be in it.
  package var searchPath: [String]
  package var clientAddress: String?
  package var clientPort: Int32?
  package var serverAddress: String?
  package var serverPort: Int32?

  package init(
    user: String, sessionUser: String? = nil, database: String, processID: Int32,
    searchPath: [String] = ["public"], clientAddress: String? = nil, clientPort: Int32? = nil,
    serverAddress: String? = nil, serverPort: Int32? = nil
  ) {
    self.user = user
    self.sessionUser = sessionUser ?? user
    self.database = database
    self.processID = processID
    self.searchPath = searchPath
    self.clientAddress = clientAddress
    self.clientPort = clientPort
    self.serverAddress = serverAddress
    self.serverPort = serverPort
  }
}

/// A row of pg_settings.
package struct CatalogSetting: Sendable {
  package var name: String
  package var value: String
  package var unit: String?
  package var description: String
  /// `bool`, `integer`, `real`, `string` or `enum`.
  package var type: String
  /// `user`, `internal`, …
  package var context: String
  package var resetValue: String

  package init(
    name: String, value: String, unit: String? = nil, description: String = "", type: String = "string",
    context: String = "user", resetValue: String? = nil
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.description = description
    self.type = type
    self.context = context
    self.resetValue = resetValue ?? value
  }
}

/// A row of pg_prepared_statements.
package struct CatalogPreparedStatement: Sendable {
  package var name: String
  package var statement: String
  /// Text of a timestamp with its zone.
  package var prepareTime: String
  /// oids of PostgreSQL types.
  package var parameterTypes: [Int64]
  /// Whether PREPARE made it, not the protocol.
  package var isFromSQL: Bool

  package init(
    name: String, statement: String, prepareTime: String, parameterTypes: [Int64], isFromSQL: Bool
  ) {
    self.name = name
    self.statement = statement
    self.prepareTime = prepareTime
    self.parameterTypes = parameterTypes
    self.isFromSQL = isFromSQL
  }
}

/// A row of pg_cursors.
package struct CatalogCursor: Sendable {
  package var name: String
  package var statement: String
  package var isHoldable: Bool
  package var isScrollable: Bool
  /// Text of a timestamp with its zone.
  package var creationTime: String

  package init(
    name: String, statement: String, isHoldable: Bool, isScrollable: Bool, creationTime: String
  ) {
    self.name = name
    self.statement = statement
    self.isHoldable = isHoldable
    self.isScrollable = isScrollable
    self.creationTime = creationTime
  }
}
