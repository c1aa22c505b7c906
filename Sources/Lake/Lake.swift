package import DuckDB

/// The lake: DuckLake's tables behind a DuckDB engine, and its catalog read directly.
package final class Lake: Sendable {
  /// The name that the lake is attached under, which is the database that clients connect to.
  package static let databaseName = "lake"
  /// The schema that new tables go to.
  package static let defaultSchema = "public"

  package let configuration: LakeConfiguration
  /// The engine, with the lake attached.
  package let database: Database
  /// Orders the writers; see `lockForWriting`.
  package let writeLock: WriteLock
  /// Who reads; see `beginRead`.
  package let openReads: OpenReads
  /// Shared with the other processes that have the lake open, if there may be any.
  let lockFile: LockFile?
  /// When to run a write again that met another one.
  package let retryPolicy = RetryPolicy()
  /// The name under which the engine has the catalog's own tables. Different in every process, and nothing
  /// that a client's statement may name.
  package let metadataName: String
  let catalog: any CatalogDatabase

  init(
    configuration: LakeConfiguration, database: Database, metadataName: String,
    catalog: any CatalogDatabase
  ) throws(LakeError) {
    if let folder = configuration.sharedFolder {
      try makeFolder(folder)
      let file = try LockFile(path: folder + "/write.lock")
      lockFile = file
      writeLock = WriteLock(processes: ProcessLock(file: file))
      openReads = try OpenReads(sharedIn: folder + "/reads")
    } else {
      lockFile = nil
      writeLock = WriteLock()
      openReads = OpenReads()
    }
    self.configuration = configuration
    self.database = database
    self.metadataName = metadataName
    self.catalog = catalog
  }

  /// Opens a session whose default schema is `lake.public`.
  package func connect() throws(DuckDBError) -> Connection {
    let connection = try database.connect()
    try attach(connection)
    return connection
  }

  /// Makes the lake the default of a new session.
  package func attach(_ connection: Connection) throws(DuckDBError) {
    // These three are settings of a session, and progress is -1 without the first.
    try connection.execute(
      "SET enable_progress_bar_print = false; SET enable_progress_bar = true;"
        + " SET search_path = '\(Self.databaseName).\(Self.defaultSchema)'")
  }

  /// The newest snapshot, straight from the catalog database.
  package func newestSnapshot() throws(LakeError) -> Snapshot {
    var newest: Snapshot?
    try catalog.read(Self.newestSnapshotSQL, []) { row in newest = Snapshot(row) }
    guard let newest else {
      throw LakeError(.catalogCorrupt, "the catalog has no snapshot")
    }
    return newest
  }

  static let newestSnapshotSQL =
    "SELECT snapshot_id, schema_version, snapshot_time FROM ducklake_snapshot"
    + " ORDER BY snapshot_id DESC LIMIT 1"

  /// Which tables changed after snapshot `id`.
  package func tablesChanged(since id: Int64) throws(LakeError) -> TableChanges {
    let newest = try newestSnapshot()
    var changes = TableChanges(newest: newest)
    var count: Int64 = 0
    try catalog.read(
      "SELECT changes_made FROM ducklake_snapshot_changes WHERE snapshot_id > $1 AND snapshot_id <= $2",
      [id, newest.id]
    ) { row in
      count += 1
      changes.add(row.text(0) ?? "")
    }
    changes.isComplete = count == max(newest.id - id, 0)
    return changes
  }

  /// All schemas, tables, views and macros of the newest snapshot. At 1,000 tables of 16 columns this takes
  /// some ten milliseconds: keep it as long as `Snapshot.schemaVersion` stays (row counts aside).
  package func schema() throws(LakeError) -> LakeSchema {
    try LakeSchemaReader.read(from: catalog)
  }

  /// About how many rows each table of the newest snapshot has, by its name in small letters; the largest where
  /// schemas share a name. Views may have any number: `Int64.max`.
  package func rowCounts() throws(LakeError) -> [String: Int64] {
    var counts: [String: Int64] = [:]
    func note(_ row: any CatalogRow, _ count: Int64) {
      guard let name = row.text(0)?.lowercased() else { return }
      counts[name] = max(counts[name] ?? 0, count)
    }
    try catalog.readTogether([
      CatalogQuery(
        "SELECT t.table_name, s.record_count FROM ducklake_table t LEFT JOIN ducklake_table_stats s"
          + " ON s.table_id = t.table_id WHERE t.end_snapshot IS NULL"
      ) { note($0, $0.integer(1) ?? 0) },
      CatalogQuery("SELECT view_name FROM ducklake_view WHERE end_snapshot IS NULL") { note($0, .max) },
    ])
    return counts
  }

  /// Says that a statement or transaction begins to read. Keep the token until it has ended.
  package func beginRead() throws(LakeError) -> ReadToken {
    try openReads.begin { () throws(LakeError) in try newestSnapshot() }
  }

  /// Whether a transaction can commit only if none has committed since it began to read, as on SQLite.
  package var commitsInTurn: Bool {
    if case .sqlite = configuration.catalog { true } else { false }
  }

  /// Waits for the turn to write: alone on a SQLite catalog, beside other writers on a PostgreSQL one. To be
  /// held from before the first write of a transaction to the end of its COMMIT or ROLLBACK.
  ///
  /// A transaction that has read before it writes, and that another commit has overtaken since, cannot
  /// commit on SQLite: compare `newestSnapshot` with `ReadToken.snapshot` after this call and, when they
  /// differ, begin the engine's transaction again (as READ COMMITTED allows) or fail with 40001.
  package func lockForWriting(
    milliseconds: Int? = nil, request: WriteRequest = WriteRequest()
  ) throws(LakeError) -> WriteHold {
    let mode: WriteLock.Mode =
      switch configuration.catalog {
      case .sqlite: .exclusive
      case .postgres: .shared
      }
    return try writeLock.acquire(mode, milliseconds: milliseconds, request: request)
  }
}
