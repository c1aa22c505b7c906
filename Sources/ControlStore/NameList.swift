/// Several names in one text: each in double quotes, doubled within, joined by commas.
enum NameList {
  static func encode(_ names: [String]) -> String {
    names.map { name in "\"" + name.flatMap { $0 == "\"" ? "\"\"" : String($0) } + "\"" }.joined(
      separator: ",")
  }

  static func decode(_ text: String) -> [String] {
    var names: [String] = []
    var name: String?
    var quotes = 0
    for character in text {
      if character == "\"" {
        quotes += 1
        // A quote within a name comes as a pair: the first one ends, the second one goes on.
        if quotes == 1 { name = "" } else if quotes.isMultiple(of: 2) == false { name?.append("\"") }
      } else if character == ",", quotes.isMultiple(of: 2) {
        if let name { names.append(name) }
        name = nil
        quotes = 0
      } else {
        name?.append(character)
      }
    }
    if let name { names.append(name) }
    return names
  }
}
