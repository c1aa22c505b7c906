import SQLFront

extension Ticket.Weight {
  /// Most combinations of rows that a small statement can have to look at.
  static let mostSmallCombinations: Int64 = 20_000_000
  /// Most tables of a small statement.
  private static let mostSmallTables = 6
  /// Functions that make rows out of nothing, or take their time.
  private static let unbounded: Set<String> = [
    "generate_series", "generate_subscripts", "pg_sleep", "range", "repeat", "repeat_row", "unnest",
  ]

  /// What a statement takes, by the tables that it names: the worst it can do with them is to look at each
  /// combination of their rows. Any word of the statement may be a table's name, which errs on the safe side.
  init(of statement: ParsedStatement, rows: () throws -> TableSizes.Rows) rethrows {
    self = .normal
    guard statement.statement.isQuery else { return }
    let source = statement.source
    var names: [String] = []
    var readsSomething = false
    for index in statement.tokens where source.tokens[index].kind.isIdentifier {
      switch source.tokens[index].keyword {
      case .recursive: return
      case .from, .table: readsSomething = true
      default:
        let name = source.identifier(index).lowercased()
        if Self.unbounded.contains(name) { return }
        names.append(name)
      }
    }
    guard readsSomething else {
      self = .small
      return
    }
    let sizes = try rows()
    var combinations: Int64 = 1
    let tables = names.compactMap { sizes[$0] }
    guard !tables.isEmpty || statement.mentionsCatalog, tables.count <= Self.mostSmallTables else { return }
    for rows in tables {
      let (product, overflow) = combinations.multipliedReportingOverflow(by: max(1, rows))
      guard !overflow, product <= Self.mostSmallCombinations else { return }
      combinations = product
    }
    self = .small
  }
}
