import DuckDB
import Testing

@Suite struct QueryResultTests {
  let connection: Connection

  init() throws {
    connection = try Database().connect()
  }

  @Test func rowsAreStreamedInChunks() throws {
    let result = try connection.query("select i, 'row ' || i from range(5000) t(i)")
    #expect(result.kind == .rows)
    #expect(result.statementKind == .select)
    #expect(result.columns.map(\.type) == [.bigint, .varchar])
    var rows = 0
    while let chunk = try result.nextChunk() {
      chunk.withVector(0) { vector in
        for row in 0..<chunk.rowCount { #expect(vector.load(row, as: Int64.self) == Int64(rows + row)) }
      }
      chunk.withVector(1) { #expect($0.text(0) == "row \(rows)") }
      rows += chunk.rowCount
    }
    #expect(rows == 5000)
  }

  @Test func changedRowsAreCounted() throws {
    try connection.execute("create table t(i int)")
    let inserted = try connection.query("insert into t select * from range(10000)")
    #expect(inserted.kind == .changedRows)
    #expect(inserted.rowsChanged == 10000)
    #expect(try connection.query("update t set i = 0 where i < 10").rowsChanged == 10)
    #expect(try connection.query("delete from t where i = 0").rowsChanged == 10)
    let created = try connection.query("create table u(i int)")
    #expect(created.kind == .nothing)
    #expect(created.rowsChanged == 0)
  }

  @Test func onlyTheLastOfSeveralStatementsGivesRows() throws {
    let result = try connection.query("create table t(i int); insert into t values (1), (2); from t")
    #expect(try result.nextChunk()?.rowCount == 2)
    #expect(try connection.statementCount("select 1; select 2;") == 2)
    #expect(try connection.statementCount(" -- nothing") == 0)
  }

  @Test func anErrorInTheMiddleOfAStreamIsThrown() throws {
    let result = try connection.query(
      "select case when i = 500000 then error('late') else 1 end from range(1000000) t(i)")
    #expect(throws: DuckDBError.self) {
      while try result.nextChunk() != nil {}
    }
  }
}
