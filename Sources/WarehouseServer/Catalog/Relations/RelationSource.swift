/// The rows of one catalog relation, as a query over the base facts.
///
/// The query names the columns that it has something to say about, in any order; ``CatalogSQL`` puts them
/// into PostgreSQL's order and types and fills in the rest. Base facts are the table functions `martinet_*`.
struct RelationSource: Sendable {
  let schema: CatalogShape.Schema
  let name: String
  let query: String

  /// All sources, by schema and name.
  static let all: [RelationSource] =
    [
      (CatalogShape.Schema.catalog, objectsText), (.catalog, typesText), (.catalog, serverText),
      (.information, informationSchemaText), (.information, privilegesText),
    ]
    .flatMap { schema, text in
      CatalogText.sections(text).map { RelationSource(schema: schema, name: $0.name, query: $0.body) }
    }
}
