/// Writes a statement anew for DuckDB, token by token.
package struct Rewriter: Sendable {
  /// What becomes of `$n`.
  package enum Parameters: Sendable {
    case asWritten
    /// The literal for each number, as SQL (`'x'::TEXT`, `42`, `NULL`). It is put in brackets where it must be.
    case literals([Int: String])
    /// `$n` becomes `$n::type`.
    case types([Int: String])
  }

  /// The name of the lake's database, which clients may write before a schema.
  package let database: String

  package init(database: String) {
    self.database = database
  }

  /// The engine's statements, to be run one after the other in one transaction. More than one for an ALTER TABLE with
  /// several actions, a DROP or TRUNCATE of several tables, a partitioned CREATE TABLE. None if there is nothing for
  /// the engine to do.
  package func rewrite(
    _ statement: ParsedStatement, parameters: Parameters = .asWritten
  ) throws(SQLError) -> [RewrittenSQL] {
    [RewrittenSQL(text: statement.text)]
  }
}
