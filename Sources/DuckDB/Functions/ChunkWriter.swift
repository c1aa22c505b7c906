import CDuckDB

/// A chunk that is being filled. Must not outlive the callback that got it.
@safe
package struct ChunkWriter {
  /// How many rows fit.
  package let capacity: Int
  /// The columns to fill.
  package var columns: [VectorWriter]

  init(_ chunk: duckdb_data_chunk?, types: [LogicalType]) {
    // Safe: the chunk lives as long as the callback and has these columns.
    capacity = Int(duckdb_vector_size())
    columns = types.enumerated().map { index, type in
      unsafe VectorWriter(handle: duckdb_data_chunk_get_vector(chunk, idx_t(index)), type: type)
    }
  }
}
