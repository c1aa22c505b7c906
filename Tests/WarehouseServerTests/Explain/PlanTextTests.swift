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

  @Test func malformedDocumentsAreNil() {
    for text in ["", "{", "[1,]", "{\"a\" 1}", "nul", String(repeating: "[", count: 5000)] {
      #expect(JSONValue(parsing: text) == nil)
    }
  }
}
