/// One statement of a text: its tokens, what it asks for, and what the server must know before running it.
package final class ParsedStatement: Sendable {
  package let source: LexedText
  /// Indexes into `source.tokens`, the semicolon not included.
  package let tokens: Range<Int>
  package let statement: Statement
  package let facts: StatementFacts

  init(source: LexedText, tokens: Range<Int>, statement: Statement, facts: StatementFacts) {
    self.source = source
    self.tokens = tokens
    self.statement = statement
    self.facts = facts
  }

  /// Bytes of the statement in the text that the client sent.
  package var byteRange: Range<Int> { source.byteRange(of: tokens) }

  /// The statement as written.
  package var text: String { source.text(byteRange) }

  /// Changes data or definitions, so a read-only transaction refuses it.
  package var isWrite: Bool { facts.isWrite }

  /// The command tag without counts: `SELECT`, `INSERT 0`, `CREATE TABLE`, …
  package var commandTag: String { facts.commandTag }

  /// Reads the catalogs (`pg_…`, `information_schema`, `regclass` …): its answer depends on more than the lake's data.
  package var mentionsCatalog: Bool { facts.mentionsCatalog }

  /// The highest `$n`, 0 if there is none.
  package var parameterCount: Int { facts.parameterCount }
  /// Parameters that are arrays because of where they stand: as `ANY ($n)`.
  package var arrayParameters: Set<Int> { facts.arrayParameters }

  /// The same INSERT with a list of columns; nil if it has one, or is no INSERT.
  package func naming(columns: [String]) throws(SQLError) -> ParsedStatement? {
    guard case .insert(let change) = statement, let position = change.listPosition else { return nil }
    let range = byteRange
    let list = columns.map(quoteIdentifier).joined(separator: ", ")
    let text =
      source.text(range.lowerBound..<position) + " (\(list))" + source.text(position..<range.upperBound)
    return try SQLScript(text).statements.first
  }

  /// The table that is changed or defined.
  package var target: QualifiedName? { facts.target }
}

/// What one pass over a statement's tokens finds.
package struct StatementFacts: Sendable {
  package var isWrite = false
  package var commandTag = ""
  package var mentionsCatalog = false
  package var parameterCount = 0
  /// Numbers of the parameters that are the whole of `ANY ($n)` or `ALL ($n)`.
  package var arrayParameters: Set<Int> = []
  package var target: QualifiedName?
  package var locksRows = false
  package var modifiesDataInWith = false
  package var hasReturning = false
  package var hasOnConflict = false
}

/// A text split into its statements. Empty statements are left out.
package struct SQLScript: Sendable {
  package let source: LexedText
  package let statements: [ParsedStatement]

  /// Lexes, splits and classifies. Only what makes the whole text unreadable is thrown; a statement that is not
  /// done here is `Statement.refused`.
  package init(_ text: String) throws(SQLError) {
    try self.init(lexed: LexedText(text))
  }

  package init(lexed source: LexedText) throws(SQLError) {
    self.source = source
    var statements: [ParsedStatement] = []
    var start = 0
    for index in source.tokens.indices {
      let kind = source.tokens[index].kind
      guard kind == .semicolon || kind == .end else { continue }
      if index > start {
        statements.append(try StatementParser.parse(source, start..<index, depth: 0))
      }
      start = index + 1
    }
    self.statements = statements
  }

  /// PostgreSQL's 1-based character position of a byte offset.
  package func characterPosition(ofByte offset: Int) -> Int { source.characterPosition(ofByte: offset) }
}
