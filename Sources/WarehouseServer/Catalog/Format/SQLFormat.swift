/// PostgreSQL's `format`, `quote_literal`, `initcap` and `pg_size_bytes`.
enum SQLFormat {
  /// A literal as quote_literal gives it.
  static func literal(_ text: String) -> String {
    let quoted = "'" + text.replacing("'", with: "''").replacing("\\", with: "\\\\") + "'"
    return text.contains("\\") ? "E" + quoted : quoted
  }

  /// The first letter of each word in upper case, the others in lower case.
  static func capitalized(_ text: String) -> String {
    var result = ""
    var isStart = true
    for character in text {
      result += isStart ? character.uppercased() : character.lowercased()
      isStart = !(character.isLetter || character.isNumber)
    }
    return result
  }

  /// `format(text, …)`: %s, %I, %L and %%, with position, `-` and width.
  static func format(_ format: String, _ arguments: [String?]) throws -> String {
    var result = ""
    var rest = format[...]
    var next = 0
    while let character = rest.popFirst() {
      guard character == "%" else {
        result.append(character)
        continue
      }
      if rest.first == "%" {
        result.append(rest.removeFirst())
        continue
      }
      if let dollar = rest.firstIndex(of: "$"), let position = Int(rest[..<dollar]) {
        guard position > 0 else {
          throw CatalogFunctionError("format specifies argument 0, but arguments are numbered from 1")
        }
        next = position - 1
        rest = rest[rest.index(after: dollar)...]
      }
      let isLeft = rest.first == "-"
      if isLeft { rest.removeFirst() }
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let kind = rest.popFirst() else {
        throw CatalogFunctionError("unterminated format() type specifier")
      }
      guard next < arguments.count else { throw CatalogFunctionError("too few arguments for format()") }
      let value = try converted(arguments[next], kind)
      next += 1
      let padding = String(repeating: " ", count: max(0, (Int(digits) ?? 0) - value.count))
      result += isLeft ? value + padding : padding + value
    }
    return result
  }

  private static func converted(_ value: String?, _ kind: Character) throws -> String {
    switch kind {
    case "s": return value ?? ""
    case "L": return value.map { literal($0) } ?? "NULL"
    case "I":
      guard let value else {
        throw CatalogFunctionError("null values cannot be formatted as an SQL identifier")
      }
      return SQLName.quoted(value)
    default: throw CatalogFunctionError("unrecognized format() type specifier \"\(kind)\"")
    }
  }

  /// `unistr('\\0041')`: the characters of the escapes `\\XXXX`, `\\+XXXXXX`, `\\uXXXX`, `\\UXXXXXXXX`.
  static func unescaped(_ text: String) throws -> String {
    var result = ""
    var rest = text[...]
    while let backslash = rest.firstIndex(of: "\\") {
      result += rest[..<backslash]
      rest = rest[rest.index(after: backslash)...]
      if rest.first == "\\" {
        result.append("\\")
        rest = rest.dropFirst()
        continue
      }
      let (skipped, count) =
        switch rest.first {
        case "+": (1, 6)
        case "u": (1, 4)
        case "U": (1, 8)
        default: (0, 4)
        }
      let digits = rest.dropFirst(skipped).prefix(count)
      guard digits.count == count, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
      else { throw CatalogFunctionError("invalid Unicode escape", state: "42601") }
      result.unicodeScalars.append(scalar)
      rest = rest.dropFirst(skipped + count)
    }
    return result + rest
  }

  /// The path of `json #> '{a,0}'` as the engine's `$."a"[0]`; also from a list's text, `[a, 0]`.
  static func jsonPath(_ text: String) -> String {
    let steps = text.dropFirst().dropLast().split(separator: ",").map { step in
      step.drop { $0 == " " }.filter { $0 != "\"" }
    }
    return steps.reduce("$") { path, step in
      Int(step) == nil ? path + ".\"" + step + "\"" : path + "[" + step + "]"
    }
  }

  /// `pg_size_bytes('10 MB')`.
  static func bytes(_ text: String) throws -> Int64 {
    let number = text.drop { $0 == " " }.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    let unit = text.drop { $0 == " " }.dropFirst(number.count).filter { $0 != " " }.lowercased()
    let powers = ["": 0, "b": 0, "bytes": 0, "kb": 1, "mb": 2, "gb": 3, "tb": 4, "pb": 5]
    guard let value = Double(number), let power = powers[unit] else {
      throw CatalogFunctionError("invalid size: \"\(text)\"")
    }
    let bytes = (0..<power).reduce(value) { size, _ in size * 1024 }
    guard abs(bytes) < 9.2e18 else { throw CatalogFunctionError("bigint out of range") }
    return Int64(bytes.rounded())
  }
}
