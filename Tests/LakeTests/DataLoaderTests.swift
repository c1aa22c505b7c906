import DuckDB
import Lake
import Testing

@Suite struct DataLoaderTests {
  private func load(_ dataset: Dataset, scale: Double, into folder: TemporaryFolder) throws -> Lake {
    let base = LakeConfiguration(folder: folder.path)
    let lake = try Lake.open(DataLoader.configuration(base, for: dataset))
    var steps: [Double] = []
    let loader = DataLoader(lake: lake) { steps.append($0.fraction) }
    guard case .loaded = try loader.load(dataset, scale: scale) else {
      Issue.record("nothing was loaded")
      return lake
    }
    #expect(steps.count > 3 && steps.last == 1 && steps == steps.sorted())
    #expect(try loader.load(dataset, scale: scale) == .alreadyThere)
    return lake
  }

  @Test func starSchemaHasTheBenchmarksDomains() throws {
    let folder = TemporaryFolder()
    let connection = try load(.ssb, scale: 0.01, into: folder).connect()
    func check(_ sql: String, _ expected: String, _ line: SourceLocation = #_sourceLocation) throws {
      let value = try connection.value(sql)
      #expect(value == expected, "\(sql)", sourceLocation: line)
    }
    try check("SELECT count(*) FROM ssb.date", "2557")
    try check("SELECT count(*) FROM ssb.customer", "300")
    try check("SELECT count(DISTINCT p_brand1) BETWEEN 800 AND 1000 FROM ssb.part", "true")
    try check("SELECT count(DISTINCT c_region) FROM ssb.customer", "5")
    try check("SELECT min(d_year) || '-' || max(d_year) FROM ssb.date", "1992-1998")
    try check("SELECT min(lo_quantity) || '-' || max(lo_quantity) FROM ssb.lineorder", "1-50")
    try check("SELECT min(lo_discount) || '-' || max(lo_discount) FROM ssb.lineorder", "0-10")
    try check("SELECT min(lo_orderdate) || '-' || max(lo_orderdate) FROM ssb.lineorder", "19920101-19980802")
    // Every line finds its dimensions.
    try check(
      """
      SELECT (SELECT count(*) FROM ssb.lineorder) - count(*) FROM ssb.lineorder
      JOIN ssb.date ON d_datekey = lo_orderdate JOIN ssb.customer ON c_custkey = lo_custkey
      JOIN ssb.supplier ON s_suppkey = lo_suppkey JOIN ssb.part ON p_partkey = lo_partkey
      """, "0")
    let columns = try connection.rows(
      "SELECT DISTINCT data_type FROM duckdb_columns() WHERE schema_name = 'ssb' ORDER BY 1")
    #expect(columns == [["BIGINT"], ["DATE"], ["INTEGER"], ["VARCHAR"]])
  }

  @Test(arguments: [(Dataset.tpch, 0.01, "lineitem"), (.tpcds, 0.01, "store_sales")])
  func generatedTablesArriveInTheirSchema(dataset: Dataset, scale: Double, fact: String) throws {
    let folder = TemporaryFolder()
    let lake = try load(dataset, scale: scale, into: folder)
    #expect((Int(try lake.connect().value("SELECT count(*) FROM \(dataset.schema).\(fact)")) ?? 0) > 20_000)
    #expect(try lake.schema().tables.count == dataset.tables.count)
  }
}
