/// The text form of arrays: `{1,2,NULL}`, `{{a,"b c"},{d,e}}`, `[0:1]={1,2}`.
///
/// Source: PostgreSQL 15, chapter 8.15.2 "Array Value Input".
package indirect enum ArrayText: Equatable, Sendable {
  case null
  case element(String)
  case array([ArrayText])

  /// PostgreSQL's `MAXDIM`.
  static let maximumDimensions = 6

  /// Reads an array's text; throws 22P02 in PostgreSQL's words.
  package static func parse(_ text: String) throws(PostgresError) -> ArrayText {
    var parser = Parser(text)
    return try parser.parse()
  }

  /// The lengths of the dimensions; nil if sub-arrays differ in theirs.
  fileprivate var shape: [Int]? {
    guard case .array(let elements) = self else { return [] }
    guard let first = elements.first else { return [0] }
    guard let inner = first.shape else { return nil }
    for element in elements.dropFirst() where element.shape != inner { return nil }
    return [elements.count] + inner
  }

  private struct Parser {
    private let text: String
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
      self.text = text
      bytes = Array(text.utf8)
    }

    mutating func parse() throws(PostgresError) -> ArrayText {
      skipSpaces()
      if peek == UInt8(ascii: "[") { try skipBounds() }
      guard peek == UInt8(ascii: "{") else {
        throw malformed("Array value must start with \"{\" or dimension information.")
      }
      let array = try parseArray(depth: 1)
      skipSpaces()
      guard index == bytes.count else { throw malformed("Junk after closing right brace.") }
      guard array.shape != nil else {
        throw malformed("Multidimensional arrays must have sub-arrays with matching dimensions.")
      }
      return array
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpaces() {
      while let byte = peek, TextReader.isSpace(byte) { index += 1 }
    }

    /// Passes over `[1:2][0:3]=`: lower bounds are not kept.
    private mutating func skipBounds() throws(PostgresError) {
      guard let equals = bytes[index...].firstIndex(of: UInt8(ascii: "=")),
        bytes[index..<equals].allSatisfy({ "[]:+-0123456789 ".utf8.contains($0) })
      else { throw malformed("Missing \"=\" after array dimensions.") }
      index = equals + 1
      skipSpaces()
    }

    private mutating func parseArray(depth: Int) throws(PostgresError) -> ArrayText {
      guard depth <= ArrayText.maximumDimensions else {
        throw PostgresError(
          .programLimitExceeded,
          "number of array dimensions (\(depth)) exceeds the maximum allowed (\(ArrayText.maximumDimensions))"
        )
      }
      index += 1
      var elements: [ArrayText] = []
      skipSpaces()
      if peek == UInt8(ascii: "}") {
        index += 1
        return .array([])
      }
      while true {
        skipSpaces()
        elements.append(peek == UInt8(ascii: "{") ? try parseArray(depth: depth + 1) : try parseElement())
        skipSpaces()
        switch peek {
        case UInt8(ascii: ","): index += 1
        case UInt8(ascii: "}"):
          index += 1
          return .array(elements)
        case nil: throw malformed("Unexpected end of input.")
        default: throw malformed("Unexpected array element.")
        }
      }
    }

    private mutating func parseElement() throws(PostgresError) -> ArrayText {
      if peek == UInt8(ascii: "\"") { return .element(try parseQuoted()) }
      var value: [UInt8] = []
      var kept = 0
      var isEscaped = false
      while let byte = peek, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") {
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "\"") {
          throw malformed("Unexpected \"\(byte == UInt8(ascii: "{") ? "{" : "\\\"")\" character.")
        }
        index += 1
        if byte == UInt8(ascii: "\\") {
          guard let next = peek else { throw malformed("Unexpected end of input.") }
          value.append(next)
          index += 1
          kept = value.count
          isEscaped = true
        } else {
          value.append(byte)
          if !TextReader.isSpace(byte) { kept = value.count }
        }
      }
      guard let end = peek else { throw malformed("Unexpected end of input.") }
      guard kept > 0 else {
        throw malformed("Unexpected \"\(String(decoding: [end], as: UTF8.self))\" character.")
      }
      let element = String(decoding: value[..<kept], as: UTF8.self)
      return !isEscaped && element.lowercased() == "null" ? .null : .element(element)
    }

    private mutating func parseQuoted() throws(PostgresError) -> String {
      index += 1
      var value: [UInt8] = []
      while let byte = peek {
        index += 1
        if byte == UInt8(ascii: "\"") { return String(decoding: value, as: UTF8.self) }
        if byte == UInt8(ascii: "\\") {
          guard let next = peek else { break }
          value.append(next)
          index += 1
        } else {
          value.append(byte)
        }
      }
      throw malformed("Unexpected end of input.")
    }

    private func malformed(_ detail: String) -> PostgresError {
      PostgresError(
        .invalidTextRepresentation, "malformed array literal: \"\(text)\"", detail: detail)
    }
  }
}

extension ParameterValue {
  /// Decodes the text of an array of `element`s.
  static func decodeTextArray(
    _ type: PostgresType, _ element: PostgresType, _ text: String
  ) throws(PostgresError) -> ParameterValue {
    guard case .array(let elements) = try ArrayText.parse(text) else {
      return .null(sqlType: type.engineType)
    }
    let values = try decode(elements, element)
    return .array(values, elementType: elementType(of: values, element))
  }

  private static func decode(
    _ elements: [ArrayText], _ type: PostgresType
  ) throws(PostgresError) -> [ParameterValue] {
    var values: [ParameterValue] = []
    values.reserveCapacity(elements.count)
    for element in elements {
      switch element {
      case .null: values.append(.null(sqlType: nil))
      case .element(let text): values.append(try decodeText(type, text))
      case .array(let inner): values.append(.array(try decode(inner, type), elementType: ""))
      }
    }
    return values
  }

  /// The type of DuckDB that holds all elements of an array.
  static func elementType(of values: [ParameterValue], _ element: PostgresType) -> String {
    guard element == .numeric else {
      return values.contains(where: \.containsText) && element.engineType == "BIGINT"
        ? "VARCHAR" : element.engineType ?? "VARCHAR"
    }
    var (whole, scale, needsDouble) = (0, 0, false)
    func visit(_ values: [ParameterValue]) {
      for value in values {
        if case .array(let inner, _) = value { visit(inner) }
        guard case .numeric(let digits) = value else { continue }
        whole = max(whole, digits.wholeCount)
        scale = max(scale, digits.scale)
        needsDouble = needsDouble || digits.needsDouble
      }
    }
    visit(values)
    return needsDouble || whole + scale > 38 ? "DOUBLE" : "DECIMAL(\(max(whole + scale, 1)),\(scale))"
  }

  /// True for names of objects, which an array can't mix with their numbers.
  private var containsText: Bool {
    switch self {
    case .text: true
    case .array(let elements, _): elements.contains(where: \.containsText)
    default: false
    }
  }
}
