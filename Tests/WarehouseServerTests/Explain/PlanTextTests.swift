import Testing

@testable import WarehouseServer

@Suite struct PlanTextTests {
  private let plan = """
    [{"name": "PROJECTION", "children": [{"name": "SEQ_SCAN ", "children": [],
      "extra_info": {"Table": "lake.t", "Filters": ["a>5", "b<2"], "Estimated Cardinality": "200"}}],
      "extra_info": {"Estimated Cardinality": "100"}}]
    """

  @Test func theFirstLineCarriesTheCost() throws {
    let lines = PlanText.lines(try #require(PlanNode.parse(plan)))
    #expect(lines[0] == "Projection  (cost=0.00..3.02 rows=100 width=0)")
    #expect(lines[1] == "  ->  Seq Scan  (cost=0.00..2.01 rows=200 width=0)")
    #expect(lines.contains { $0.hasSuffix("Filters: a>5, b<2") })
  }

  @Test func jsonHasPostgreSQLsMembers() throws {
    let text = PlanText.json(try #require(PlanNode.parse(plan)))
    let value = try #require(JSONValue(parsing: text))
    #expect(value.elements.first?["Plan"]?["Total Cost"]?.scalar == "3.02")
    #expect(value.elements.first?["Plan"]?["Plans"]?.elements.count == 1)
  }

  @Test func whatRanTellsItsTimeAndHidesTheServersFiles() throws {
    let document = """
      {"latency": 0.0123, "children": [{"operator_name": "EXPLAIN_ANALYZE", "children": [{
        "operator_name": "TABLE_SCAN", "operator_timing": 0.001, "operator_cardinality": 7, "children": [],
        "extra_info": {"Table": "t", "Filename(s)": "/srv/lake/files/t.parquet"}}]}]}
      """
    let roots = try #require(PlanNode.parse(document))
    let seconds = PlanNode.executionSeconds(document)
    let lines = PlanText.lines(roots, seconds: seconds)
    #expect(lines.first?.contains("(actual time=0.000..1.000 rows=7 loops=1)") == true)
    #expect(lines.last == "Execution Time: 12.300 ms")
    #expect(!lines.contains { $0.contains("/srv") })
    let json = JSONValue(parsing: PlanText.json(roots, seconds: seconds))
    #expect(json?.elements.first?["Execution Time"]?.scalar == "12.3")
  }

  @Test func malformedDocumentsAreNil() {
    for text in ["", "{", "[1,]", "{\"a\" 1}", "nul", String(repeating: "[", count: 5000)] {
      #expect(JSONValue(parsing: text) == nil)
    }
  }
}
