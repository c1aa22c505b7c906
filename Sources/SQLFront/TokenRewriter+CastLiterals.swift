/// Strings that become another type where they stand: in forms that the engine does not read, or reads wrongly.
extension TokenRewriter {
  /// `'…'::type` and `CAST('…' AS type)`.
  mutating func castLiteral(_ at: Int, type: Range<Int>) throws(SQLError) {
    guard let first = type.first, kind(type.upperBound - 1) != .rightBracket else { return }
    switch keyword(first) {
    case .int, .integer, .bigint, .smallint: try checkInteger(at, type: first)
    case .timestamp, .timestamptz: try timeLiteral(at, word: "now")
    default:
      switch source.identifier(first) {
      case "date": try timeLiteral(at, word: "today")
      case "int4", "int8", "int2": try checkInteger(at, type: first)
      default: break
      }
    }
  }

  /// `timestamptz '…'`, `date '…'`.
  mutating func typedTime(_ at: Int) throws(SQLError) {
    let isTime = keyword(at) == .timestamp || keyword(at) == .timestamptz
    if isTime || source.token(at, is: "date") { try timeLiteral(at + 1, word: nil) }
  }

  /// The engine would round `'1.5'`.
  private func checkInteger(_ at: Int, type: Int) throws(SQLError) {
    let text = try source.stringValue(at)
    guard Double(text) != nil, text.contains(".") || text.contains("e") || text.contains("E") else { return }
    let name =
      switch typeName(type, type + 1) {
      case "int8": "bigint"
      case "int2": "smallint"
      default: "integer"
      }
    throw SQLError(
      "22P02", "invalid input syntax for type \(name): \"\(text)\"", position: Int(token(at).start))
  }

  /// `'2024-01-01 12:00+00'` gets seconds, `BC` the engine's brackets; `today` and its like become expressions.
  mutating func timeLiteral(_ at: Int, word: String?) throws(SQLError) {
    let text = try source.stringValue(at)
    if word != nil {
      switch lowercased(text) {
      case "today": return edits.replace(at, with: "CURRENT_DATE")
      case "tomorrow": return edits.replace(at, with: "(CURRENT_DATE + 1)")
      case "yesterday": return edits.replace(at, with: "(CURRENT_DATE - 1)")
      case "now": return edits.replace(at, with: "now()")
      default: break
      }
    }
    var changed = Self.withSeconds(text)
    if changed.hasSuffix(" BC") { changed = changed.dropLast(2) + "(BC)" }
    if changed != text { edits.replace(at, with: quoteLiteral(changed)) }
  }

  /// `hh:mm` followed by anything but more of the time gets `:00`, which the engine wants before a zone.
  private static func withSeconds(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count > 16, bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] != UInt8(ascii: ":"), bytes[14...15].allSatisfy({ $0 < 0x3a })
    else { return text }
    return String(decoding: bytes[..<16] + Array(":00".utf8) + bytes[16...], as: UTF8.self)
  }

  /// The digits after the point of a literal that becomes a bare `numeric`: it keeps them all.
  func literalScale(ofType at: Int) -> Int? {
    let literal = kind(at + 1).isString ? at + 1 : at - 2
    let isCast = kind(at - 1) == .doubleColon || keyword(at - 1) == .as
    guard literal >= range.lowerBound, literal == at + 1 || isCast else { return nil }
    var text = source.text(of: literal)[...]
    switch kind(literal) {
    case .decimal: break
    case .string: text = text.dropFirst().dropLast()
    default: return nil
    }
    if text.first == "-" || text.first == "+" { text = text.dropFirst() }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
      return nil
    }
    // Room for the digits before the point, and for more that arithmetic may bring.
    return parts[1].count + parts[0].count <= 38 ? parts[1].count : nil
  }
}
