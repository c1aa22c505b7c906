import CDuckDB
import Synchronization

extension Connection {
  /// Makes a table function known to the whole database.
  package func register(_ function: TableFunction) throws(DuckDBError) {
    try unsafe registerTableFunction(function.name, function.parameters, TableFunctionBody(function)) {
      handle in
      // Safe: the callbacks read what the ones before them wrote.
      unsafe duckdb_table_function_set_bind(handle, bindRows)
      unsafe duckdb_table_function_set_init(handle, initRows)
      unsafe duckdb_table_function_set_function(handle, writeRows)
      unsafe duckdb_table_function_supports_projection_pushdown(handle, true)
    }
  }

  func registerTableFunction(
    _ name: String, _ parameters: [LogicalType], _ body: AnyObject,
    _ configure: (duckdb_table_function?) -> Void
  ) throws(DuckDBError) {
    // Safe: the description is created, filled and freed here; the library copies it when it registers it.
    var handle = unsafe duckdb_create_table_function()
    defer { unsafe duckdb_destroy_table_function(&handle) }
    unsafe duckdb_table_function_set_name(handle, name)
    for parameter in parameters {
      unsafe parameter.withHandle { unsafe duckdb_table_function_add_parameter(handle, $0) }
    }
    unsafe duckdb_table_function_set_extra_info(handle, retainedPointer(body), releaseObject)
    unsafe configure(handle)
    guard unsafe duckdb_register_table_function(self.handle, handle) == DuckDBSuccess else {
      throw DuckDBError(type: .catalog, message: "the table function \(name) can't be registered")
    }
  }
}

/// What all calls of a function share.
private final class TableFunctionBody {
  let function: TableFunction
  init(_ function: TableFunction) { self.function = function }
}

/// What is known once a call is planned.
private final class BoundRows {
  let function: TableFunction
  let connectionID: UInt64
  let arguments: [Value]

  init(_ function: TableFunction, _ info: duckdb_bind_info?) throws(DuckDBError) {
    self.function = function
    connectionID = unsafe bindConnectionID(info)
    arguments = try unsafe bindArguments(info)
  }
}

/// A running call.
private final class RunningRows {
  let rows: ColumnarRows
  /// Which of the rows' columns the chunk's columns are.
  let projection: [Int]
  let types: [LogicalType]
  let next = Atomic<Int>(0)

  init(_ rows: ColumnarRows, projection: [Int], types: [LogicalType]) {
    self.rows = rows
    self.projection = projection
    self.types = types
  }
}

func bindConnectionID(_ info: duckdb_bind_info?) -> UInt64 {
  var context: duckdb_client_context?
  // Safe: called inside of a bind callback.
  unsafe duckdb_table_function_get_client_context(info, &context)
  return unsafe connectionID(context)
}

func bindArguments(_ info: duckdb_bind_info?) throws(DuckDBError) -> [Value] {
  var arguments: [Value] = []
  // Safe: called inside of a bind callback; each value is freed after it was read.
  for index in 0..<(unsafe duckdb_bind_get_parameter_count(info)) {
    var value = unsafe duckdb_bind_get_parameter(info, index)
    defer { unsafe duckdb_destroy_value(&value) }
    arguments.append(try unsafe Value(reading: value))
  }
  return arguments
}

private let bindRows: duckdb_table_function_bind_t = { info in
  // Safe: the library calls this with the object that register gave it.
  let body = unsafe object(duckdb_bind_get_extra_info(info), as: TableFunctionBody.self)
  do {
    let bound = try unsafe BoundRows(body.function, info)
    for column in body.function.columns {
      unsafe column.type.withHandle { unsafe duckdb_bind_add_result_column(info, column.name, $0) }
    }
    unsafe duckdb_bind_set_bind_data(info, retainedPointer(bound), releaseObject)
  } catch {
    unsafe duckdb_bind_set_error(info, callbackMessage(error))
  }
}

private let initRows: duckdb_table_function_init_t = { info in
  // Safe: the library calls this with the object that bindRows gave it.
  let bound = unsafe object(duckdb_init_get_bind_data(info), as: BoundRows.self)
  let function = bound.function
  let projection = unsafe (0..<duckdb_init_get_column_count(info)).map { index in
    unsafe Int(truncatingIfNeeded: duckdb_init_get_column_index(info, index))
  }
  do {
    let rows = try function.rows(
      TableFunctionCall(
        connectionID: bound.connectionID, arguments: bound.arguments,
        columns: Set(projection.filter(function.columns.indices.contains))))
    guard rows.columns.count == function.columns.count,
      rows.columns.allSatisfy({ $0.count == rows.rowCount })
    else {
      throw DuckDBError(type: .internal, message: "\(function.name) gave columns of different lengths")
    }
    // A number that is no column stands for "no column needed", as in count(*).
    let types = projection.map {
      function.columns.indices.contains($0) ? function.columns[$0].type : .invalid
    }
    let running = RunningRows(rows, projection: projection, types: types)
    unsafe duckdb_init_set_init_data(info, retainedPointer(running), releaseObject)
  } catch {
    unsafe duckdb_init_set_error(info, callbackMessage(error))
  }
}

private let writeRows: duckdb_table_function_t = { info, chunk in
  // Safe: the library calls this with the object that initRows gave it.
  let running = unsafe object(duckdb_function_get_init_data(info), as: RunningRows.self)
  var writer = unsafe ChunkWriter(chunk, types: running.types)
  let start = running.next.add(writer.capacity, ordering: .relaxed).oldValue
  let count = max(0, min(writer.capacity, running.rows.rowCount - start))
  do {
    for (index, column) in running.projection.enumerated() where running.types[index] != .invalid {
      try running.rows.columns[column].write(from: start, count: count, to: &writer.columns[index])
    }
    unsafe duckdb_data_chunk_set_size(chunk, idx_t(count))
  } catch {
    unsafe duckdb_function_set_error(info, callbackMessage(error))
  }
}
