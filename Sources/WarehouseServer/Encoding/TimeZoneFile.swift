import Glibc

/// Reads the system's compiled zone files: TZif, RFC 8536, versions 2 and later.
enum TimeZoneFile {
  private static let folder = "/usr/share/zoneinfo/"
  /// The largest of the system's files have 4 KB.
  private static let maximumBytes = 1 << 17

  /// The zone of that name, or nil when there is no such file or it is damaged.
  static func read(_ name: String) -> TimeZoneRules? {
    guard isSafe(name), let bytes = contents(folder + name) else { return nil }
    return parse(bytes, name: name)
  }

  /// Names come from clients: nothing that leads out of the folder.
  private static func isSafe(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "/"), name.utf8.count < 64 else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "+"):
        true
      default: false
      }
    }
  }

  private static func contents(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: maximumBytes) { buffer, count in
      count = fread(buffer.baseAddress, 1, maximumBytes, file)
    }
    return bytes.isEmpty || bytes.count == maximumBytes ? nil : bytes
  }

  /// The counts of a header.
  private struct Header {
    var isUT: Int
    var isStandard: Int
    var leaps: Int
    var transitions: Int
    var types: Int
    var characters: Int

    /// Bytes of the block behind the header, with times of that many bytes.
    func blockBytes(timeBytes: Int) -> Int {
      transitions * (timeBytes + 1) + types * 6 + characters + leaps * (timeBytes + 4) + isStandard + isUT
    }
  }

  static func parse(_ bytes: [UInt8], name: String) -> TimeZoneRules? {
    // The first block has 32-bit times, for old readers; the second one is the whole.
    guard let first = header(bytes, at: 0), bytes[4] >= UInt8(ascii: "2") else { return nil }
    let second = 44 + first.blockBytes(timeBytes: 4)
    guard let header = header(bytes, at: second) else { return nil }
    let start = second + 44
    let end = start + header.blockBytes(timeBytes: 8)
    guard end <= bytes.count, header.types > 0 else { return nil }

    let indexes = start + header.transitions * 8
    let types = indexes + header.transitions
    let offsets = (0..<header.types).map { Int(Int32(truncatingIfNeeded: big(bytes, types + $0 * 6, 4))) }
    var transitions: [Int] = []
    var transitionOffsets: [Int] = []
    for index in 0..<header.transitions {
      let type = Int(bytes[indexes + index])
      guard type < offsets.count else { return nil }
      transitions.append(big(bytes, start + index * 8, 8))
      transitionOffsets.append(offsets[type])
    }
    guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    return TimeZoneRules(
      name: name, transitions: transitions, offsets: transitionOffsets, firstOffset: offsets[0],
      rule: footer(bytes, at: end))
  }

  private static func header(_ bytes: [UInt8], at start: Int) -> Header? {
    guard bytes.count >= start + 44, bytes[start..<start + 4].elementsEqual("TZif".utf8) else { return nil }
    let counts = (0..<6).map { big(bytes, start + 20 + $0 * 4, 4) }
    guard counts.allSatisfy({ $0 <= maximumBytes }) else { return nil }
    return Header(
      isUT: counts[0], isStandard: counts[1], leaps: counts[2], transitions: counts[3], types: counts[4],
      characters: counts[5])
  }

  private static func footer(_ bytes: [UInt8], at start: Int) -> TimeZoneRule? {
    guard start < bytes.count, bytes[start] == 0x0A else { return nil }
    return TimeZoneRule(bytes[(start + 1)...].prefix { $0 != 0x0A })
  }

  private static func big(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
    var value: UInt64 = 0
    for byte in bytes[start..<start + count] { value = value << 8 | UInt64(byte) }
    return Int(truncatingIfNeeded: value)
  }
}
