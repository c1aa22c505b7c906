import CDuckDB

/// The version of the library that is linked, such as `v1.5.5`.
package func libraryVersion() -> String {
  unsafe String(cString: duckdb_library_version())
}
