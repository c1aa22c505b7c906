/// A sentence with gaps, such as `Table with name * does not exist`. It is found anywhere in a message;
/// what stands in the gaps is captured, without quotes around it.
struct MessagePattern: Sendable {
  private let parts: [[UInt8]]

  init(_ pattern: String) {
    parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// The captures in order, or nil where the message does not hold the sentence.
  func match(_ message: String) -> [String]? {
    let bytes = Array(message.utf8)
    guard var end = Self.find(parts[0], in: bytes, from: 0) else { return nil }
    end += parts[0].count
    var captures: [String] = []
    for part in parts.dropFirst() {
      let start = end
      guard let next = part.isEmpty ? bytes.count : Self.find(part, in: bytes, from: end) else { return nil }
      captures.append(Self.unquoted(bytes[start..<next]))
      end = next + part.count
    }
    return captures
  }

  private static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = part.first else { return start }
    guard bytes.count - start >= part.count else { return nil }
    for index in start...(bytes.count - part.count)
    where bytes[index] == first && bytes[index..<(index + part.count)].elementsEqual(part) {
      return index
    }
    return nil
  }

  private static func unquoted(_ bytes: ArraySlice<UInt8>) -> String {
    let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    if bytes.count >= 2, let first = bytes.first, quotes.contains(first), bytes.last == first {
      return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
