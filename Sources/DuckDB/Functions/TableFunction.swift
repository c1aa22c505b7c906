/// One call of a table function.
package struct TableFunctionCall: Sendable {
  /// The `id` of the connection that the statement runs on.
  package var connectionID: UInt64
  package var arguments: [Value]
  /// Which of the function's columns the statement reads; the others may be `.nulls`.
  package var columns: Set<Int>
}

/// A table function whose rows are computed at once, each time that a statement runs it.
package struct TableFunction: Sendable {
  package let name: String
  package let parameters: [LogicalType]
  package let columns: [ResultColumn]
  package let rows: @Sendable (TableFunctionCall) throws -> ColumnarRows

  /// - Parameters:
  ///   - rows: called on any thread, from several at once; an error that it throws ends the statement. It
  ///     gives a column for each of `columns`, all of the same length.
  package init(
    name: String, parameters: [LogicalType] = [], columns: [ResultColumn],
    rows: @escaping @Sendable (TableFunctionCall) throws -> ColumnarRows
  ) {
    self.name = name
    self.parameters = parameters
    self.columns = columns
    self.rows = rows
  }
}

/// Rows that arrive while a statement runs, such as those of COPY … FROM STDIN. DuckDB's threads ask for them.
package protocol ChunkSource: AnyObject, Sendable {
  /// Known before the first row.
  var columns: [ResultColumn] { get }
  /// How many threads may ask at once. More than one only helps a statement that need not keep the order of
  /// the rows (`preserve_insertion_order` off, for INSERT).
  var maximumThreads: Int { get }
  /// What a thread keeps between its calls, such as a parser's scratch memory.
  func makeThreadState() throws -> AnyObject?
  /// Fills up to `writer.capacity` rows and says how many; 0 ends the rows for this thread. An error ends the
  /// statement.
  func nextChunk(into writer: inout ChunkWriter, threadState: AnyObject?) throws -> Int
}

extension ChunkSource {
  package var maximumThreads: Int { 1 }
  package func makeThreadState() throws -> AnyObject? { nil }
}

/// A table function that is fed by a `ChunkSource`.
package struct StreamingTableFunction: Sendable {
  package let name: String
  package let parameters: [LogicalType]
  package let open: @Sendable (TableFunctionCall) throws -> any ChunkSource

  /// - Parameter open: called when a statement is planned; the source lives as long as the plan.
  package init(
    name: String, parameters: [LogicalType],
    open: @escaping @Sendable (TableFunctionCall) throws -> any ChunkSource
  ) {
    self.name = name
    self.parameters = parameters
    self.open = open
  }
}
