package import DuckDB

/// Everything that has a name in the lake, at one snapshot.
package struct LakeSchema: Sendable {
  package var snapshot: Snapshot
  package var namespaces: [Namespace] = []
  package var tables: [Table] = []
  package var views: [View] = []
  package var macros: [Macro] = []

  /// A schema.
  package struct Namespace: Hashable, Sendable {
    package var id: Int64
    package var uuid: String
    package var name: String
    package var comment: String?
  }

  package struct Table: Hashable, Sendable {
    /// DuckLake's number of it; it survives renames and other changes.
    package var id: Int64
    package var uuid: String
    package var schemaID: Int64
    package var name: String
    package var comment: String?
    /// The columns in their order.
    package var columns: [Column] = []
    /// How many rows there are about; nil when nothing was written yet.
    package var rowCount: Int64?
    /// The size of the Parquet files.
    package var fileBytes: Int64?
    /// As in `SET PARTITIONED BY`, such as `year(ts)`; empty when the table has no partitions.
    package var partitionKeys: [String] = []
  }

  package struct Column: Hashable, Sendable {
    /// DuckLake's number of it, unique in its table and never used again.
    package var id: Int64
    package var name: String
    package var type: LogicalType
    package var isNullable: Bool
    /// The default: the text of a literal, or an expression; nil when there is none.
    package var defaultValue: String?
    /// Whether `defaultValue` is an expression of SQL instead of a literal's text.
    package var defaultIsExpression: Bool
    package var comment: String?
  }

  package struct View: Hashable, Sendable {
    package var id: Int64
    package var uuid: String
    package var schemaID: Int64
    package var name: String
    /// The query, in DuckDB's SQL.
    package var sql: String
    /// Names given in `CREATE VIEW v (a, b)`, as DuckLake stores them.
    package var columnAliases: String?
    package var comment: String?
  }

  /// A function written in SQL.
  package struct Macro: Hashable, Sendable {
    package var id: Int64
    package var schemaID: Int64
    package var name: String
    /// Its bodies; several when it is overloaded.
    package var bodies: [Body] = []

    package struct Body: Hashable, Sendable {
      package var sql: String
      package var returnsTable: Bool
      package var parameters: [String]
    }
  }
}
