import ControlStore
import Lake

extension DeclaredKeys {
  /// Everything that was declared, in the names of today's tables. What belongs to dropped tables is left out.
  static func all(in control: ControlStore, schema: LakeSchema) throws -> CatalogKeys {
    let names = Dictionary(uniqueKeysWithValues: schema.namespaces.map { ($0.id, $0.name) })
    let tables = Dictionary(uniqueKeysWithValues: schema.tables.map { ($0.id, $0) })
    var keys = CatalogKeys()
    for constraint in try control.constraints() {
      guard let table = tables[constraint.tableID] else { continue }
      let referenced = constraint.referencedTableID.flatMap { tables[$0] }
      keys.constraints.append(
        CatalogKeys.Constraint(
          id: constraint.id, kind: CatalogKeys.Kind(rawValue: constraint.kind.rawValue) ?? .check,
          name: constraint.name, schema: names[table.schemaID] ?? "", table: table.name,
          columns: constraint.columns, referencedSchema: referenced.flatMap { names[$0.schemaID] },
          referencedTable: referenced?.name, referencedColumns: constraint.referencedColumns,
          onUpdate: constraint.onUpdate, onDelete: constraint.onDelete,
          expression: constraint.kind == .check ? constraint.definition : nil))
    }
    for index in try control.indexes() {
      guard let table = tables[index.tableID] else { continue }
      keys.indexes.append(
        CatalogKeys.Index(
          id: index.id, name: index.name, schema: names[table.schemaID] ?? "", table: table.name,
          columns: index.columns, isUnique: index.isUnique))
    }
    return keys
  }
}
