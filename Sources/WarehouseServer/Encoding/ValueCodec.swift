import DuckDB
import PostgresWire

/// How the values of a vector become the bytes of a PostgreSQL type.
indirect enum ValueCodec: Sendable {
  /// A value of fixed layout; `scale` is that of a decimal.
  case scalar(ScalarCodec, scale: Int)
  /// Text that travels as it is.
  case string
  case jsonb
  case bytea
  case bit
  case bignum
  case enumeration([[UInt8]])
  /// An OID; `name` says whether text shows the name of what it stands for.
  case oid(PostgresType, width: Int, name: Bool)
  /// LIST, or ARRAY with `count` elements in every row.
  case array(element: ValueCodec, PostgresColumnType, count: Int?)
  /// int2vector, oidvector: numbers in a row, counted from 0.
  case numbers(element: ValueCodec, PostgresType)
  case json(JSONCodec)

  init(_ type: LogicalType) {
    if let scalar = ScalarCodec(type) {
      var scale = 0
      if case .decimal(_, let digits) = type.storage { scale = digits }
      self = .scalar(scalar, scale: scale)
      return
    }
    let column = PostgresColumnType(of: type)
    switch type {
    case .alias(_, let storage): self = Self.named(column.type, storage)
    case .blob, .geometry: self = .bytea
    case .bit: self = .bit
    case .bignum: self = .bignum
    case .enum(let values): self = .enumeration(values.map { Array($0.utf8) })
    case .list(let element): self = Self.list(column, element, count: nil, of: type)
    case .array(let element, let count): self = Self.list(column, element, count: count, of: type)
    case .struct, .map, .union, .variant: self = .json(JSONCodec(type))
    default: self = .string
    }
  }

  private static func list(
    _ column: PostgresColumnType, _ element: LogicalType, count: Int?, of type: LogicalType
  ) -> ValueCodec {
    guard column.type != .json else { return .json(JSONCodec(type)) }
    return .array(element: ValueCodec(element), PostgresColumnType(of: element), count: count)
  }

  private static func named(_ type: PostgresType, _ storage: LogicalType) -> ValueCodec {
    if type == .jsonb { return .jsonb }
    if RegisteredName.types.contains(type) {
      let width = [.bigint, .ubigint].contains(storage.storage) ? 8 : 4
      return .oid(type, width: width, name: RegisteredName.names.contains(type))
    }
    if type == .int2vector || type == .oidvector, case .list(let element) = storage.storage {
      return .numbers(element: ValueCodec(element), type)
    }
    return ValueCodec(storage)
  }
}

/// The values of fixed layout.
enum ScalarCodec: Sendable {
  case boolean
  case int8
  case int16
  case int32
  case int64
  case uint8
  case uint16
  case uint32
  case uint64
  case int128
  case uint128
  case float
  case double
  case decimal16
  case decimal32
  case decimal64
  case decimal128
  /// DECIMAL(38,10), shown without zeros at the end.
  case numeric
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
  case uuid

  init?(_ type: LogicalType) {
    switch type {
    case .boolean: self = .boolean
    case .tinyint: self = .int8
    case .smallint: self = .int16
    case .integer: self = .int32
    case .bigint: self = .int64
    case .utinyint: self = .uint8
    case .usmallint: self = .uint16
    case .uinteger: self = .uint32
    case .ubigint: self = .uint64
    case .hugeint: self = .int128
    case .uhugeint: self = .uint128
    case .float: self = .float
    case .double: self = .double
    case PostgresColumnType.unconstrainedNumeric: self = .numeric
    case .decimal(let width, _):
      switch width {
      case ...4: self = .decimal16
      case ...9: self = .decimal32
      case ...18: self = .decimal64
      default: self = .decimal128
      }
    case .date: self = .date
    case .time: self = .time
    case .timeNS: self = .timeNS
    case .timeTZ: self = .timeTZ
    case .timestamp: self = .timestamp
    case .timestampS: self = .timestampS
    case .timestampMS: self = .timestampMS
    case .timestampNS: self = .timestampNS
    case .timestampTZ: self = .timestampTZ
    case .interval: self = .interval
    case .uuid: self = .uuid
    default: return nil
    }
  }
}
