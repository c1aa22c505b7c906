import DuckDB
import Glibc
import Lake
import Testing

@Suite struct MaintenanceTests {
  private func fill(_ lake: Lake, inserts: Int) throws -> Connection {
    let connection = try lake.connect()
    try connection.execute("CREATE TABLE t (i INTEGER)")
    for number in 0..<inserts { try connection.execute("INSERT INTO t VALUES (\(number))") }
    return connection
  }

  private var eager: MaintenancePolicy {
    var policy = MaintenancePolicy()
    policy.retentionSeconds = 0
    policy.mergeFromFileCount = 2
    return policy
  }

  /// Files are deleted only when they were scheduled a second before the previous run ended.
  private func run(_ maintenance: Maintenance) throws -> MaintenanceReport {
    let report = try maintenance.runOnce()
    usleep(1_200_000)
    return report
  }

  @Test func smallFilesBecomeOneAndTheOldOnesGoAway() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try fill(lake, inserts: 12)
    #expect(folder.parquetFiles().count == 12)
    let maintenance = Maintenance(lake: lake, policy: eager)
    #expect(try run(maintenance).tablesMerged == 1)
    #expect(folder.parquetFiles().count == 13, "the merged files stay until the next run")
    _ = try run(maintenance)
    let report = try run(maintenance)
    #expect(folder.parquetFiles().count == 1, "\(report)")
    #expect(try connection.value("SELECT count(*) FROM t") == "12")
  }

  @Test func openTransactionKeepsItsFiles() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try fill(lake, inserts: 12)
    let maintenance = Maintenance(lake: lake, policy: eager)
    let token = try lake.beginRead()
    try connection.execute("BEGIN")
    #expect(try connection.value("SELECT count(*) FROM t") == "12")
    _ = try run(maintenance)
    let report = try run(maintenance)
    #expect(report.filesDeleted == 0)
    #expect(report.postponed.contains { $0.hasPrefix("clean-up") })
    #expect(try connection.value("SELECT sum(i) FROM t") == "66")
    try connection.execute("COMMIT")
    token.end()
    #expect(try run(maintenance).filesDeleted == 12)
    #expect(try connection.value("SELECT sum(i) FROM t") == "66")
  }

  @Test func retentionWithinADayIsKept() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try fill(lake, inserts: 3)
    let first = try lake.newestSnapshot().id
    try connection.execute("DELETE FROM t")
    var policy = eager
    policy.retentionSeconds = 3_600
    policy.fileGraceSeconds = 3_600
    let maintenance = Maintenance(lake: lake, policy: policy)
    for _ in 0..<2 {
      let report = try run(maintenance)
      #expect(report.snapshotsExpired == 0 && report.filesDeleted == 0)
    }
    #expect(try connection.value("SELECT count(*) FROM t AT (VERSION => \(first))") == "3")
  }

  @Test func expiredSnapshotsLeaveTheNewestAndThoseInUse() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try fill(lake, inserts: 3)
    let used = try lake.beginRead()
    try connection.execute("DELETE FROM t WHERE i = 0")
    #expect(try run(Maintenance(lake: lake, policy: eager)).snapshotsExpired > 3)
    #expect(try connection.value("SELECT count(*) FROM t AT (VERSION => \(used.snapshot.id))") == "3")
    #expect(try connection.value("SELECT count(*) FROM t") == "2")
    #expect(throws: DuckDBError.self) {
      try connection.value("SELECT count(*) FROM t AT (VERSION => \(used.snapshot.id - 1))")
    }
  }

  @Test func filesWithManyDeletedRowsAreWrittenAnew() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try lake.connect()
    try connection.execute("CREATE TABLE t AS SELECT range AS i FROM range(100); DELETE FROM t WHERE i < 60")
    #expect(try run(Maintenance(lake: lake, policy: eager)).tablesRewritten == 1)
    #expect(try connection.value("SELECT count(*) || ' ' || min(i) FROM t") == "40 60")
  }

  @Test func writersComeFirstAndFilesOfAnOpenWriteStay() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try fill(lake, inserts: 10)
    let hold = try lake.lockForWriting()
    try connection.execute("BEGIN; INSERT INTO t VALUES (100)")
    var policy = eager
    policy.lockMilliseconds = 10
    let report = try Maintenance(lake: lake, policy: policy).runOnce()
    #expect(report.tablesMerged == 0 && report.orphansDeleted == 0)
    #expect(report.postponed.contains("orphans: writers are busy"))
    try connection.execute("COMMIT")
    hold.release()
    #expect(try connection.value("SELECT max(i) FROM t") == "100")
  }

  @Test func orphansGoOnlyWhenTheyAreOld() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    _ = try fill(lake, inserts: 1)
    let known = folder.parquetFiles()
    for (name, age) in [("young", 3_600), ("old", 5 * 86_400)] {
      let path = folder.path + "/files/public/t/\(name).parquet"
      let file = fopen(path, "w")
      fclose(file)
      let time = timeval(tv_sec: time(nil) - age, tv_usec: 0)
      #expect(utimes(path, [time, time]) == 0)
    }
    var policy = eager
    policy.orphanAgeSeconds = 0
    #expect(try Maintenance(lake: lake, policy: policy).runOnce().orphansDeleted == 1)
    #expect(Set(folder.parquetFiles()) == Set(known + [folder.path + "/files/public/t/young.parquet"]))
  }
}
