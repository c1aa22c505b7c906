/// What DuckDB said went wrong.
package struct DuckDBError: Error, Hashable, Sendable {
  /// DuckDB's class of the error.
  package var type: DuckDBErrorType
  /// The sentence alone: without the `… Error:` in front and the `LINE n:` part behind.
  package var message: String
  /// The message as DuckDB gave it.
  package var rawMessage: String
  /// Where in the statement, as an offset in UTF-8 bytes from its start; nil when DuckDB does not say.
  package var position: Int?
  /// What DuckDB adds for programs, such as `error_subtype` (`COLUMN_NOT_FOUND`), `name`, `candidates`.
  package var details: [String: String]

  package init(
    type: DuckDBErrorType, message: String, rawMessage: String? = nil, position: Int? = nil,
    details: [String: String] = [:]
  ) {
    self.type = type
    self.message = message
    self.rawMessage = rawMessage ?? "\(type.name) Error: \(message)"
    self.position = position
    self.details = details
  }
}

extension DuckDBError: CustomStringConvertible {
  package var description: String { rawMessage }
}
