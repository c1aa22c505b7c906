/// Collects the rows of a ``CatalogSnapshot``.
struct CatalogSnapshotBuilder {
  var schemas: [CatalogSnapshot.SchemaRow] = []
  var relations: [CatalogSnapshot.RelationRow] = []
  var attributes: [CatalogSnapshot.AttributeRow] = []
  var constraints: [CatalogSnapshot.ConstraintRow] = []
  var indexes: [CatalogSnapshot.IndexRow] = []
  var functions: [CatalogSnapshot.FunctionRow] = []

  private var schemaOIDs: [String: Int64] = [:]
  private var relationIndexes: [String: [String: Int]] = [:]

  mutating func add(_ definition: CatalogDefinition) {
    addSchema(oid: CatalogOID.catalogSchema, name: "pg_catalog", comment: "system catalog schema")
    addSchema(oid: CatalogOID.informationSchema, name: "information_schema", comment: nil)
    for schema in definition.schemas {
      addSchema(oid: CatalogOID.schema(schema), name: schema.name, comment: schema.comment)
    }
    for shape in CatalogShape.all { add(shape) }
    for relation in definition.relations { add(relation) }
    addTypeFunctions()
    for function in definition.functions {
      functions.append(
        CatalogSnapshot.FunctionRow(
          oid: CatalogOID.object(function.id), schemaOID: schemaOIDs[function.schema] ?? 0,
          schemaName: function.schema, name: function.name, parameters: function.parameters,
          returnType: 2276, definition: function.definition, comment: function.comment))
    }
  }

  private mutating func addSchema(oid: Int64, name: String, comment: String?) {
    schemaOIDs[name] = oid
    schemas.append(CatalogSnapshot.SchemaRow(oid: oid, name: name, comment: comment))
  }

  /// A relation of PostgreSQL's own catalogs.
  private mutating func add(_ shape: CatalogShape) {
    let start = attributes.count
    for (index, column) in shape.columns.enumerated() {
      let isArray = column.typeName.hasSuffix("[]")
      let name = isArray ? "_" + column.typeName.dropLast(2) : column.typeName
      guard let type = CatalogType.named(name) ?? CatalogType.named("text") else { continue }
      attributes.append(
        CatalogSnapshot.AttributeRow(
          relationOID: shape.oid, schemaName: shape.schema.name, relationName: shape.name,
          relationKind: shape.kind, number: Int64(index + 1), name: column.name, type: type, modifier: -1,
          dimensions: isArray ? 1 : 0))
    }
    append(
      CatalogSnapshot.RelationRow(
        oid: shape.oid, schemaOID: shape.schema.oid, schemaName: shape.schema.name, name: shape.name,
        kind: shape.kind, isTemporary: false, columnCount: Int64(shape.columns.count), rowEstimate: 0,
        byteEstimate: 0, comment: nil, viewDefinition: nil, attributes: start..<attributes.count))
  }

  private mutating func add(_ relation: CatalogDefinition.Relation) {
    let oid = relation.isTemporary ? CatalogOID.temporary(relation.id) : CatalogOID.object(relation.id)
    let kind = relation.viewDefinition == nil ? "r" : "v"
    let start = attributes.count
    for (index, column) in relation.columns.enumerated() {
      let columnType = column.declaredType ?? CatalogColumnType(engineType: column.engineType)
      guard let type = CatalogType.with(oid: columnType.oid) else { continue }
      attributes.append(
        CatalogSnapshot.AttributeRow(
          relationOID: oid, schemaName: relation.schema, relationName: relation.name, relationKind: kind,
          number: Int64(index + 1), name: column.name, type: type, modifier: columnType.modifier,
          dimensions: CatalogColumnType.dimensions(of: column.engineType), isNotNull: !column.isNullable,
          defaultValue: column.defaultValue, comment: column.comment))
    }
    append(
      CatalogSnapshot.RelationRow(
        oid: oid, schemaOID: schemaOIDs[relation.schema] ?? 0, schemaName: relation.schema,
        name: relation.name, kind: kind, isTemporary: relation.isTemporary,
        columnCount: Int64(relation.columns.count), rowEstimate: relation.rowEstimate,
        byteEstimate: relation.byteEstimate, comment: relation.comment,
        viewDefinition: relation.viewDefinition, attributes: start..<attributes.count))
  }

  private mutating func append(_ relation: CatalogSnapshot.RelationRow) {
    relationIndexes[relation.schemaName, default: [:]][relation.name] = relations.count
    relations.append(relation)
  }

  /// The input and output functions of the types: what pg_type's regproc columns point to.
  private mutating func addTypeFunctions() {
    var seen: Set<Int64> = []
    for type in CatalogType.all {
      for function in type.functions where function.oid != 0 && seen.insert(function.oid).inserted {
        functions.append(
          CatalogSnapshot.FunctionRow(
            oid: function.oid, schemaOID: CatalogOID.catalogSchema, schemaName: "pg_catalog",
            name: function.name, parameters: [], returnType: 2281, definition: function.name,
            comment: nil))
      }
    }
    let known = Set(functions.map(\.name))
    let names = CatalogMacros.names.union(Self.engineFunctions.split(separator: " ").map { String($0) })
    for (index, name) in names.subtracting(known).sorted().enumerated() {
      functions.append(
        CatalogSnapshot.FunctionRow(
          oid: 10_000 + Int64(index), schemaOID: CatalogOID.catalogSchema, schemaName: "pg_catalog",
          name: name, parameters: [], returnType: 25, definition: name, comment: nil))
    }
  }

  /// Functions of PostgreSQL that the engine has by the same name: clients look them up in pg_proc.
  private static let engineFunctions = """
    abs acos age any_value array_agg array_append array_cat array_prepend ascii asin atan atan2 avg bit_and \
    bit_length bit_or bool_and bool_or cbrt ceil ceiling chr coalesce concat concat_ws corr cos cot count \
    covar_pop covar_samp cume_dist date_part date_trunc degrees dense_rank exp factorial first_value floor gcd \
    generate_series greatest isfinite lag last_value lcm lead least left length ln log log10 lower ltrim \
    make_date make_time make_timestamp max md5 min mode now nth_value ntile nullif percent_rank \
    percentile_cont percentile_disc pi position power radians random rank regexp_replace \
    regexp_split_to_array regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope repeat replace \
    reverse right round row_number row_to_json rtrim sign sin split_part sqrt stddev stddev_pop stddev_samp \
    string_agg strpos substr sum tan timezone transaction_timestamp translate trunc unnest upper var_pop \
    var_samp variance
    """

  // MARK: Keys

  /// Adds the declared keys; those whose table is gone are left out.
  mutating func add(_ keys: CatalogKeys) {
    // Keys that others refer to come first, so that a foreign key finds them.
    for constraint in keys.constraints where constraint.kind != .foreignKey { add(constraint) }
    for constraint in keys.constraints where constraint.kind == .foreignKey { add(constraint) }
    for index in keys.indexes {
      guard let table = relationIndexes[index.schema]?[index.table] else { continue }
      addIndex(
        oid: CatalogOID.index(index.id), name: index.name, table: table, columns: index.columns,
        isUnique: index.isUnique, isPrimary: false)
    }
  }

  private func numbers(of names: [String], in relation: CatalogSnapshot.RelationRow) -> [Int64] {
    let columns = attributes[relation.attributes]
    return names.compactMap { name in columns.first { $0.name == name }?.number }
  }

  private mutating func add(_ constraint: CatalogKeys.Constraint) {
    guard let table = relationIndexes[constraint.schema]?[constraint.table] else { return }
    let relation = relations[table]
    let referenced = constraint.referencedTable.flatMap {
      relationIndexes[constraint.referencedSchema ?? constraint.schema]?[$0]
    }.map { relations[$0] }
    if constraint.kind == .foreignKey {
      guard
        let other = constraint.referencedTable.flatMap({
          relationIndexes[constraint.referencedSchema ?? constraint.schema]?[$0]
        })
      else { return }
      relations[table].hasForeignKey = true
      relations[other].hasForeignKey = true
    }
    let target = referenced.flatMap { referenced in
      constraints.first {
        $0.relationOID == referenced.oid
          && ($0.columnNames == constraint.referencedColumns
            || (constraint.referencedColumns.isEmpty && $0.kind == .primaryKey))
      }
    }
    let referencedColumns =
      constraint.referencedColumns.isEmpty ? target?.columnNames ?? [] : constraint.referencedColumns
    var indexOID = target?.indexOID ?? 0
    if constraint.kind == .primaryKey || constraint.kind == .unique {
      indexOID = CatalogOID.constraintIndex(constraint.id)
      addIndex(
        oid: indexOID, name: constraint.name, table: table, columns: constraint.columns, isUnique: true,
        isPrimary: constraint.kind == .primaryKey)
    }
    if constraint.kind == .check { relations[table].checkCount += 1 }
    if constraint.kind == .primaryKey {
      // A primary key's columns are not null: as declared, not as enforced, like the key itself.
      for number in numbers(of: constraint.columns, in: relation) {
        attributes[relation.attributes.lowerBound + Int(number) - 1].isNotNull = true
      }
    }
    constraints.append(
      CatalogSnapshot.ConstraintRow(
        oid: CatalogOID.constraint(constraint.id), name: constraint.name, kind: constraint.kind,
        schemaOID: relation.schemaOID, schemaName: relation.schemaName, relationOID: relation.oid,
        relationName: relation.name, columns: numbers(of: constraint.columns, in: relation),
        columnNames: constraint.columns, indexOID: indexOID, referencedOID: referenced?.oid ?? 0,
        referencedSchemaName: referenced?.schemaName, referencedRelationName: referenced?.name,
        referencedColumns: referenced.map { numbers(of: referencedColumns, in: $0) } ?? [],
        referencedColumnNames: referencedColumns, referencedConstraintName: target?.name,
        onUpdate: constraint.onUpdate, onDelete: constraint.onDelete, expression: constraint.expression,
        definition: constraint.definition(referencing: referenced, columns: referencedColumns)))
  }

  private mutating func addIndex(
    oid: Int64, name: String, table: Int, columns: [String], isUnique: Bool, isPrimary: Bool
  ) {
    relations[table].hasIndex = true
    let relation = relations[table]
    let keys = numbers(of: columns, in: relation)
    let start = attributes.count
    for (index, key) in keys.enumerated() {
      let column = attributes[relation.attributes.lowerBound + Int(key) - 1]
      attributes.append(
        CatalogSnapshot.AttributeRow(
          relationOID: oid, schemaName: relation.schemaName, relationName: name, relationKind: "i",
          number: Int64(index + 1), name: column.name, type: column.type, modifier: column.modifier))
    }
    append(
      CatalogSnapshot.RelationRow(
        oid: oid, schemaOID: relation.schemaOID, schemaName: relation.schemaName, name: name, kind: "i",
        isTemporary: relation.isTemporary, columnCount: Int64(keys.count), rowEstimate: -1, byteEstimate: 0,
        comment: nil, viewDefinition: nil, attributes: start..<attributes.count))
    indexes.append(
      CatalogSnapshot.IndexRow(
        oid: oid, name: name, schemaOID: relation.schemaOID, schemaName: relation.schemaName,
        relationOID: relation.oid, relationName: relation.name, columns: keys, columnNames: columns,
        isUnique: isUnique, isPrimary: isPrimary))
  }
}

extension CatalogKeys.Constraint {
  /// As pg_get_constraintdef gives it.
  func definition(referencing table: CatalogSnapshot.RelationRow?, columns referenced: [String]) -> String {
    func list(_ names: [String]) -> String { names.map { SQLName.quoted($0) }.joined(separator: ", ") }
    switch kind {
    case .primaryKey: return "PRIMARY KEY (\(list(columns)))"
    case .unique: return "UNIQUE (\(list(columns)))"
    case .check: return "CHECK ((\(expression ?? "true")))"
    case .foreignKey:
      guard let table else { return "" }
      let name = SQLName.quoted(table.name)
      let target =
        table.schemaName == "public" ? name : "\(SQLName.quoted(table.schemaName)).\(name)"
      let actions = ["r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"]
      let update = actions[onUpdate].map { " ON UPDATE \($0)" } ?? ""
      let delete = actions[onDelete].map { " ON DELETE \($0)" } ?? ""
      return "FOREIGN KEY (\(list(columns))) REFERENCES \(target)(\(list(referenced)))\(update)\(delete)"
    }
  }
}
