import ControlStore
import SQLFront

/// Finds what the columns of a query were declared with, where they plainly are columns of tables.
struct DeclaredColumns {
  struct Column {
    var name: String
    /// nil where the engine's own type says it.
    var type: CatalogColumnType?
  }

  /// The columns of a table; nil for one that is not known.
  let columns: (QualifiedName) -> [Column]?

  init(columns: @escaping (QualifiedName) -> [Column]?) {
    self.columns = columns
  }

  /// The tables of a catalog that is being put together.
  init(path: [String], in definition: CatalogDefinition) {
    self.init { table in
      for schema in table.schema.map({ [$0] }) ?? path {
        let relation = definition.relations.first { $0.schema == schema && $0.name == table.name }
        if let relation { return relation.columns.map { Column(name: $0.name, type: $0.declaredType) } }
      }
      return nil
    }
  }

  /// The tables of a finished catalog.
  init(path: [String], in catalog: CatalogSnapshot) {
    self.init { table in
      for schema in table.schema.map({ [$0] }) ?? path {
        guard let relation = catalog.relation(schema: schema, name: table.name) else { continue }
        return catalog.attributes(of: relation).map { Column(name: $0.name, type: $0.declaredType) }
      }
      return nil
    }
  }

  /// Gives the columns of a view their declared types.
  func apply(to columns: inout [CatalogDefinition.Column], of sql: String) {
    guard let statement = try? SQLScript(sql).statements.first, let origins = ColumnOrigins(statement) else {
      return
    }
    for (index, type) in types(of: origins, names: columns.map(\.name)).enumerated()
    where columns[index].engineType.hasPrefix("VARCHAR") {
      columns[index].declaredType = type
    }
  }

  /// The types of a result's columns; nil where the text does not say plainly what they are.
  ///
  /// - Parameter names: of the result's columns, as the engine has them.
  func types(of origins: ColumnOrigins, names: [String]) -> [CatalogColumnType?] {
    let tables = origins.tables.map { (alias: $0.alias, columns: $0.name.flatMap(columns)) }
    // Columns from the start, and those behind a `*` of unknown width, which are counted from the end.
    var parts: [[Column?]] = [[]]
    for item in origins.items {
      switch item {
      case .other: parts[parts.count - 1].append(nil)
      case .cast(let type):
        let declared = DeclaredType(sql: type).map(CatalogColumnType.init)
        parts[parts.count - 1].append(Column(name: "", type: declared))
      case .column(let name, let qualifier):
        let found = tables.filter { qualifier == nil || $0.alias == qualifier }
          .flatMap { ($0.columns ?? []).filter { $0.name == name } }
        parts[parts.count - 1].append(
          found.count == 1 ? Column(name: "", type: found[0].type) : nil)
      case .all(let qualifier):
        let chosen = tables.filter { qualifier == nil || $0.alias == qualifier }
        if chosen.contains(where: { $0.columns == nil }) || qualifier == nil && origins.mergesColumns {
          parts.append([])
        } else {
          parts[parts.count - 1] += chosen.flatMap { $0.columns ?? [] }.map(Optional.some)
        }
      }
    }
    let count = parts.reduce(0) { $0 + $1.count }
    guard parts.count == 1 ? count == names.count : parts.count == 2 && count <= names.count else {
      return names.map { _ in nil }
    }
    let unknown: [Column?] = Array(repeating: nil, count: names.count - count)
    let all = parts.count == 1 ? parts[0] : parts[0] + unknown + parts[1]
    return zip(all, names).map { column, name in
      // An empty name: the item itself says which column it is.
      column.flatMap { $0.name.isEmpty || $0.name == name ? $0.type : nil }
    }
  }
}
