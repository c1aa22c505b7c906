import Sessions

/// One operator of the engine's plan.
struct PlanNode {
  let name: String
  let children: [PlanNode]
  /// Facts about the operator, in the engine's order; lists are joined.
  let facts: [(name: String, value: String)]
  /// How many rows the engine expects.
  let estimatedRows: Double
  /// What EXPLAIN ANALYZE measured.
  let actual: Actual?

  struct Actual {
    let seconds: Double
    let rows: Double
  }

  /// Facts that are the server's own business: where its files lie.
  private static let hiddenFacts: Set = ["Estimated Cardinality", "Filename(s)"]

  /// How long the statement of `EXPLAIN (ANALYZE, FORMAT json)` ran, in seconds; nil where it did not.
  static func executionSeconds(_ text: String) -> Double? {
    JSONValue(parsing: text)?["latency"]?.scalar.flatMap(Double.init)
  }

  /// Reads the JSON of `EXPLAIN (FORMAT json)` or `EXPLAIN (ANALYZE, FORMAT json)`.
  static func parse(_ text: String) -> [PlanNode]? {
    guard let document = JSONValue(parsing: text) else { return nil }
    let roots = document.elements.isEmpty ? (document["children"]?.elements ?? []) : document.elements
    return roots.map(PlanNode.init).flatMap { $0.name == "EXPLAIN_ANALYZE" ? $0.children : [$0] }
  }

  private init(_ value: JSONValue) {
    let info = value["extra_info"]
    name = (value["name"] ?? value["operator_name"])?.scalar?.trimmingBlanks ?? "OPERATOR"
    children = value["children"]?.elements.map(PlanNode.init) ?? []
    var facts: [(name: String, value: String)] = []
    if case .object(let members)? = info {
      for member in members where !Self.hiddenFacts.contains(member.name) {
        let text =
          member.value.scalar ?? member.value.elements.compactMap(\.scalar).joined(separator: ", ")
        if !text.isEmpty { facts.append((member.name, text)) }
      }
    }
    self.facts = facts
    estimatedRows =
      info?["Estimated Cardinality"]?.scalar.flatMap(Double.init) ?? children.first?.estimatedRows ?? 1
    if let seconds = value["operator_timing"]?.scalar.flatMap(Double.init),
      let rows = value["operator_cardinality"]?.scalar.flatMap(Double.init)
    {
      actual = Actual(seconds: seconds, rows: rows)
    } else {
      actual = nil
    }
  }

  /// A cost in the spirit of PostgreSQL: a hundredth for every row that an operator below and including this
  /// one handles. It orders plans; it is not a time.
  var cost: Double {
    children.reduce(0.01 * (estimatedRows + 1)) { $0 + $1.cost }
  }
}
