package import DuckDB
import Lake
package import PostgresWire
import Sessions

extension PostgresError {
  /// What the engine said, as PostgreSQL would have said it. This is the one place where the engine's
  /// errors get their SQLSTATE.
  ///
  /// - Parameter position: where in the client's statement, in characters counted from 1.
  package init(_ error: DuckDBError, position: Int? = nil) {
    var error = error
    if error.isOfServer { error.message = Self.withoutFolders(error.message) }
    let message = error.message
    var result = Self.translated(error)
    result.position = position
    if result.detail == nil, let more = Self.candidates(in: message), result.hint == nil {
      result.hint = more
    }
    self = result
  }

  private static func translated(_ error: DuckDBError) -> PostgresError {
    if let failure = LakeFailure(error) {
      return PostgresError(
        SQLState(failure.sqlState) ?? .internalError, failure.message, detail: firstLine(error.message),
        hint: failure.hint)
    }
    if let own = raised(error.message) { return own }
    if error.type == .binder, let overload = overload(error.message) { return overload }
    for rule in ErrorRule.rules(for: error.type) {
      if let result = rule.apply(to: error.message) { return result }
    }
    return PostgresError(fallback(error.type), firstLine(error.message))
  }

  /// An error of the catalogs' own functions and macros, which put its SQLSTATE before it: `[22003] …`.
  private static func raised(_ message: String) -> PostgresError? {
    let bytes = Array(message.utf8.prefix(8))
    guard bytes.count == 8, bytes[0] == UInt8(ascii: "["), bytes[6] == UInt8(ascii: "]"),
      bytes[7] == UInt8(ascii: " ")
    else { return nil }
    let code = String(decoding: bytes[1..<6], as: UTF8.self)
    guard let state = SQLState(code) else { return nil }
    return PostgresError(state, firstLine(String(message.dropFirst(8))))
  }

  /// `No function matches … 'substring(INTEGER_LITERAL, …)'` as PostgreSQL says it.
  private static func overload(_ message: String) -> PostgresError? {
    let patterns = [
      MessagePattern("No function matches the given name and argument types '*'."),
      MessagePattern("Could not choose a best candidate function for the function call \"*\"."),
    ]
    for pattern in patterns {
      guard let call = pattern.match(message)?.first, let open = call.firstIndex(of: "(") else { continue }
      let name = call[..<open]
      let arguments = call[call.index(after: open)...].dropLast().split(separator: ",").map {
        ErrorRule.postgresName(ofType: String($0).trimmingBlanks)
      }
      if let symbol = name.first, !symbol.isLetter, symbol != "_", arguments.count == 2 {
        return PostgresError(
          .undefinedFunction, "operator does not exist: \(arguments[0]) \(name) \(arguments[1])",
          hint: "No operator matches the given name and argument types. "
            + "You might need to add explicit type casts.")
      }
      return PostgresError(
        .undefinedFunction, "function \(name)(\(arguments.joined(separator: ", "))) does not exist",
        hint: ErrorRule.functionHint)
    }
    return nil
  }

  private static func fallback(_ type: DuckDBErrorType) -> SQLState {
    switch type {
    case .parser, .syntax: .syntaxError
    case .binder, .planner, .expression: .syntaxErrorOrAccessRuleViolation
    case .catalog: .undefinedObject
    case .conversion, .mismatchType: .invalidTextRepresentation
    case .unknownType, .invalidType: .datatypeMismatch
    case .outOfRange, .decimal: .numericValueOutOfRange
    case .divideByZero: .divisionByZero
    case .constraint: .integrityConstraintViolation
    case .transaction: .invalidTransactionState
    case .notImplemented: .featureNotSupported
    case .permission: .insufficientPrivilege
    case .interrupt: .queryCanceled
    case .outOfMemory: .outOfMemory
    case .io, .http, .network: .ioError
    case .dependency: .dependentObjectsStillExist
    case .invalidInput: .invalidParameterValue
    case .objectSize, .parameterNotAllowed: .programLimitExceeded
    case .parameterNotResolved: .indeterminateDatatype
    case .settings, .invalidConfiguration: .invalidParameterValue
    case .missingExtension, .autoload: .featureNotSupported
    default: .internalError
    }
  }

  /// Paths in an error of the file system, cut to the names of their files: where the server keeps its data
  /// is not for clients.
  private static func withoutFolders(_ message: String) -> String {
    var result: [UInt8] = []
    var path: [UInt8] = []
    func isEnd(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x20 || byte == 0x3A }
    for byte in message.utf8 {
      if !path.isEmpty, !isEnd(byte) {
        if byte == UInt8(ascii: "/") { path = [byte] } else { path.append(byte) }
      } else if byte == UInt8(ascii: "/"), result.last.map(isEnd) ?? true {
        path = [byte]
      } else {
        result += path.dropFirst()
        path = []
        result.append(byte)
      }
    }
    return String(decoding: result + path.dropFirst(), as: UTF8.self)
  }

  private static func firstLine(_ message: String) -> String {
    message.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? message
  }

  /// DuckDB's `Did you mean "x"?`, where it points to something of the user's.
  private static func candidates(in message: String) -> String? {
    for line in message.split(separator: "\n").dropFirst() {
      let text = String(line).trimmingBlanks
      guard text.hasPrefix("Did you mean") || text.hasPrefix("Candidate bindings") else { continue }
      let isInternal = ["pg_", "information_schema", "duckdb_", "sqlite_"].contains { text.contains($0) }
      return isInternal ? nil : text
    }
    return nil
  }
}

extension DuckDBError {
  /// The statement failed before it ran, so that the engine's transaction is as it was.
  var isOfPlanning: Bool {
    switch type {
    case .binder, .catalog, .parser, .syntax: true
    default: false
    }
  }
}

extension DuckDBError {
  /// The server's own trouble rather than the statement's: for its log too.
  var isOfServer: Bool {
    switch type {
    case .io, .fatal, .internal, .http, .network: true
    default: false
    }
  }
}
