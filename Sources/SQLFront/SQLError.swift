/// Why a statement can't be taken, in PostgreSQL's terms.
package struct SQLError: Error, Sendable, Equatable {
  /// Five characters, e.g. `42601`.
  package var sqlState: String
  package var message: String
  package var detail: String?
  package var hint: String?
  /// Byte offset into the text that the client sent; `SQLScript.characterPosition` makes PostgreSQL's of it.
  package var position: Int?

  package init(
    _ sqlState: String, _ message: String, detail: String? = nil, hint: String? = nil, position: Int? = nil
  ) {
    self.sqlState = sqlState
    self.message = message
    self.detail = detail
    self.hint = hint
    self.position = position
  }

  static func syntax(_ message: String, at position: Int?) -> SQLError {
    SQLError("42601", message, position: position)
  }

  static func unsupported(_ message: String, hint: String? = nil, at position: Int? = nil) -> SQLError {
    SQLError("0A000", message, hint: hint, position: position)
  }

  static func denied(_ message: String, hint: String? = nil, at position: Int? = nil) -> SQLError {
    SQLError("42501", message, hint: hint, position: position)
  }
}
