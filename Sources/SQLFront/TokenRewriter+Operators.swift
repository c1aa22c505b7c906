/// Operators, and the clauses that DuckDB spells otherwise.
///
/// DuckDB parses any run of operator characters as a call of a function of that name, with PostgreSQL's precedence.
/// So operators that it lacks become operators that the server's catalogs define as macros.
/// The documentation of this target lists them.
extension TokenRewriter {
  mutating func operatorToken() throws(SQLError) {
    if let replacement = try replacement(of: index, operandBefore: endsOperand(index - 1)) {
      edits.replace(index, with: " " + replacement + " ")
    }
    index += 1
  }

  private func replacement(of at: Int, operandBefore: Bool) throws(SQLError) -> String? {
    let range = source.byteRange(of: at)
    // The engine's own `~` matches the whole text.
    if isOperator(at, "~") { return operandBefore ? "@~" : nil }
    if isOperator(at, "!~") { return "!@~" }
    var isForeign = false
    for index in range
    where source.bytes[index] == UInt8(ascii: "#") || source.bytes[index] == UInt8(ascii: "?") {
      isForeign = true
    }
    guard isForeign else { return nil }
    switch source.text(of: at) {
    case "#>": return "@|>"
    case "#>>": return "@|>>"
    case "?": return "@|"
    case "?|": return "@||"
    case "?&": return "@|&"
    case "#-": return "@|-"
    case "#" where operandBefore: return "@^"
    case "#" where kind(at + 1) == .integer && token(at + 1).start == token(at).end: return nil
    default:
      throw SQLError(
        "42883", "operator does not exist: \(source.text(of: at))", position: range.lowerBound)
    }
  }

  /// `OPERATOR(pg_catalog.~)`.
  mutating func operatorCall() throws(SQLError) -> Bool {
    let end = after(index + 1)
    guard end > index + 2, kind(end - 2) == .operator else { return false }
    let text = try replacement(of: end - 2, operandBefore: endsOperand(index - 1)) ?? source.text(of: end - 2)
    edits.replace(bytes: source.byteRange(of: index..<end), with: " " + text + " ")
    index = end
    return true
  }

  /// `FOR UPDATE`, `FOR SHARE` and their kin: a snapshot needs no row locks.
  mutating func forClause() throws(SQLError) -> Bool {
    let start = index
    var end = index + 1
    switch keyword(end) {
    case .update, .share: end += 1
    case .no where keyword(end + 1) == .key && keyword(end + 2) == .update: end += 3
    case .key where keyword(end + 1) == .share: end += 2
    default: return false
    }
    if keyword(end) == .in { return false }
    if keyword(end) == .of {
      end += 1
      while kind(end).isIdentifier {
        end += 1
        while kind(end) == .dot || kind(end - 1) == .dot { end += 1 }
        if kind(end) != .comma { break }
        end += 1
      }
    }
    if keyword(end) == .nowait {
      end += 1
    } else if keyword(end) == .skip, keyword(end + 1) == .locked {
      end += 2
    }
    finishItem(at: start)
    edits.delete(start..<end)
    index = end
    return true
  }

  /// `(a, b) OVERLAPS (c, d)`.
  mutating func overlaps() {
    let open = Int(token(index - 1).partner)
    let close = after(index + 1) - 1
    guard kind(index - 1) == .rightParenthesis, open >= range.lowerBound, open < index,
      kind(index + 1) == .leftParenthesis, close > index + 1
    else { return }
    edits.insert("pg_overlaps", before: open)
    edits.replace(bytes: Int(token(index - 1).start)..<Int(token(index + 1).end), with: ", ")
    if keyword(open - 1) == .row { edits.delete(open - 1) }
  }

  /// DuckDB takes the pattern of SIMILAR TO for a regular expression as it is.
  mutating func similarTo() throws(SQLError) {
    guard keyword(index + 1) == .to, kind(index + 2).isString else { return }
    let pattern = try source.stringContent(index + 2)
    var result = Array("^(?:".utf8)
    var at = 0
    while at < pattern.count {
      switch pattern[at] {
      case UInt8(ascii: "%"): result.append(contentsOf: ".*".utf8)
      case UInt8(ascii: "_"): result.append(UInt8(ascii: "."))
      case UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"):
        result.append(UInt8(ascii: "\\"))
        result.append(pattern[at])
      case UInt8(ascii: "\\") where at + 1 < pattern.count:
        result.append(pattern[at])
        at += 1
        result.append(pattern[at])
      default: result.append(pattern[at])
      }
      at += 1
    }
    result.append(contentsOf: ")$".utf8)
    edits.replace(index + 2, with: quoteLiteral(String(decoding: result, as: UTF8.self)))
    index += 2
  }

  /// `substring(s FROM 'regular expression')` and `overlay(s PLACING …)`.
  mutating func specialCall() {
    guard kind(index + 1) == .leftParenthesis else { return }
    let end = after(index + 1) - 1
    let isOverlay = keyword(index) == .overlay
    var scan = index + 2
    var words: [Int] = []
    while scan < end {
      switch keyword(scan) {
      case .from, .for, .placing: words.append(scan)
      default: if kind(scan) == .comma { words.append(scan) }
      }
      scan = after(scan)
    }
    if isOverlay {
      edits.replace(index, with: "\"overlay\"")
      for word in words where kind(word) != .comma { edits.replace(word, with: ",") }
    } else if words.count == 2, words.allSatisfy({ kind($0) == .comma }) {
      // The engine's grammar would call its own function, whatever stands before it in the search path.
      edits.replace(index, with: "\"substring\"")
    } else if words.count == 1, words[0] + 2 == end, kind(words[0] + 1).isString, keyword(words[0]) != .for {
      edits.replace(index, with: "\"substring\"")
      if kind(words[0]) != .comma { edits.replace(words[0], with: ",") }
    }
  }

  /// `TABLESAMPLE BERNOULLI (10)` means per cent.
  mutating func sample() {
    guard kind(index + 2) == .leftParenthesis else { return }
    switch lowercased(source.text(of: index + 1)) {
    case "bernoulli", "system": break
    default: return
    }
    let end = after(index + 2) - 1
    if end == index + 4, kind(index + 3) == .integer || kind(index + 3) == .decimal {
      edits.insert(" PERCENT", after: index + 3)
    }
  }
}
