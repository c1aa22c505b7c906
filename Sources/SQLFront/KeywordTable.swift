/// Finds the keyword of a folded identifier: an open-addressed hash table, built once.
struct KeywordTable: Sendable {
  static let shared = KeywordTable()

  /// The multiplier of the rolling hash that the lexer computes while it scans an identifier.
  static let multiplier: UInt32 = 31

  private static let size = 4096
  private let slots: [UInt16]
  private let offsets: [UInt32]
  private let names: [UInt8]
  let longest: Int

  private init() {
    var slots = [UInt16](repeating: 0, count: Self.size)
    var offsets: [UInt32] = []
    var names: [UInt8] = []
    var longest = 0
    for keyword in Keyword.allCases {
      offsets.append(UInt32(names.count))
      let name = Self.word(keyword)
      names.append(contentsOf: name)
      longest = max(longest, name.count)
      if keyword == .notAKeyword { continue }
      var hash: UInt32 = 0
      for byte in name { hash = hash &* Self.multiplier &+ UInt32(byte) }
      var slot = Int(hash) & (Self.size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
      slots[slot] = keyword.rawValue
    }
    offsets.append(UInt32(names.count))
    self.slots = slots
    self.offsets = offsets
    self.names = names
    self.longest = longest
  }

  /// `pivotLonger` is the word `pivot_longer`.
  private static func word(_ keyword: Keyword) -> [UInt8] {
    "\(keyword)".utf8.flatMap { $0 == $0.folded ? [$0] : [0x5F, $0.folded] }
  }

  /// The keyword whose folded bytes are `bytes[start..<end]`, `hash` being their rolling hash.
  func lookUp(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, hash: UInt32) -> Keyword {
    if end - start > longest { return .notAKeyword }
    var slot = Int(hash) & (Self.size - 1)
    while slots[slot] != 0 {
      let raw = slots[slot]
      if matches(raw, bytes, start, end) { return Keyword(rawValue: raw) ?? .notAKeyword }
      slot = (slot + 1) & (Self.size - 1)
    }
    return .notAKeyword
  }

  /// The word of a keyword in lower case.
  func name(of keyword: Keyword) -> String {
    let range = Int(offsets[Int(keyword.rawValue)])..<Int(offsets[Int(keyword.rawValue) + 1])
    return String(decoding: names[range], as: UTF8.self)
  }

  private func matches(_ raw: UInt16, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let first = Int(offsets[Int(raw)])
    if Int(offsets[Int(raw) + 1]) - first != end - start { return false }
    for index in 0..<(end - start) where names[first + index] != bytes[start + index].folded {
      return false
    }
    return true
  }
}

extension Keyword {
  /// The word in lower case.
  package var name: String { KeywordTable.shared.name(of: self) }
}
