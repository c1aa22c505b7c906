import DuckDB

/// Turns the type names of DuckLake's `ducklake_column.column_type` into DuckDB's types
/// (https://ducklake.select/docs/stable/specification/data_types).
struct CatalogTypeReader {
  private var known: [String: LogicalType] = [
    "boolean": .boolean, "int8": .tinyint, "int16": .smallint, "int32": .integer, "int64": .bigint,
    "int128": .hugeint, "uint8": .utinyint, "uint16": .usmallint, "uint32": .uinteger,
    "uint64": .ubigint, "uint128": .uhugeint, "float32": .float, "float64": .double, "time": .time,
    "time_ns": .timeNS, "timetz": .timeTZ, "date": .date, "timestamp": .timestamp,
    "timestamp_us": .timestamp, "timestamp_ms": .timestampMS, "timestamp_ns": .timestampNS,
    "timestamp_s": .timestampS, "timestamptz": .timestampTZ, "interval": .interval,
    "varchar": .varchar, "json": .json, "blob": .blob, "uuid": .uuid, "variant": .variant,
    "geometry": .geometry,
  ]

  /// A type without children; nil for `list`, `struct`, `map`.
  mutating func flat(_ name: String) -> LogicalType? {
    if let type = known[name] { return type }
    guard name.hasPrefix("decimal("), name.hasSuffix(")") else { return nil }
    let numbers = name.dropFirst(8).dropLast().split(separator: ",").map { part in
      Int(part.filter { $0 != " " })
    }
    guard numbers.count == 2, let width = numbers[0], let scale = numbers[1] else { return nil }
    let type = LogicalType.decimal(width: width, scale: scale)
    known[name] = type
    return type
  }

  /// A type with children.
  func nested(_ name: String, _ children: [LogicalType.Field]) -> LogicalType {
    switch name {
    case "list" where children.count == 1: .list(children[0].type)
    case "map" where children.count == 2: .map(key: children[0].type, value: children[1].type)
    case "struct": .struct(children)
    default: .invalid
    }
  }
}
