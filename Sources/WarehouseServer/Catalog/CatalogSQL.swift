/// The statements that build the catalog emulation inside the engine.
package enum CatalogSQL {
  /// The in-memory database that holds the emulation.
  package static let database = "martinet_catalog"
  /// Relations and functions of pg_catalog; a session has this schema at the end of its search path.
  package static let catalog = "\(database).pg"
  /// Relations of information_schema.
  package static let informationSchema = "\(database).information_schema_"

  /// Creates the database and its two schemas.
  static let createSchemas = """
    ATTACH IF NOT EXISTS ':memory:' AS \(database);
    CREATE SCHEMA IF NOT EXISTS \(catalog);
    CREATE SCHEMA IF NOT EXISTS \(informationSchema);
    """

  /// Fills in the placeholders that the texts of this folder use.
  package static func expand(_ text: String) -> String {
    text.replacing("{pg}", with: catalog)
      .replacing("{is}", with: informationSchema)
      .replacing("{sys}", with: "system.main")
      .replacing("{db}", with: "martinet_session('database')")
      .replacing("{owner}", with: "martinet_text('role', \(CatalogOID.owner))")
      .replacing("{user}", with: "martinet_session('user')")
  }

  /// The query of a relation before it is brought into PostgreSQL's shape; nil for an empty one.
  static func source(of shape: CatalogShape) -> String? {
    RelationSource.all.first { $0.schema == shape.schema && $0.name == shape.name }
      .map { expand($0.query) }
  }

  /// A view with PostgreSQL's columns, in PostgreSQL's order, over a query that has some of them.
  static func view(_ shape: CatalogShape, over source: String?, having columns: Set<String>) -> String {
    let list = shape.columns.map { column in
      let name = quoted(column.name)
      let value =
        columns.contains(column.name)
        ? "source.\(name)" : column.defaultExpression(in: shape.schema)
      return "CAST(\(value) AS \(column.engineType)) AS \(name)"
    }
    let from = source.map { "FROM (\($0)) source" } ?? "WHERE false"
    return """
      CREATE OR REPLACE VIEW \(shape.schema.engineName).\(quoted(shape.name)) AS
      SELECT \(list.joined(separator: ", ")) \(from)
      """
  }

  /// An identifier between double quotes.
  static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}
