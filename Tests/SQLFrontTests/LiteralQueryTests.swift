import SQLFront
import Testing

@Suite("Queries of literals") struct LiteralQueryTests {
  private func query(_ text: String) throws -> LiteralQuery? {
    LiteralQuery(try StatementTests.statement(text))
  }

  @Test("what pools and health checks send")
  func answered() throws {
    #expect(try query("SELECT 1")?.columns.map(\.name) == ["?column?"])
    #expect(try query("SELECT 1")?.columns.map(\.value) == [.integer(1)])
    let two = try query("select 1 as one, 'it''s' AS \"Two\" ;")
    #expect(two?.columns.map(\.name) == ["one", "Two"])
    #expect(two?.columns.map(\.value) == [.integer(1), .text("it's")])
    #expect(try query("SELECT E'a\\nb'") == nil)
    #expect(try query("/* ping */ SELECT 2147483647")?.columns.first?.value == .integer(.max))
  }

  @Test(
    "everything else is the engine's",
    arguments: [
      "SELECT -1", "SELECT 1+1", "SELECT 2147483648", "SELECT 1.0", "SELECT 1 one", "SELECT 1 FROM t",
      "SELECT 1 WHERE false", "SELECT 1 LIMIT 0", "SELECT 1 UNION SELECT 2", "SELECT 'a' 'b'", "SELECT $1",
      "SELECT 1::text", "SELECT DISTINCT 1", "SELECT (1)", "SELECT 1,", "SELECT", "SELECT a", "VALUES (1)",
      "SELECT 1_000", "SELECT 1 AS", "SELECT 1 INTO t", "SELECT 1, 2, 3, 4, 5, 6, 7, 8, 9",
    ])
  func passedOn(_ text: String) throws {
    #expect(try query(text) == nil)
  }
}
