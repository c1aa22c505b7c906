/// `COPY … FROM STDIN` or `COPY … TO STDOUT`. Files and programs are refused.
package struct CopyStatement: Sendable {
  package enum Source: Sendable {
    /// All columns if `columns` is empty.
    case table(QualifiedName, columns: [String])
    case query(ParsedStatement)
  }
  package enum Direction: Sendable { case fromClient, toClient }
  package var source: Source
  package var direction: Direction
  package var options = CopyOptions()
}

/// The options of COPY, old and new syntax, PostgreSQL's defaults filled in.
package struct CopyOptions: Sendable, Equatable {
  package enum Format: String, Sendable { case text, csv, binary }
  package enum Header: Sendable { case off, on, match }
  package enum Columns: Sendable, Equatable {
    case all
    case some([String])
  }
  package enum OnError: Sendable { case stop, ignore }

  package var format = Format.text
  package var delimiter: UInt8 = UInt8(ascii: "\t")
  package var null = "\\N"
  package var header = Header.off
  package var quote: UInt8 = UInt8(ascii: "\"")
  package var escape: UInt8 = UInt8(ascii: "\"")
  package var forceQuote: Columns = .some([])
  package var forceNotNull: Columns = .some([])
  package var forceNull: Columns = .some([])
  package var encoding: String?
  package var freeze = false
  /// The string that stands for a column's default.
  package var defaultMarker: String?
  package var onError = OnError.stop

  package init() {}
}
