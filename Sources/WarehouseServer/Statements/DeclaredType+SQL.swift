import ControlStore
import SQLFront

extension DeclaredType {
  static let varchar: Int64 = 1043
  static let bpchar: Int64 = 1042

  /// The type of a definition, if it is one that the lake forgets; nil for the others.
  ///
  /// - Parameter sql: as the client wrote it: `varchar(40)`, `character varying(3)[]`.
  init?(sql: String) {
    var words = sql.lowercased().replacing("(", with: " ( ").replacing(")", with: " ) ")
      .replacing("[", with: " [").split(separator: " ").map(String.init)
    if words.first?.hasPrefix("pg_catalog.") == true { words[0].removeFirst("pg_catalog.".count) }
    if words.first == "national" { words.removeFirst() }
    guard let first = words.first else { return nil }
    words.removeFirst()
    let isVarying = words.first == "varying"
    if isVarying { words.removeFirst() }
    let scalar: Int64
    switch first {
    case "varchar": scalar = Self.varchar
    case "char", "character", "nchar": scalar = isVarying ? Self.varchar : Self.bpchar
    case "bpchar": scalar = Self.bpchar
    default: return nil
    }
    var modifier: Int64 = first == "bpchar" || scalar == Self.varchar ? -1 : 5
    if words.first == "(", words.count > 2, let length = Int64(words[1]), words[2] == ")" {
      modifier = length + 4
      words.removeFirst(3)
    }
    let isArray = words.first?.hasPrefix("[") == true || words.first == "array"
    self.init(oid: isArray ? (scalar == Self.varchar ? 1015 : 1014) : scalar, modifier: modifier)
  }

  /// The most characters that a value may have; nil where there is no limit, or the type is an array's.
  var length: Int? {
    (oid == Self.varchar || oid == Self.bpchar) && modifier >= 4 ? Int(modifier) - 4 : nil
  }
}
