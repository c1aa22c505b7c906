/// What maintenance does, and when it lets a thing be.
package struct MaintenancePolicy: Hashable, Sendable {
  /// Snapshots older than this expire, in seconds.
  package var retentionSeconds = 7 * 86_400
  /// A table with so many small files gets them merged.
  package var mergeFromFileCount = 8
  /// Files below this size are small.
  package var smallFileBytes = 32 << 20
  /// How many files one merge takes, which bounds the time that writers wait.
  package var filesPerMerge = 256
  /// A file is written anew when this share of its rows is deleted.
  package var rewriteFromDeletedShare = 0.3
  /// Files that nothing refers to are deleted when they are older, in seconds; never less than a day, because
  /// a transaction that is still open has written files that nothing refers to yet.
  package var orphanAgeSeconds = 2 * 86_400
  /// How long files that no snapshot needs stay for readers in other processes, in seconds.
  package var fileGraceSeconds = 0
  /// How long a step waits for the writers before it leaves its work to the next run.
  package var lockMilliseconds = 5_000

  package init() {}

  /// The policy for a lake. Other processes may read from a PostgreSQL catalog.
  package init(for configuration: LakeConfiguration) {
    retentionSeconds = configuration.retentionSeconds
    if case .postgres = configuration.catalog { fileGraceSeconds = 6 * 3_600 }
  }
}

/// What one run of maintenance did.
package struct MaintenanceReport: Hashable, Sendable {
  package var tablesMerged = 0
  package var tablesRewritten = 0
  package var snapshotsExpired = 0
  package var filesDeleted = 0
  package var orphansDeleted = 0
  /// Why steps were left to the next run.
  package var postponed: [String] = []
}
