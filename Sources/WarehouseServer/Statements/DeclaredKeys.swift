import ControlStore
import Lake
import PostgresWire
import SQLFront

/// Keys, checks and indexes that statements declare. The lake cannot hold them, so the control store remembers
/// them for those who ask the catalogs. They are recorded when the transaction that declared them commits.
struct DeclaredKeys {
  enum Change {
    case addConstraints(QualifiedName, [TableConstraint])
    case addIndex(CreateIndex)
    case dropConstraint(QualifiedName, String)
    case renameConstraint(QualifiedName, from: String, to: String)
    case renameColumn(QualifiedName, from: String, to: String)
    case dropColumn(QualifiedName, String)
    /// Types of columns that the lake keeps as others; nil for a type that it keeps as it is.
    case declareTypes(QualifiedName, [String: DeclaredType?])
    /// A table got another name; one that was made anew for it has another id too, and `id` is the old one.
    case moveTable(Int64?, from: QualifiedName, to: QualifiedName)

    /// The change with the name that its table has now.
    fileprivate func moved(from: QualifiedName, to: QualifiedName) -> Change {
      func now(_ name: QualifiedName) -> QualifiedName {
        let isSame = name.name == from.name && (name.schema ?? from.schema) == (from.schema ?? name.schema)
        return isSame ? to : name
      }
      return switch self {
      case .addConstraints(let name, let constraints): .addConstraints(now(name), constraints)
      case .addIndex(var index):
        {
          index.table = now(index.table)
          return .addIndex(index)
        }()
      case .dropConstraint(let name, let constraint): .dropConstraint(now(name), constraint)
      case .renameConstraint(let name, let old, let new): .renameConstraint(now(name), from: old, to: new)
      case .renameColumn(let name, let old, let new): .renameColumn(now(name), from: old, to: new)
      case .dropColumn(let name, let column): .dropColumn(now(name), column)
      case .declareTypes(let name, let types): .declareTypes(now(name), types)
      case .moveTable(let id, let old, let new): .moveTable(id, from: old, to: now(new))
      }
    }
  }

  private(set) var changes: [Change] = []

  var isEmpty: Bool { changes.isEmpty }

  mutating func add(_ change: Change) {
    if case .moveTable(_, let from, let to) = change {
      changes = changes.map { $0.moved(from: from, to: to) }
    }
    changes.append(change)
  }

  /// A table is gone, and with it what was declared on it.
  mutating func forget(_ table: QualifiedName) { changes.removeAll { $0.table == table } }

  mutating func removeAll() { changes = [] }

  /// Writes the changes to the control store.
  ///
  /// - Parameter searchPath: schemas where unqualified tables are found, in order.
  func record(in control: ControlStore, lake: Lake, searchPath: [String]) throws {
    let tables = TableFinder(try lake.schema(), searchPath: searchPath)
    for change in changes {
      switch change {
      case .addConstraints(let name, let constraints):
        // A temporary table is not in the lake: its keys are forgotten with it.
        guard let table = tables.find(name) else { continue }
        try control.addConstraints(constraints.map { constraint(of: $0, table, tables) })
      case .addIndex(let index):
        guard let table = tables.find(index.table) else { continue }
        try add(index, to: table, in: control)
      case .dropConstraint(let name, let constraint):
        if let table = tables.find(name) { try control.removeConstraint(constraint, ofTable: table.id) }
      case .renameConstraint(let name, let old, let new):
        if let table = tables.find(name) { try control.renameConstraint(old, ofTable: table.id, to: new) }
      case .renameColumn(let name, let old, let new):
        if let table = tables.find(name) { try control.renameColumn(old, ofTable: table.id, to: new) }
      case .dropColumn(let name, let column):
        if let table = tables.find(name) { try control.removeColumn(column, ofTable: table.id) }
      case .moveTable(let id, _, let name):
        if let id, let table = tables.find(name), table.id != id {
          try control.moveTable(id, to: table.id)
        }
      case .declareTypes(let name, let types):
        guard let table = tables.find(name) else { continue }
        var known: [Int64: DeclaredType?] = [:]
        for (column, type) in types {
          // The lake's number of a column outlives its name, which a later statement may have changed.
          let name = renamed(column, of: name)
          if let column = table.columns.first(where: { $0.name == name }) { known[column.id] = .some(type) }
        }
        try control.setDeclaredTypes(known, ofTable: table.id)
      }
    }
  }

  private func renamed(_ column: String, of table: QualifiedName) -> String {
    changes.reduce(column) { name, change in
      if case .renameColumn(table, name, let new) = change { new } else { name }
    }
  }

  private func constraint(
    of declared: TableConstraint, _ table: LakeSchema.Table, _ tables: TableFinder
  ) -> Constraint {
    let kind: Constraint.Kind =
      switch declared.kind {
      case .primaryKey: .primaryKey
      case .unique, .exclusion: .unique
      case .foreignKey: .foreignKey
      case .check: .check
      }
    return Constraint(
      tableID: table.id, name: declared.name ?? Self.name(of: declared, table.name), kind: kind,
      columns: declared.columns,
      referencedTableID: declared.referencedTable.flatMap { tables.find($0)?.id },
      referencedColumns: declared.referencedColumns, onUpdate: Self.letter(declared.onUpdate),
      onDelete: Self.letter(declared.onDelete), definition: declared.expression ?? "")
  }

  /// The name that PostgreSQL would choose.
  private static func name(of constraint: TableConstraint, _ table: String) -> String {
    let columns = constraint.columns.map { "_\($0)" }.joined()
    return switch constraint.kind {
    case .primaryKey: "\(table)_pkey"
    case .unique, .exclusion: "\(table)\(columns)_key"
    case .foreignKey: "\(table)\(columns)_fkey"
    case .check: "\(table)\(columns)_check"
    }
  }

  private static func letter(_ action: String?) -> String {
    switch action?.uppercased() {
    case "RESTRICT": "r"
    case "CASCADE": "c"
    case "SET NULL": "n"
    case "SET DEFAULT": "d"
    default: "a"
    }
  }

  private func add(_ index: CreateIndex, to table: LakeSchema.Table, in control: ControlStore) throws {
    let name = index.name ?? "\(table.name)\(index.keys.map { "_\($0)" }.joined())_idx"
    do {
      try control.addIndex(
        Index(
          tableID: table.id, name: name, isUnique: index.isUnique, columns: index.keys,
          definition: index.predicate.map { "WHERE \($0)" } ?? ""))
    } catch {
      guard error.code == .alreadyExists, index.ifNotExists else { throw error }
    }
  }
}

extension DeclaredKeys.Change {
  /// The table that it is about.
  var table: QualifiedName {
    switch self {
    case .addConstraints(let table, _), .dropConstraint(let table, _), .renameConstraint(let table, _, _),
      .renameColumn(let table, _, _), .dropColumn(let table, _), .declareTypes(let table, _),
      .moveTable(_, _, let table):
      table
    case .addIndex(let index): index.table
    }
  }
}

/// Finds the lake's tables by the names that clients write.
struct TableFinder {
  private let schema: LakeSchema
  private let searchPath: [String]

  init(_ schema: LakeSchema, searchPath: [String]) {
    self.schema = schema
    self.searchPath = searchPath
  }

  func find(_ name: QualifiedName) -> LakeSchema.Table? {
    for schemaName in name.schema.map({ [$0] }) ?? searchPath {
      guard let namespace = schema.namespaces.first(where: { $0.name == schemaName }) else { continue }
      if let table = schema.tables.first(where: { $0.schemaID == namespace.id && $0.name == name.name }) {
        return table
      }
    }
    return nil
  }
}
