import CDuckDB

/// Up to 2048 rows, stored column by column.
@safe
package final class DataChunk: @unchecked Sendable {
  // Unchecked: filled before it is handed out and only read afterwards.
  let handle: duckdb_data_chunk
  private let owned: Bool
  /// The types of the columns.
  package let types: [LogicalType]
  package let rowCount: Int

  /// Takes a chunk over and frees it in the end.
  init(taking handle: duckdb_data_chunk, types: [LogicalType]) {
    // Safe: the caller gives the chunk away.
    unsafe self.handle = handle
    self.types = types
    owned = true
    rowCount = unsafe Int(duckdb_data_chunk_get_size(handle))
  }

  /// Borrows a chunk that belongs to the library, inside of a callback.
  init(borrowing handle: duckdb_data_chunk, types: [LogicalType]) {
    // Safe: callers use the object only until their callback returns.
    unsafe self.handle = handle
    self.types = types
    owned = false
    rowCount = unsafe Int(duckdb_data_chunk_get_size(handle))
  }

  /// Makes a chunk of up to 2048 rows; `fill` writes them and says how many.
  package convenience init<Failure: Error>(
    types: [LogicalType], fill: (inout ChunkWriter) throws(Failure) -> Int
  ) throws(Failure) {
    var handles = unsafe types.map { unsafe $0.makeHandle() }
    defer {
      for index in unsafe handles.indices { unsafe duckdb_destroy_logical_type(&handles[index]) }
    }
    // Safe: the library copies the types; the new object, or the error path, frees the chunk.
    guard let chunk = unsafe duckdb_create_data_chunk(&handles, idx_t(types.count)) else {
      preconditionFailure("the library makes no chunk of \(types)")
    }
    var writer = unsafe ChunkWriter(chunk, types: types)
    let count: Int
    do throws(Failure) {
      count = try fill(&writer)
    } catch {
      var chunk: duckdb_data_chunk? = unsafe chunk
      unsafe duckdb_destroy_data_chunk(&chunk)
      throw error
    }
    precondition(count >= 0 && count <= writer.capacity, "\(count) rows in a chunk")
    unsafe duckdb_data_chunk_set_size(chunk, idx_t(count))
    unsafe self.init(taking: chunk, types: types)
  }

  deinit {
    guard owned else { return }
    // Safe: this object is the only owner.
    var handle: duckdb_data_chunk? = unsafe handle
    unsafe duckdb_destroy_data_chunk(&handle)
  }

  package var columnCount: Int { types.count }

  /// Lends a column. The vector and its pointers must not outlive the closure.
  package func withVector<Result, Failure: Error>(
    _ column: Int, _ body: (Vector) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(column >= 0 && column < types.count, "column \(column) of \(types.count)")
    // Safe: the index was checked, and self keeps the chunk alive until the closure returns.
    let vector = unsafe Vector(
      handle: duckdb_data_chunk_get_vector(handle, idx_t(column)), type: types[column])
    defer { withExtendedLifetime(self) {} }
    return try body(vector)
  }

  /// Lends all columns. The vectors and their pointers must not outlive the closure.
  package func withVectors<Result, Failure: Error>(
    _ body: ([Vector]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Safe: there is a vector for each type, and self keeps the chunk alive until the closure returns.
    let vectors = types.enumerated().map { index, type in
      unsafe Vector(handle: duckdb_data_chunk_get_vector(handle, idx_t(index)), type: type)
    }
    defer { withExtendedLifetime(self) {} }
    return try body(vectors)
  }
}
