import PostgresWire
import SQLFront

/// How COPY TO writes values as text or CSV. Source: copyto.c of PostgreSQL 15.
struct CopyText {
  let isCSV: Bool
  let delimiter: UInt8
  let quote: UInt8
  let escape: UInt8
  let null: [UInt8]
  /// Which columns are quoted whatever they hold.
  let forceQuote: [Bool]
  private let isOnlyColumn: Bool

  init(_ options: SQLFront.CopyOptions, names: [String]) {
    isCSV = options.format == .csv
    delimiter = options.delimiter
    quote = options.quote
    escape = options.escape
    null = Array(options.null.utf8)
    switch options.forceQuote {
    case .all: forceQuote = names.map { _ in true }
    case .some(let columns): forceQuote = names.map(columns.contains)
    }
    isOnlyColumn = names.count == 1
  }

  /// Whether values of that type may hold what must be escaped. Numbers and their like hold none of the usual
  /// delimiters.
  func mayNeedEscapes(_ codec: ValueCodec) -> Bool {
    guard case .scalar = codec else { return true }
    if isCSV && (forceQuote.contains(true) || delimiter != UInt8(ascii: ",")) { return true }
    if isCSV { return !null.isEmpty || quote != UInt8(ascii: "\"") }
    return delimiter != UInt8(ascii: "\t")
  }

  /// Escapes the last value of the buffer.
  func escape(_ scratch: ScratchBuffer, from start: Int, column: Int) {
    if isCSV {
      escapeCSV(scratch, from: start, force: forceQuote[column])
    } else {
      escapeText(scratch, from: start)
    }
  }

  /// Escapes a name of the header line, which FORCE_QUOTE does not speak of.
  func escapeName(_ scratch: ScratchBuffer, from start: Int) {
    if isCSV { escapeCSV(scratch, from: start, force: false) } else { escapeText(scratch, from: start) }
  }

  private func value(_ scratch: ScratchBuffer, _ start: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: scratch.base + start, count: scratch.count - start)
  }

  private func escapeText(_ scratch: ScratchBuffer, from start: Int) {
    func letter(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 0x08: UInt8(ascii: "b")
      case 0x09: UInt8(ascii: "t")
      case 0x0A: UInt8(ascii: "n")
      case 0x0B: UInt8(ascii: "v")
      case 0x0C: UInt8(ascii: "f")
      case 0x0D: UInt8(ascii: "r")
      case UInt8(ascii: "\\"), delimiter: byte
      default: nil
      }
    }
    let text = value(scratch, start)
    guard text.contains(where: { letter($0) != nil }) else { return }
    let copy = Array(text)
    scratch.cut(to: start)
    for byte in copy {
      if let letter = letter(byte) {
        scratch.append(ascii: "\\")
        scratch.append(letter)
      } else {
        scratch.append(byte)
      }
    }
  }

  private func escapeCSV(_ scratch: ScratchBuffer, from start: Int, force: Bool) {
    let text = value(scratch, start)
    var needsQuotes = force || text.elementsEqual(null)
    if !needsQuotes {
      needsQuotes =
        text.contains { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D }
        || (isOnlyColumn && text.elementsEqual("\\.".utf8))
    }
    guard needsQuotes else { return }
    let copy = Array(text)
    scratch.cut(to: start)
    scratch.append(quote)
    for byte in copy {
      if byte == quote || byte == escape { scratch.append(escape) }
      scratch.append(byte)
    }
    scratch.append(quote)
  }
}
