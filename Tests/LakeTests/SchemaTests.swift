import DuckDB
import Lake
import Testing

@Suite struct SchemaTests {
  @Test func schemaNamesEverythingWithTypesDefaultsAndComments() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try lake.connect()
    try connection.execute(
      """
      CREATE SCHEMA sales;
      CREATE TABLE sales.t (id INTEGER NOT NULL, price DECIMAL(15,2) DEFAULT 1.5, ts TIMESTAMPTZ DEFAULT now(),
        tags VARCHAR[], place STRUCT(city VARCHAR, box INTEGER[]), names MAP(VARCHAR, BIGINT), doc JSON, z UUID);
      ALTER TABLE sales.t SET PARTITIONED BY (year(ts), id);
      COMMENT ON TABLE sales.t IS 'facts'; COMMENT ON COLUMN sales.t.price IS 'in euro';
      CREATE TABLE plain (a BIGINT); INSERT INTO plain VALUES (1), (2);
      CREATE VIEW sales.v AS SELECT id FROM sales.t;
      CREATE MACRO twice(x) AS x * 2; CREATE MACRO rows_of(n) AS TABLE SELECT n AS m
      """)
    let schema = try lake.schema()
    #expect(schema.namespaces.map(\.name) == ["main", "public", "sales"])
    let table = try #require(schema.tables.first { $0.name == "t" })
    #expect(table.comment == "facts" && table.partitionKeys == ["year(\"ts\")", "\"id\""])
    #expect(
      table.columns.map(\.type.sqlName) == [
        "INTEGER", "DECIMAL(15,2)", "TIMESTAMP WITH TIME ZONE", "VARCHAR[]",
        "STRUCT(\"city\" VARCHAR, \"box\" INTEGER[])", "MAP(VARCHAR, BIGINT)", "JSON", "UUID",
      ])
    #expect(table.columns.map(\.name) == ["id", "price", "ts", "tags", "place", "names", "doc", "z"])
    #expect(table.columns[0].isNullable == false && table.columns[1].isNullable)
    #expect(table.columns[1].defaultValue == "1.5" && table.columns[1].comment == "in euro")
    #expect(table.columns[2].defaultIsExpression)
    let plain = try #require(schema.tables.first { $0.name == "plain" })
    #expect(plain.rowCount == 2 && (plain.fileBytes ?? 0) > 0 && plain.columns.map(\.name) == ["a"])
    #expect(schema.views.map(\.name) == ["v"] && schema.views[0].sql.contains("SELECT id"))
    #expect(schema.macros.map(\.name).sorted() == ["rows_of", "twice"])
    let twice = try #require(schema.macros.first { $0.name == "twice" })
    #expect(twice.bodies.map(\.sql) == ["(x * 2)"] && twice.bodies.map(\.parameters) == [["x"]])
    #expect(twice.bodies.map(\.returnsTable) == [false])
  }

  @Test func idsSurviveRenames() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try lake.connect()
    try connection.execute("CREATE TABLE a (x INTEGER, y INTEGER)")
    let before = try #require(try lake.schema().tables.first)
    try connection.execute("ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME COLUMN x TO w")
    let after = try #require(try lake.schema().tables.first)
    #expect(after.name == "b" && after.id == before.id && after.uuid == before.uuid)
    #expect(after.columns.map(\.id) == before.columns.map(\.id))
    #expect(after.columns.map(\.name) == ["w", "y"])
  }

  @Test func thousandTablesAreReadQuickly() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.open(LakeConfiguration(folder: folder.path))
    let connection = try lake.connect()
    let columns = (0..<16).map { "c\($0) \($0 % 2 == 0 ? "INTEGER" : "DECIMAL(15,2)")" }.joined(
      separator: ", ")
    try connection.execute("BEGIN")
    for number in 0..<1_000 { try connection.execute("CREATE TABLE t\(number) (\(columns))") }
    try connection.execute("COMMIT")
    var times: [Duration] = []
    for _ in 0..<5 {
      let clock = ContinuousClock()
      var count = 0
      times.append(try clock.measure { count = try lake.schema().tables.map(\.columns.count).reduce(0, +) })
      #expect(count == 16_000)
    }
    // Generous for a debug build on a busy machine; the release build takes about a fifth.
    let fastest = try #require(times.min())
    print("1,000 tables of 16 columns: \(fastest)")
    #expect(fastest < .milliseconds(600))
    let snapshots = try ContinuousClock().measure { for _ in 0..<1_000 { _ = try lake.newestSnapshot() } }
    print("newest snapshot: \(snapshots / 1_000)")
    #expect(snapshots < .seconds(1))
  }
}
