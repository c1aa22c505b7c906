/// What a catalog holds, as a storage layer tells it: the input of a ``CatalogSnapshot``.
///
/// Ids are the storage's own and stable; tables, views and schemas share one sequence of them, as in
/// DuckLake.
package struct CatalogDefinition: Sendable {
  package var schemas: [Schema]
  package var relations: [Relation]
  package var functions: [Function]

  package init(schemas: [Schema] = [], relations: [Relation] = [], functions: [Function] = []) {
    self.schemas = schemas
    self.relations = relations
    self.functions = functions
  }

  package struct Schema: Sendable {
    package var id: Int64
    package var name: String
    package var comment: String?

    package init(id: Int64, name: String, comment: String? = nil) {
      self.id = id
      self.name = name
      self.comment = comment
    }
  }

  package struct Column: Sendable {
    package var name: String
    /// DuckDB's name of the type.
    package var engineType: String
    /// What the column was declared with, where the engine keeps another type.
    package var declaredType: CatalogColumnType?
    package var isNullable: Bool
    package var defaultValue: String?
    package var comment: String?

    package init(
      name: String, engineType: String, declaredType: CatalogColumnType? = nil, isNullable: Bool = true,
      defaultValue: String? = nil, comment: String? = nil
    ) {
      self.name = name
      self.engineType = engineType
      self.declaredType = declaredType
      self.isNullable = isNullable
      self.defaultValue = defaultValue
      self.comment = comment
    }
  }

  /// A table or view.
  package struct Relation: Sendable {
    package var id: Int64
    package var schema: String
    package var name: String
    /// The query of a view; nil for a table.
    package var viewDefinition: String?
    package var isTemporary: Bool
    package var columns: [Column]
    package var comment: String?
    /// Rows, or -1 when nobody counted.
    package var rowEstimate: Int64
    /// Bytes in files.
    package var byteEstimate: Int64

    package init(
      id: Int64, schema: String, name: String, viewDefinition: String? = nil, isTemporary: Bool = false,
      columns: [Column], comment: String? = nil, rowEstimate: Int64 = -1, byteEstimate: Int64 = 0
    ) {
      self.id = id
      self.schema = schema
      self.name = name
      self.viewDefinition = viewDefinition
      self.isTemporary = isTemporary
      self.columns = columns
      self.comment = comment
      self.rowEstimate = rowEstimate
      self.byteEstimate = byteEstimate
    }
  }

  /// A macro that a user made.
  package struct Function: Sendable {
    package var id: Int64
    package var schema: String
    package var name: String
    package var parameters: [String]
    package var definition: String
    package var comment: String?

    package init(
      id: Int64, schema: String, name: String, parameters: [String], definition: String,
      comment: String? = nil
    ) {
      self.id = id
      self.schema = schema
      self.name = name
      self.parameters = parameters
      self.definition = definition
      self.comment = comment
    }
  }
}
