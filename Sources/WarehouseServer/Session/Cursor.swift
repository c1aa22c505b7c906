import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// A cursor of DECLARE: rows of a query with a place in them.
///
/// Without SCROLL the rows stream and the cursor goes forward only. With SCROLL they are set aside at once.
final class Cursor {
  let name: String
  let columns: [OutputColumn]
  let engineColumns: [ResultColumn]
  let statement: String
  let isHeld: Bool
  let isBinary: Bool
  let isScrollable: Bool
  /// Not committed yet: a rollback takes the cursor away, WITH HOLD or not.
  var wasDeclaredInTransaction: Bool
  let createdAt = Clock.microsecondsSince1970()

  private var source: RowSource?
  private let table: ScratchTable?
  /// How many rows a scrollable cursor has.
  private let count: Int
  /// The current row, counted from 1; 0 before the first, `count + 1` behind the last.
  private(set) var position = 0

  init(
    name: String, statement: String, columns: [OutputColumn], source: RowSource, options: DeclareCursor,
    inTransaction: Bool, scratch: () throws(DuckDBError) -> Connection
  ) throws {
    self.name = name
    self.statement = statement
    self.columns = columns
    engineColumns = source.columns
    isHeld = options.withHold
    isBinary = options.isBinary
    isScrollable = options.scroll == true
    wasDeclaredInTransaction = inTransaction
    if isScrollable {
      let table = try ScratchTable(columns: source.columns, on: try scratch())
      var rows = 0
      while let (chunk, range) = try source.take(.max) {
        try table.append(chunk)
        rows += range.count
      }
      try table.finish()
      self.table = table
      count = rows
    } else {
      table = nil
      count = 0
      self.source = source
    }
  }

  /// The next source of rows for a FETCH or MOVE, and how many of them it may take.
  func fetch(_ direction: FetchStatement.Direction) throws -> (source: RowSource, limit: Int)? {
    guard let table else { return try forward(direction) }
    let range = target(direction)
    guard !range.isEmpty else { return nil }
    let result = try table.rows(from: range.lowerBound - 1, count: range.count)
    return (RowSource(result), range.count)
  }

  /// Rows onward in the stream.
  private func forward(_ direction: FetchStatement.Direction) throws -> (source: RowSource, limit: Int)? {
    guard let source else { return nil }
    switch direction {
    case .forward(let count) where count > 0: return (source, count)
    case .forward(0), .relative(0): throw Self.forwardOnly
    case .forwardAll: return (source, .max)
    case .relative(let count) where count > 0:
      try skip(count - 1)
      return (source, 1)
    case .absolute(let row) where row > source.delivered:
      try skip(row - source.delivered - 1)
      return (source, 1)
    case .first where source.delivered == 0: return (source, 1)
    default: throw Self.forwardOnly
    }
  }

  /// Passes over rows, as MOVE does.
  ///
  /// - Returns: how many there were.
  @discardableResult
  func skip(_ count: Int) throws -> Int {
    var skipped = 0
    while skipped < count, let (_, rows) = try source?.take(count - skipped) { skipped += rows.count }
    return skipped
  }

  static let forwardOnly = PostgresError(
    .objectNotInPrerequisiteState, "cursor can only scan forward",
    hint: "Declare it with SCROLL option to enable backward scan.")

  /// The rows of a scrollable cursor that a direction means, counted from 1, and the new position.
  ///
  /// Going backward returns rows in the order of the table: only single steps back are in cursor order.
  private func target(_ direction: FetchStatement.Direction) -> ClosedOrEmpty {
    func single(_ row: Int) -> ClosedOrEmpty {
      position = min(max(row, 0), count + 1)
      return (1...max(count, 1)).contains(row) && count > 0 ? ClosedOrEmpty(row, row) : .empty
    }
    switch direction {
    case .forward(let n) where n > 0:
      let first = position + 1
      let last = n > count - position ? count : position + n
      position = n > count - position ? count + 1 : last
      return ClosedOrEmpty(first, last)
    case .forward(0): return single(position)
    case .forward(let n): return single(position + n)
    case .forwardAll:
      let first = position + 1
      position = count + 1
      return ClosedOrEmpty(first, count)
    case .backwardAll:
      let last = position - 1
      position = 0
      return ClosedOrEmpty(1, last)
    case .absolute(let row): return single(row < 0 ? count + 1 + row : row)
    case .relative(let step): return single(position + step)
    case .first: return single(1)
    case .last: return single(count)
    }
  }

  /// Moves the rows that are left to a connection of their own, so that they outlive the transaction.
  func hold(on scratch: () throws(DuckDBError) -> Connection) throws(DuckDBError) {
    try source?.park(on: scratch)
  }

  func close() {
    source?.close()
    source = nil
  }
}

/// Rows from one number to another, or none.
private struct ClosedOrEmpty {
  static let empty = ClosedOrEmpty(1, 0)
  let lowerBound: Int
  let upperBound: Int

  init(_ lowerBound: Int, _ upperBound: Int) {
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }

  var isEmpty: Bool { upperBound < lowerBound }
  var count: Int { upperBound - lowerBound + 1 }
}
