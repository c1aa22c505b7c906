import CDuckDB

/// The version of the library that is linked, such as `v1.5.5`.
package func libraryVersion() -> String {
  // Safe: the library returns a constant, NUL-terminated string that lives as long as the process.
  unsafe String(cString: duckdb_library_version())
}

/// The version of the header that this target was written against. A library of another version may lay
/// out its structures differently, so nothing must be called in it.
package let supportedLibraryVersion = "v1.5.5"

/// Refuses any library but the supported one.
package func checkLibraryVersion() throws(DuckDBError) {
  let found = libraryVersion()
  guard found == supportedLibraryVersion else {
    throw DuckDBError(
      type: .invalidConfiguration,
      message: "libduckdb \(supportedLibraryVersion) is required, but \(found) is linked")
  }
}
