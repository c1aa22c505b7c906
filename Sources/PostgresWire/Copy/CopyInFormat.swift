/// How the stream of a COPY from the client is written.
package struct CopyInFormat: Equatable, Sendable {
  package enum Style: Sendable { case text, csv, binary }
  package enum Header: Sendable {
    case none
    /// The first line is passed over.
    case skip
    /// The first line must name the columns.
    case match
  }

  package var style: Style
  package var delimiter: UInt8
  /// What stands for NULL.
  package var null: [UInt8]
  package var header: Header
  /// CSV only.
  package var quote: UInt8
  /// CSV only: what takes the special meaning from a quote within quotes.
  package var escape: UInt8

  /// A format with PostgreSQL's defaults for the style.
  package init(_ style: Style) {
    self.style = style
    delimiter = UInt8(ascii: style == .csv ? "," : "\t")
    null = style == .csv ? [] : Array("\\N".utf8)
    header = .none
    quote = UInt8(ascii: "\"")
    escape = UInt8(ascii: "\"")
  }
}

/// A column that a COPY fills.
package struct CopyColumn: Equatable, Sendable {
  /// What the parser makes of a field, in the memory layout of DuckDB's vectors.
  package enum Kind: Equatable, Sendable {
    /// One byte.
    case boolean
    case int16
    case int32
    case int64
    case float
    case double
    /// An integer of 2, 4, 8 or 16 bytes for widths up to 4, 9, 18 and 38.
    case decimal(width: Int, scale: Int)
    /// Days since 1970 in 4 bytes.
    case date
    /// Microseconds in 8 bytes.
    case time
    case timestamp
    /// Microseconds in 8 bytes; a text without an offset is in UTC.
    case timestampTZ
    /// Months and days in 4 bytes each, microseconds in 8.
    case interval
    /// 16 bytes as a signed number with the highest bit flipped.
    case uuid
    /// The text itself.
    case text
    /// The text itself; the binary form of jsonb has a version before it.
    case json
    /// Bytes.
    case blob
    /// Decoded as this type and given as text that the engine's cast reads.
    case converted(PostgresType)
  }

  package var name: String
  package var kind: Kind
  /// The type in messages: `integer`.
  package var typeName: String
  /// CSV: never NULL.
  package var forceNotNull: Bool
  /// CSV: NULL even if quoted.
  package var forceNull: Bool

  /// A column.
  package init(
    name: String, kind: Kind, typeName: String, forceNotNull: Bool = false, forceNull: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.typeName = typeName
    self.forceNotNull = forceNotNull
    self.forceNull = forceNull
  }
}

/// Where parsed rows go: memory laid out as DuckDB's vectors.
package protocol CopySink {
  /// Memory for a value per row of the column; only asked for columns that are not text, JSON, blob or
  /// converted.
  func data(column: Int) -> UnsafeMutableRawPointer?
  /// Makes a value NULL.
  mutating func setNull(column: Int, row: Int)
  /// Copies the bytes of a text, JSON, blob or converted column.
  mutating func setBytes(column: Int, row: Int, _ bytes: UnsafeBufferPointer<UInt8>)
}
