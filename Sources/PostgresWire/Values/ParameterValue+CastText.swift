extension ParameterValue {
  /// The value as text that DuckDB's cast from VARCHAR reads: for values that don't travel within SQL.
  package var castText: String {
    switch self {
    case .null: return "NULL"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value, _): return "\(value)"
    case .numeric(let digits): return digits.text
    case .floating(let value): return Self.floatingText(value)
    case .single(let value): return Self.floatingText(Double(value), value.description)
    case .untyped(let text), .text(let text, _): return text
    case .blob(let bytes): return bytes.map { "\\x" + Hex.text(of: $0) }.joined()
    case .array(let elements, _): return "[" + elements.map(\.elementText).joined(separator: ", ") + "]"
    }
  }

  /// An element of a list: text in quotes, with quotes and backslashes in it escaped.
  private var elementText: String {
    switch self {
    case .untyped, .text, .blob:
      var quoted = "\""
      for character in castText.unicodeScalars {
        if character == "\"" || character == "\\" { quoted += "\\" }
        quoted.unicodeScalars.append(character)
      }
      return quoted + "\""
    default: return castText
    }
  }
}
