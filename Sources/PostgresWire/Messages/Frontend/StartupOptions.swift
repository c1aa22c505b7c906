/// The `options` string of a startup message: command-line arguments for the session.
///
/// Source: PostgreSQL 15, `pg_split_opts` and `process_postgres_switches`.
package enum StartupOptions {
  /// Splits `options` at blanks (a backslash takes the next character as it is) and reads `-c name=value`,
  /// `-cname=value` and `--name=value`. Dashes in a name after `--` stand for underscores.
  ///
  /// Throws 42601 for anything else.
  package static func parse(_ options: String) throws(PostgresError) -> [StartupMessage.Parameter] {
    var settings: [StartupMessage.Parameter] = []
    var words = split(options)[...]
    while let word = words.popFirst() {
      if word == "--" { break }
      if word.hasPrefix("--") {
        settings.append(try setting(word.dropFirst(2), in: "--"))
      } else if word == "-c" {
        guard let next = words.popFirst() else { throw invalid(word) }
        settings.append(try setting(next[...], in: "-c "))
      } else if word.hasPrefix("-c") {
        settings.append(try setting(word.dropFirst(2), in: "-c "))
      } else {
        throw invalid(word)
      }
    }
    return settings
  }

  /// The words between unescaped blanks.
  static func split(_ options: String) -> [String] {
    var words: [String] = []
    var word: String?
    var escaped = false
    for character in options.unicodeScalars {
      if escaped {
        word = (word ?? "") + String(character)
        escaped = false
      } else if character == "\\" {
        escaped = true
      } else if character.properties.isWhitespace && character.isASCII {
        if let complete = word { words.append(complete) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }

  private static func setting(
    _ text: Substring, in prefix: String
  ) throws(PostgresError) -> StartupMessage.Parameter {
    guard let equals = text.firstIndex(of: "=") else {
      let form = prefix == "--" ? "--\(text)" : "-c \(text)"
      throw PostgresError(severity: .fatal, .syntaxError, "\(form) requires a value")
    }
    let name = String(text[..<equals].map { $0 == "-" ? "_" : $0 })
    guard !name.isEmpty else { throw invalid(prefix + text) }
    return StartupMessage.Parameter(name, String(text[text.index(after: equals)...]))
  }

  private static func invalid(_ word: String) -> PostgresError {
    PostgresError(
      severity: .fatal, .syntaxError, "invalid command-line argument for server process: \(word)")
  }
}
