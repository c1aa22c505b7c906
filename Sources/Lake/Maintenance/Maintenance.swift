import DuckDB
import Synchronization

/// Keeps the lake small and quick: flushes inlined rows, merges small files, writes files with many deleted
/// rows anew, expires old snapshots and deletes the files that none needs.
///
/// Every step holds the write lock alone, because DuckLake's maintenance beside writes has lost rows. A file
/// is deleted only when it was scheduled for it before the previous run ended and every open read began
/// after that: such a read has listed its files from a newer state of the catalog.
package final class Maintenance: Sendable {
  private struct State {
    /// What was scheduled for deletion before this time is known to no read that began after it.
    var fenceMicroseconds: Int64
    var orphansCheckedMicroseconds: Int64 = 0
    var isStopped = false
  }

  private let lake: Lake
  private let policy: MaintenancePolicy
  private let state: Mutex<State>
  private let wake = WriteRequest()

  package init(lake: Lake, policy: MaintenancePolicy? = nil) {
    self.lake = lake
    self.policy = policy ?? MaintenancePolicy(for: lake.configuration)
    state = Mutex(State(fenceMicroseconds: wallClockMicroseconds()))
  }

  /// Runs again and again until `stop`. For a thread of its own.
  package func run(everySeconds seconds: Int, report: (Result<MaintenanceReport, LakeError>) -> Void) {
    while wake.wait(milliseconds: seconds * 1_000) != .cancelled {
      if state.withLock({ $0.isStopped }) { return }
      wake.rearm()
      do throws(LakeError) {
        report(.success(try runOnce(notWithinSeconds: seconds / 2)))
      } catch {
        report(.failure(error))
      }
    }
  }

  /// Ends `run` after the step that it is in.
  package func stop() {
    state.withLock { $0.isStopped = true }
    wake.cancel()
  }

  /// Does what there is to do, unless another process is at it, or was within the last `seconds`.
  package func runOnce(notWithinSeconds seconds: Int = 0) throws(LakeError) -> MaintenanceReport {
    var report = MaintenanceReport()
    if let file = lake.lockFile {
      guard try file.tryLock(Self.lockByte, .exclusive) else {
        report.postponed.append("another process maintains the lake")
        return report
      }
      let last = file.number(at: Self.lastRunOffset)
      if seconds > 0, wallClockMicroseconds() < last + Int64(seconds) * 1_000_000 {
        file.unlock(Self.lockByte)
        return report
      }
    }
    defer { lake.lockFile?.unlock(Self.lockByte) }
    var lock: PostgresAdvisoryLock?
    if case .postgres(let connection, _) = lake.configuration.catalog {
      lock = try PostgresAdvisoryLock(connection: connection, key: Self.advisoryKey)
      guard lock != nil else {
        report.postponed.append("another process maintains the lake")
        return report
      }
    }
    defer { withExtendedLifetime(lock) {} }
    let connection: Connection
    do {
      connection = try lake.connect()
    } catch {
      throw LakeError(.engine, error.message, underlying: error)
    }
    let steps: [(String, (Connection, inout MaintenanceReport) throws -> Void)] = [
      ("clean-up", deleteScheduledFiles), ("flush", flush), ("expiry", expireSnapshots),
      ("merge", mergeFiles), ("rewrite", rewriteFiles), ("orphans", deleteOrphans),
    ]
    for (name, step) in steps where !state.withLock({ $0.isStopped }) {
      do {
        try step(connection, &report)
      } catch let error as LakeError where error.code == .lockTimeout {
        report.postponed.append("\(name): writers are busy")
      } catch let error as DuckDBError where LakeFailure(error) == .conflict {
        report.postponed.append("\(name): \(error.message)")
      } catch let error as DuckDBError {
        throw LakeError(.engine, "maintenance (\(name)): \(error.message)", underlying: error)
      } catch {
        throw (error as? LakeError) ?? LakeError(.engine, "maintenance (\(name)): \(error)")
      }
    }
    state.withLock { $0.fenceMicroseconds = wallClockMicroseconds() }
    try lake.lockFile?.write(wallClockMicroseconds(), at: Self.lastRunOffset)
    return report
  }

  /// Where the lock file says that a process maintains the lake, and when one last did.
  private static let lockByte: Int64 = 2
  private static let lastRunOffset = 8

  /// `martinet` in ASCII, as the number of the advisory lock.
  private static let advisoryKey: Int64 = 0x6d61_7274_696e_6574

  private func exclusively<Value>(_ body: () throws -> Value) throws -> Value {
    let hold = try lake.writeLock.acquire(.exclusive, milliseconds: policy.lockMilliseconds)
    defer { hold.release() }
    return try body()
  }

  private func deleteScheduledFiles(_ connection: Connection, _ report: inout MaintenanceReport) throws {
    let fence = state.withLock { $0.fenceMicroseconds }
    if let oldest = try lake.openReads.everywhere().map(\.began).min(), oldest <= fence {
      report.postponed.append("clean-up: a query that began earlier is still open")
      return
    }
    let limit = min(fence, wallClockMicroseconds() - Int64(policy.fileGraceSeconds) * 1_000_000) - 1_000_000
    var scheduled: Int64 = 0
    try lake.catalog.read("SELECT count(*) FROM ducklake_files_scheduled_for_deletion", []) { row in
      scheduled = row.integer(0) ?? 0
    }
    if scheduled == 0 { return }
    report.filesDeleted = try exclusively {
      // With SQLite DuckLake compares the times as texts, and its `2026-11-23 21:52` is always below its
      // `2026-11-23T20:00`: every file of the day would count as older. Written the same way they compare.
      if case .sqlite = lake.configuration.catalog {
        try connection.execute(
          "UPDATE \(lake.metadataTable("ducklake_files_scheduled_for_deletion"))"
            + " SET schedule_start = replace(schedule_start, ' ', 'T') WHERE schedule_start LIKE '% %'")
      }
      return try countRows(
        "ducklake_cleanup_old_files('\(Lake.databaseName)', older_than => make_timestamptz(\(limit)))",
        connection)
    }
  }

  private func flush(_ connection: Connection, _ report: inout MaintenanceReport) throws {
    var tables: Int64 = 0
    try lake.catalog.read("SELECT count(*) FROM ducklake_inlined_data_tables", []) { row in
      tables = row.integer(0) ?? 0
    }
    if tables == 0 { return }
    try exclusively { try connection.execute("CALL ducklake_flush_inlined_data('\(Lake.databaseName)')") }
  }

  private func expireSnapshots(_ connection: Connection, _ report: inout MaintenanceReport) throws {
    let newest = try lake.newestSnapshot().id
    let limit = wallClockMicroseconds() - Int64(policy.retentionSeconds) * 1_000_000
    var old: [Int64] = []
    // The versions are named one by one: on SQLite `older_than` compares texts, as above.
    try lake.catalog.read("SELECT snapshot_id, schema_version, snapshot_time FROM ducklake_snapshot", []) {
      row in
      let snapshot = Snapshot(row)
      if snapshot.timeMicroseconds < limit, snapshot.id != newest { old.append(snapshot.id) }
    }
    if old.isEmpty { return }
    report.snapshotsExpired = try exclusively {
      let inUse = Set(try lake.openReads.everywhere().map(\.snapshot))
      // A read that is just beginning may get any snapshot.
      let free = inUse.contains(-1) ? [] : old.filter { !inUse.contains($0) }
      if free.isEmpty { return 0 }
      let versions = free.map(String.init).joined(separator: ", ")
      return try countRows(
        "ducklake_expire_snapshots('\(Lake.databaseName)', versions => [\(versions)])", connection)
    }
  }

  /// The tables that a query of the catalog names by id, as arguments of DuckLake's functions.
  private func tables(_ sql: String, _ parameters: [Int64]) throws -> [String] {
    var ids: [Int64] = []
    try lake.catalog.read(sql, parameters) { row in
      if let id = row.integer(0) { ids.append(id) }
    }
    if ids.isEmpty { return [] }
    let schema = try lake.schema()
    let schemas = Dictionary(uniqueKeysWithValues: schema.namespaces.map { ($0.id, $0.name) })
    return ids.compactMap { id in
      guard let table = schema.tables.first(where: { $0.id == id }), let name = schemas[table.schemaID] else {
        return nil
      }
      return "'\(Lake.databaseName)', \(sqlLiteral(table.name)), schema => \(sqlLiteral(name))"
    }
  }

  private func mergeFiles(_ connection: Connection, _ report: inout MaintenanceReport) throws {
    let found = try tables(
      "SELECT table_id FROM ducklake_data_file WHERE end_snapshot IS NULL AND file_size_bytes < $1"
        + " GROUP BY table_id HAVING count(*) >= $2",
      [Int64(policy.smallFileBytes), Int64(policy.mergeFromFileCount)])
    for table in found {
      let merged = try exclusively {
        try countRows(
          "ducklake_merge_adjacent_files(\(table), max_compacted_files => \(policy.filesPerMerge))",
          connection)
      }
      if merged > 0 { report.tablesMerged += 1 }
    }
  }

  private func rewriteFiles(_ connection: Connection, _ report: inout MaintenanceReport) throws {
    let share = policy.rewriteFromDeletedShare
    let found = try tables(
      "SELECT DISTINCT f.table_id FROM ducklake_delete_file d JOIN ducklake_data_file f"
        + " ON f.data_file_id = d.data_file_id WHERE d.end_snapshot IS NULL AND f.end_snapshot IS NULL"
        + " AND d.delete_count * 1000 >= f.record_count * $1", [Int64(share * 1_000)])
    for table in found {
      _ = try exclusively {
        try countRows("ducklake_rewrite_data_files(\(table), delete_threshold => \(share))", connection)
      }
      report.tablesRewritten += 1
    }
  }

  private func deleteOrphans(_ connection: Connection, _ report: inout MaintenanceReport) throws {
    let now = wallClockMicroseconds()
    // It lists all files, so once a day is enough.
    guard now - state.withLock({ $0.orphansCheckedMicroseconds }) > 86_400_000_000 else { return }
    let age = Int64(max(policy.orphanAgeSeconds, 86_400))
    report.orphansDeleted = try exclusively {
      try countRows(
        "ducklake_delete_orphaned_files('\(Lake.databaseName)',"
          + " older_than => make_timestamptz(\(now - age * 1_000_000)))", connection)
    }
    state.withLock { $0.orphansCheckedMicroseconds = now }
  }

  /// Runs one of DuckLake's functions and counts the rows that it answers. In a transaction of its own, because
  /// planning and running such a function need the same one.
  private func countRows(_ function: String, _ connection: Connection) throws(DuckDBError) -> Int {
    try connection.execute("BEGIN")
    do throws(DuckDBError) {
      let result = try connection.query("CALL \(function)")
      var count = 0
      while let chunk = try result.nextChunk() { count += chunk.rowCount }
      try connection.execute("COMMIT")
      return count
    } catch {
      // Nothing to end when it was COMMIT that failed.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }
}
