/// DuckDB's classes of errors, with the numbers of `duckdb_error_type` in duckdb.h 1.5.5.
package enum DuckDBErrorType: UInt32, Sendable, CaseIterable {
  case invalid = 0
  case outOfRange = 1
  case conversion = 2
  case unknownType = 3
  case decimal = 4
  case mismatchType = 5
  case divideByZero = 6
  case objectSize = 7
  case invalidType = 8
  case serialization = 9
  case transaction = 10
  case notImplemented = 11
  case expression = 12
  case catalog = 13
  case parser = 14
  case planner = 15
  case scheduler = 16
  case executor = 17
  case constraint = 18
  case index = 19
  case stat = 20
  case connection = 21
  case syntax = 22
  case settings = 23
  case binder = 24
  case network = 25
  case optimizer = 26
  case nullPointer = 27
  case io = 28
  case interrupt = 29
  case fatal = 30
  case `internal` = 31
  case invalidInput = 32
  case outOfMemory = 33
  case permission = 34
  case parameterNotResolved = 35
  case parameterNotAllowed = 36
  case dependency = 37
  case http = 38
  case missingExtension = 39
  case autoload = 40
  case sequence = 41
  case invalidConfiguration = 42

  /// What DuckDB writes before ` Error: ` in messages of this type (exception.cpp of 1.5.5).
  package var name: String {
    switch self {
    case .invalid: "Invalid"
    case .outOfRange: "Out of Range"
    case .conversion: "Conversion"
    case .unknownType: "Unknown Type"
    case .decimal: "Decimal"
    case .mismatchType: "Mismatch Type"
    case .divideByZero: "Divide by Zero"
    case .objectSize: "Object Size"
    case .invalidType: "Invalid type"
    case .serialization: "Serialization"
    case .transaction: "TransactionContext"
    case .notImplemented: "Not implemented"
    case .expression: "Expression"
    case .catalog: "Catalog"
    case .parser: "Parser"
    case .planner: "Planner"
    case .scheduler: "Scheduler"
    case .executor: "Executor"
    case .constraint: "Constraint"
    case .index: "Index"
    case .stat: "Stat"
    case .connection: "Connection"
    case .syntax: "Syntax"
    case .settings: "Settings"
    case .binder: "Binder"
    case .network: "Network"
    case .optimizer: "Optimizer"
    case .nullPointer: "NullPointer"
    case .io: "IO"
    case .interrupt: "INTERRUPT"
    case .fatal: "FATAL"
    case .internal: "INTERNAL"
    case .invalidInput: "Invalid Input"
    case .outOfMemory: "Out of Memory"
    case .permission: "Permission"
    case .parameterNotResolved: "Parameter Not Resolved"
    case .parameterNotAllowed: "Parameter Not Allowed"
    case .dependency: "Dependency"
    case .http: "HTTP"
    case .missingExtension: "Missing Extension"
    case .autoload: "Extension Autoloading"
    case .sequence: "Sequence"
    case .invalidConfiguration: "Invalid Configuration"
    }
  }

  private static let byName: [String: DuckDBErrorType] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.name.lowercased(), $0) })

  /// The type whose messages start with `name`, whatever the case of its letters.
  package init?(name: String) {
    guard let type = Self.byName[name.lowercased()] else { return nil }
    self = type
  }
}
