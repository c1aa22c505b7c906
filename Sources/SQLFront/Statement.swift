/// What a statement asks for. Cases with a payload are answered by Martinet, or need its help; `query`, `insert`,
/// `update`, `delete` and `merge` are the engine's.
package enum Statement: Sendable {
  // Transactions.
  case begin(TransactionModes)
  case commit(chain: Bool)
  case rollback(chain: Bool)
  case savepoint(String)
  case releaseSavepoint(String)
  case rollbackToSavepoint(String)
  /// `SET TRANSACTION …`, or with `session` `SET SESSION CHARACTERISTICS AS TRANSACTION …`.
  case setTransaction(TransactionModes, session: Bool)

  // Settings.
  case set(SetStatement)
  /// `SHOW name`; nil is `ALL`.
  case show(String?)
  /// `RESET name`; nil is `ALL`.
  case reset(String?)
  case discard(DiscardTarget)

  // Cursors and prepared statements.
  case declareCursor(DeclareCursor)
  case fetch(FetchStatement)
  /// nil is `ALL`.
  case closeCursor(String?)
  case prepare(PrepareStatement)
  case execute(ExecuteStatement)
  /// nil is `ALL`.
  case deallocate(String?)

  case copy(CopyStatement)
  case explain(ExplainStatement)
  case listen(String)
  case notify(channel: String, payload: String?)
  /// nil is `*`.
  case unlisten(String?)
  case lockTable(LockStatement)
  case maintenance(MaintenanceStatement)
  case privileges(PrivilegeStatement)
  case role(RoleStatement)
  case comment(CommentStatement)

  // Definitions.
  case createTable(CreateTable)
  case createView(CreateView)
  case createSchema(CreateSchema)
  case createIndex(CreateIndex)
  case createFunction(CreateFunction)
  case alter(AlterStatement)
  case drop(DropStatement)
  case truncate(TruncateStatement)

  // The engine's.
  case query(QueryStatement)
  case insert(DataModification)
  case update(DataModification)
  case delete(DataModification)
  case merge(DataModification)

  /// Known, but not done here: the error says what to do instead. It is thrown when the statement's turn comes.
  case refused(SQLError)
}

/// Isolation, access mode and deferrability of a transaction.
package struct TransactionModes: Sendable, Equatable {
  /// `serializable`, `repeatable read`, `read committed` or `read uncommitted`.
  package var isolation: String?
  package var readOnly: Bool?
  package var deferrable: Bool?

  package init(isolation: String? = nil, readOnly: Bool? = nil, deferrable: Bool? = nil) {
    self.isolation = isolation
    self.readOnly = readOnly
    self.deferrable = deferrable
  }
}

/// `SET [SESSION | LOCAL] name = value, …`. `SET TIME ZONE`, `SET NAMES`, `SET ROLE`, `SET SCHEMA` and
/// `SET SESSION AUTHORIZATION` arrive here as `timezone`, `client_encoding`, `role`, `search_path` and
/// `session_authorization`.
package struct SetStatement: Sendable, Equatable {
  package enum Value: Sendable, Equatable {
    /// A bare or quoted name, folded if bare.
    case identifier(String)
    case string(String)
    /// Sign included.
    case number(String)

    /// The value without its kind.
    package var text: String {
      switch self {
      case .identifier(let text), .string(let text), .number(let text): text
      }
    }
  }
  package var name: String
  /// nil is `DEFAULT`.
  package var values: [Value]?
  package var isLocal: Bool

  /// The setting's new value as PostgreSQL shows it: the parts of a list joined by `, `.
  package var text: String? {
    guard let values else { return nil }
    if values.count == 1 { return values[0].text }
    return values.map(\.text).joined(separator: ", ")
  }
}

package enum DiscardTarget: Sendable { case all, plans, sequences, temporary }

/// `DECLARE name CURSOR FOR query`.
package struct DeclareCursor: Sendable {
  package var name: String
  package var isBinary: Bool
  /// nil: not said.
  package var scroll: Bool?
  package var withHold: Bool
  package var isInsensitive: Bool
  package var query: ParsedStatement
}

/// `FETCH` or `MOVE`.
package struct FetchStatement: Sendable, Equatable {
  package enum Direction: Sendable, Equatable {
    /// Rows onward; negative goes back; 0 is the current row again.
    case forward(Int)
    case forwardAll
    case backwardAll
    /// A row counted from the start, or from the end if negative.
    case absolute(Int)
    case relative(Int)
    case first
    case last
  }
  package var isMove: Bool
  package var direction: Direction
  package var cursor: String
}

/// `PREPARE name (types) AS statement`.
package struct PrepareStatement: Sendable {
  package var name: String
  /// As written, in order.
  package var types: [String]
  package var statement: ParsedStatement
}

/// `EXECUTE name (arguments)`.
package struct ExecuteStatement: Sendable {
  package var name: String
  /// Each argument as a query, `SELECT expression`, for `SQLScript`, `Guard` and `Rewriter`.
  package var arguments: [String]
}

/// `EXPLAIN`, PostgreSQL's options understood.
package struct ExplainStatement: Sendable {
  package enum Format: String, Sendable { case text, json, xml, yaml }
  package var analyze: Bool
  package var verbose: Bool
  package var format: Format
  package var statement: ParsedStatement
}

package struct LockStatement: Sendable {
  package var tables: [QualifiedName]
  package var mode: String
  package var noWait: Bool
}

/// `VACUUM`, `ANALYZE`, `REINDEX`, `CLUSTER`, `CHECKPOINT`, `REFRESH`: nothing of it is the client's business here.
package struct MaintenanceStatement: Sendable {
  package enum Kind: String, Sendable { case vacuum, analyze, reindex, cluster, checkpoint }
  package var kind: Kind
  package var tables: [QualifiedName]
}

/// `GRANT`, `REVOKE`, `ALTER DEFAULT PRIVILEGES`.
package struct PrivilegeStatement: Sendable {
  package var isGrant: Bool
  package var isDefault: Bool
  /// Folded, `all` for all of them; names of roles in a grant of roles.
  package var privileges: [String]
  /// `table`, `schema`, `database`, `sequence`, `function`, …; nil in a grant of roles.
  package var objectKind: String?
  package var objects: [QualifiedName]
  package var roles: [String]
}

/// `CREATE`, `ALTER`, `DROP` of `ROLE`, `USER`, `GROUP`.
package struct RoleStatement: Sendable {
  package enum Action: Sendable { case create, alter, drop }
  package var action: Action
  package var isUser: Bool
  package var names: [String]
  package var ifExists: Bool
  /// nil: not said; `.some(nil)`: `PASSWORD NULL`.
  package var password: String??
  /// `superuser`, `nologin`, `createdb`, … folded.
  package var options: [String]
}

/// `COMMENT ON …`.
package struct CommentStatement: Sendable {
  /// `table`, `view`, `column`, `schema`, `database`, `index`, `constraint`, …
  package var objectKind: String
  package var object: QualifiedName
  /// The column of `COMMENT ON COLUMN`; `object` is its table then.
  package var column: String?
  /// nil removes the comment.
  package var comment: String?
}

/// `SELECT`, `VALUES`, `TABLE`, `FROM …`, `PIVOT`, `DESCRIBE`, `SUMMARIZE`.
package struct QueryStatement: Sendable {
  /// `FOR UPDATE`, `FOR SHARE` and their kin were asked for.
  package var locksRows = false
  /// `WITH x AS (INSERT …)` and the like.
  package var modifiesData = false
}

/// `INSERT`, `UPDATE`, `DELETE`, `MERGE`.
package struct DataModification: Sendable {
  package var table: QualifiedName
  package var hasReturning: Bool
  package var hasOnConflict: Bool
  /// A `WITH` before it, or inside it, changes data too.
  package var modifiesDataInWith: Bool
  /// Where an INSERT without a list of columns could have one, as a byte of the source.
  package var listPosition: Int?
}
