import CDuckDB

// Objects that the library keeps for Swift: it holds them by a pointer with one reference and calls
// `release` when it needs them no more.

/// An object as the pointer that the library keeps.
func retainedPointer(_ object: AnyObject) -> UnsafeMutableRawPointer {
  // Safe: the reference taken here is given back by releaseObject.
  unsafe Unmanaged.passRetained(object).toOpaque()
}

/// What the library calls to give an object back.
let releaseObject: duckdb_delete_callback_t = { pointer in
  guard let pointer = unsafe pointer else { return }
  // Safe: the library calls this once for every pointer that it got from retainedPointer.
  unsafe Unmanaged<AnyObject>.fromOpaque(pointer).release()
}

/// The object behind a pointer that the library kept.
func object<T: AnyObject>(_ pointer: UnsafeMutableRawPointer?, as type: T.Type) -> T {
  guard let pointer = unsafe pointer else { preconditionFailure("DuckDB lost a \(type)") }
  // Safe: each kind of pointer is written and read in one place with one type, and the library holds a
  // reference while a callback runs.
  return unsafe Unmanaged<T>.fromOpaque(pointer).takeUnretainedValue()
}

/// The number of the session that a function is called in.
func connectionID(_ context: duckdb_client_context?) -> UInt64 {
  // Safe: the caller got the context from the library and gives it away.
  var context = unsafe context
  defer { unsafe duckdb_destroy_client_context(&context) }
  return unsafe duckdb_client_context_get_connection_id(context)
}

/// The sentence that an error thrown by a callback is reported with.
func callbackMessage(_ error: any Error) -> String {
  (error as? DuckDBError)?.message ?? "\(error)"
}
