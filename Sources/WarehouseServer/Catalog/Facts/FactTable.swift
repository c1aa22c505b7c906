package import DuckDB

/// A table of base facts, column by column: what a table function `martinet_*` serves.
package struct FactTable: Sendable {
  package struct Column: Sendable {
    package let name: String
    package let type: LogicalType
    package let values: ColumnarRows.Column
  }

  package let columns: [Column]
  package var rowCount: Int { columns.first?.values.count ?? 0 }

  package init(_ columns: [Column]) { self.columns = columns }

  /// What a call of the table function gets: the columns that its statement reads.
  func rows(reading needed: Set<Int>) -> ColumnarRows {
    let count = rowCount
    return ColumnarRows(
      columns: columns.enumerated().map { index, column in
        needed.contains(index) ? column.values : .nulls(count)
      })
  }

  /// The columns as a table function declares them.
  var resultColumns: [ResultColumn] { columns.map { ResultColumn(name: $0.name, type: $0.type) } }
}

extension FactTable.Column {
  package static func integers<Row>(_ name: String, _ rows: [Row], _ value: (Row) -> Int64?) -> Self {
    Self(name: name, type: .bigint, values: .int64(rows.map(value)))
  }

  package static func texts<Row>(_ name: String, _ rows: [Row], _ value: (Row) -> String?) -> Self {
    Self(name: name, type: .varchar, values: .strings(rows.map(value)))
  }

  package static func flags<Row>(_ name: String, _ rows: [Row], _ value: (Row) -> Bool) -> Self {
    Self(name: name, type: .boolean, values: .bool(rows.map(value)))
  }
}
