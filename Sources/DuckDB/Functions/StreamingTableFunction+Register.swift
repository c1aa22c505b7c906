import CDuckDB

extension Connection {
  /// Makes a streaming table function known to the whole database.
  package func register(_ function: StreamingTableFunction) throws(DuckDBError) {
    try unsafe registerTableFunction(function.name, function.parameters, StreamingBody(function)) { handle in
      // Safe: the callbacks read what the ones before them wrote.
      unsafe duckdb_table_function_set_bind(handle, bindSource)
      unsafe duckdb_table_function_set_init(handle, initSource)
      unsafe duckdb_table_function_set_local_init(handle, initSourceThread)
      unsafe duckdb_table_function_set_function(handle, writeSource)
    }
  }
}

private final class StreamingBody {
  let function: StreamingTableFunction
  init(_ function: StreamingTableFunction) { self.function = function }
}

private final class BoundSource {
  let source: any ChunkSource
  let types: [LogicalType]

  init(_ source: any ChunkSource) {
    self.source = source
    types = source.columns.map(\.type)
  }
}

/// What one thread keeps.
private final class SourceThread {
  let state: AnyObject?
  init(_ state: AnyObject?) { self.state = state }
}

private let bindSource: duckdb_table_function_bind_t = { info in
  // Safe: the library calls this with the object that register gave it.
  let body = unsafe object(duckdb_bind_get_extra_info(info), as: StreamingBody.self)
  do {
    let call = try unsafe TableFunctionCall(
      connectionID: bindConnectionID(info), arguments: bindArguments(info), columns: [])
    let bound = BoundSource(try body.function.open(call))
    for column in bound.source.columns {
      unsafe column.type.withHandle { unsafe duckdb_bind_add_result_column(info, column.name, $0) }
    }
    unsafe duckdb_bind_set_bind_data(info, retainedPointer(bound), releaseObject)
  } catch {
    unsafe duckdb_bind_set_error(info, callbackMessage(error))
  }
}

private let initSource: duckdb_table_function_init_t = { info in
  // Safe: the library calls this with the object that bindSource gave it.
  let bound = unsafe object(duckdb_init_get_bind_data(info), as: BoundSource.self)
  unsafe duckdb_init_set_max_threads(info, idx_t(max(1, bound.source.maximumThreads)))
}

private let initSourceThread: duckdb_table_function_init_t = { info in
  // Safe: the library calls this with the object that bindSource gave it.
  let bound = unsafe object(duckdb_init_get_bind_data(info), as: BoundSource.self)
  do {
    let thread = SourceThread(try bound.source.makeThreadState())
    unsafe duckdb_init_set_init_data(info, retainedPointer(thread), releaseObject)
  } catch {
    unsafe duckdb_init_set_error(info, callbackMessage(error))
  }
}

private let writeSource: duckdb_table_function_t = { info, chunk in
  // Safe: the library calls this with the objects that bindSource and initSourceThread gave it.
  let bound = unsafe object(duckdb_function_get_bind_data(info), as: BoundSource.self)
  let thread = unsafe object(duckdb_function_get_local_init_data(info), as: SourceThread.self)
  var writer = unsafe ChunkWriter(chunk, types: bound.types)
  do {
    let count = try bound.source.nextChunk(into: &writer, threadState: thread.state)
    precondition(count >= 0 && count <= writer.capacity, "\(count) rows in a chunk")
    unsafe duckdb_data_chunk_set_size(chunk, idx_t(count))
  } catch {
    unsafe duckdb_function_set_error(info, callbackMessage(error))
  }
}
