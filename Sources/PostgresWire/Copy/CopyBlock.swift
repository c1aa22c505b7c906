import Synchronization

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

  private let pool: CopyBlockPool?

  /// - Parameter pool: where the memory comes from and goes back to, if it has the usual size.
  init(capacity: Int, pool: CopyBlockPool? = nil) {
    self.capacity = capacity
    self.pool = pool
    base = pool?.take(capacity) ?? .allocate(capacity: capacity + Self.padding)
  }

  deinit {
    if let pool { pool.give(base, capacity) } else { base.deallocate() }
  }

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

/// Memory of blocks that were parsed, for the next ones: fresh memory costs a page fault every 4 KiB.
final class CopyBlockPool: @unchecked Sendable {
  // Sendable: the memory is reached under the lock alone, and belongs to nobody while it is here.
  private static let mostBlocks = 16
  private let blockBytes: Int
  private let lock = Mutex(())
  private var free: [UnsafeMutablePointer<UInt8>] = []

  /// - Parameter blockBytes: the capacity of the blocks that are kept.
  init(blockBytes: Int) {
    self.blockBytes = blockBytes
  }

  deinit {
    for base in free { base.deallocate() }
  }

  /// Memory of a block of that capacity, if there is one.
  func take(_ capacity: Int) -> UnsafeMutablePointer<UInt8>? {
    guard capacity == blockBytes else { return nil }
    return lock.withLock { _ in free.popLast() }
  }

  /// Takes the memory of a block over.
  func give(_ base: UnsafeMutablePointer<UInt8>, _ capacity: Int) {
    let isKept = lock.withLock { _ in
      guard capacity == blockBytes, free.count < Self.mostBlocks else { return false }
      free.append(base)
      return true
    }
    if !isKept { base.deallocate() }
  }
}
