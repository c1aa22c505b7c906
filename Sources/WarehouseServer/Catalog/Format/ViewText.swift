import SQLFront

/// The query of a view in the layout of PostgreSQL's pg_get_viewdef: a line for each column and clause, names with
/// quotes only where they need them, columns of a lone table with its name in front.
///
/// What is no plain SELECT stays as the engine wrote it.
struct ViewText {
  private let source: LexedText
  private let tokens: [Token]
  /// The lone table's name in the query, and its columns.
  private let table: (name: String, columns: Set<String>)?
  private var result = ""
  private var clause = Keyword.select

  /// - Parameter columns: gives the columns of a table by its name; nil for one that is not known.
  static func format(_ sql: String, columns: (QualifiedName) -> [String]?) -> String {
    guard let statement = try? SQLScript(sql).statements.first, let origins = ColumnOrigins(statement),
      statement.source.tokens[statement.tokens.lowerBound].keyword == .select
    else { return sql.hasSuffix(";") ? sql : sql + ";" }
    var table: (name: String, columns: Set<String>)?
    let selects = statement.source.tokens.filter { $0.keyword == .select }.count
    if origins.tables.count == 1, selects == 1, let only = origins.tables.first,
      let names = only.name.flatMap(columns)
    {
      table = (only.alias, Set(names))
    }
    var text = ViewText(statement, table)
    text.write()
    return text.result + ";"
  }

  private init(_ statement: ParsedStatement, _ table: (name: String, columns: Set<String>)?) {
    source = statement.source
    tokens = Array(statement.source.tokens[statement.tokens])
    self.table = table
  }

  private mutating func write() {
    var depth = 0
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      default: break
      }
      if depth == 0, let indent = indent(index) {
        result += "\n" + indent
      } else if index == 0 {
        result += " "
      } else if tokens[index - 1].end < token.start {
        result += " "
      }
      result += word(index)
      if depth == 0, token.kind == .comma, clause == .select { result += "\n   " }
    }
  }

  private func next(_ index: Int) -> Keyword {
    tokens.indices.contains(index) ? tokens[index].keyword : .notAKeyword
  }

  /// How far the line goes in that a token begins; nil where it begins none.
  private mutating func indent(_ index: Int) -> String? {
    switch tokens[index].keyword {
    case .from where clause == .select && next(index - 1) != .distinct:
      clause = .from
      return "   "
    case .where, .having: clause = tokens[index].keyword
    case .group, .order:
      guard next(index + 1) == .by else { return nil }
      clause = tokens[index].keyword
    case .limit, .offset:
      clause = tokens[index].keyword
      return " "
    // An inner join is a JOIN, which brings a space of its own.
    case .inner: return clause == .from ? "    " : nil
    case .left, .right, .full, .cross:
      return clause == .from && next(index + 1) != .notAKeyword ? "     " : nil
    case .join:
      let isFirst = ![Keyword.left, .right, .full, .inner, .cross, .outer].contains(next(index - 1))
      return clause == .from && isFirst ? "     " : nil
    default: return nil
    }
    return "  "
  }

  private func word(_ index: Int) -> String {
    let token = tokens[index]
    let text = source.text(Int(token.start)..<Int(token.end))
    guard token.kind.isIdentifier else { return text }
    if next(index) == .inner, next(index + 1) == .join { return "" }
    var name = text
    if token.kind == .quotedIdentifier {
      name = SQLName.quoted(String(text.dropFirst().dropLast()).replacing("\"\"", with: "\""))
    } else if token.keyword.isReserved {
      return text
    }
    guard let table, clause != .from, table.columns.contains(plain(index)) else { return name }
    let before = index > 0 ? tokens[index - 1] : nil
    let after = index + 1 < tokens.count ? tokens[index + 1].kind : .end
    guard before?.kind != .dot, before?.keyword != .as, after != .dot, after != .leftParenthesis else {
      return name
    }
    return "\(SQLName.quoted(table.name)).\(name)"
  }

  private func plain(_ index: Int) -> String {
    let text = source.text(Int(tokens[index].start)..<Int(tokens[index].end))
    guard tokens[index].kind == .quotedIdentifier else { return text.lowercased() }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }
}
