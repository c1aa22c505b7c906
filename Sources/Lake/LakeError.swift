package import DuckDB

/// Why something with the lake did not work.
package struct LakeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is. PostgreSQL's SQLSTATE for it stands in `sqlState`.
  package enum Code: String, Sendable, CaseIterable {
    /// A setting that cannot be used.
    case configuration
    /// libduckdb or an extension is missing or of another version.
    case engineFiles
    /// The catalog is no DuckLake catalog, or damaged.
    case catalogCorrupt
    /// The catalog was written by a newer (or much older) DuckLake.
    case catalogVersion
    /// The catalog database does not answer.
    case catalogUnavailable
    /// No space is left for files, the catalog or spilled data.
    case diskFull
    /// Another transaction changed the same things first.
    case conflict
    /// The time to wait for the write lock is over.
    case lockTimeout
    /// Somebody asked to stop waiting.
    case cancelled
    /// A column type that Parquet files of the lake cannot hold.
    case unsupportedType
    /// Something else needs what was to be dropped.
    case dependent
    /// Anything else that DuckDB reported.
    case engine
  }

  package let code: Code
  /// A sentence for a person.
  package let message: String
  /// What can be done about it.
  package let hint: String?
  /// What DuckDB said.
  package let underlying: DuckDBError?

  package init(_ code: Code, _ message: String, hint: String? = nil, underlying: DuckDBError? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.underlying = underlying
  }

  /// PostgreSQL's code for it; nil where DuckDB's own error decides.
  package var sqlState: String? {
    switch code {
    case .configuration: "F0000"
    case .engineFiles: "58P01"
    case .catalogCorrupt: "XX001"
    case .catalogVersion: "55000"
    case .catalogUnavailable: "08006"
    case .diskFull: "53100"
    case .conflict: "40001"
    case .lockTimeout: "55P03"
    case .cancelled: "57014"
    case .unsupportedType: "0A000"
    case .dependent: "2BP01"
    case .engine: nil
    }
  }

  package var description: String {
    guard let hint else { return message }
    return "\(message)\nHint: \(hint)"
  }
}
