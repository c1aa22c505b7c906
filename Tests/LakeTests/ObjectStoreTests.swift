import DuckDB
import Lake
import Testing

@Suite(.enabled(if: TestServers.objectStore != nil, "with_servers.py starts an S3 server"))
struct ObjectStoreTests {
  @Test func filesLieInTheBucketAndTheSecretStaysHidden() throws {
    let folder = TemporaryFolder()
    let endpoint = try #require(TestServers.objectStore)
    let prefix = "s3://lake/\(UInt64.random(in: 0...UInt64.max))/"
    let store = LakeConfiguration.ObjectStore(
      url: prefix, endpoint: endpoint, keyID: "key", secret: "correct horse", usesTLS: false)
    let configuration = LakeConfiguration(
      catalog: .sqlite(path: folder.path + "/catalog.sqlite"), files: .s3(store))
    let lake = try Lake.open(configuration)
    let connection = try lake.connect()
    try connection.execute("CREATE TABLE t AS SELECT range AS i FROM range(1000)")
    try connection.execute("DELETE FROM t WHERE i >= 500")
    #expect(try connection.value("SELECT count(*) FROM t") == "500")
    #expect(folder.parquetFiles().isEmpty)
    #expect(try connection.value("SELECT count(*) FROM glob('\(prefix)**')") == "2")
    // Only the lake's prefix can be reached.
    #expect(throws: DuckDBError.self) { try connection.rows("SELECT * FROM glob('s3://lake/*')") }
    let secrets = try connection.rows("SELECT secret_string FROM duckdb_secrets()")
    #expect(secrets.count == 1 && !"\(secrets)".contains("correct horse"))
    let reopened = try Lake.open(configuration)
    #expect(try reopened.connect().value("SELECT sum(i) FROM t") == "124750")
  }
}
