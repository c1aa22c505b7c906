import DuckDB
import Glibc
import Lake
import Testing

@Suite struct LakeTests {
  @Test func newLakeHasPublicSchemaAndKeepsItsRows() throws {
    let folder = TemporaryFolder()
    do {
      let lake = try Lake.open(LakeConfiguration(folder: folder.path))
      let connection = try lake.connect()
      try connection.execute("CREATE TABLE t (i INTEGER, s VARCHAR); INSERT INTO t VALUES (1, 'a'), (2, 'b')")
      #expect(try connection.value("SELECT count(*) FROM lake.public.t") == "2")
    }
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    #expect(try lake.connect().rows("SELECT * FROM t ORDER BY i") == [["1", "a"], ["2", "b"]])
  }

  @Test func newestSnapshotGrowsByOneWithEveryCommit() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try lake.connect()
    try connection.execute("CREATE TABLE t (i INTEGER)")
    let before = try lake.newestSnapshot()
    try connection.execute("INSERT INTO t VALUES (1)")
    let after = try lake.newestSnapshot()
    #expect(after.id == before.id + 1)
    #expect(after.schemaVersion == before.schemaVersion)
    let seconds = try connection.value("SELECT (epoch_us(now()) - \(after.timeMicroseconds)) / 1000000")
    #expect(abs(Int(seconds) ?? 1_000) < 30)
  }

  @Test func changesNameTheTablesAndTellContentsFromCompaction() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try lake.connect()
    try connection.execute("CREATE TABLE a (i INTEGER); CREATE TABLE b (i INTEGER)")
    let ids = Dictionary(uniqueKeysWithValues: try lake.schema().tables.map { ($0.name, $0.id) })
    let start = try lake.newestSnapshot().id
    try connection.execute("INSERT INTO a VALUES (1)")
    try connection.execute("INSERT INTO a VALUES (2)")
    var changes = try lake.tablesChanged(since: start)
    #expect(changes.contents == [try #require(ids["a"])])
    #expect(changes.compacted.isEmpty && !changes.schema && changes.isComplete)
    try connection.execute("CALL ducklake_merge_adjacent_files('lake')")
    changes = try lake.tablesChanged(since: start + 2)
    #expect(changes.contents.isEmpty)
    #expect(changes.compacted == [try #require(ids["a"])])
    try connection.execute("DROP TABLE b")
    #expect(try lake.tablesChanged(since: start).schema)
  }

  @Test func engineAnswersLikePostgreSQL() throws {
    let folder = TemporaryFolder()
    let connection = try Lake.open(LakeConfiguration(folder: folder.path)).connect()
    #expect(try connection.value("SELECT 7 / 2") == "3")
    let order = try connection.rows("SELECT * FROM (VALUES (1), (NULL), (2)) v(x) ORDER BY x")
    #expect(order == [["1"], ["2"], ["NULL"]])
    let descending = try connection.rows("SELECT * FROM (VALUES (1), (NULL), (2)) v(x) ORDER BY x DESC")
    #expect(descending == [["NULL"], ["2"], ["1"]])
    #expect(try connection.value("SELECT current_setting('TimeZone')") == "UTC")
  }

  @Test func movedFolderKeepsItsRows() throws {
    let folder = TemporaryFolder()
    do {
      let lake = try Lake.open(LakeConfiguration(folder: folder.path + "/one"))
      try lake.connect().execute("CREATE TABLE t AS SELECT 1 AS i")
    }
    #expect(rename(folder.path + "/one", folder.path + "/two") == 0)
    let lake = try Lake.open(LakeConfiguration(folder: folder.path + "/two"))
    #expect(try lake.connect().value("SELECT i FROM t") == "1")
  }
}
