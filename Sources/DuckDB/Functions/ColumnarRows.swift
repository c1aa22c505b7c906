/// Rows for a table function, as columns of Swift values.
package struct ColumnarRows: Sendable {
  /// A column's values, nil for NULL. Integers fit every integer type that holds them.
  package enum Column: Sendable {
    case strings([String?])
    case int64([Int64?])
    case int32([Int32?])
    case bool([Bool?])
    case double([Double?])
    case stringLists([[String]?])
    case int64Lists([[Int64]?])
    /// As many NULLs of any type; also for a column that the call does not need.
    case nulls(Int)

    package var count: Int {
      switch self {
      case .strings(let values): values.count
      case .int64(let values): values.count
      case .int32(let values): values.count
      case .bool(let values): values.count
      case .double(let values): values.count
      case .stringLists(let values): values.count
      case .int64Lists(let values): values.count
      case .nulls(let count): count
      }
    }
  }

  package var columns: [Column]

  package init(columns: [Column]) {
    self.columns = columns
  }

  package var rowCount: Int { columns.first?.count ?? 0 }
}

extension ColumnarRows.Column {
  /// Writes the values from `start` on into the first `count` rows of a vector.
  func write(from start: Int, count: Int, to writer: inout VectorWriter) throws(DuckDBError) {
    switch self {
    case .nulls:
      for row in 0..<count { writer.setNull(row) }
    case .strings(let values):
      try Self.require(.varchar, writer)
      for row in 0..<count {
        if let value = values[start + row] { writer.set(value, row) } else { writer.setNull(row) }
      }
    case .bool(let values):
      try Self.require(.boolean, writer)
      for row in 0..<count {
        if let value = values[start + row] { writer.store(value, row) } else { writer.setNull(row) }
      }
    case .double(let values):
      try Self.require(.double, writer)
      for row in 0..<count {
        if let value = values[start + row] { writer.store(value, row) } else { writer.setNull(row) }
      }
    case .int32(let values):
      for row in 0..<count { try Self.write(values[start + row].map(Int64.init), row, &writer) }
    case .int64(let values):
      for row in 0..<count { try Self.write(values[start + row], row, &writer) }
    case .stringLists(let values):
      for row in 0..<count {
        try Self.writeList(values[start + row], row, &writer) { value, index, child throws(DuckDBError) in
          try Self.require(.varchar, child)
          child.set(value, index)
        }
      }
    case .int64Lists(let values):
      for row in 0..<count {
        try Self.writeList(values[start + row], row, &writer) { value, index, child throws(DuckDBError) in
          try Self.write(value, index, &child)
        }
      }
    }
  }

  private static func writeList<Element>(
    _ values: [Element]?, _ row: Int, _ writer: inout VectorWriter,
    _ body: (Element, Int, inout VectorWriter) throws(DuckDBError) -> Void
  ) throws(DuckDBError) {
    guard case .list = writer.type.storage else { throw mismatch(writer.type) }
    guard let values else { return writer.setNull(row) }
    let offset = writer.setList(row, count: values.count)
    var child = writer.listChild
    for (index, value) in values.enumerated() { try body(value, offset + index, &child) }
  }

  private static func write(
    _ value: Int64?, _ row: Int, _ writer: inout VectorWriter
  ) throws(DuckDBError) {
    guard let value else { return writer.setNull(row) }
    switch writer.type.storage {
    case .bigint: writer.store(value, row)
    case .integer: writer.store(try fit(value, Int32.self), row)
    case .smallint: writer.store(try fit(value, Int16.self), row)
    case .tinyint: writer.store(try fit(value, Int8.self), row)
    case .ubigint: writer.store(try fit(value, UInt64.self), row)
    case .uinteger: writer.store(try fit(value, UInt32.self), row)
    case .usmallint: writer.store(try fit(value, UInt16.self), row)
    case .utinyint: writer.store(try fit(value, UInt8.self), row)
    default: throw mismatch(writer.type)
    }
  }

  private static func fit<T: FixedWidthInteger>(_ value: Int64, _: T.Type) throws(DuckDBError) -> T {
    guard let fitting = T(exactly: value) else {
      throw DuckDBError(type: .outOfRange, message: "\(value) does not fit its column")
    }
    return fitting
  }

  private static func require(_ type: LogicalType, _ writer: VectorWriter) throws(DuckDBError) {
    guard writer.type.storage == type else { throw mismatch(writer.type) }
  }

  private static func mismatch(_ type: LogicalType) -> DuckDBError {
    DuckDBError(type: .mismatchType, message: "a column of \(type.sqlName) was given other values")
  }
}
