/// A piece of a COPY stream that begins and ends between rows, so that any thread can parse it.
package final class CopyBlock: @unchecked Sendable {
  // Sendable: one owner at a time; written by the splitter alone until it is handed out, read afterwards.

  /// Zero bytes behind the data: the parser reads eight bytes at a time.
  static let padding = 64

  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  /// Bytes of data.
  package private(set) var count = 0
  /// The number of the first line, or of the first row of a binary stream, counted from 1.
  package internal(set) var firstLine = 1
  /// Whether the stream begins here: with the header line, if there is one.
  package internal(set) var isFirst = false

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity + Self.padding)
  }

  deinit { base.deallocate() }

  /// How many bytes fit.
  var room: Int { capacity - count }

  func append(_ bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count <= room, "the block is full")
    guard let source = bytes.baseAddress else { return }
    UnsafeMutableRawPointer(base + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  func grow(to capacity: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.padding)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    self.capacity = capacity
  }

  /// Ends the data after `count` bytes and puts the padding there.
  func seal(count: Int) {
    self.count = count
    (base + count).update(repeating: 0, count: Self.padding)
  }
}
