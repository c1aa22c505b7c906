/// Finds out whether a MERGE would change one row of its target twice, where DuckLake 1.0 silently picks one of
/// the source rows and PostgreSQL refuses.
package enum MergeCheck {
  /// A query with a row if it would, to be run in the MERGE's own transaction before it; nil if no clause of the
  /// MERGE changes rows that exist.
  ///
  /// - Parameter merge: the engine's text of the statement.
  package static func query(for merge: String) throws(SQLError) -> String? {
    let source = try LexedText(merge)
    guard let parts = MergeParts(source), !parts.matched.isEmpty else { return nil }
    let conditions = parts.matched.compactMap { $0 }
    // A clause without a condition takes every matched row.
    let filter =
      conditions.count < parts.matched.count
      ? "" : " WHERE " + conditions.map { "(\($0)\n)" }.joined(separator: " OR ")
    return "\(parts.with) SELECT 1 FROM \(parts.target) JOIN \(parts.source)\(filter)"
      + " GROUP BY \(parts.targetName).rowid HAVING count(*) > 1 LIMIT 1"
  }
}

/// The pieces of `[WITH …] MERGE INTO target USING source ON condition WHEN …`.
private struct MergeParts {
  /// Common table expressions, or nothing.
  var with = ""
  /// Table and alias.
  var target = ""
  /// The alias, or the table's name.
  var targetName = ""
  /// What stands between USING and the first WHEN, the condition included.
  var source = ""
  /// The conditions of the WHEN MATCHED clauses that update or delete; nil for one without.
  var matched: [String?] = []

  init?(_ text: LexedText) {
    let words = Self.outerKeywords(text)
    guard let merge = words.first(where: { $0.word == .merge }),
      let using = words.first(where: { $0.word == .using }),
      let firstWhen = words.first(where: { $0.word == .when })
    else { return nil }
    with = text.text(0..<Int(text.tokens[merge.index].start))
    // MERGE INTO …
    target = Self.text(text, merge.index + 2, using.index)
    let last = text.tokens[using.index - 1]
    guard last.kind.isIdentifier else { return nil }
    targetName = text.text(Int(last.start)..<Int(last.end))
    source = Self.text(text, using.index + 1, firstWhen.index)
    let clauses = words.filter { $0.word == .when }.map(\.index)
    for (number, start) in clauses.enumerated() {
      let end = number + 1 < clauses.count ? clauses[number + 1] : text.tokens.count - 1
      guard text.tokens[start + 1].keyword == .matched,
        let then = words.first(where: { $0.word == .then && $0.index > start && $0.index < end })?.index,
        text.tokens[then + 1].keyword == .update || text.tokens[then + 1].keyword == .delete
      else { continue }
      let hasCondition = text.tokens[start + 2].keyword == .and
      matched.append(hasCondition ? Self.text(text, start + 3, then) : nil)
    }
  }

  /// Keywords outside of brackets and of CASE expressions.
  private static func outerKeywords(_ text: LexedText) -> [(word: Keyword, index: Int)] {
    var depth = 0
    var result: [(word: Keyword, index: Int)] = []
    for (index, token) in text.tokens.enumerated() {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      case .identifier:
        switch token.keyword {
        case .case: depth += 1
        case .end: depth -= 1
        default: if depth == 0 { result.append((token.keyword, index)) }
        }
      default: break
      }
    }
    return result
  }

  private static func text(_ text: LexedText, _ first: Int, _ end: Int) -> String {
    text.text(Int(text.tokens[first].start)..<Int(text.tokens[end].start))
  }
}
