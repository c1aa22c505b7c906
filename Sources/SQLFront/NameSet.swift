/// A set of folded names that is asked with bytes, so that no String is made for a name in a statement.
struct NameSet: Sendable {
  private let slots: [Int32]
  private let offsets: [Int32]
  private let bytes: [UInt8]
  private let mask: Int

  init(_ names: some Sequence<String>) {
    let unique = Set(names.map { lowercased($0) }).sorted()
    var size = 16
    while size < unique.count * 3 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    var offsets: [Int32] = []
    var bytes: [UInt8] = []
    for (number, name) in unique.enumerated() {
      offsets.append(Int32(bytes.count))
      var slot = Self.hash(name.utf8) & (size - 1)
      bytes.append(contentsOf: name.utf8)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(number)
    }
    offsets.append(Int32(bytes.count))
    self.slots = slots
    self.offsets = offsets
    self.bytes = bytes
    mask = size - 1
  }

  /// Whether the set holds the name, the case of ASCII letters apart.
  func contains(_ name: ArraySlice<UInt8>) -> Bool {
    var slot = Self.hash(name) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if matches(name, Int(offsets[number]), Int(offsets[number + 1])) { return true }
      slot = (slot + 1) & mask
    }
    return false
  }

  func contains(_ name: String) -> Bool { contains(Array(name.utf8)[...]) }

  private func matches(_ name: ArraySlice<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard name.count == end - start else { return false }
    for offset in 0..<name.count where name[name.startIndex + offset].folded != bytes[start + offset] {
      return false
    }
    return true
  }

  private static func hash(_ name: some Sequence<UInt8>) -> Int {
    var hash: UInt32 = 0
    for byte in name { hash = hash &* KeywordTable.multiplier &+ UInt32(byte.folded) }
    return Int(hash)
  }
}
