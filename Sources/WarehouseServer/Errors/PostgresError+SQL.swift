import ControlStore
import Lake
import PostgresWire
import SQLFront

extension PostgresError {
  /// What the statement's own text has wrong with it.
  init(_ error: SQLError, source: LexedText?) {
    self.init(
      SQLState(error.sqlState) ?? .syntaxError, error.message, detail: error.detail, hint: error.hint,
      position: error.position.flatMap { position in source?.characterPosition(ofByte: position) })
  }

  /// What is wrong with a text that could not be split into statements.
  init(_ error: SQLError, text: String) {
    self.init(error, source: nil)
    position = error.position.map { offset in
      text.utf8.prefix(offset).reduce(into: 1) { count, byte in if byte & 0xC0 != 0x80 { count += 1 } }
    }
  }

  /// What the lake refused or could not do.
  init(_ error: LakeError) {
    self.init(error.sqlState.flatMap(SQLState.init) ?? .internalError, error.message, hint: error.hint)
  }
}

extension PostgresError {
  /// What the control store refused or could not do.
  init(_ error: ControlStoreError) {
    let state: SQLState =
      switch error.code {
      case .alreadyExists: .duplicateObject
      case .notFound: .undefinedObject
      default: .ioError
      }
    self.init(state, error.message)
  }
}
