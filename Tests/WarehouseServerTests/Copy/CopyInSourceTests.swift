import DuckDB
import Network
import PostgresWire
import Sessions
import Testing

@testable import WarehouseServer

@Suite struct CopyInSourceTests {
  private static let columns = [
    CopyColumn(name: "a", kind: .int32, typeName: "integer"),
    CopyColumn(name: "b", kind: .text, typeName: "text"),
  ]

  private static func source() -> CopyInSource {
    CopyInSource(
      format: CopyInFormat(.text), columns: columns, types: [.integer, .varchar], table: "t",
      maximumThreads: 4)
  }

  private static func blocks(_ text: String) throws -> [CopyBlock] {
    var blocks: [CopyBlock] = []
    var splitter = CopySplitter(CopyInFormat(.text), blockBytes: 4096)
    try Array(text.utf8).withUnsafeBytes { try splitter.append($0) { blocks.append($0) } }
    try splitter.finish { blocks.append($0) }
    return blocks
  }

  private static func row(_ connection: Connection, _ sql: String) throws -> [String] {
    let chunk = try #require(try connection.query("select columns(*)::varchar from (\(sql))").nextChunk())
    return (0..<chunk.columnCount).map { column in
      chunk.withVector(column) { $0.isValid(0) ? $0.text(0) : "NULL" }
    }
  }

  @Test(arguments: [false, true])
  func aStatementReadsWhatAnotherThreadReceives(_ isParallel: Bool) throws {
    let connection = try Database().connect()
    try CopyInSource.register(on: connection)
    let source = Self.source()
    let rowCount = 20_000
    let text = (0..<rowCount).map { "\($0)\t\($0.isMultiple(of: 10) ? "\\N" : "a longer text \($0)")\n" }
      .joined()
    let join =
      isParallel
      ? "JOIN (SELECT CAST(range AS UTINYINT) AS k FROM range(1)) AS one ON s.\(CopyInSource.joinColumn) = one.k"
      : ""
    let sender = try Thread.startJoinable(name: "sender") {
      do {
        for block in try Self.blocks(text) { try source.queue.push(block) {} }
        source.queue.complete()
      } catch {
        source.queue.fail(error)
      }
    }
    let result = try source.published { number in
      try Self.row(
        connection,
        "SELECT count(*), sum(c0), count(c1), max(length(c1)), count(distinct c0) "
          + "FROM \(CopyInSource.functionName)(\(number)) AS s \(join)")
    }
    sender.join()
    #expect(result == ["20000", "199990000", "18000", "19", "20000"])
    #expect(source.queue.rowCount == rowCount)
  }

  @Test func aBadRowEndsBothSides() throws {
    let connection = try Database().connect()
    try CopyInSource.register(on: connection)
    let source = Self.source()
    for block in try Self.blocks("1\tx\nbad\ty\n") { try source.queue.push(block) {} }
    #expect(throws: DuckDBError.self) {
      try source.published { try connection.execute("SELECT * FROM \(CopyInSource.functionName)(\($0))") }
    }
    let error = try #require(source.queue.error as? PostgresError)
    #expect(error.context == "COPY t, line 2, column a: \"bad\"")
    for block in try Self.blocks("1\tx\n") {
      #expect(throws: PostgresError.self) { try source.queue.push(block) {} }
    }
  }

  @Test func aSourceIsGoneAfterItsStatement() throws {
    let connection = try Database().connect()
    try CopyInSource.register(on: connection)
    var last: Int64 = 0
    Self.source().published { last = $0 }
    #expect(throws: DuckDBError.self) {
      try connection.execute("SELECT * FROM \(CopyInSource.functionName)(\(last))")
    }
  }

  @Test func aFullQueueMakesTheSenderWaitAndCheck() throws {
    struct Enough: Error {}
    let queue = CopyQueue()
    let block = try #require(try Self.blocks("1\tx\n").first)
    for _ in 0..<CopyQueue.capacity { try queue.push(block) {} }
    #expect(throws: Enough.self) { try queue.push(block) { throw Enough() } }
  }

  @Test func onlyTheLastThreadWaitsForASlowClient() throws {
    let queue = CopyQueue()
    queue.enter()
    queue.enter()
    #expect(try queue.pop() == nil)
    let block = try #require(try Self.blocks("1\tx\n").first)
    let sender = try Thread.startJoinable(name: "sender") {
      Clock.sleep(milliseconds: 200)
      try? queue.push(block) {}
    }
    #expect(try queue.pop() === block)
    sender.join()
  }
}
