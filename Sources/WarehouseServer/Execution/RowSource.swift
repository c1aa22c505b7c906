import DuckDB
import Lake
import SQLFront

/// The rows of a portal or cursor, handed out in the pieces that the client asks for.
///
/// They come straight from the engine's stream as long as nothing else runs on the session's connection.
/// When something else shall run, `park` moves the rest to a connection of its own: a second statement on
/// a DuckDB connection ends the stream of the first.
final class RowSource {
  /// What clients are told of the rows.
  var columns: [ResultColumn]
  private var result: QueryResult?
  /// A source that this one takes its rows from, and how many it may still take.
  private var base: RowSource?
  private var remaining = Int.max
  private var chunk: DataChunk?
  /// Keeps the files that the rows come from.
  private var reading: ReadToken?
  /// The first row of `chunk` that was not handed out.
  private var offset = 0
  private var scratch: ScratchTable?
  /// How many rows were handed out.
  private(set) var delivered = 0

  /// The rows of a statement.
  init(_ result: QueryResult, reading: ReadToken? = nil) {
    self.reading = reading
    columns = result.columns
    self.result = result
  }

  /// The one row of literals.
  init(_ literals: LiteralQuery) {
    columns = literals.resultColumns
    chunk = DataChunk(types: columns.map(\.type)) { (writer: inout ChunkWriter) -> Int in
      for (index, column) in literals.columns.enumerated() {
        switch column.value {
        case .integer(let value): writer.columns[index].store(value, 0)
        case .text(let text): writer.columns[index].set(text, 0)
        }
      }
      return 1
    }
  }

  /// No rows.
  init(empty columns: [ResultColumn]) {
    self.columns = columns
  }

  /// The next rows of another source, which stays where this one ends.
  init(_ base: RowSource, upTo limit: Int) {
    columns = base.columns
    self.base = base
    remaining = limit
  }

  /// The engine's own result, where the caller must know what the statement did.
  var engineResult: QueryResult? { result }

  /// Whether the stream still needs the session's connection.
  var holdsConnection: Bool { result != nil && scratch == nil }

  /// Up to `limit` rows that lie together in one chunk; nil at the end.
  func take(_ limit: Int) throws(DuckDBError) -> (chunk: DataChunk, rows: Range<Int>)? {
    if let base {
      guard remaining > 0, let piece = try base.take(min(limit, remaining)) else { return nil }
      remaining -= piece.rows.count
      return piece
    }
    if chunk == nil || offset == chunk?.rowCount {
      chunk = try result?.nextChunk()
      offset = 0
    }
    guard let chunk else {
      close()
      return nil
    }
    let rows = offset..<min(chunk.rowCount, limit < chunk.rowCount - offset ? offset + limit : chunk.rowCount)
    offset = rows.upperBound
    delivered += rows.count
    return (chunk, rows)
  }

  /// Whether no row is left; may fetch the next chunk to find out.
  func isAtEnd() throws(DuckDBError) -> Bool {
    if let base { return remaining == 0 ? true : try base.isAtEnd() }
    if let chunk, offset < chunk.rowCount { return false }
    chunk = try result?.nextChunk()
    offset = 0
    if chunk == nil { close() }
    return chunk == nil
  }

  /// Moves the rows that were not handed out to a temporary table on another connection, where they spill
  /// to disk when they are many. Their order stays.
  func park(on connect: () throws(DuckDBError) -> Connection) throws(DuckDBError) {
    guard holdsConnection else { return }
    if try isAtEnd() { return }
    let table = try ScratchTable(columns: columns, on: try connect())
    if let chunk, offset > 0 {
      // The rows of this chunk that were handed out stay behind: they are skipped when reading again.
      try table.append(chunk)
      try drain(into: table)
      result = try table.rows(skipping: offset)
    } else {
      if let chunk { try table.append(chunk) }
      try drain(into: table)
      result = try table.rows(skipping: 0)
    }
    scratch = table
    reading = nil
    chunk = nil
    offset = 0
  }

  private func drain(into table: ScratchTable) throws(DuckDBError) {
    while let next = try result?.nextChunk() { try table.append(next) }
    try table.finish()
  }

  /// Lets go of the engine's resources.
  func close() {
    base = nil
    reading = nil
    result = nil
    chunk = nil
    scratch = nil
  }
}

extension LiteralQuery {
  /// The columns as the engine would describe them.
  var resultColumns: [ResultColumn] {
    columns.map { column in
      switch column.value {
      case .integer: ResultColumn(name: column.name, type: .integer)
      case .text: ResultColumn(name: column.name, type: .varchar)
      }
    }
  }
}
