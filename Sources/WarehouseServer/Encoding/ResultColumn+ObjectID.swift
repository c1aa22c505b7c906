import DuckDB

extension [ResultColumn] {
  /// The columns of a statement that reads the catalogs, whose UINTEGERs are PostgreSQL's oids.
  var namingObjectIDs: [ResultColumn] {
    map { ResultColumn(name: $0.name, type: $0.type.namingObjectIDs) }
  }
}

extension LogicalType {
  /// The same type, with UINTEGER called `oid`.
  var namingObjectIDs: LogicalType {
    switch self {
    case .uinteger: .alias("oid", .uinteger)
    case .list(let element): .list(element.namingObjectIDs)
    default: self
    }
  }
}

extension LogicalType {
  /// A list of any number of elements.
  var isList: Bool {
    if case .list = self { true } else { false }
  }
}
