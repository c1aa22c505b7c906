/// How PostgreSQL writes types in SQL.
extension CatalogType {
  /// Names that differ from the internal one.
  private static let sqlNames: [String: String] = [
    "bool": "boolean", "char": "\"char\"", "int8": "bigint", "int2": "smallint", "int4": "integer",
    "float4": "real", "float8": "double precision", "bpchar": "character", "varchar": "character varying",
    "time": "time without time zone", "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone", "timetz": "time with time zone", "varbit": "bit varying",
    "any": "\"any\"",
  ]

  /// Other spellings that a client may use.
  private static let synonyms: [String: String] = [
    "int": "int4", "character": "bpchar", "char": "bpchar", "decimal": "numeric", "string": "text",
    "float": "float8", "timestamp with time zone": "timestamptz", "blob": "bytea",
  ]

  private static let bySQLName: [String: CatalogType] = {
    var names: [String: CatalogType] = [:]
    for type in all where !type.isArray {
      names[sqlNames[type.name] ?? type.name] = type
      if names[type.name] == nil { names[type.name] = type }
    }
    for (name, target) in synonyms { names[name] = named(target) }
    return names
  }()

  /// The name as `format_type(oid, NULL)` gives it.
  package var sqlName: String {
    if isArray, let element = Self.with(oid: elementOID) { return element.sqlName + "[]" }
    return Self.sqlNames[name] ?? name
  }

  /// The name with its modifier, as `format_type(oid, typmod)` gives it.
  package func sqlName(modifier: Int64) -> String {
    if isArray, let element = Self.with(oid: elementOID) {
      return element.sqlName(modifier: modifier) + "[]"
    }
    guard modifier >= 0 else { return name == "bpchar" ? "bpchar" : sqlName }
    switch name {
    case "numeric":
      guard modifier >= 4 else { return sqlName }
      return "numeric(\((modifier - 4) >> 16),\((modifier - 4) & 0xffff))"
    case "varchar", "bpchar": return modifier > 4 ? "\(sqlName)(\(modifier - 4))" : sqlName
    case "time", "timestamp", "timetz", "timestamptz":
      let words = sqlName.split(separator: " ", maxSplits: 1)
      return "\(words[0])(\(modifier)) \(words[1])"
    case "interval": return modifier & 0xffff == 0xffff ? sqlName : "\(sqlName)(\(modifier & 0xffff))"
    case "bit", "varbit": return "\(sqlName)(\(modifier))"
    default: return sqlName
    }
  }

  /// The type that a client names, whatever the spelling; modifiers are ignored.
  package static func parse(_ text: String) -> CatalogType? {
    var name = text.lowercased()
    for prefix in ["pg_catalog."] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
    var isArray = false
    if name.hasSuffix("[]") {
      isArray = true
      while name.hasSuffix("[]") { name.removeLast(2) }
    }
    if let open = name.firstIndex(of: "("), let close = name.firstIndex(of: ")"), open < close {
      name.removeSubrange(open...close)
    }
    name = name.split(separator: " ").joined(separator: " ")
    let isQuoted = name.count > 2 && name.first == "\"" && name.last == "\""
    if isQuoted { name = name == "\"char\"" ? name : String(name.dropFirst().dropLast()) }
    guard let type = bySQLName[name] ?? named(name) else { return nil }
    return isArray ? with(oid: type.arrayOID) : type
  }
}
