/// A column's type, as DuckDB knows it.
package indirect enum LogicalType: Hashable, Sendable {
  /// Not known: an unresolved parameter, or a type that this library does not know.
  case invalid
  case boolean
  case tinyint
  case smallint
  case integer
  case bigint
  case hugeint
  case utinyint
  case usmallint
  case uinteger
  case ubigint
  case uhugeint
  case float
  case double
  case decimal(width: Int, scale: Int)
  case varchar
  /// VARCHAR with the alias JSON.
  case json
  case blob
  case bit
  case uuid
  case date
  case time
  case timeNS
  case timeTZ
  case timestamp
  case timestampS
  case timestampMS
  case timestampNS
  case timestampTZ
  case interval
  /// An integer of any length.
  case bignum
  /// The type of a bare NULL.
  case sqlNull
  /// Only as a parameter of a function: any type.
  case any
  case geometry
  case variant
  case `enum`([String])
  case list(LogicalType)
  case array(LogicalType, count: Int)
  case `struct`([Field])
  case map(key: LogicalType, value: LogicalType)
  case union([Field])
  /// A type with a name of its own (`regclass`) and the type that it is stored as.
  case alias(String, LogicalType)

  /// A member of a STRUCT or UNION.
  package struct Field: Hashable, Sendable {
    package var name: String
    package var type: LogicalType

    package init(name: String, type: LogicalType) {
      self.name = name
      self.type = type
    }
  }

  /// The type without its alias: how values are stored. JSON is stored as VARCHAR.
  package var storage: LogicalType {
    switch self {
    case .alias(_, let type): type.storage
    case .json: .varchar
    default: self
    }
  }
}

/// One column of a result.
package struct ResultColumn: Hashable, Sendable {
  package var name: String
  package var type: LogicalType

  package init(name: String, type: LogicalType) {
    self.name = name
    self.type = type
  }
}
