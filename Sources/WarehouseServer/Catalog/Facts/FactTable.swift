/// A table of base facts, column by column: what a table function `martinet_*` serves.
package struct FactTable: Sendable {
  /// The values of one column. All numbers travel as BIGINT; the views narrow them.
  package enum Values: Sendable {
    case integers([Int64])
    case texts([String?])
    case flags([Bool])

    /// How many values there are.
    package var count: Int {
      switch self {
      case .integers(let values): values.count
      case .texts(let values): values.count
      case .flags(let values): values.count
      }
    }
  }

  package struct Column: Sendable {
    package let name: String
    package let values: Values
  }

  package let columns: [Column]
  package var rowCount: Int { columns.first?.values.count ?? 0 }

  init(_ columns: [Column]) { self.columns = columns }
}

extension FactTable.Column {
  static func integers<Row>(_ name: String, _ rows: [Row], _ value: (Row) -> Int64) -> Self {
    Self(name: name, values: .integers(rows.map(value)))
  }

  static func texts<Row>(_ name: String, _ rows: [Row], _ value: (Row) -> String?) -> Self {
    Self(name: name, values: .texts(rows.map(value)))
  }

  static func flags<Row>(_ name: String, _ rows: [Row], _ value: (Row) -> Bool) -> Self {
    Self(name: name, values: .flags(rows.map(value)))
  }
}
