/// An error or notice with every field of the protocol.
///
/// Source: PostgreSQL 15, chapter 55.8 "Error and Notice Message Fields".
package struct PostgresError: Error, Equatable, Sendable {
  /// How bad it is; the raw value is the word on the wire.
  package enum Severity: String, Sendable, CaseIterable {
    case error = "ERROR"
    case fatal = "FATAL"
    case panic = "PANIC"
    case warning = "WARNING"
    case notice = "NOTICE"
    case debug = "DEBUG"
    case info = "INFO"
    case log = "LOG"
  }

  /// How bad it is.
  package var severity: Severity
  /// The five-character code that clients act on.
  package var sqlState: SQLState
  /// One line that says what happened.
  package var message: String
  /// More about the problem.
  package var detail: String?
  /// What to do about it.
  package var hint: String?
  /// Where in the statement, in characters, counted from 1.
  package var position: Int?
  /// Where in `internalQuery`, in characters, counted from 1.
  package var internalPosition: Int?
  /// A statement that the server made itself.
  package var internalQuery: String?
  /// The context, one line for each level (field W).
  package var context: String?
  /// The schema, table, column, data type and constraint that the error is about.
  package var schema: String?
  package var table: String?
  package var column: String?
  package var dataType: String?
  package var constraint: String?
  /// Where the error was raised in the source of the server.
  package var file: String?
  package var line: Int?
  package var routine: String?

  /// An error with the fields that are nearly always given.
  package init(
    severity: Severity = .error, _ sqlState: SQLState, _ message: String, detail: String? = nil,
    hint: String? = nil, position: Int? = nil, context: String? = nil
  ) {
    self.severity = severity
    self.sqlState = sqlState
    self.message = message
    self.detail = detail
    self.hint = hint
    self.position = position
    self.context = context
  }

  /// The same error with another context line outside of those it has.
  package func adding(context line: String) -> PostgresError {
    var copy = self
    copy.context = context.map { $0 + "\n" + line } ?? line
    return copy
  }
}

extension PostgresError: CustomStringConvertible {
  package var description: String { "\(severity.rawValue): \(sqlState.code): \(message)" }
}
