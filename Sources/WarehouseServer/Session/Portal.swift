import DuckDB
import PostgresWire
import SQLFront
import Sessions

/// A statement that was named by Parse or PREPARE.
final class NamedStatement {
  /// Nil for the empty statement.
  let parsed: ParsedStatement?
  /// The text as the client sent it.
  let text: String
  /// Types as the client declared them; 0 where it left the choice to the server.
  let declaredTypes: [UInt32]
  /// What Describe found: parameter types, columns.
  var description: StatementDescription?
  /// Made by SQL's PREPARE, not by Parse.
  let isFromSQL: Bool
  let createdAt = Clock.microsecondsSince1970()

  init(parsed: ParsedStatement?, text: String, declaredTypes: [UInt32], isFromSQL: Bool = false) {
    self.parsed = parsed
    self.text = text
    self.declaredTypes = declaredTypes
    self.isFromSQL = isFromSQL
  }
}

/// What Describe answers for a statement.
struct StatementDescription {
  var parameterTypes: [UInt32]
  /// Nil where the statement returns no rows.
  var columns: [OutputColumn]?
}

/// A column of a result as clients see it.
struct OutputColumn {
  var name: String
  var type: ColumnType

  static func text(_ name: String) -> OutputColumn { OutputColumn(name: name, type: .text) }

  func field(_ format: WireFormat) -> FieldDescription {
    FieldDescription(
      name: name, typeOID: type.oid, typeSize: type.size, typeModifier: type.modifier, format: format)
  }
}

/// A statement with its parameters, ready to run or halfway through its rows.
final class Portal {
  let name: String
  let statement: NamedStatement
  /// Parameter number to SQL literal.
  let parameters: [Int: String]
  let formats: WireFormats
  /// The plan that Describe made, to be run by Execute.
  var prepared: PreparedStatement?
  var columns: [OutputColumn]?
  /// What running it has brought so far; nil before Execute.
  var outcome: Outcome?
  /// It ran to its end.
  var isDone = false

  init(name: String, statement: NamedStatement, parameters: [Int: String], formats: WireFormats) {
    self.name = name
    self.statement = statement
    self.parameters = parameters
    self.formats = formats
  }

  func close() {
    if case .rows(let source, _)? = outcome { source.close() }
    outcome = nil
    prepared = nil
  }
}

/// What running a statement brings.
enum Outcome {
  /// Nothing but a command tag.
  case complete(String)
  /// Rows of the engine; the tag is followed by their count.
  case rows(RowSource, tag: String)
  /// Rows that Martinet made itself, all text.
  case table(TextTable)
  /// The client was sent everything but the command tag.
  case delivered(String)
}

/// A small result that Martinet answers itself. All columns are text.
final class TextTable {
  let columns: [String]
  let rows: [[String?]]
  let tag: String
  /// The first row that was not sent.
  var offset = 0

  init(columns: [String], rows: [[String?]], tag: String) {
    self.columns = columns
    self.rows = rows
    self.tag = tag
  }
}
