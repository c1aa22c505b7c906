/// PostgreSQL's text form of arrays: `{1,NULL,"a b",{…}}`.
enum ArrayText {
  static let maximumDepth = 6

  /// The array as DuckDB's list of string literals, `ARRAY['1', NULL]`; nil if the text is no array.
  static func list(_ text: [UInt8]) -> String? {
    var result = ""
    let done = walk(text) { event in
      switch event {
      case .open(let isFirst): result += isFirst ? "ARRAY[" : ", ARRAY["
      case .element(let value, let isFirst):
        if !isFirst { result += ", " }
        result += value.map(quoteLiteral) ?? "NULL"
      case .close: result += "]"
      }
    }
    return done ? result : nil
  }

  /// The elements of an array of one dimension as literals.
  static func flatElements(_ text: [UInt8]) -> [String]? {
    var result: [String] = []
    var depth = 0
    var deepest = 0
    let done = walk(text) { event in
      switch event {
      case .open:
        depth += 1
        deepest = max(deepest, depth)
      case .element(let value, _): result.append(value.map(quoteLiteral) ?? "NULL")
      case .close: depth -= 1
      }
    }
    return done && deepest == 1 ? result : nil
  }

  /// The content of `'…'`, also with a cast to text after it; nil for any other SQL.
  static func unquoted(_ literal: String) -> [UInt8]? {
    guard let lexed = try? LexedText(literal), let first = lexed.tokens.first, first.kind == .string else {
      return nil
    }
    guard lexed.tokens.count == 2 || lexed.tokens[1].kind == .doubleColon else { return nil }
    if lexed.tokens.count > 2, lexed.tokens.contains(where: { $0.kind == .leftBracket }) { return nil }
    return try? lexed.stringContent(0)
  }

  private enum Event {
    case open(isFirst: Bool)
    case element(String?, isFirst: Bool)
    case close
  }

  private static func walk(_ text: [UInt8], _ visit: (Event) -> Void) -> Bool {
    var at = 0
    var depth = 0
    var isFirst = true
    func skipSpace() { while at < text.count, text[at].isSpace { at += 1 } }
    skipSpace()
    guard at < text.count, text[at] == UInt8(ascii: "{") else { return false }
    while at < text.count {
      skipSpace()
      guard at < text.count else { return false }
      switch text[at] {
      case UInt8(ascii: "{"):
        depth += 1
        if depth > maximumDepth { return false }
        visit(.open(isFirst: isFirst))
        isFirst = true
        at += 1
        continue
      case UInt8(ascii: "}"): break
      default:
        guard let value = element(text, &at) else { return false }
        visit(.element(value.text, isFirst: isFirst))
      }
      isFirst = false
      skipSpace()
      while at < text.count, text[at] == UInt8(ascii: "}") {
        depth -= 1
        visit(.close)
        at += 1
        skipSpace()
        if depth == 0 { return at == text.count }
      }
      guard at < text.count, text[at] == UInt8(ascii: ",") else { return false }
      at += 1
    }
    return false
  }

  private static func element(_ text: [UInt8], _ at: inout Int) -> (text: String?, Void)? {
    var value: [UInt8] = []
    let isQuoted = text[at] == UInt8(ascii: "\"")
    if isQuoted { at += 1 }
    while true {
      guard at < text.count else { return nil }
      let byte = text[at]
      if byte == UInt8(ascii: "\\") {
        guard at + 1 < text.count else { return nil }
        value.append(text[at + 1])
        at += 2
        continue
      }
      if isQuoted {
        at += 1
        if byte == UInt8(ascii: "\"") { break }
      } else {
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") { break }
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "\"") { return nil }
        at += 1
      }
      value.append(byte)
    }
    if !isQuoted {
      while let last = value.last, last.isSpace { value.removeLast() }
      if value.isEmpty { return nil }
      if value.count == 4, value.map(\.folded) == Array("null".utf8) { return (nil, ()) }
    }
    return (String(decoding: value, as: UTF8.self), ())
  }
}
