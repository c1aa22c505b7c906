/// `martinet.conf`: lines of `name = value`, `#` begins a comment, a value may stand in single quotes
/// (doubled within), as in PostgreSQL's configuration file.
enum ConfigurationFile {
  typealias Entry = (name: String, value: String, line: Int)

  static func parse(_ text: String, path: String) throws(CommandError) -> [Entry] {
    var entries: [Entry] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = line.drop { $0.isWhitespace }
      if content.isEmpty || content.hasPrefix("#") { continue }
      guard let equals = content.firstIndex(of: "=") else {
        throw CommandError.usage("\(path):\(index + 1): a line must be \"name = value\"")
      }
      let name = content[..<equals].filter { !$0.isWhitespace }.map { $0 == "_" ? "-" : String($0) }.joined()
      let rest = content[content.index(after: equals)...].drop { $0.isWhitespace }
      guard let value = value(of: rest) else {
        throw CommandError.usage("\(path):\(index + 1): the quotes of the value do not end")
      }
      entries.append((name, value, index + 1))
    }
    return entries
  }

  private static func value(of text: Substring) -> String? {
    guard text.hasPrefix("'") else {
      let end = text.firstIndex(of: "#") ?? text.endIndex
      return String(text[..<end].reversed().drop { $0.isWhitespace }.reversed())
    }
    var value = ""
    var isQuote = false
    for character in text.dropFirst() {
      if isQuote {
        guard character == "'" else { return value }
        value.append("'")
        isQuote = false
      } else if character == "'" {
        isQuote = true
      } else {
        value.append(character)
      }
    }
    return isQuote ? value : nil
  }
}
