import SQLFront

/// Finds and names objects as one session sees them.
struct CatalogLookup: Sendable {
  let catalog: CatalogSnapshot
  let searchPath: [String]
  /// Asked for only where a role is named: the host reads them from a file.
  let readRoles: @Sendable () -> [CatalogRole]

  init(catalog: CatalogSnapshot, searchPath: [String], roles: @escaping @Sendable () -> [CatalogRole]) {
    self.catalog = catalog
    self.searchPath = searchPath
    readRoles = roles
  }

  /// The schemas that unqualified names are looked up in.
  var effectivePath: [String] {
    [CatalogOID.temporarySchemaName, "pg_catalog"].filter { catalog.schema(named: $0) != nil } + searchPath
  }

  // MARK: Names to oids

  /// The oid of the object that a text names; nil when there is none.
  func oid(of kind: ObjectKind, _ text: String) -> Int64? {
    if let number = Int64(text) { return number }
    if kind == .type { return CatalogType.parse(text)?.oid }
    if text == "-" { return 0 }
    guard let parts = SQLName.parse(text), let name = parts.last else { return nil }
    switch kind {
    case .relation: return relation(parts)?.oid
    case .schema: return catalog.schema(named: name)?.oid
    case .role:
      let roles = readRoles()
      if let role = roles.first(where: { $0.name == name }) { return roles.oid(of: role) }
      return name == CatalogOID.ownerName && roles.owner == nil ? CatalogOID.owner : nil
    case .function: return catalog.functions.first { $0.name == name }?.oid
    case .type: return nil
    }
  }

  /// The relation that a parsed name means: `name`, `schema.name` or `database.schema.name`.
  func relation(_ parts: [String]) -> CatalogSnapshot.RelationRow? {
    guard let name = parts.last else { return nil }
    if parts.count > 1 { return catalog.relation(schema: parts[parts.count - 2], name: name) }
    for schema in effectivePath {
      if let relation = catalog.relation(schema: schema, name: name) { return relation }
    }
    return nil
  }

  // MARK: Oids to names

  /// The name of an object as `regclass` and its like print it; the number itself when there is none.
  func name(of kind: ObjectKind, _ oid: Int64) -> String {
    if oid == 0, kind != .schema, kind != .role { return "-" }
    switch kind {
    case .relation: return catalog.relation(oid: oid).map { displayName($0) } ?? String(oid)
    case .type: return CatalogType.with(oid: oid)?.sqlName ?? String(oid)
    case .schema: return catalog.schema(oid: oid).map { SQLName.quoted($0.name) } ?? String(oid)
    case .role: return roleName(oid).map { SQLName.quoted($0) } ?? String(oid)
    case .function: return catalog.function(oid: oid).map { SQLName.quoted($0.name) } ?? String(oid)
    }
  }

  func roleName(_ oid: Int64) -> String? {
    let roles = readRoles()
    if oid == CatalogOID.owner { return roles.owner?.name ?? CatalogOID.ownerName }
    return roles.first { $0.oid == oid }?.name
  }

  private func displayName(_ relation: CatalogSnapshot.RelationRow) -> String {
    let name = SQLName.quoted(relation.name)
    return isVisible(relation) ? name : "\(SQLName.quoted(relation.schemaName)).\(name)"
  }

  /// Whether the relation's name alone finds it.
  func isVisible(_ relation: CatalogSnapshot.RelationRow) -> Bool {
    self.relation([relation.name])?.oid == relation.oid
  }

  /// Whether an object is found by its name alone; nil when there is none.
  func isVisible(_ kind: ObjectKind, _ oid: Int64) -> Bool? {
    switch kind {
    case .relation: return catalog.relation(oid: oid).map { isVisible($0) }
    case .type: return CatalogType.with(oid: oid).map { _ in true }
    case .function:
      return catalog.function(oid: oid).map { $0.schemaOID == 11 || searchPath.contains($0.schemaName) }
    case .schema, .role: return true
    }
  }

  // MARK: Definitions

  /// What the function family pg_get_* and obj_description give for an object.
  func text(_ topic: String, _ oid: Int64) -> String? {
    switch topic {
    case "role": return roleName(oid)
    case "view":
      guard let view = catalog.relation(oid: oid), let sql = view.viewDefinition else { return nil }
      return ViewText.format(sql) { name in
        let found = self.relation([name.schema, name.name].compactMap(\.self))
        return found.map { catalog.attributes(of: $0).map(\.name) }
      }
    case "index": return catalog.index(oid: oid)?.definition
    case "constraint": return catalog.constraint(oid: oid)?.definition
    case "arguments": return catalog.function(oid: oid)?.parameters.joined(separator: ", ")
    case "result": return catalog.function(oid: oid) == nil ? nil : "anyelement"
    case "function":
      return catalog.function(oid: oid).map {
        let name = "\(SQLName.quoted($0.schemaName)).\(SQLName.quoted($0.name))"
        return "CREATE OR REPLACE MACRO \(name)(\($0.parameters.joined(separator: ", "))) AS \($0.definition)"
      }
    case "comment":
      return catalog.relation(oid: oid)?.comment ?? catalog.schema(oid: oid)?.comment
        ?? catalog.function(oid: oid)?.comment
    default: return nil
    }
  }

  /// A column's `name` or `comment`.
  func columnText(_ topic: String, relation: Int64, number: Int64) -> String? {
    guard let relation = catalog.relation(oid: relation),
      let column = catalog.attributes(of: relation).first(where: { $0.number == number })
    else { return nil }
    return topic == "name" ? SQLName.quoted(column.name) : column.comment
  }

  /// Bytes in files: of one relation, or of all for 0.
  func size(_ oid: Int64) -> Int64? {
    if oid == 0 { return catalog.relations.reduce(0) { $0 + $1.byteEstimate } }
    return catalog.relation(oid: oid)?.byteEstimate
  }
}

/// What a name can mean.
enum ObjectKind: String, Sendable, CaseIterable {
  case relation
  case type
  case schema
  case role
  case function

  /// The type of PostgreSQL whose values are such objects.
  var typeName: String {
    switch self {
    case .relation: "regclass"
    case .type: "regtype"
    case .schema: "regnamespace"
    case .role: "regrole"
    case .function: "regproc"
    }
  }

  /// How PostgreSQL says that there is none.
  func missing(_ name: String) -> String {
    switch self {
    case .relation: "relation \"\(name)\" does not exist"
    case .type: "type \"\(name)\" does not exist"
    case .schema: "schema \"\(name)\" does not exist"
    case .role: "role \"\(name)\" does not exist"
    case .function: "function \"\(name)\" does not exist"
    }
  }
}
