import DuckDB
import PostgresWire
import Synchronization

/// The rows of COPY … FROM STDIN as a table function of the engine, parsed by the engine's own threads
/// straight into its vectors.
final class CopyInSource: ChunkSource {
  /// The table function's name; its argument is the number of a source in `open`.
  static let functionName = "martinet_copy_in"
  /// The column that large COPYs are joined on, see `CopyIn`.
  static let joinColumn = "martinet_copy_key"

  let columns: [ResultColumn]
  let maximumThreads: Int
  let queue = CopyQueue()
  private let format: CopyInFormat
  private let copyColumns: [CopyColumn]
  private let table: String

  private static let running = Mutex<[Int64: CopyInSource]>([:])

  init(format: CopyInFormat, columns: [CopyColumn], types: [LogicalType], table: String, maximumThreads: Int)
  {
    self.format = format
    copyColumns = columns
    self.table = table
    self.maximumThreads = maximumThreads
    self.columns =
      types.enumerated().map { ResultColumn(name: "c\($0)", type: $1) }
      + [ResultColumn(name: Self.joinColumn, type: .utinyint)]
  }

  /// Makes the function known to the engine. Statements of clients can't call it: it is on no list.
  static func register(on connection: Connection) throws(DuckDBError) {
    try connection.register(
      StreamingTableFunction(name: functionName, parameters: [.bigint]) { call in
        guard case .bigint(let number)? = call.arguments.first,
          let source = running.withLock({ $0[number] })
        else { throw DuckDBError(type: .invalidInput, message: "no COPY runs under this number") }
        return source
      })
  }

  /// Lets the engine find this source while `body` runs.
  func published<Value>(_ body: (_ number: Int64) throws -> Value) rethrows -> Value {
    let number = Int64.random(in: 1...Int64.max)
    Self.running.withLock { $0[number] = self }
    defer { Self.running.withLock { $0[number] = nil } }
    return try body(number)
  }

  // MARK: On the engine's threads

  /// What a thread keeps between its chunks.
  private final class ThreadState {
    var parser: CopyRowParser
    var hasBlock = false
    var hasEnded = false

    init(_ parser: consuming CopyRowParser) {
      self.parser = parser
    }
  }

  func makeThreadState() throws -> AnyObject? {
    queue.enter()
    return ThreadState(CopyRowParser(format: format, columns: copyColumns, table: table))
  }

  func nextChunk(into writer: inout ChunkWriter, threadState: AnyObject?) throws -> Int {
    guard let state = threadState as? ThreadState, !state.hasEnded else { return 0 }
    do {
      while true {
        if !state.hasBlock {
          guard let block = try queue.pop() else {
            state.hasEnded = true
            return 0
          }
          try state.parser.begin(block)
          state.hasBlock = true
        }
        var sink = VectorSink(writers: writer.columns)
        let count = try state.parser.parse(into: &sink, capacity: writer.capacity)
        if count > 0 {
          writer.columns[copyColumns.count].data?.initializeMemory(as: UInt8.self, repeating: 0, count: count)
          queue.count(rows: count)
          return count
        }
        state.hasBlock = false
      }
    } catch {
      // The session reports this error, with its fields, rather than the engine's sentence about it.
      queue.fail(error)
      throw error
    }
  }
}

/// The vectors of a chunk as what the parser fills.
private struct VectorSink: CopySink {
  var writers: [VectorWriter]

  func data(column: Int) -> UnsafeMutableRawPointer? { writers[column].data }

  mutating func setNull(column: Int, row: Int) { writers[column].setNull(row) }

  mutating func setBytes(column: Int, row: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
    writers[column].set(bytes, row)
  }
}
