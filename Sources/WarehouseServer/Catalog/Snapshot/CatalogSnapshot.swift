/// One state of the catalogs, ready to be served: made once for a schema version of the lake and shared by
/// all sessions, or made for one session that has temporary tables or uncommitted changes.
package final class CatalogSnapshot: Sendable {
  /// PostgreSQL's own catalogs alone. They fill over a megabyte, so sessions share them.
  package static let empty = CatalogSnapshot(CatalogDefinition())

  package let schemas: [SchemaRow]
  package let relations: [RelationRow]
  package let attributes: [AttributeRow]
  let constraints: [ConstraintRow]
  let indexes: [IndexRow]
  let functions: [FunctionRow]
  /// The base facts by the name of their table function.
  let facts: [String: FactTable]

  private let schemaByName: [String: Int]
  private let schemaByOID: [Int64: Int]
  private let relationByName: [RelationName: Int]
  private let relationByOID: [Int64: Int]
  private let constraintByOID: [Int64: Int]
  private let indexByOID: [Int64: Int]
  private let functionByOID: [Int64: Int]

  private struct RelationName: Hashable {
    let schema: String
    let name: String
  }

  /// Derives everything from what the storage and the control store say.
  package init(_ definition: CatalogDefinition, keys: CatalogKeys = CatalogKeys()) {
    var builder = CatalogSnapshotBuilder()
    builder.add(definition)
    builder.add(keys)
    schemas = builder.schemas
    relations = builder.relations
    attributes = builder.attributes
    constraints = builder.constraints
    indexes = builder.indexes
    functions = builder.functions
    schemaByName = Self.index(schemas) { $0.name }
    schemaByOID = Self.index(schemas) { $0.oid }
    relationByName = Self.index(relations) { RelationName(schema: $0.schemaName, name: $0.name) }
    relationByOID = Self.index(relations) { $0.oid }
    constraintByOID = Self.index(constraints) { $0.oid }
    indexByOID = Self.index(indexes) { $0.oid }
    functionByOID = Self.index(functions) { $0.oid }
    facts = [
      "martinet_schemas": Self.schemaFacts(schemas),
      "martinet_relations": Self.relationFacts(relations),
      "martinet_attributes": Self.attributeFacts(attributes),
      "martinet_constraints": Self.constraintFacts(constraints),
      "martinet_constraint_columns": Self.constraintColumnFacts(constraints),
      "martinet_indexes": Self.indexFacts(indexes),
      "martinet_functions": Self.functionFacts(functions),
      "martinet_types": CatalogType.facts,
    ]
  }

  private static func index<Row, Key: Hashable>(_ rows: [Row], _ key: (Row) -> Key) -> [Key: Int] {
    Dictionary(
      rows.enumerated().map { (key($0.element), $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  package func schema(named name: String) -> SchemaRow? { schemaByName[name].map { schemas[$0] } }
  package func schema(oid: Int64) -> SchemaRow? { schemaByOID[oid].map { schemas[$0] } }
  package func relation(oid: Int64) -> RelationRow? { relationByOID[oid].map { relations[$0] } }
  package func constraint(oid: Int64) -> ConstraintRow? { constraintByOID[oid].map { constraints[$0] } }
  package func index(oid: Int64) -> IndexRow? { indexByOID[oid].map { indexes[$0] } }
  package func function(oid: Int64) -> FunctionRow? { functionByOID[oid].map { functions[$0] } }

  package func relation(schema: String, name: String) -> RelationRow? {
    relationByName[RelationName(schema: schema, name: name)].map { relations[$0] }
  }

  /// The columns of a relation, in order.
  package func attributes(of relation: RelationRow) -> ArraySlice<AttributeRow> {
    attributes[relation.attributes]
  }
}
