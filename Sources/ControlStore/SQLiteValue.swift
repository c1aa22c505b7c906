import CSQLite

/// A value of SQLite.
enum SQLiteValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
  init(_ flag: Bool) { self = .integer(flag ? 1 : 0) }

  /// A column of the row that `statement` stands on.
  init(_ statement: OpaquePointer, column: Int32) {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = unsafe .integer(sqlite3_column_int64(statement, column))
    case SQLITE_NULL: self = .null
    case SQLITE_BLOB:
      let start = unsafe sqlite3_column_blob(statement, column)
      let count = unsafe Int(sqlite3_column_bytes(statement, column))
      // The bytes live until the next step and are copied.
      self = unsafe .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
    default:
      let start = unsafe sqlite3_column_text(statement, column)
      let count = unsafe Int(sqlite3_column_bytes(statement, column))
      self = unsafe .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    }
  }

  func bind(to statement: OpaquePointer, at index: Int32) {
    // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch self {
    case .null: unsafe sqlite3_bind_null(statement, index)
    case .integer(let number): unsafe sqlite3_bind_int64(statement, index, number)
    case .text(let text): unsafe sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), transient)
    case .blob(let bytes): unsafe sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), transient)
    }
  }

  var integer: Int64 { if case .integer(let number) = self { number } else { 0 } }
  var flag: Bool { integer != 0 }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var bytes: [UInt8]? { if case .blob(let bytes) = self { bytes } else { nil } }
}
