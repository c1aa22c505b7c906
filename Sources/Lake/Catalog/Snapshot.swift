/// A version of the lake.
package struct Snapshot: Hashable, Sendable {
  /// DuckLake's number of it; every commit adds one.
  package let id: Int64
  /// Grows when tables, views, … are created, changed or dropped.
  package let schemaVersion: Int64
  /// When it was committed, in microseconds since 1970.
  package let timeMicroseconds: Int64

  package init(id: Int64, schemaVersion: Int64, timeMicroseconds: Int64) {
    self.id = id
    self.schemaVersion = schemaVersion
    self.timeMicroseconds = timeMicroseconds
  }
}

/// Which tables differ between two snapshots.
package struct TableChanges: Hashable, Sendable {
  /// The snapshot that was newest when the question was asked.
  package let newest: Snapshot
  /// Tables whose rows or columns changed, and dropped tables.
  package var contents: Set<Int64> = []
  /// Tables whose files were rewritten while their rows stayed the same.
  package var compacted: Set<Int64> = []
  /// Whether a table, view, macro or schema was created, altered or dropped.
  package var schema = false
  /// False when a snapshot in between has expired: then any table may have changed.
  package var isComplete = true
}
