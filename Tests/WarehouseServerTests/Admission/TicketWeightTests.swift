import SQLFront
import Testing

@testable import WarehouseServer

@Suite struct TicketWeightTests {
  static let rows: TableSizes.Rows = [
    "nation": 25, "region": 5, "dates": 2_556, "part": 200_000, "lineorder": 6_000_000, "report": .max,
  ]

  @Test(arguments: [
    "select * from nation", "select * from public.\"NATION\" join region using (r)", "select 1 + 1",
    "select current_user", "select * from pg_class", "select d.year from dates d where d.year = 1997",
    "with n as (select * from nation) select count(*) from n", "table region",
  ])
  func small(sql: String) throws {
    #expect(try weight(of: sql) == .small)
  }

  @Test(arguments: [
    "select * from lineorder join region on true", "select * from part a, part b", "select * from report",
    "select * from nation, range(1000000000)", "select unnest([1, 2])", "select * from no_such_table",
    "with recursive n as (select 1 union all select 1 from n) select * from n", "delete from nation",
    "select * from nation a, nation b, nation c, nation d, nation e, nation f, nation g",
  ])
  func normal(sql: String) throws {
    #expect(try weight(of: sql) == .normal)
  }

  private func weight(of sql: String) throws -> Ticket.Weight {
    let script = try SQLScript(sql)
    let statement = try #require(script.statements.first)
    return Ticket.Weight(of: statement) { Self.rows }
  }
}
