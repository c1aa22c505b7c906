package import DuckDB
package import PostgresWire

/// The PostgreSQL type that stands for a DuckDB type on the wire. This is the one place that decides it.
package struct PostgresColumnType: Hashable, Sendable {
  package var type: PostgresType
  /// What `RowDescription` and `pg_attribute.atttypmod` say; -1 for none.
  package var modifier: Int32

  package init(_ type: PostgresType, modifier: Int32 = -1) {
    self.type = type
    self.modifier = modifier
  }

  /// How values of `type` travel.
  package init(of type: LogicalType) {
    switch type {
    case .boolean: self.init(.bool)
    case .tinyint, .smallint, .utinyint: self.init(.int2)
    case .integer, .usmallint: self.init(.int4)
    case .bigint, .uinteger: self.init(.int8)
    case .ubigint, .hugeint, .uhugeint, .bignum: self.init(.numeric)
    case .float: self.init(.float4)
    case .double: self.init(.float8)
    case .decimal(let width, let scale):
      // DECIMAL(38,10) is how Martinet stores NUMERIC without a precision.
      let isUnconstrained = type == Self.unconstrainedNumeric
      self.init(
        .numeric,
        modifier: isUnconstrained
          ? -1 : PostgresType.numericTypeModifier(precision: width, scale: scale))
    case .varchar, .enum, .sqlNull, .any, .invalid: self.init(.text)
    case .json, .struct, .map, .union, .variant: self.init(.json)
    case .blob, .geometry: self.init(.bytea)
    case .bit: self.init(.varbit)
    case .uuid: self.init(.uuid)
    case .date: self.init(.date)
    case .time, .timeNS: self.init(.time)
    case .timeTZ: self.init(.timetz)
    case .timestamp, .timestampS, .timestampMS, .timestampNS: self.init(.timestamp)
    case .timestampTZ: self.init(.timestamptz)
    case .interval: self.init(.interval)
    case .list(let element), .array(let element, _): self.init(arrayOf: element)
    case .alias(let name, let storage):
      self = Self.named(name, storedAs: storage) ?? PostgresColumnType(of: storage)
    }
  }

  /// What NUMERIC without a precision is stored as.
  package static let unconstrainedNumeric = LogicalType.decimal(width: 38, scale: 10)

  private init(arrayOf element: LogicalType) {
    switch element.storage {
    case .list, .array, .struct, .map, .union, .variant:
      // Lists of lists need not be rectangular, as PostgreSQL's arrays are.
      self.init(.json)
    default:
      let column = PostgresColumnType(of: element)
      guard let array = column.type.arrayType else {
        self.init(.json)
        return
      }
      self.init(array, modifier: column.modifier)
    }
  }

  /// The types of PostgreSQL that DuckDB lacks, which are registered in it under their own names.
  private static func named(_ name: String, storedAs storage: LogicalType) -> PostgresColumnType? {
    guard let type = PostgresType(name: name.lowercased()) else { return nil }
    switch storage.storage {
    case .bigint, .uinteger, .integer, .ubigint:
      return RegisteredName.types.contains(type) ? PostgresColumnType(type) : nil
    case .varchar:
      return [.name, .jsonb, .json, .xml, .bpchar, .char, .varchar, .text].contains(type)
        ? PostgresColumnType(type) : nil
    case .list:
      return [.int2vector, .oidvector].contains(type) ? PostgresColumnType(type) : nil
    default:
      return nil
    }
  }
}

/// PostgreSQL's types that are the OID of something in the catalog.
enum RegisteredName {
  /// Shown as a number.
  static let numbers: Set<PostgresType> = [.oid, .xid, .cid]
  /// Shown by the name of what they stand for.
  static let names: Set<PostgresType> = [
    .regclass, .regtype, .regproc, .regprocedure, .regoper, .regoperator, .regnamespace, .regrole,
  ]
  static let types = numbers.union(names)
}
