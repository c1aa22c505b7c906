// DuckDB reports most errors as one text: `Binder Error: sentence`, then a blank line, `LINE 1: select nope`,
// and a line with a caret below the place. With `errors_as_json` it is an object instead.

extension DuckDBError {
  /// Takes a message of DuckDB apart. `statement` is the text that was run, to turn the caret into an
  /// offset; `type` is given where the C interface knows it.
  init(text: String, type: DuckDBErrorType? = nil, statement: String? = nil) {
    if let fields = FlatJSON.object(text), let name = fields["exception_type"] {
      self.init(fields: fields, typeName: name, type: type, raw: text)
      return
    }
    let (prefixType, afterPrefix) = Self.splitPrefix(text)
    let (sentence, location) = Self.splitLocation(afterPrefix)
    self.init(
      type: type ?? prefixType ?? .invalid, message: sentence, rawMessage: text,
      position: location.flatMap { location in
        statement.flatMap { location.offset(in: $0) }
      })
  }

  private init(fields: [String: String], typeName: String, type: DuckDBErrorType?, raw: String) {
    var details = fields
    details["exception_type"] = nil
    let message = details.removeValue(forKey: "exception_message") ?? ""
    let position = details.removeValue(forKey: "position").flatMap { Int($0) }
    let type = DuckDBErrorType(name: typeName) ?? type ?? .invalid
    self.init(
      type: type, message: message, rawMessage: "\(type.name) Error: \(message)", position: position,
      details: details)
  }

  /// `Binder Error: rest` as its type and the rest.
  private static func splitPrefix(_ text: String) -> (DuckDBErrorType?, Substring) {
    guard let range = text.firstRange(of: " Error: "),
      let type = DuckDBErrorType(name: String(text[..<range.lowerBound]))
    else { return (nil, text[...]) }
    return (type, text[range.upperBound...])
  }

  /// The sentence before `\n\nLINE n: …`, and the place that follows.
  private static func splitLocation(_ text: Substring) -> (String, ErrorLocation?) {
    guard let start = text.firstRange(of: "\n\nLINE "),
      let location = ErrorLocation(text[start.upperBound...])
    else { return (String(text), nil) }
    return (String(text[..<start.lowerBound]), location)
  }
}

/// The `LINE n: snippet` with its caret.
private struct ErrorLocation {
  var line: Int
  /// The part of the line that is shown, without the dots that mark what was cut away.
  var snippet: Substring
  /// The caret's place in the snippet, in characters.
  var column: Int

  /// `text` starts behind `LINE `.
  init?(_ text: Substring) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 2, let colon = lines[0].firstIndex(of: ":"), let line = Int(lines[0][..<colon]),
      let caret = lines[1].firstIndex(of: "^")
    else { return nil }
    let labelLength = "LINE ".count + lines[0].distance(from: lines[0].startIndex, to: colon) + ": ".count
    var snippet = lines[0][colon...].dropFirst(2)
    var column = lines[1].distance(from: lines[1].startIndex, to: caret) - labelLength
    if snippet.hasPrefix("...") {
      snippet = snippet.dropFirst(3)
      column -= 3
    }
    if snippet.hasSuffix("...") { snippet = snippet.dropLast(3) }
    guard column >= 0 else { return nil }
    (self.line, self.snippet, self.column) = (line, snippet, column)
  }

  /// The offset in UTF-8 bytes, when the snippet is found in that line of the statement.
  func offset(in statement: String) -> Int? {
    let lines = statement.split(separator: "\n", omittingEmptySubsequences: false)
    guard line >= 1, line <= lines.count else { return nil }
    let text = lines[line - 1]
    guard let found = text.firstRange(of: snippet) else { return nil }
    let place = text.index(found.lowerBound, offsetBy: column, limitedBy: text.endIndex) ?? text.endIndex
    return statement.utf8.distance(from: statement.startIndex, to: place)
  }
}
