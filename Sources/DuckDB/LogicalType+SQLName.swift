extension LogicalType {
  /// The type in DuckDB's SQL, fit for a cast or a column definition.
  package var sqlName: String {
    switch self {
    case .invalid: "UNKNOWN"
    case .boolean: "BOOLEAN"
    case .tinyint: "TINYINT"
    case .smallint: "SMALLINT"
    case .integer: "INTEGER"
    case .bigint: "BIGINT"
    case .hugeint: "HUGEINT"
    case .utinyint: "UTINYINT"
    case .usmallint: "USMALLINT"
    case .uinteger: "UINTEGER"
    case .ubigint: "UBIGINT"
    case .uhugeint: "UHUGEINT"
    case .float: "FLOAT"
    case .double: "DOUBLE"
    case .decimal(let width, let scale): "DECIMAL(\(width),\(scale))"
    case .varchar: "VARCHAR"
    case .json: "JSON"
    case .blob: "BLOB"
    case .bit: "BIT"
    case .uuid: "UUID"
    case .date: "DATE"
    case .time: "TIME"
    case .timeNS: "TIME_NS"
    case .timeTZ: "TIME WITH TIME ZONE"
    case .timestamp: "TIMESTAMP"
    case .timestampS: "TIMESTAMP_S"
    case .timestampMS: "TIMESTAMP_MS"
    case .timestampNS: "TIMESTAMP_NS"
    case .timestampTZ: "TIMESTAMP WITH TIME ZONE"
    case .interval: "INTERVAL"
    case .bignum: "BIGNUM"
    case .sqlNull: "\"NULL\""
    case .any: "ANY"
    case .geometry: "GEOMETRY"
    case .variant: "VARIANT"
    case .enum(let values): "ENUM(\(values.map(Self.quoted(literal:)).joined(separator: ", ")))"
    case .list(let element): "\(element.sqlName)[]"
    case .array(let element, let count): "\(element.sqlName)[\(count)]"
    case .struct(let fields): "STRUCT(\(Self.list(fields)))"
    case .map(let key, let value): "MAP(\(key.sqlName), \(value.sqlName))"
    case .union(let fields): "UNION(\(Self.list(fields)))"
    case .alias(let name, _): name
    }
  }

  private static func list(_ fields: [Field]) -> String {
    fields.map { "\(quoted(identifier: $0.name)) \($0.type.sqlName)" }.joined(separator: ", ")
  }

  private static func quoted(identifier: String) -> String { quoted(identifier, with: "\"") }

  private static func quoted(literal: String) -> String { quoted(literal, with: "'") }

  private static func quoted(_ text: String, with quote: Character) -> String {
    var result = String(quote)
    for character in text {
      result.append(character)
      if character == quote { result.append(character) }
    }
    result.append(quote)
    return result
  }
}
