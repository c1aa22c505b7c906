/// A plan in the form of PostgreSQL's EXPLAIN: tools look for `cost=` in the first line.
enum PlanText {
  /// The lines of the column `QUERY PLAN`.
  ///
  /// - Parameter seconds: how long the statement ran, if it did.
  static func lines(_ roots: [PlanNode], seconds: Double? = nil) -> [String] {
    var lines: [String] = []
    for root in roots { append(root, depth: 0, to: &lines) }
    if let seconds { lines.append("Execution Time: \(fixed(seconds * 1000, digits: 3)) ms") }
    return lines
  }

  /// The document of `EXPLAIN (FORMAT JSON)`.
  static func json(_ roots: [PlanNode], seconds: Double? = nil) -> String {
    let time = seconds.map { ", \"Execution Time\": \(fixed($0 * 1000, digits: 3))" } ?? ""
    return "[" + roots.map { "{\"Plan\": \(json($0))\(time)}" }.joined(separator: ", ") + "]"
  }

  private static func append(_ node: PlanNode, depth: Int, to lines: inout [String]) {
    let indent = depth == 0 ? "" : String(repeating: " ", count: 6 * depth - 4) + "->  "
    var line = "\(indent)\(title(node.name))  (cost=0.00..\(fixed(node.cost)) "
    line += "rows=\(Int(min(node.estimatedRows, 1e15))) width=0)"
    if let actual = node.actual {
      line +=
        " (actual time=0.000..\(fixed(actual.seconds * 1000, digits: 3)) rows=\(Int(actual.rows)) loops=1)"
    }
    lines.append(line)
    let inner = String(repeating: " ", count: 6 * depth + 2)
    for fact in node.facts {
      lines.append("\(inner)\(fact.name): \(fact.value.split(separator: "\n").joined(separator: ", "))")
    }
    for child in node.children { append(child, depth: depth + 1, to: &lines) }
  }

  private static func json(_ node: PlanNode) -> String {
    var members = [
      "\"Node Type\": \(JSONValue.quoted(title(node.name)))", "\"Startup Cost\": 0.00",
      "\"Total Cost\": \(fixed(node.cost))", "\"Plan Rows\": \(Int(min(node.estimatedRows, 1e15)))",
      "\"Plan Width\": 0",
    ]
    if let actual = node.actual {
      members.append("\"Actual Total Time\": \(fixed(actual.seconds * 1000, digits: 3))")
      members.append("\"Actual Rows\": \(Int(actual.rows))")
    }
    members += node.facts.map { "\(JSONValue.quoted($0.name)): \(JSONValue.quoted($0.value))" }
    if !node.children.isEmpty {
      members.append("\"Plans\": [" + node.children.map(json).joined(separator: ", ") + "]")
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  /// `HASH_GROUP_BY` as `Hash Group By`.
  private static func title(_ name: String) -> String {
    name.split(whereSeparator: { $0 == "_" || $0 == " " })
      .map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
      .joined(separator: " ")
  }

  /// A number with a fixed count of decimals.
  private static func fixed(_ value: Double, digits: Int = 2) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (min(value, 1e13) * scale).rounded()
    let text = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return "\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }
}
