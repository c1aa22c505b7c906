/// The base facts that a snapshot serves; the names of tables and columns are those of the SQL texts.
extension CatalogSnapshot {
  static func schemaFacts(_ rows: [SchemaRow]) -> FactTable {
    FactTable([
      .integers("oid", rows) { $0.oid }, .texts("name", rows) { $0.name },
      .integers("owner", rows) { _ in CatalogOID.owner }, .texts("comment", rows) { $0.comment },
    ])
  }

  static func relationFacts(_ rows: [RelationRow]) -> FactTable {
    FactTable([
      .integers("oid", rows) { $0.oid }, .integers("schema_oid", rows) { $0.schemaOID },
      .texts("schema_name", rows) { $0.schemaName }, .texts("name", rows) { $0.name },
      .texts("kind", rows) { $0.kind }, .texts("persistence", rows) { $0.isTemporary ? "t" : "p" },
      .integers("owner", rows) { _ in CatalogOID.owner },
      .integers("column_count", rows) { $0.columnCount }, .integers("check_count", rows) { $0.checkCount },
      .flags("has_index", rows) { $0.hasIndex }, .flags("has_foreign_key", rows) { $0.hasForeignKey },
      .integers("row_estimate", rows) { $0.rowEstimate },
      .integers("byte_estimate", rows) { $0.byteEstimate }, .texts("comment", rows) { $0.comment },
      .texts("view_definition", rows) { $0.viewDefinition },
    ])
  }

  static func attributeFacts(_ rows: [AttributeRow]) -> FactTable {
    FactTable([
      .integers("relid", rows) { $0.relationOID }, .texts("schema_name", rows) { $0.schemaName },
      .texts("relation_name", rows) { $0.relationName }, .texts("relation_kind", rows) { $0.relationKind },
      .integers("num", rows) { $0.number }, .texts("name", rows) { $0.name },
      .integers("type_oid", rows) { $0.type.oid }, .texts("type_name", rows) { $0.type.name },
      .texts("data_type", rows) { $0.type.isArray ? "ARRAY" : $0.type.sqlName },
      .texts("element_data_type", rows) { CatalogType.with(oid: $0.type.elementOID)?.sqlName },
      .integers("typmod", rows) { $0.modifier }, .integers("type_len", rows) { $0.type.length },
      .flags("by_val", rows) { $0.type.byValue }, .texts("type_align", rows) { $0.type.alignment },
      .texts("type_storage", rows) { $0.type.storage },
      .integers("collation_oid", rows) { $0.type.collationOID },
      .integers("ndims", rows) { $0.dimensions }, .flags("not_null", rows) { $0.isNotNull },
      .texts("default_value", rows) { $0.defaultValue }, .texts("comment", rows) { $0.comment },
    ])
  }

  static func constraintFacts(_ rows: [ConstraintRow]) -> FactTable {
    FactTable([
      .integers("oid", rows) { $0.oid }, .texts("name", rows) { $0.name },
      .texts("kind", rows) { $0.kind.rawValue }, .integers("schema_oid", rows) { $0.schemaOID },
      .texts("schema_name", rows) { $0.schemaName }, .integers("relid", rows) { $0.relationOID },
      .texts("relation_name", rows) { $0.relationName }, .integers("index_oid", rows) { $0.indexOID },
      .integers("ref_relid", rows) { $0.referencedOID },
      .texts("ref_schema_name", rows) { $0.referencedSchemaName },
      .texts("ref_relation_name", rows) { $0.referencedRelationName },
      .texts("ref_constraint_name", rows) { $0.referencedConstraintName },
      .texts("key_columns", rows) { $0.kind == .check ? nil : Self.list($0.columns) },
      .texts("ref_columns", rows) { Self.list($0.referencedColumns) },
      .texts("on_update", rows) { $0.onUpdate }, .texts("on_delete", rows) { $0.onDelete },
      .texts("match_type", rows) { _ in "s" }, .texts("expression", rows) { $0.expression },
      .texts("definition", rows) { $0.definition }, .texts("comment", rows) { _ in nil },
    ])
  }

  /// One row for each column of each key, for information_schema.
  static func constraintColumnFacts(_ rows: [ConstraintRow]) -> FactTable {
    let columns = rows.flatMap { row in row.columns.indices.map { (row: row, index: $0) } }
    return FactTable([
      .texts("kind", columns) { $0.row.kind.rawValue },
      .texts("constraint_name", columns) { $0.row.name },
      .texts("schema_name", columns) { $0.row.schemaName },
      .texts("relation_name", columns) { $0.row.relationName },
      .texts("column_name", columns) { $0.row.columnNames[$0.index] },
      .integers("position", columns) { Int64($0.index + 1) },
      .integers("ref_position", columns) { Int64($0.index + 1) },
      .texts("ref_schema_name", columns) { $0.row.referencedSchemaName },
      .texts("ref_relation_name", columns) { $0.row.referencedRelationName },
      .texts("ref_column_name", columns) {
        $0.index < $0.row.referencedColumnNames.count ? $0.row.referencedColumnNames[$0.index] : nil
      },
    ])
  }

  static func indexFacts(_ rows: [IndexRow]) -> FactTable {
    FactTable([
      .integers("oid", rows) { $0.oid }, .texts("name", rows) { $0.name },
      .integers("schema_oid", rows) { $0.schemaOID }, .integers("relid", rows) { $0.relationOID },
      .flags("is_unique", rows) { $0.isUnique }, .flags("is_primary", rows) { $0.isPrimary },
      .integers("column_count", rows) { Int64($0.columns.count) },
      .texts("key_columns", rows) { Self.list($0.columns) }, .texts("definition", rows) { $0.definition },
    ])
  }

  static func functionFacts(_ rows: [FunctionRow]) -> FactTable {
    FactTable([
      .integers("oid", rows) { $0.oid }, .integers("schema_oid", rows) { $0.schemaOID },
      .texts("schema_name", rows) { $0.schemaName }, .texts("name", rows) { $0.name },
      .texts("kind", rows) { _ in "f" }, .integers("language_oid", rows) { $0.schemaOID == 11 ? 12 : 14 },
      .flags("returns_set", rows) { _ in false }, .integers("return_type", rows) { $0.returnType },
      .integers("argument_count", rows) { Int64($0.parameters.count) },
      .texts("argument_types", rows) { Self.list($0.parameters.map { _ in 2276 }) },
      .texts("argument_names", rows) { row in
        row.parameters.isEmpty ? nil : "[" + row.parameters.joined(separator: ", ") + "]"
      },
      .texts("definition", rows) { $0.definition }, .texts("comment", rows) { $0.comment },
    ])
  }

  /// A list of numbers in the engine's text form.
  static func list(_ numbers: [Int64]) -> String {
    "[" + numbers.map { String($0) }.joined(separator: ", ") + "]"
  }
}

extension CatalogType {
  /// The facts of `martinet_types`: the same for every session.
  static let facts = FactTable([
    .integers("oid", all) { $0.oid }, .texts("name", all) { $0.name }, .integers("len", all) { $0.length },
    .flags("by_val", all) { $0.byValue }, .texts("kind", all) { $0.kind },
    .texts("category", all) { $0.category }, .flags("preferred", all) { $0.isPreferred },
    .texts("delimiter", all) { $0.delimiter }, .integers("relid", all) { _ in 0 },
    .integers("element", all) { $0.elementOID }, .integers("array_oid", all) { $0.arrayOID },
    .integers("subscript", all) { $0.isArray ? 6179 : $0.elementOID == 0 ? 0 : 6180 },
    .integers("input", all) { $0.functions[0].oid }, .integers("output", all) { $0.functions[1].oid },
    .integers("receive", all) { $0.functions[2].oid }, .integers("send", all) { $0.functions[3].oid },
    .integers("modin", all) { $0.functions[4].oid }, .integers("modout", all) { $0.functions[5].oid },
    .texts("align", all) { $0.alignment }, .texts("storage", all) { $0.storage },
    .integers("collation_oid", all) { $0.collationOID },
  ])
}
