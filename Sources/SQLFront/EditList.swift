/// Changes to a text, in bytes of the source, applied in one pass.
struct EditList {
  struct Edit {
    var start: Int
    var end: Int
    /// At one position: what ends before it first, then what begins, then what takes its place.
    var rank: UInt8
    var text: String
  }
  private(set) var edits: [Edit] = []
  private var isSorted = true

  let source: LexedText

  init(_ source: LexedText) {
    self.source = source
  }

  var isEmpty: Bool { edits.isEmpty }

  private mutating func add(_ edit: Edit) {
    if let last = edits.last, last.start > edit.start || (last.start == edit.start && last.rank > edit.rank) {
      isSorted = false
    }
    edits.append(edit)
  }

  mutating func replace(_ token: Int, with text: String) {
    let range = source.byteRange(of: token)
    add(Edit(start: range.lowerBound, end: range.upperBound, rank: 2, text: text))
  }

  mutating func replace(bytes range: Range<Int>, with text: String) {
    add(Edit(start: range.lowerBound, end: range.upperBound, rank: 2, text: text))
  }

  mutating func delete(_ token: Int) { replace(token, with: "") }

  /// Deletes the tokens with what is between them.
  mutating func delete(_ tokens: Range<Int>) {
    if tokens.isEmpty { return }
    replace(bytes: source.byteRange(of: tokens), with: "")
  }

  mutating func insert(_ text: String, before token: Int) {
    let position = Int(source.tokens[token].start)
    add(Edit(start: position, end: position, rank: 1, text: text))
  }

  mutating func insert(_ text: String, after token: Int) {
    let position = Int(source.tokens[token].end)
    add(Edit(start: position, end: position, rank: 0, text: text))
  }

  /// Brings the edits into the order of the text; those at one place stay in the order of their making.
  mutating func sort() {
    if isSorted { return }
    let order = edits.indices.sorted { left, right in
      let (a, b) = (edits[left], edits[right])
      if a.start != b.start { return a.start < b.start }
      if a.rank != b.rank { return a.rank < b.rank }
      return left < right
    }
    edits = order.map { edits[$0] }
    isSorted = true
  }

  /// The first edit that is not before a byte.
  func firstIndex(from position: Int) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].start < position { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Puts an engine's statement together from pieces of the source and words of its own.
struct SQLBuilder {
  private var bytes: [UInt8] = []
  private var positions = PositionMap()
  let source: LexedText

  init(_ source: LexedText, capacity: Int) {
    self.source = source
    bytes.reserveCapacity(capacity)
  }

  /// Text that stands for a place in the source.
  mutating func append(_ text: String, at position: Int) {
    if text.isEmpty { return }
    positions.segments.append(.init(output: bytes.count, source: position, isCopied: false))
    bytes.append(contentsOf: text.utf8)
  }

  /// Bytes of the source, edited. `edits` must be sorted.
  mutating func append(_ range: Range<Int>, _ edits: EditList) {
    var cursor = range.lowerBound
    var index = edits.firstIndex(from: range.lowerBound)
    while index < edits.edits.count {
      let edit = edits.edits[index]
      if edit.start > range.upperBound || edit.end > range.upperBound { break }
      if edit.start == range.upperBound, edit.rank != 0, !range.isEmpty { break }
      index += 1
      if edit.start < cursor || (edit.rank == 0 && edit.start == range.lowerBound) { continue }
      copy(cursor..<edit.start)
      append(edit.text, at: edit.start)
      cursor = edit.end
    }
    copy(cursor..<range.upperBound)
  }

  private mutating func copy(_ range: Range<Int>) {
    if range.isEmpty { return }
    positions.segments.append(.init(output: bytes.count, source: range.lowerBound, isCopied: true))
    let output = bytes.count
    bytes.append(contentsOf: source.bytes[range])
    foldNames(in: range, at: output)
  }

  /// Unquoted names become lower case, as in PostgreSQL; DuckDB finds a name in any case, but keeps the one that
  /// it was made with.
  private mutating func foldNames(in range: Range<Int>, at output: Int) {
    let tokens = source.tokens
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].start) < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < tokens.count, Int(tokens[low].end) <= range.upperBound {
      let token = tokens[low]
      let isName =
        token.keyword == .notAKeyword
        || (low > 0 && tokens[low - 1].kind == .dot)
        || (low > 0 && tokens[low - 1].keyword == .as && !token.keyword.isReserved)
      low += 1
      guard token.kind == .identifier, isName else { continue }
      for index in Int(token.start)..<Int(token.end) where (0x41...0x5a).contains(source.bytes[index]) {
        bytes[output + index - range.lowerBound] |= 0x20
      }
    }
  }

  var result: RewrittenSQL {
    RewrittenSQL(text: String(decoding: bytes, as: UTF8.self), positions: positions)
  }
}
