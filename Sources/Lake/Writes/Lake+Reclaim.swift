import DuckDB

extension Lake {
  /// Deletes the files that failed writes left behind, for a disk that is full: until then they would keep
  /// it full. Nothing happens where writers of other processes may be at work, or where one of this process is.
  ///
  /// - Returns: how many files went.
  @discardableResult
  package func reclaimSpace() throws -> Int {
    guard commitsInTurn else { return 0 }
    let hold = try writeLock.acquire(.exclusive, milliseconds: 100)
    defer { hold.release() }
    let connection = try connect()
    // Planning and running such a function need the same transaction.
    try connection.execute("BEGIN")
    let result = try connection.query(
      "CALL ducklake_delete_orphaned_files('\(Self.databaseName)', cleanup_all => true)")
    var count = 0
    while let chunk = try result.nextChunk() { count += chunk.rowCount }
    try connection.execute("COMMIT")
    return count
  }
}
