/// Reads the text tables of this folder: entries that start at the margin, continued by indented lines.
enum CatalogText {
  /// The entries of a text, each with its continuation lines joined by one space.
  static func entries(_ text: String) -> [Substring] {
    var entries: [String] = []
    for line in text.split(separator: "\n") {
      if line.first == " ", let last = entries.popLast() {
        entries.append(last + " " + line.drop { $0 == " " })
      } else {
        entries.append(String(line))
      }
    }
    return entries.map { $0[...] }
  }

  /// The sections of a text: a line `--- name` opens one, what follows is its body.
  static func sections(_ text: String) -> [(name: String, body: String)] {
    var sections: [(name: String, body: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.starts(with: "--- ") {
        sections.append((String(line.dropFirst(4)), ""))
      } else if !sections.isEmpty {
        sections[sections.count - 1].body += line + "\n"
      }
    }
    return sections
  }
}
