extension PostgresType {
  /// The type of the elements if this is an array type; vectors have elements, too, but are no arrays here.
  package var elementType: PostgresType? {
    Self.elementTypes[self]
  }

  private static let elementTypes: [PostgresType: PostgresType] = {
    var elements: [PostgresType: PostgresType] = [:]
    for type in allCases {
      if let array = type.arrayType { elements[array] = type }
    }
    return elements
  }()

  /// True for array types.
  package var isArray: Bool { elementType != nil }

  /// The name in `pg_type`: `int4`, `_int4`.
  package var name: String {
    if let elementType { return "_" + elementType.name }
    return Self.caseName(self)
  }

  /// The type of a name as `pg_type` has it; nil if there is none.
  package init?(name: String) {
    guard let type = Self.typesByName[name] else { return nil }
    self = type
  }

  private static let typesByName: [String: PostgresType] = {
    var types: [String: PostgresType] = [:]
    for type in allCases {
      types[type.name] = type
      types[type.sqlName] = type
    }
    types["int"] = .int4
    types["decimal"] = .numeric
    types["float"] = .float8
    return types
  }()

  /// The name as SQL and error messages have it: `integer`, `integer[]`, `timestamp without time zone`.
  package var sqlName: String {
    if let elementType { return elementType.sqlName + "[]" }
    return switch self {
    case .int8: "bigint"
    case .int4: "integer"
    case .int2: "smallint"
    case .bool: "boolean"
    case .float4: "real"
    case .float8: "double precision"
    case .varchar: "character varying"
    case .bpchar: "character"
    case .time: "time without time zone"
    case .timetz: "time with time zone"
    case .timestamp: "timestamp without time zone"
    case .timestamptz: "timestamp with time zone"
    case .varbit: "bit varying"
    case .char: "\"char\""
    default: name
    }
  }

  private static func caseName(_ type: PostgresType) -> String {
    switch type {
    case .bool: "bool"
    case .bytea: "bytea"
    case .char: "char"
    case .name: "name"
    case .int8: "int8"
    case .int2: "int2"
    case .int2vector: "int2vector"
    case .int4: "int4"
    case .regproc: "regproc"
    case .text: "text"
    case .oid: "oid"
    case .tid: "tid"
    case .xid: "xid"
    case .cid: "cid"
    case .oidvector: "oidvector"
    case .json: "json"
    case .xml: "xml"
    case .float4: "float4"
    case .float8: "float8"
    case .unknown: "unknown"
    case .money: "money"
    case .macaddr: "macaddr"
    case .inet: "inet"
    case .cidr: "cidr"
    case .bpchar: "bpchar"
    case .varchar: "varchar"
    case .date: "date"
    case .time: "time"
    case .timestamp: "timestamp"
    case .timestamptz: "timestamptz"
    case .interval: "interval"
    case .timetz: "timetz"
    case .bit: "bit"
    case .varbit: "varbit"
    case .numeric: "numeric"
    case .regprocedure: "regprocedure"
    case .regoper: "regoper"
    case .regoperator: "regoperator"
    case .regclass: "regclass"
    case .regtype: "regtype"
    case .record: "record"
    case .cstring: "cstring"
    case .void: "void"
    case .uuid: "uuid"
    case .jsonb: "jsonb"
    case .regnamespace: "regnamespace"
    case .regrole: "regrole"
    case .xid8: "xid8"
    default: "unknown"
    }
  }

  /// The character that separates elements of arrays of this type: a comma for all that are known here.
  package static let elementDelimiter = UInt8(ascii: ",")

  /// The precision and scale of a numeric type modifier; nil if it has none.
  package static func numericPrecision(typeModifier: Int32) -> (precision: Int, scale: Int)? {
    guard typeModifier >= 4 else { return nil }
    let packed = Int(typeModifier) - 4
    // Scales are stored in 11 bits since PostgreSQL 15 because they may be negative.
    return ((packed >> 16) & 0xFFFF, ((packed & 0x7FF) ^ 1024) - 1024)
  }

  /// The type modifier of NUMERIC(precision, scale).
  package static func numericTypeModifier(precision: Int, scale: Int) -> Int32 {
    Int32(truncatingIfNeeded: ((precision << 16) | (scale & 0x7FF)) + 4)
  }
}
