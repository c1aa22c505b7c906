import DuckDB
import Lake
import Network
import PostgresWire
import SQLFront
import Sessions
import Synchronization

/// COPY … FROM STDIN: the session's thread receives and cuts the stream into blocks, another thread runs an
/// INSERT whose rows the engine's threads parse out of those blocks.
struct CopyIn {
  /// Streams of at least so many blocks are loaded by several threads, in no particular order.
  private static let parallelBlocks = 4

  private let session: Session
  private let target: CopyTarget
  private let format: CopyInFormat
  private let source: CopyInSource

  /// Throws for options that are not offered, or that name unknown columns.
  init(session: Session, target: CopyTarget, options: SQLFront.CopyOptions) throws {
    self.session = session
    self.target = target
    format = try Self.format(options)
    let isUTC = ["utc", "etc/utc", "gmt", "zulu"].contains(
      (session.settings["timezone"] ?? "UTC").lowercased())
    let notNull = try Self.names(options.forceNotNull, "FORCE_NOT_NULL", target)
    let null = try Self.names(options.forceNull, "FORCE_NULL", target)
    var columns: [CopyColumn] = []
    var types: [LogicalType] = []
    for column in target.columns {
      let (kind, type) = CopyColumn.Kind.parsing(
        column.type, isBinary: format.style == .binary, isUTC: isUTC)
      columns.append(
        CopyColumn(
          name: column.name, kind: kind, typeName: PostgresColumnType(of: column.type).type.sqlName,
          forceNotNull: notNull.contains(column.name), forceNull: null.contains(column.name)))
      types.append(type)
    }
    source = CopyInSource(
      format: format, columns: columns, types: types, table: target.table.name, maximumThreads: 64)
  }

  /// Runs the COPY to its end.
  ///
  /// - Parameter takeTurn: waits for the turn to write. Called when enough rows are there to begin with, so that
  ///   a client that sends slowly does not hold up other writers before.
  /// - Returns: how many rows were written.
  func run(takeTurn: () throws -> Void) throws -> Int {
    let wireFormat: WireFormat = format.style == .binary ? .binary : .text
    session.channel.send(
      .copyInResponse(CopyResponse(.copyIn, format: wireFormat, columnCount: target.columns.count)))
    try session.channel.flush()
    let connection = try session.engine.connection()
    return try source.published { number in
      let insert = CopyInsert(connection: connection, source: source)
      do {
        var splitter = CopySplitter(format)
        try receive(into: &splitter) {
          if !insert.isRunning {
            try takeTurn()
            try insert.start(sql(number, isParallel: true))
          }
        } hasEnded: {
          insert.hasEnded
        }
        source.queue.complete()
        if !insert.isRunning { try takeTurn() }
        try insert.start(sql(number, isParallel: false))
      } catch {
        source.queue.fail(error)
      }
      insert.join()
      if let error = source.queue.error {
        // The stream is read: the statement can't be repeated from here, only by the client.
        if let error = error as? DuckDBError, LakeFailure(error) == .conflict { throw PostgresError(error) }
        throw error
      }
      return source.queue.rowCount
    }
  }

  /// Reads messages until the client ends the stream, or the COPY fails.
  private func receive(
    into splitter: inout CopySplitter, whenManyWait start: () throws -> Void, hasEnded: () -> Bool
  ) throws {
    let queue = source.queue
    let handle = session.handle
    func push(_ block: CopyBlock) throws {
      try queue.push(block) { try handle.checkInterrupts() }
      if queue.count >= Self.parallelBlocks { try start() }
    }
    while true {
      if let error = queue.error { throw error }
      if hasEnded() { return }
      _ = try session.channel.decoder.drainCopyData { bytes throws(CopyFailure) in
        do {
          try splitter.append(bytes, emit: push)
        } catch {
          throw CopyFailure(error: error)
        }
      }
      if let message = try session.channel.buffered() {
        switch message {
        case .copyData(let data): try data.bytes.withUnsafeBytes { try splitter.append($0, emit: push) }
        case .copyDone:
          try splitter.finish(emit: push)
          return
        case .copyFail(let message):
          throw PostgresError(.queryCanceled, "COPY from stdin failed: \(message.reason)")
        case .flush: break
        case .sync: session.tell(.ignoredSync)
        default:
          throw PostgresError(
            severity: .fatal, .protocolViolation, "unexpected message type during COPY from stdin")
        }
        continue
      }
      try wait()
    }
  }

  /// Waits for more bytes of the client and reads them.
  private func wait() throws {
    let channel = session.channel
    while true {
      try session.handle.checkInterrupts()
      if let error = source.queue.error { throw error }
      if try channel.stream.wait(timeoutMilliseconds: 100, wake: nil) == .readable { break }
    }
    let stream = channel.stream
    let count = try channel.decoder.appendUnsafe(minimumCapacity: 256 << 10) { buffer throws(NetworkError) in
      try stream.read(into: buffer)
    }
    guard count > 0 else {
      throw PostgresError(
        severity: .fatal, .connectionFailure, "unexpected EOF on client connection during COPY")
    }
  }

  /// The statement that writes the rows.
  ///
  /// The engine keeps the order of a table function's rows and then inserts on one thread. Rows that come out
  /// of a hash join have no order to keep: a join with one row makes a large COPY run on all threads.
  private func sql(_ number: Int64, isParallel: Bool) -> String {
    let names = target.columns.map { quoteIdentifier($0.name) }.joined(separator: ", ")
    let values = target.columns.indices.map { "s.c\($0)" }.joined(separator: ", ")
    let rows = "\(CopyInSource.functionName)(\(number)) AS s"
    let join =
      isParallel
      ? " JOIN (SELECT CAST(range AS UTINYINT) AS k FROM range(1)) AS one ON s.\(CopyInSource.joinColumn) = one.k"
      : ""
    return "INSERT INTO \(target.table.sql) (\(names)) SELECT \(values) FROM \(rows)\(join)"
  }

  // MARK: Options

  private static func format(_ options: SQLFront.CopyOptions) throws(PostgresError) -> CopyInFormat {
    if let encoding = options.encoding, !["utf8", "utf-8", "unicode"].contains(encoding.lowercased()) {
      throw PostgresError(.featureNotSupported, "COPY encoding \"\(encoding)\" is not supported")
    }
    guard options.defaultMarker == nil else {
      throw PostgresError(.featureNotSupported, "COPY DEFAULT is not supported")
    }
    guard options.onError == .stop else {
      throw PostgresError(.featureNotSupported, "COPY ON_ERROR ignore is not supported")
    }
    var format = CopyInFormat(
      options.format == .binary ? .binary : options.format == .csv ? .csv : .text)
    format.delimiter = options.delimiter
    format.null = Array(options.null.utf8)
    format.quote = options.quote
    format.escape = options.escape
    format.header = options.header == .off ? .none : options.header == .on ? .skip : .match
    return format
  }

  private static func names(
    _ columns: SQLFront.CopyOptions.Columns, _ option: String, _ target: CopyTarget
  ) throws(PostgresError) -> Set<String> {
    let all = Set(target.columns.map(\.name))
    guard case .some(let names) = columns else { return all }
    for name in names where !all.contains(name) {
      throw PostgresError(.invalidColumnReference, "\(option) column \"\(name)\" not referenced by COPY")
    }
    return Set(names)
  }
}

/// An error inside of a message's data.
private struct CopyFailure: Error {
  let error: any Error
}

/// The INSERT of a COPY on a thread of its own.
private final class CopyInsert: Sendable {
  private struct State {
    var thread: JoinableThread?
    var hasEnded = false
  }

  private let connection: Connection
  private let source: CopyInSource
  private let state = Mutex(State())

  init(connection: Connection, source: CopyInSource) {
    self.connection = connection
    self.source = source
  }

  /// Whether the statement was started.
  var isRunning: Bool { state.withLock { $0.thread != nil } }
  /// Whether the statement is over.
  var hasEnded: Bool { state.withLock { $0.hasEnded } }

  /// Starts the statement unless it runs already.
  func start(_ sql: String) throws {
    guard !isRunning else { return }
    let thread = try Thread.startJoinable(name: "copy") { [self] in
      do {
        try connection.execute(sql)
        state.withLock { $0.hasEnded = true }
      } catch {
        source.queue.fail(error)
        state.withLock { $0.hasEnded = true }
      }
    }
    state.withLock { $0.thread = thread }
  }

  /// Waits for the end of the statement.
  func join() {
    guard let thread = state.withLock({ $0.thread }) else { return }
    thread.join()
  }
}
