/// PostgreSQL's errors for bad rows, with their context.
extension CopyRowParser {
  /// The number of the line that a place in the block lies in.
  func line(at offset: Int) -> Int {
    guard let block else { return 0 }
    return block.firstLine + CopySplitter.count(0x0A, block.base, offset)
  }

  func missingData(_ column: Int, _ rowStart: UnsafePointer<UInt8>) -> PostgresError {
    rowError("missing data for column \"\(columns[column].name)\"", rowStart)
  }

  func extraData(_ rowStart: UnsafePointer<UInt8>) -> PostgresError {
    rowError("extra data after last expected column", rowStart)
  }

  func rowError(_ message: String, _ rowStart: UnsafePointer<UInt8>) -> PostgresError {
    guard let block else { return PostgresError(.badCopyFileFormat, message) }
    return rowError(message, rowStart - UnsafePointer(block.base))
  }

  /// An error about a whole row, which is shown.
  func rowError(_ message: String, _ rowOffset: Int) -> PostgresError {
    guard let block else { return PostgresError(.badCopyFileFormat, message) }
    let rowEnd = rowEnd(from: rowOffset)
    let text = Self.shown(block.base + rowOffset, rowEnd - rowOffset)
    return PostgresError(
      .badCopyFileFormat, message, context: "COPY \(table), line \(line(at: rowEnd)): \"\(text)\"")
  }

  func encodingError(_ sequence: String, _ rowStart: UnsafePointer<UInt8>) -> PostgresError {
    let offset = block.map { rowStart - UnsafePointer($0.base) } ?? 0
    return WireError.invalidEncoding(sequence).postgresError
      .adding(context: "COPY \(table), line \(line(at: offset))")
  }

  /// An error about a field, which is shown.
  func valueError(
    _ outcome: TextReader.Outcome, _ column: Int, _ start: UnsafePointer<UInt8>, _ count: Int,
    _ rowStart: UnsafePointer<UInt8>, _ fieldEnd: UnsafePointer<UInt8>
  ) -> PostgresError {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let offset = block.map { fieldEnd - UnsafePointer($0.base) } ?? 0
    return error(outcome, columns[column], text).adding(
      context: "COPY \(table), line \(line(at: offset)), column \(columns[column].name): "
        + "\"\(Self.shown(start, count))\"")
  }

  /// PostgreSQL's words for a text that is not a value of the column.
  private func error(
    _ outcome: TextReader.Outcome, _ column: CopyColumn, _ text: String
  ) -> PostgresError {
    switch column.kind {
    case .converted(let type):
      do throws(PostgresError) {
        _ = try ParameterValue.decodeText(type, text)
        return ParameterValue.invalidSyntax(column.typeName, text)
      } catch {
        return error
      }
    case .blob:
      do throws(PostgresError) {
        _ = try ByteaText.decode(text)
        return ParameterValue.invalidSyntax("bytea", text)
      } catch {
        return error
      }
    case .date, .time, .timestamp, .timestampTZ, .interval:
      guard outcome == .outOfRange else {
        return PostgresError(
          .invalidDatetimeFormat, "invalid input syntax for type \(column.typeName): \"\(text)\"")
      }
      return PostgresError(.datetimeFieldOverflow, "date/time field value out of range: \"\(text)\"")
    case .decimal(let width, let scale) where outcome == .outOfRange:
      let limit = width == scale ? "1" : "10^\(width - scale)"
      return PostgresError(
        .numericValueOutOfRange, "numeric field overflow",
        detail: "A field with precision \(width), scale \(scale) must round to an absolute value "
          + "less than \(limit).")
    case .float,
      .double where outcome == .outOfRange:
      return PostgresError(
        .numericValueOutOfRange, "\"\(text)\" is out of range for type \(column.typeName)")
    default:
      guard outcome == .outOfRange else { return ParameterValue.invalidSyntax(column.typeName, text) }
      return PostgresError(
        .numericValueOutOfRange, "value \"\(text)\" is out of range for type \(column.typeName)")
    }
  }

  /// Where the row that begins at an offset ends, without its line end.
  private func rowEnd(from offset: Int) -> Int {
    guard let block else { return offset }
    var isInside = false
    var index = offset
    while index < block.count {
      let byte = block.base[index]
      if format.style == .csv, byte == format.quote { isInside.toggle() }
      if byte == 0x0A, !isInside { break }
      index += 1
    }
    return index > offset && index < block.count && block.base[index - 1] == 0x0D ? index - 1 : index
  }

  /// At most 100 characters, as PostgreSQL shows them.
  private static func shown(_ start: UnsafePointer<UInt8>, _ count: Int) -> String {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: min(count, 500)), as: UTF8.self)
    return text.unicodeScalars.count > 100
      ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(100))) + "..." : text
  }
}
