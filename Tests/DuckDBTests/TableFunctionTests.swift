import DuckDB
import Synchronization
import Testing

@Suite struct TableFunctionTests {
  let connection: Connection

  init() throws {
    connection = try Database().connect()
  }

  private func rows(_ sql: String, on other: Connection? = nil) throws -> [String] {
    // Text of each row, so that one helper serves every type.
    let result = try (other ?? connection).query("select columns(*)::varchar from (\(sql))")
    var rows: [String] = []
    while let chunk = try result.nextChunk() {
      for row in 0..<chunk.rowCount {
        let cells = (0..<chunk.columnCount).map { column in
          chunk.withVector(column) { $0.isValid(row) ? $0.text(row) : "NULL" }
        }
        rows.append(cells.joined(separator: "|"))
      }
    }
    return rows
  }

  @Test func everyKindOfColumnArrives() throws {
    try connection.register(
      TableFunction(
        name: "facts",
        columns: [
          .init(name: "s", type: .varchar), .init(name: "i", type: .bigint),
          .init(name: "o", type: .uinteger), .init(name: "k", type: .smallint),
          .init(name: "b", type: .boolean), .init(name: "l", type: .list(.varchar)),
          .init(name: "n", type: .list(.smallint)), .init(name: "z", type: .json),
        ]
      ) { _ in
        ColumnarRows(columns: [
          .strings(["short", "longer than twelve bytes", nil]), .int64([1, nil, -3]),
          .int64([4_000_000_000, nil, 1]), .int32([1, 2, nil]), .bool([true, false, nil]),
          .stringLists([["a", "longer than twelve bytes"], [], nil]), .int64Lists([[1, 2], nil, [3]]),
          .nulls(3),
        ])
      })
    #expect(
      try rows("from facts()") == [
        "short|1|4000000000|1|true|[a, longer than twelve bytes]|[1, 2]|NULL",
        "longer than twelve bytes|NULL|NULL|2|false|[]|NULL|NULL", "NULL|-3|1|NULL|NULL|NULL|[3]|NULL",
      ])
    #expect(try rows("select count(*) c from facts()") == ["3"])
    #expect(try rows("select l, s from facts() where k = 2") == ["[]|longer than twelve bytes"])
  }

  @Test func itKnowsItsCallerAndArgumentsAndTheColumnsNeeded() throws {
    let database = try Database()
    let (first, second) = (try database.connect(), try database.connect())
    let needed = Mutex<[Set<Int>]>([])
    try first.register(
      TableFunction(
        name: "who", parameters: [.varchar, .integer],
        columns: [.init(name: "id", type: .ubigint), .init(name: "arguments", type: .varchar)]
      ) { call in
        needed.withLock { $0.append(call.columns) }
        return ColumnarRows(columns: [
          .int64([Int64(call.connectionID)]), .strings(["\(call.arguments)"]),
        ])
      })
    #expect(first.id != second.id)
    #expect(try rows("select id from who('x', 1)", on: first) == ["\(first.id)"])
    #expect(try rows("select id from who('x', 1)", on: second) == ["\(second.id)"])
    let arguments = try rows("select arguments from who('x', 1)", on: first)
    #expect(arguments[0].contains("varchar(\"x\")") && arguments[0].contains("integer(1)"))
    #expect(needed.withLock { $0 } == [[0], [0], [1]])
  }

  @Test func manyRowsComeInSeveralChunksAndEveryRunComputesThem() throws {
    final class Counter: Sendable { let runs = Atomic<Int>(0) }
    let counter = Counter()
    try connection.register(
      TableFunction(name: "numbers", columns: [.init(name: "i", type: .integer)]) { _ in
        counter.runs.add(1, ordering: .relaxed)
        return ColumnarRows(columns: [.int32((0..<5000).map { $0 })])
      })
    let statement = try connection.prepare("select sum(i)::varchar, count(*)::varchar from numbers()")
    #expect(counter.runs.load(ordering: .relaxed) == 0)
    for _ in 0..<2 {
      let chunk = try #require(try statement.execute().nextChunk())
      #expect(chunk.withVector(0) { $0.text(0) } == "12497500")
    }
    #expect(counter.runs.load(ordering: .relaxed) == 2)
  }

  @Test func itsErrorsEndTheStatement() throws {
    struct Refusal: Error, CustomStringConvertible { let description = "not today" }
    try connection.register(
      TableFunction(name: "refuses", columns: [.init(name: "i", type: .integer)]) { _ in throw Refusal() })
    try connection.register(
      TableFunction(name: "lies", columns: [.init(name: "i", type: .integer)]) { _ in
        ColumnarRows(columns: [.strings(["text"])])
      })
    let refusal = #expect(throws: DuckDBError.self) { try rows("from refuses()") }
    #expect(refusal?.message == "not today")
    let lie = #expect(throws: DuckDBError.self) { try rows("from lies()") }
    #expect(lie?.message == "a column of INTEGER was given other values")
  }
}

/// Numbers from 0 on, handed out to whoever asks.
private final class Numbers: ChunkSource {
  let columns = [ResultColumn(name: "i", type: .bigint), ResultColumn(name: "s", type: .varchar)]
  let maximumThreads = 4
  let limit: Int
  let failsAt: Int
  let next = Atomic<Int>(0)
  let threads = Atomic<Int>(0)

  init(limit: Int, failsAt: Int = .max) {
    self.limit = limit
    self.failsAt = failsAt
  }

  struct Failure: Error, CustomStringConvertible { let description = "the stream broke" }

  func makeThreadState() throws -> AnyObject? {
    threads.add(1, ordering: .relaxed)
    return nil
  }

  func nextChunk(into writer: inout ChunkWriter, threadState: AnyObject?) throws -> Int {
    let start = next.add(writer.capacity, ordering: .relaxed).oldValue
    if start >= failsAt { throw Failure() }
    let count = max(0, min(writer.capacity, limit - start))
    for row in 0..<count {
      writer.columns[0].store(Int64(start + row), row)
      if row % 10 == 0 {
        writer.columns[1].setNull(row)
      } else {
        writer.columns[1].set("row \(start + row)", row)
      }
    }
    return count
  }
}

@Suite struct StreamingTableFunctionTests {
  @Test func aSourceFeedsAnInsert() throws {
    let connection = try Database(settings: ["threads": "2"]).connect()
    let source = Numbers(limit: 500_000)
    try connection.register(StreamingTableFunction(name: "source", parameters: [.bigint]) { _ in source })
    try connection.execute("set preserve_insertion_order = false; create table t(i bigint, s varchar)")
    #expect(try connection.query("insert into t from source(1)").rowsChanged == 500_000)
    let check = try connection.query(
      "select count(distinct i) = 500000 and sum(i) = 124999750000 and bool_and(s = 'row ' || i) from t")
    #expect(try check.nextChunk()?.withVector(0) { $0.load(0, as: Bool.self) } == true)
    #expect(source.threads.load(ordering: .relaxed) > 1)
  }

  @Test func anErrorOfTheSourceEndsTheInsertWhole() throws {
    let connection = try Database().connect()
    try connection.register(
      StreamingTableFunction(name: "source", parameters: []) { _ in
        Numbers(limit: 500_000, failsAt: 100_000)
      })
    try connection.execute("create table t(i bigint, s varchar)")
    let error = #expect(throws: DuckDBError.self) { try connection.query("insert into t from source()") }
    #expect(error?.message == "the stream broke")
    let count = try connection.query("select count(*) from t").nextChunk()
    #expect(count?.withVector(0) { $0.load(0, as: Int64.self) } == 0)
  }
}
