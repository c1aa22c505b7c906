/// `CREATE TABLE`, with or without a query.
package struct CreateTable: Sendable {
  package enum OnCommit: Sendable { case preserveRows, deleteRows, drop }
  package var name: QualifiedName
  package var ifNotExists = false
  package var orReplace = false
  package var isTemporary = false
  package var onCommit: OnCommit?
  /// `CREATE TABLE AS`, `SELECT INTO`.
  package var isFromQuery = false
  package var withNoData = false
  package var columns: [ColumnDefinition] = []
  /// Keys, checks and references: recorded, never enforced. Not in the engine's text.
  package var constraints: [TableConstraint] = []
  /// `LIKE` clauses.
  package var likes: [QualifiedName] = []
  /// Expressions of `PARTITION BY`, `PARTITIONED BY` as SQL, to be set by ALTER TABLE after the creation.
  package var partitionKeys: [String] = []
  package var unloggedOrStorageIgnored = false
  /// Tokens that the engine must not see.
  var removals: [Range<Int>] = []
  /// The tokens of the columns' types.
  var typeTokens: [Range<Int>] = []
  /// The query of CREATE TABLE AS without `WITH [NO] DATA`.
  var queryTokens: Range<Int> = 0..<0
}

/// A column of `CREATE TABLE`, of `ALTER TABLE ADD COLUMN`.
package struct ColumnDefinition: Sendable, Equatable {
  package var name: String
  /// As written; empty in `CREATE TABLE … AS`.
  package var type: String
  package var isNotNull = false
  /// The default's expression as written.
  package var defaultExpression: String?
}

/// A constraint that is recorded, shown in the catalogs, and not enforced.
package struct TableConstraint: Sendable, Equatable {
  package enum Kind: String, Sendable { case primaryKey, unique, foreignKey, check, exclusion }
  package var kind: Kind
  /// nil: to be made up as PostgreSQL does (`t_pkey`, `t_a_key`, `t_a_fkey`, `t_a_check`).
  package var name: String?
  package var columns: [String] = []
  package var referencedTable: QualifiedName?
  package var referencedColumns: [String] = []
  /// `NO ACTION`, `CASCADE`, …
  package var onDelete: String?
  package var onUpdate: String?
  /// The condition of `CHECK` as written, without its parentheses.
  package var expression: String?
  package var isDeferrable = false
  package var isInitiallyDeferred = false
  /// `NOT VALID`.
  package var isNotValid = false
  /// The name of `UNIQUE USING INDEX i`.
  package var usingIndex: String?

  package init(kind: Kind, name: String? = nil) {
    self.kind = kind
    self.name = name
  }
}

package struct CreateView: Sendable {
  package var name: QualifiedName
  package var orReplace: Bool
  package var ifNotExists: Bool
  package var isTemporary: Bool
  package var columns: [String]
  var removals: [Range<Int>] = []
}

package struct CreateSchema: Sendable {
  /// nil in `CREATE SCHEMA AUTHORIZATION role`: the role's name is the schema's.
  package var name: String
  package var ifNotExists: Bool
  package var owner: String?
}

/// `CREATE INDEX`: recorded, shown, never built.
package struct CreateIndex: Sendable {
  /// nil: to be made up.
  package var name: String?
  package var table: QualifiedName
  package var isUnique: Bool
  package var ifNotExists: Bool
  package var method: String
  /// Each key as written: a column, or an expression.
  package var keys: [String]
  package var included: [String]
  package var predicate: String?
}

/// `CREATE MACRO`; `CREATE FUNCTION` only in DuckDB's form (`f(x) AS expression`).
package struct CreateFunction: Sendable {
  package var name: QualifiedName
  package var orReplace: Bool
  package var ifNotExists: Bool
  package var isTemporary: Bool
}

/// `ALTER TABLE`, `ALTER VIEW`, `ALTER SCHEMA`, `ALTER INDEX`, …
package struct AlterStatement: Sendable {
  package enum Action: Sendable {
    /// Goes to the engine as an ALTER TABLE of its own.
    case engine
    /// `ALTER COLUMN … TYPE`; goes to the engine too. The type as written.
    case changeType(column: String, type: String)
    /// The new column, and the constraints that came with it.
    case addColumn(ColumnDefinition, [TableConstraint])
    case addConstraint(TableConstraint)
    case dropConstraint(name: String, ifExists: Bool)
    case renameConstraint(from: String, to: String)
    case validateConstraint(String)
    case renameColumn(from: String, to: String)
    case dropColumn(name: String, ifExists: Bool)
    /// `RENAME TO`.
    case rename(to: String)
    case setSchema(String)
    case ownerTo(String)
    /// Storage, statistics, triggers, replica identity, …: nothing to do.
    case ignored(String)
    case refused(SQLError)
  }
  /// `table`, `view`, `schema`, `index`, `sequence`, `database`, …
  package var objectKind: String
  package var name: QualifiedName
  package var ifExists: Bool
  package var actions: [Action]
  /// The tokens of each action, and of its parts that the engine must not see.
  var actionTokens: [Range<Int>] = []
  var removals: [Range<Int>] = []
  var typeTokens: [Range<Int>] = []
  var nameTokens: Range<Int> = 0..<0
}

package struct DropStatement: Sendable {
  /// `table`, `view`, `schema`, `index`, `function`, `macro`, `type`, `sequence`, …
  package var objectKind: String
  package var names: [QualifiedName]
  package var ifExists: Bool
  package var cascade: Bool
  var nameTokens: [Range<Int>] = []
}

package struct TruncateStatement: Sendable {
  package var tables: [QualifiedName]
  package var restartIdentity: Bool
  package var cascade: Bool
  var nameTokens: [Range<Int>] = []
}
