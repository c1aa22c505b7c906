/// Where the oids of each kind of object lie: disjoint ranges, stable across restarts and schema changes.
package enum CatalogOID {
  /// The role that owns everything.
  package static let owner: Int64 = 10
  package static let ownerName = "martinet"
  /// pg_catalog, information_schema, public: PostgreSQL's own numbers.
  package static let catalogSchema: Int64 = 11
  package static let informationSchema: Int64 = 13207
  package static let publicSchema: Int64 = 2200

  /// Schemas, tables, views and macros share DuckLake's one sequence of ids.
  package static func object(_ id: Int64) -> Int64 { 16384 + id }
  /// Objects of one session, by DuckDB's own number.
  package static func temporary(_ id: Int64) -> Int64 { 0x2000_0000 + id }
  package static func role(_ id: Int64) -> Int64 { 0x3000_0000 + id }
  package static func constraint(_ id: Int64) -> Int64 { 0x4000_0000 + id }
  /// The index that a primary key or unique constraint implies.
  package static func constraintIndex(_ id: Int64) -> Int64 { 0x5000_0000 + id }
  package static func index(_ id: Int64) -> Int64 { 0x6000_0000 + id }

  /// The oid of a schema by its storage id and name.
  static func schema(_ schema: CatalogDefinition.Schema) -> Int64 {
    switch schema.name {
    case "public": publicSchema
    case temporarySchemaName: temporary(0)
    default: object(schema.id)
    }
  }

  /// The schema that temporary tables live in.
  package static let temporarySchemaName = "pg_temp"
}
