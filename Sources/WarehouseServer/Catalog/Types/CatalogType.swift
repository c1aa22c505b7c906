/// One of PostgreSQL's built-in types: a row of pg_type.
package struct CatalogType: Sendable {
  /// A function of the type: its oid and name; 0 and `-` where there is none.
  package struct Function: Sendable {
    package let oid: Int64
    package let name: String

    init(_ text: Substring) {
      let parts = text.split(separator: "/", maxSplits: 1)
      oid = parts.count == 2 ? Int64(parts[0]) ?? 0 : 0
      name = parts.count == 2 ? String(parts[1]) : "-"
    }
  }

  package let name: String
  package let oid: Int64
  package let arrayOID: Int64
  /// Bytes of a value; -1 variable, -2 NUL-terminated.
  package let length: Int64
  package let byValue: Bool
  package let kind: String
  package let category: String
  package let isPreferred: Bool
  package let delimiter: String
  package let alignment: String
  package let storage: String
  package let elementOID: Int64
  package let functions: [Function]
  package let collationOID: Int64

  /// An array type, as opposed to int2vector and its like.
  package var isArray: Bool { name.first == "_" }
}

extension CatalogType {
  /// Every type, ordered by oid.
  package static let all: [CatalogType] = {
    let plain = CatalogText.entries(text).compactMap { CatalogType(entry: $0) }
    let arrays = plain.filter { $0.arrayOID != 0 }.map { CatalogType(arrayOf: $0) }
    return (plain + arrays).sorted { $0.oid < $1.oid }
  }()

  private static let byOID: [Int64: CatalogType] = Dictionary(
    all.map { ($0.oid, $0) }, uniquingKeysWith: { first, _ in first })
  private static let byName: [String: CatalogType] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The type with an oid.
  package static func with(oid: Int64) -> CatalogType? { byOID[oid] }
  /// The type with an internal name (`int4`, `_text`).
  package static func named(_ name: String) -> CatalogType? { byName[name] }

  private init?(entry: Substring) {
    let words = entry.split(separator: " ")
    guard words.count == 19, let oid = Int64(words[1]), let arrayOID = Int64(words[2]),
      let length = Int64(words[3]), let elementOID = Int64(words[11]), let collation = Int64(words[18])
    else { return nil }
    self.init(
      name: String(words[0]), oid: oid, arrayOID: arrayOID, length: length, byValue: words[4] == "t",
      kind: String(words[5]), category: String(words[6]), isPreferred: words[7] == "t",
      delimiter: String(words[8]), alignment: String(words[9]), storage: String(words[10]),
      elementOID: elementOID, functions: words[12..<18].map { Function($0) }, collationOID: collation)
  }

  private init(arrayOf element: CatalogType) {
    self.init(
      name: "_" + element.name, oid: element.arrayOID, arrayOID: 0, length: -1, byValue: false,
      kind: "b", category: "A", isPreferred: false, delimiter: element.delimiter,
      alignment: element.alignment == "d" ? "d" : "i", storage: "x", elementOID: element.oid,
      functions: ["750/array_in", "751/array_out", "2400/array_recv", "2401/array_send", "-", "-"]
        .map { Function($0) },
      collationOID: element.collationOID)
  }
}
