import DuckDB
import PostgresWire

/// What a RowDescription says about a column's type.
struct ColumnType {
  var oid: UInt32
  /// Bytes of a value, or -1.
  var size: Int16
  var modifier: Int32

  static let text = ColumnType(PostgresColumnType(.text))

  init(oid: UInt32, size: Int16, modifier: Int32) {
    self.oid = oid
    self.size = size
    self.modifier = modifier
  }

  init(_ column: PostgresColumnType) {
    self.init(oid: column.type.oid, size: column.type.size, modifier: column.modifier)
  }

  /// How values of the engine's type travel.
  init(_ type: LogicalType) {
    self.init(PostgresColumnType(of: type))
  }

  /// Whether the values of both have the same bytes.
  func travelsLike(_ other: ColumnType) -> Bool {
    let texts = [PostgresType.text, .varchar, .bpchar].map(\.oid)
    return oid == other.oid || texts.contains(oid) && texts.contains(other.oid)
  }
}
