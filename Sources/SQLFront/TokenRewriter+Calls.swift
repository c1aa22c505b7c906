/// Calls and patterns that mean something else in the engine.
extension TokenRewriter {
  /// `LIKE 'a\_b'`: PostgreSQL escapes with a backslash unless told otherwise, the engine with nothing. A pattern
  /// without one is left alone, since the engine is fastest without an escape character.
  mutating func likePattern() {
    let before = keyword(index - 1)
    guard before == .like || before == .ilike, kind(index - 2) != .dot,
      source.bytes[source.byteRange(of: index)].contains(UInt8(ascii: "\\")),
      keyword(index + 1) != .escape, kind(index + 1) != .operator, kind(index + 1) != .doubleColon
    else { return }
    edits.insert(" ESCAPE '\\'", after: index)
  }

  /// Aggregates that the engine has under another name: a macro could take neither FILTER nor ORDER BY.
  mutating func renameCall(_ at: Int) {
    guard kind(at) == .identifier, kind(at - 1) != .dot || source.identifier(at - 2) == "pg_catalog" else {
      return
    }
    switch source.identifier(at) {
    case "every": edits.replace(at, with: "bool_and")
    case "json_agg", "jsonb_agg":
      edits.replace(at, with: "to_json(list")
      edits.insert(")", after: afterFunction(at + 1) - 1)
    case "date_part":
      guard kind(at + 2).isString, kind(at + 3) == .comma else { return }
      guard Self.isField(source.text(of: at + 2).dropFirst().dropLast(), "second") else { return }
      edits.replace(at, with: "martinet_part_second")
      edits.delete((at + 2)..<(at + 4))
    default: break
    }
  }

  /// `extract(second FROM t)` keeps the fraction, which the engine drops.
  mutating func extraction() {
    guard kind(index + 1) == .leftParenthesis, keyword(index + 3) == .from else { return }
    var text = source.text(of: index + 2)[...]
    if kind(index + 2) != .identifier { text = text.dropFirst().dropLast() }
    for field in ["second", "epoch", "milliseconds"] where Self.isField(text, field) {
      edits.replace(index, with: "martinet_extract_" + field)
      edits.delete((index + 2)..<(index + 4))
    }
  }

  /// Whether a text is the name of a field: in any case, singular or plural.
  private static func isField(_ text: Substring, _ field: String) -> Bool {
    let word = lowercased(String(text))
    return word == field || word == field + "s" || word + "s" == field
  }
}
