/// The PostgreSQL type that stands for a DuckDB type: what pg_attribute says and what a result's
/// description must agree with.
package struct CatalogColumnType: Sendable, Equatable {
  package let oid: Int64
  /// PostgreSQL's type modifier; -1 for none.
  package let modifier: Int64

  package init(oid: Int64, modifier: Int64 = -1) {
    self.oid = oid
    self.modifier = modifier
  }

  private static let plain: [String: Int64] = [
    "BOOLEAN": 16, "TINYINT": 21, "SMALLINT": 21, "INTEGER": 23, "BIGINT": 20, "HUGEINT": 1700,
    "UTINYINT": 21, "USMALLINT": 23, "UINTEGER": 20, "UBIGINT": 1700, "UHUGEINT": 1700, "BIGNUM": 1700,
    "FLOAT": 700, "DOUBLE": 701, "VARCHAR": 25, "JSON": 114, "BLOB": 17, "BIT": 1562, "UUID": 2950,
    "DATE": 1082, "TIME": 1083, "TIME_NS": 1083, "TIME WITH TIME ZONE": 1266, "TIMESTAMP": 1114,
    "TIMESTAMP_S": 1114, "TIMESTAMP_MS": 1114, "TIMESTAMP_NS": 1114, "TIMESTAMP WITH TIME ZONE": 1184,
    "INTERVAL": 1186, "\"NULL\"": 25, "NULL": 25, "VARIANT": 114,
  ]

  /// Translates DuckDB's name of a type (`DECIMAL(10,2)`, `INTEGER[]`). Structures and maps travel as
  /// json, what is unknown as text.
  package init(engineType: String) {
    if let oid = Self.plain[engineType] {
      self.init(oid: oid)
    } else if engineType.hasSuffix("]"), let open = engineType.lastIndex(of: "[") {
      let elementType = engineType[..<open]
      let element = CatalogColumnType(engineType: String(elementType))
      let array = CatalogType.with(oid: element.oid)?.arrayOID ?? 1009
      self = Self.isNested(elementType) ? Self(oid: 114) : Self(oid: array, modifier: element.modifier)
    } else if engineType.hasPrefix("DECIMAL(") {
      let numbers = engineType.dropFirst(8).dropLast().split(separator: ",")
        .compactMap { Int64($0.drop { $0 == " " }) }
      let width = numbers.first ?? 18
      let scale = numbers.count > 1 ? numbers[1] : 0
      self.init(oid: 1700, modifier: (width << 16 | scale) + 4)
    } else if Self.isNested(engineType[...]) {
      self.init(oid: 114)
    } else {
      self.init(oid: 25)
    }
  }

  /// Lists, structures and maps: inside a list they make it json, since lists of lists need not be
  /// rectangular, as PostgreSQL's arrays are.
  private static func isNested(_ engineType: Substring) -> Bool {
    engineType.hasSuffix("]") || engineType == "VARIANT"
      || ["STRUCT", "MAP", "UNION"].contains { engineType.hasPrefix($0) }
  }

  /// 1 for a DuckDB type that travels as an array, 0 for others.
  static func dimensions(of engineType: String) -> Int64 {
    guard engineType.hasSuffix("]"), let open = engineType.lastIndex(of: "[") else { return 0 }
    return isNested(engineType[..<open]) ? 0 : 1
  }
}
