import CDuckDB

/// One call of a scalar function: up to 2048 rows at a time.
package struct ScalarCall {
  /// The `id` of the connection that the statement runs on.
  package let connectionID: UInt64
  /// The arguments, a column each.
  package let arguments: DataChunk

  package var rowCount: Int { arguments.rowCount }
}

/// A function from a row's values to a value.
package struct ScalarFunction: Sendable {
  package typealias Body = @Sendable (ScalarCall, inout VectorWriter) throws -> Void

  package let name: String
  package let parameters: [LogicalType]
  package let returns: LogicalType
  /// Whether the same arguments can give another result; such a call is never computed ahead.
  package let isVolatile: Bool
  /// Whether rows with a NULL argument reach the body. Otherwise their result is NULL, whatever the body does.
  package let takesNulls: Bool
  package let body: Body

  /// - Parameter body: writes a value for each row; called on any thread, from several at once. It must not
  ///   read the values of NULL rows (`Vector.isValid`). An error that it throws ends the statement.
  package init(
    name: String, parameters: [LogicalType], returns: LogicalType, isVolatile: Bool = false,
    takesNulls: Bool = false, body: @escaping Body
  ) {
    self.name = name
    self.parameters = parameters
    self.returns = returns
    self.isVolatile = isVolatile
    self.takesNulls = takesNulls
    self.body = body
  }
}

extension Connection {
  /// Makes a scalar function known to the whole database. Another one of the same name with other parameters
  /// is an overload.
  package func register(_ function: ScalarFunction) throws(DuckDBError) {
    // Safe: the description is created, filled and freed here; the library copies it when it registers it.
    var handle = unsafe duckdb_create_scalar_function()
    defer { unsafe duckdb_destroy_scalar_function(&handle) }
    unsafe duckdb_scalar_function_set_name(handle, function.name)
    for parameter in function.parameters {
      unsafe parameter.withHandle { unsafe duckdb_scalar_function_add_parameter(handle, $0) }
    }
    unsafe function.returns.withHandle { unsafe duckdb_scalar_function_set_return_type(handle, $0) }
    if function.isVolatile { unsafe duckdb_scalar_function_set_volatile(handle) }
    if function.takesNulls { unsafe duckdb_scalar_function_set_special_handling(handle) }
    unsafe duckdb_scalar_function_set_extra_info(
      handle, retainedPointer(ScalarFunctionBody(function)), releaseObject)
    unsafe duckdb_scalar_function_set_bind(handle, bindScalar)
    unsafe duckdb_scalar_function_set_function(handle, callScalar)
    guard unsafe duckdb_register_scalar_function(self.handle, handle) == DuckDBSuccess else {
      throw DuckDBError(type: .catalog, message: "the function \(function.name) can't be registered")
    }
  }
}

private final class ScalarFunctionBody {
  let function: ScalarFunction
  init(_ function: ScalarFunction) { self.function = function }
}

/// What is known once a call is planned.
private final class BoundScalar {
  let connectionID: UInt64
  init(connectionID: UInt64) { self.connectionID = connectionID }
}

private let bindScalar: duckdb_scalar_function_bind_t = { info in
  var context: duckdb_client_context?
  // Safe: called by the library with a call that is being planned.
  unsafe duckdb_scalar_function_get_client_context(info, &context)
  let bound = unsafe BoundScalar(connectionID: connectionID(context))
  unsafe duckdb_scalar_function_set_bind_data(info, retainedPointer(bound), releaseObject)
  unsafe duckdb_scalar_function_set_bind_data_copy(info) { pointer in
    // Safe: the copy is the same immutable object with one more reference.
    unsafe retainedPointer(object(pointer, as: BoundScalar.self))
  }
}

private let callScalar: duckdb_scalar_function_t = { info, input, output in
  // Safe: the library calls this with the objects that register and bindScalar gave it.
  let function = unsafe object(
    duckdb_scalar_function_get_extra_info(info), as: ScalarFunctionBody.self
  ).function
  let bound = unsafe object(duckdb_scalar_function_get_bind_data(info), as: BoundScalar.self)
  guard let input = unsafe input else { return }
  let arguments = unsafe DataChunk(borrowing: input, types: function.parameters)
  var writer = unsafe VectorWriter(handle: output, type: function.returns)
  do {
    try function.body(ScalarCall(connectionID: bound.connectionID, arguments: arguments), &writer)
  } catch {
    unsafe duckdb_scalar_function_set_error(info, callbackMessage(error))
    return
  }
  guard !function.takesNulls else { return }
  for column in 0..<arguments.columnCount {
    arguments.withVector(column) { vector in
      guard vector.hasNulls else { return }
      for row in 0..<arguments.rowCount where !vector.isValid(row) { writer.setNull(row) }
    }
  }
}
