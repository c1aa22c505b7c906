/// The name, oid and columns of one relation of PostgreSQL 15's catalogs.
package struct CatalogShape: Sendable {
  /// A column as PostgreSQL declares it.
  package struct Column: Sendable, Equatable {
    package let name: String
    /// PostgreSQL's type, by its internal name (`int4`), or `name[]`.
    package let typeName: String
  }

  package let schema: Schema
  package let name: String
  package let oid: Int64
  /// `r` or `v`.
  package let kind: String
  package let columns: [Column]

  /// The two schemas that PostgreSQL fills itself.
  package enum Schema: Sendable {
    case catalog
    case information

    /// The schema's name for clients.
    package var name: String { self == .catalog ? "pg_catalog" : "information_schema" }
    /// The schema's oid for clients.
    package var oid: Int64 { self == .catalog ? 11 : 13207 }
    /// The schema that holds the relations in the engine.
    var engineName: String { self == .catalog ? CatalogSQL.catalog : CatalogSQL.informationSchema }
  }

  /// All of them: pg_catalog first.
  package static let all: [CatalogShape] =
    [(Schema.catalog, catalogText), (.catalog, statisticsText), (.information, informationSchemaText)]
    .flatMap { schema, text in
      CatalogText.entries(text).compactMap { CatalogShape(schema: schema, entry: $0) }
    }

  private init?(schema: Schema, entry: Substring) {
    guard let colon = entry.firstIndex(of: ":") else { return nil }
    let head = entry[..<colon].split(separator: " ")
    guard head.count == 3, let oid = Int64(head[1]) else { return nil }
    self.schema = schema
    self.name = String(head[0])
    self.oid = oid
    self.kind = String(head[2])
    self.columns = entry[entry.index(after: colon)...].split(separator: ",").compactMap { column in
      let words = column.split(separator: " ")
      return words.count == 2 ? Column(name: String(words[0]), typeName: String(words[1])) : nil
    }
  }
}

extension CatalogShape.Column {
  /// The engine's type that carries the column.
  ///
  /// oid and xid are UINTEGER: nothing else in the catalogs is, so that clients can be told what they are.
  package var engineType: String {
    if typeName.hasSuffix("[]") {
      let element = CatalogShape.Column(name: name, typeName: String(typeName.dropLast(2)))
      return element.engineType + "[]"
    }
    switch typeName {
    case "bool": return "BOOLEAN"
    case "int2": return "SMALLINT"
    case "int4": return "INTEGER"
    case "int8": return "BIGINT"
    case "oid", "xid": return "UINTEGER"
    case "float4": return "FLOAT"
    case "float8": return "DOUBLE"
    case "numeric": return "DECIMAL(38, 0)"
    case "timestamptz": return "TIMESTAMPTZ"
    case "interval": return "INTERVAL"
    case "bytea": return "BLOB"
    case "regproc", "regtype", "int2vector", "oidvector": return typeName
    default: return "VARCHAR"
    }
  }

  /// What stands in the column where Martinet has nothing to say: zero, false or the empty "char" in
  /// pg_catalog, whose columns are mostly NOT NULL; NULL otherwise.
  func defaultExpression(in schema: CatalogShape.Schema) -> String {
    guard schema == .catalog else { return "NULL" }
    switch typeName {
    case "bool": return "false"
    case "int2", "int4", "int8", "oid", "xid", "float4", "float8", "regproc", "regtype": return "0"
    case "char": return "''"
    default: return "NULL"
    }
  }
}
