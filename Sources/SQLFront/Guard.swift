/// Decides whether a statement may reach the engine. Whatever is not known to be harmless is refused.
package struct Guard: Sendable {
  /// The engine's own functions (`duckdb_functions()`), taken when the server starts: `tableFunctions` are its table
  /// functions, pragmas and table macros, `scalarFunctions` all others.
  package init(tableFunctions: [String], scalarFunctions: [String]) {}

  /// Throws 42501 or 0A000 if the statement may not run.
  package func check(_ statement: ParsedStatement) throws(SQLError) {}
}
