/// What the catalogs ask of the server as a whole. Members are read on the engine's threads.
package protocol CatalogHost: AnyObject, Sendable {
  /// The newest committed state, for connections that have no session.
  var catalog: CatalogSnapshot { get }
  /// The name that clients connect to.
  var databaseName: String { get }
  /// The users; the owner of everything need not be among them.
  var roles: [CatalogRole] { get }
  /// Every session, for pg_stat_activity.
  var activity: [CatalogActivity] { get }
  /// When the server started, as text of a timestamp with its zone.
  var startTime: String { get }
  /// Ends the running statement of a session; false when there is no such session.
  func cancel(processID: Int32) -> Bool
  /// Ends a session; false when there is none.
  func terminate(processID: Int32) -> Bool
  /// Blocks the calling thread until the time is over or the statement of the connection is cancelled,
  /// which must throw.
  func sleep(seconds: Double, connection: UInt64) throws
}

/// A row of pg_roles.
package struct CatalogRole: Sendable {
  package var id: Int64
  package var name: String
  package var isSuperuser: Bool
  package var canLogIn: Bool

  package init(id: Int64, name: String, isSuperuser: Bool, canLogIn: Bool = true) {
    self.id = id
    self.name = name
    self.isSuperuser = isSuperuser
    self.canLogIn = canLogIn
  }

  package var oid: Int64 { CatalogOID.role(id) }
}

extension [CatalogRole] {
  /// Everything belongs to the first superuser, as it belongs to the bootstrap superuser in PostgreSQL.
  var owner: CatalogRole? { filter(\.isSuperuser).min { $0.id < $1.id } }

  /// The oid that clients see: the owner's is PostgreSQL's number of the bootstrap superuser.
  func oid(of role: CatalogRole) -> Int64 { owner?.id == role.id ? CatalogOID.owner : role.oid }
}

/// A row of pg_stat_activity. Times are texts of timestamps with their zone.
package struct CatalogActivity: Sendable {
  package var processID: Int32
  package var user: String
  package var database: String
  package var applicationName: String
  package var clientAddress: String?
  package var clientPort: Int32?
  package var backendStart: String?
  package var transactionStart: String?
  package var queryStart: String?
  package var stateChange: String?
  /// `active`, `idle`, `idle in transaction`, `idle in transaction (aborted)`.
  package var state: String?
  package var waitEventType: String?
  package var waitEvent: String?
  package var query: String
  package var tlsVersion: String?
  package var tlsCipher: String?

  package init(
    processID: Int32, user: String, database: String, applicationName: String, clientAddress: String?,
    clientPort: Int32?, backendStart: String, transactionStart: String?, queryStart: String?,
    stateChange: String?, state: String, waitEventType: String? = nil, waitEvent: String? = nil,
    query: String, tlsVersion: String? = nil, tlsCipher: String? = nil
  ) {
    self.processID = processID
    self.user = user
    self.database = database
    self.applicationName = applicationName
    self.clientAddress = clientAddress
    self.clientPort = clientPort
    self.backendStart = backendStart
    self.transactionStart = transactionStart
    self.queryStart = queryStart
    self.stateChange = stateChange
    self.state = state
    self.waitEventType = waitEventType
    self.waitEvent = waitEvent
    self.query = query
    self.tlsVersion = tlsVersion
    self.tlsCipher = tlsCipher
  }

  /// What a user is shown of another's session, as in PostgreSQL.
  var concealed: CatalogActivity {
    var shown = self
    shown.clientAddress = nil
    shown.clientPort = nil
    shown.backendStart = nil
    shown.transactionStart = nil
    shown.queryStart = nil
    shown.stateChange = nil
    shown.state = nil
    shown.waitEventType = nil
    shown.waitEvent = nil
    shown.query = "<insufficient privilege>"
    shown.tlsVersion = nil
    shown.tlsCipher = nil
    return shown
  }
}
