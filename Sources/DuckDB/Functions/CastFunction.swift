import CDuckDB

/// One call of a cast: some rows.
@safe
package struct CastCall {
  private let info: duckdb_function_info?
  private let output: duckdb_vector?
  package let rowCount: Int
  /// The values to cast. Those of NULL rows must not be read; their result is NULL.
  package let input: Vector
  fileprivate private(set) var failed = false

  fileprivate init(
    info: duckdb_function_info?, output: duckdb_vector?, rowCount: Int, input: Vector
  ) {
    // Safe: all belong to the callback that this value lives in.
    unsafe self.info = info
    unsafe self.output = output
    self.rowCount = rowCount
    self.input = input
  }

  /// Says that a row can't be cast: TRY_CAST makes it NULL, CAST ends the statement with the message.
  package mutating func fail(_ message: String, row: Int) {
    failed = true
    // Safe: called inside of the callback.
    unsafe duckdb_cast_function_set_row_error(info, message, idx_t(row), output)
  }
}

/// How values of one type become values of another.
package struct CastFunction: Sendable {
  package typealias Body = @Sendable (inout CastCall, inout VectorWriter) throws -> Void

  package let source: LogicalType
  package let target: LogicalType
  /// What an implicit cast costs, for the choice between overloads (DuckDB's own lie around 100); nil when
  /// the cast must be written.
  package let implicitCost: Int64?
  package let body: Body

  /// - Parameter body: writes a value for each row that is not NULL, or says `fail`. Called on any thread.
  package init(
    from source: LogicalType, to target: LogicalType, implicitCost: Int64? = nil, body: @escaping Body
  ) {
    self.source = source
    self.target = target
    self.implicitCost = implicitCost
    self.body = body
  }
}

extension Connection {
  /// Makes a cast known to the whole database.
  package func register(_ function: CastFunction) throws(DuckDBError) {
    // Safe: the description is created, filled and freed here; the library copies it when it registers it.
    var handle = unsafe duckdb_create_cast_function()
    defer { unsafe duckdb_destroy_cast_function(&handle) }
    unsafe function.source.withHandle { unsafe duckdb_cast_function_set_source_type(handle, $0) }
    unsafe function.target.withHandle { unsafe duckdb_cast_function_set_target_type(handle, $0) }
    if let cost = function.implicitCost {
      unsafe duckdb_cast_function_set_implicit_cast_cost(handle, cost)
    }
    unsafe duckdb_cast_function_set_extra_info(
      handle, retainedPointer(CastFunctionBody(function)), releaseObject)
    unsafe duckdb_cast_function_set_function(handle, callCast)
    guard unsafe duckdb_register_cast_function(self.handle, handle) == DuckDBSuccess else {
      throw DuckDBError(
        type: .catalog,
        message: "no cast from \(function.source.sqlName) to \(function.target.sqlName) can be registered")
    }
  }

  /// Makes the name of an `.alias` type known to the whole database.
  package func register(_ type: LogicalType) throws(DuckDBError) {
    guard case .alias(let name, _) = type else {
      throw DuckDBError(type: .invalidInput, message: "\(type.sqlName) has no name of its own")
    }
    // Safe: the library copies the type.
    let state = unsafe type.withHandle { unsafe duckdb_register_logical_type(handle, $0, nil) }
    guard state == DuckDBSuccess else {
      throw DuckDBError(type: .catalog, message: "the type \(name) can't be registered")
    }
  }
}

private final class CastFunctionBody {
  let function: CastFunction
  init(_ function: CastFunction) { self.function = function }
}

private let callCast: duckdb_cast_function_t = { info, count, input, output in
  // Safe: the library calls this with the object that register gave it.
  let function = unsafe object(
    duckdb_cast_function_get_extra_info(info), as: CastFunctionBody.self
  ).function
  var call = unsafe CastCall(
    info: info, output: output, rowCount: Int(count),
    input: Vector(handle: input, type: function.source))
  var writer = unsafe VectorWriter(handle: output, type: function.target)
  do {
    try function.body(&call, &writer)
  } catch {
    unsafe duckdb_cast_function_set_error(info, callbackMessage(error))
    return false
  }
  if call.input.hasNulls {
    for row in 0..<call.rowCount where !call.input.isValid(row) { writer.setNull(row) }
  }
  return !call.failed
}
