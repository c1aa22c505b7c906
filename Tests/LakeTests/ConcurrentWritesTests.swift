import DuckDB
import Lake
import Synchronization
import Testing

@Suite struct ConcurrentWritesTests {
  /// Four writers, twenty inserts each; how many were acknowledged and what went wrong.
  private func write(_ lake: Lake, isLocked: Bool) throws -> (acknowledged: Int, errors: [DuckDBError]) {
    try lake.connect().execute("CREATE TABLE t (w INTEGER, i INTEGER)")
    let outcome = Mutex<(Int, [DuckDBError])>((0, []))
    let connections = try (0..<4).map { _ in try lake.connect() }
    onThreads(4) { writer in
      for index in 0..<20 {
        let hold = isLocked ? try? lake.lockForWriting(milliseconds: 30_000) : nil
        defer { hold?.release() }
        do {
          try connections[writer].execute("INSERT INTO t VALUES (\(writer), \(index))")
          outcome.withLock { $0.0 += 1 }
        } catch let error as DuckDBError {
          outcome.withLock { $0.1.append(error) }
        } catch {}
      }
    }
    return outcome.withLock { ($0.0, $0.1) }
  }

  @Test func noWriteIsLostBehindTheLock() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let (acknowledged, errors) = try write(lake, isLocked: true)
    #expect(acknowledged == 80 && errors.isEmpty)
    #expect(try lake.connect().value("SELECT count(*) FROM t") == "80")
  }

  @Test func withoutTheLockEveryFailureIsAConflictAndEveryAcknowledgedRowIsThere() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let (acknowledged, errors) = try write(lake, isLocked: false)
    #expect(errors.allSatisfy { LakeFailure($0) == .conflict })
    #expect(errors.allSatisfy { lake.retryPolicy.decision(for: $0, attempt: 1) != .fail })
    #expect(try lake.connect().value("SELECT count(*) FROM t") == "\(acknowledged)")
  }

  @Test func overtakenTransactionFailsAtCommitWithAConflictAndTheConnectionLivesOn() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let one = try lake.connect()
    let two = try lake.connect()
    try one.execute("CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (1)")
    try two.execute("BEGIN")
    let read = try lake.beginRead()
    #expect(try two.value("SELECT count(*) FROM t") == "1")
    try one.execute("UPDATE t SET i = 2")
    #expect(try lake.newestSnapshot().id > read.snapshot.id)
    #expect {
      try two.execute("UPDATE t SET i = 3")
      try two.execute("COMMIT")
    } throws: { ($0 as? DuckDBError).flatMap { LakeFailure($0) } == .conflict }
    // A failed COMMIT has ended the transaction.
    #expect(throws: DuckDBError.self) { try two.execute("ROLLBACK") }
    try two.execute("UPDATE t SET i = 4")
    #expect(try one.value("SELECT i FROM t") == "4")
  }

  @Test func deleteBesideAMergeOfFilesIsNeverLostInSilence() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let one = try lake.connect()
    let two = try lake.connect()
    try one.execute("CREATE TABLE t (i INTEGER)")
    for number in 0..<4 { try one.execute("INSERT INTO t VALUES (\(number))") }
    try one.execute("BEGIN; DELETE FROM t WHERE i < 2")
    try two.execute("CALL ducklake_merge_adjacent_files('lake')")
    do throws(DuckDBError) {
      try one.execute("COMMIT")
      #expect(try two.value("SELECT count(*) FROM t") == "2")
    } catch {
      #expect(LakeFailure(error) == .conflict)
      #expect(try two.value("SELECT count(*) FROM t") == "4")
    }
  }

  @Test func pausesGrowAndEndWith40001() {
    let error = DuckDBError(type: .transaction, message: "Failed to commit: database is locked")
    var policy = RetryPolicy()
    policy.attempts = 5
    for attempt in 1..<5 {
      guard case .retry(let pause) = policy.decision(for: error, attempt: attempt) else {
        Issue.record("attempt \(attempt) was given up")
        continue
      }
      #expect(pause >= 10 << (attempt - 1) && pause <= 20 << (attempt - 1))
    }
    #expect(policy.decision(for: error, attempt: 5) == .giveUp)
    let full = DuckDBError(
      type: .transaction, message: "Failed to commit DuckLake transaction. database or disk is full")
    #expect(policy.decision(for: full, attempt: 1) == .fail)
    #expect(LakeFailure(full) == .diskFull)
  }
}
