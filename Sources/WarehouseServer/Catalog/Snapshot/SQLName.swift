/// Identifiers in PostgreSQL's text form.
package enum SQLName {
  /// Words that PostgreSQL's quote_ident puts between quotes.
  private static let reserved: Set<String> = [
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization",
    "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check",
    "coalesce", "collate", "collation", "column", "concurrently", "constraint", "create", "cross",
    "current_catalog", "current_date", "current_role", "current_schema", "current_time",
    "current_timestamp", "current_user", "dec", "decimal", "default", "deferrable", "desc", "distinct",
    "do", "else", "end", "except", "exists", "extract", "false", "fetch", "float", "for", "foreign",
    "freeze", "from", "full", "grant", "greatest", "group", "grouping", "having", "ilike", "in",
    "initially", "inner", "inout", "int", "integer", "intersect", "interval", "into", "is", "isnull",
    "join", "lateral", "leading", "least", "left", "like", "limit", "localtime", "localtimestamp",
    "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric",
    "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing", "position",
    "precision", "primary", "real", "references", "returning", "right", "row", "select", "session_user",
    "setof", "similar", "smallint", "some", "substring", "symmetric", "table", "tablesample", "then",
    "time", "timestamp", "to", "trailing", "treat", "trim", "true", "union", "unique", "user", "using",
    "values", "varchar", "variadic", "verbose", "when", "where", "window", "with", "xmlattributes",
  ]

  /// The identifier, between double quotes where PostgreSQL's quote_ident puts them.
  package static func quoted(_ name: String) -> String {
    let isPlain =
      name.utf8.first.map { $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
      ?? false
    let rest = name.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    if isPlain, rest, !reserved.contains(name) { return name }
    return "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  /// The parts of a dotted name, unquoted, with unquoted parts folded to lower case; nil when it is
  /// malformed.
  package static func parse(_ text: String) -> [String]? {
    var parts: [String] = []
    var rest = text[...]
    func skipSpaces() { rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "\n" } }
    while true {
      skipSpaces()
      var part = ""
      if rest.first == "\"" {
        rest.removeFirst()
        while let character = rest.popFirst() {
          if character != "\"" {
            part.append(character)
          } else if rest.first == "\"" {
            part.append(rest.removeFirst())
          } else {
            break
          }
        }
      } else {
        part = String(rest.prefix { $0 != "." && $0 != " " && $0 != "\"" }).lowercased()
        rest = rest.dropFirst(part.count)
      }
      guard !part.isEmpty else { return nil }
      parts.append(part)
      skipSpaces()
      guard let next = rest.popFirst() else { return parts }
      guard next == "." else { return nil }
    }
  }
}
