import SQLFront
import Testing

@Suite("Rows that MERGE would change twice") struct MergeCheckTests {
  @Test("the check joins as the MERGE does and keeps the clauses' conditions")
  func check() throws {
    let query = try MergeCheck.query(
      for: "MERGE INTO t AS a USING s ON a.id = s.id WHEN MATCHED AND s.x > 1 THEN UPDATE SET x = s.x "
        + "WHEN MATCHED AND s.x < 0 THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id)")
    let text = try #require(query)
    #expect(text.split(separator: " ").joined(separator: " ").contains("FROM t AS a JOIN s ON a.id = s.id"))
    #expect(text.contains("s.x > 1") && text.contains(" OR ") && text.contains("s.x < 0"))
    #expect(text.contains("GROUP BY a.rowid HAVING count(*) > 1"))
  }

  @Test("a clause without a condition takes every matched row")
  func unconditional() throws {
    let query = try MergeCheck.query(
      for: "MERGE INTO t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE")
    #expect(query?.contains("WHERE") == false)
    #expect(query?.contains("GROUP BY t.rowid") == true)
  }

  @Test("inserts alone change no row that exists")
  func insertsAlone() throws {
    let query = try MergeCheck.query(
      for: "MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (1)")
    #expect(query == nil)
  }
}
