package import DuckDB

/// Whether the lake's Parquet files can hold a type without changing its values.
///
/// DuckLake 1.0 stores HUGEINT as DOUBLE and TIMETZ without its offset and says nothing; a TIME_NS column
/// ends the whole engine; ENUM, UNION, BIT, ARRAY, BIGNUM and named types are refused.
package enum StorageRule: Hashable, Sendable {
  /// Stored as it is.
  case keep
  /// To be cast to this type first.
  case cast(LogicalType)
  /// Not to be stored; the hint says what to do instead.
  case refuse(hint: String)

  package init(_ type: LogicalType) {
    switch type {
    case .hugeint, .uhugeint: self = .cast(.decimal(width: 38, scale: 0))
    case .timeTZ: self = .refuse(hint: "Use time without time zone, or timestamp with time zone.")
    case .timeNS: self = .cast(.time)
    case .enum, .bit, .sqlNull: self = .cast(.varchar)
    case .bignum: self = .refuse(hint: "Use numeric(38,0), or text for more digits.")
    case .union: self = .refuse(hint: "Use a struct with a field for each case, or json.")
    case .any, .invalid: self = .refuse(hint: "Cast it to a type that has a name.")
    case .alias(_, let inner):
      let rule = StorageRule(inner)
      self = rule == .keep ? .cast(inner.storage) : rule
    case .list(let element): self = Self.rebuilt([element], from: type) { .list($0[0]) }
    case .array(let element, _):
      let rule = Self.rebuilt([element], from: type) { .list($0[0]) }
      self = rule == .keep ? .cast(.list(element)) : rule
    case .map(let key, let value):
      self = Self.rebuilt([key, value], from: type) { .map(key: $0[0], value: $0[1]) }
    case .struct(let fields):
      self = Self.rebuilt(fields.map(\.type), from: type) { types in
        .struct(zip(fields, types).map { .init(name: $0.name, type: $1) })
      }
    default: self = .keep
    }
  }

  /// The rule of a type made of others.
  private static func rebuilt(
    _ parts: [LogicalType], from type: LogicalType, _ build: ([LogicalType]) -> LogicalType
  ) -> StorageRule {
    var types: [LogicalType] = []
    var changes = false
    for part in parts {
      switch StorageRule(part) {
      case .keep: types.append(part)
      case .cast(let other):
        types.append(other)
        changes = true
      case .refuse(let hint): return .refuse(hint: hint)
      }
    }
    return changes ? .cast(build(types)) : .keep
  }
}

extension StorageRule {
  /// The type that a declared column gets instead, or nil when it can stay; refused types throw.
  package static func storedType(
    of type: LogicalType, column: String
  ) throws(LakeError) -> LogicalType? {
    switch StorageRule(type) {
    case .keep: return nil
    case .cast(let other): return other
    case .refuse(let hint):
      throw LakeError(
        .unsupportedType, "column \"\(column)\" has type \(type.sqlName), which tables cannot hold",
        hint: hint)
    }
  }

  /// The query behind CREATE TABLE … AS with the casts that keep every value, or `select` itself when none is
  /// needed. `columns` are the columns of `select`.
  package static func wrap(
    _ select: String, columns: [ResultColumn]
  ) throws(LakeError) -> String {
    var items: [String] = []
    var changes = false
    for (index, column) in columns.enumerated() {
      let type = try storedType(of: column.type, column: column.name)
      let source = sqlIdentifier("c\(index)")
      let name = sqlIdentifier(column.name)
      if let type {
        items.append("CAST(\(source) AS \(type.sqlName)) AS \(name)")
        changes = true
      } else {
        items.append("\(source) AS \(name)")
      }
    }
    guard changes else { return select }
    // Columns are taken by position: their names need not be unique.
    let names = columns.indices.map { sqlIdentifier("c\($0)") }.joined(separator: ", ")
    return "SELECT \(items.joined(separator: ", ")) FROM (\(select)\n) AS source(\(names))"
  }
}
