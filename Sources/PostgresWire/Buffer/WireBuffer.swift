/// Growable bytes with a read index: what encoders append to and what decoders read from.
///
/// Integers are big-endian, as everywhere in the PostgreSQL protocol. Bytes before the read index are
/// given back when that is cheap, so a long stream through one buffer never copies quadratically.
/// A value type: copies share the memory until one of them is changed.
package struct WireBuffer: Sendable {
  private var storage: WireStorage
  /// Offset of the first byte that was not read yet.
  private var head = 0
  /// Offset after the last byte that was written.
  private var tail = 0

  /// An empty buffer with room for `capacity` bytes.
  package init(capacity: Int = 0) {
    storage = WireStorage(capacity: max(capacity, 64))
  }

  /// A buffer that holds a copy of `bytes`.
  package init(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    self.init(capacity: bytes.count)
    append(contentsOf: bytes)
  }

  /// How many bytes are there to read.
  package var count: Int { tail - head }
  /// True if nothing is left to read.
  package var isEmpty: Bool { head == tail }
  /// How many bytes the memory behind the buffer holds.
  package var capacity: Int { storage.capacity }

  // MARK: Writing

  /// Makes room for `count` more bytes: moves the unread bytes to the front when that frees enough
  /// and costs less than it frees, grows otherwise.
  package mutating func reserve(_ count: Int) {
    let unread = tail - head
    if isKnownUniquelyReferenced(&storage) {
      if storage.capacity - tail >= count { return }
      if head >= unread, storage.capacity - unread >= count {
        storage.base.copyMemory(from: storage.base + head, byteCount: unread)
        head = 0
        tail = unread
        return
      }
    }
    let doubled = min(storage.capacity * 2, storage.capacity + (64 << 20))
    let larger = WireStorage(capacity: max(unread + count, doubled))
    larger.base.copyMemory(from: storage.base + head, byteCount: unread)
    storage = larger
    head = 0
    tail = unread
  }

  /// Lets `body` write at most as many bytes as the region has (at least `minimumCapacity`) and appends as
  /// many of them as it returns.
  package mutating func appendUnsafe<Failure: Error>(
    minimumCapacity: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    reserve(minimumCapacity)
    let region = UnsafeMutableRawBufferPointer(start: storage.base + tail, count: storage.capacity - tail)
    let written = try body(region)
    precondition(written >= 0 && written <= region.count, "more bytes were written than there is room for")
    tail += written
  }

  /// Appends an integer, big-endian.
  @inline(__always)
  package mutating func append<Integer: FixedWidthInteger>(_ value: Integer) {
    let size = MemoryLayout<Integer>.size
    reserve(size)
    storage.base.storeBytes(of: value.bigEndian, toByteOffset: tail, as: Integer.self)
    tail += size
  }

  /// Appends raw bytes.
  package mutating func append(contentsOf bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
    reserve(bytes.count)
    (storage.base + tail).copyMemory(from: source, byteCount: bytes.count)
    tail += bytes.count
  }

  /// Appends the bytes of an array.
  package mutating func append(contentsOf bytes: [UInt8]) {
    bytes.withUnsafeBytes { append(contentsOf: $0) }
  }

  /// Appends the bytes of a slice.
  package mutating func append(contentsOf bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { append(contentsOf: $0) }
  }

  /// Appends the UTF-8 bytes of a string, without terminator.
  package mutating func append(utf8 string: String) {
    var string = string
    string.withUTF8 { append(contentsOf: UnsafeRawBufferPointer($0)) }
  }

  /// Appends a string and the zero byte that ends it; the string is cut at a zero byte inside.
  package mutating func append(cString string: String) {
    var string = string
    string.withUTF8 { bytes in
      let end = bytes.firstIndex(of: 0) ?? bytes.count
      append(contentsOf: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<end]))
    }
    append(UInt8(0))
  }

  /// Appends a place holder of four bytes for a length, and returns where it stands.
  package mutating func beginLength() -> Int {
    let position = tail - head
    append(Int32(0))
    return position
  }

  /// Writes into the place holder at `position` the count of bytes from its first byte to the end of the
  /// buffer (the length of a message counts itself).
  package mutating func endLength(at position: Int) {
    set(Int32(truncatingIfNeeded: count - position), at: position)
  }

  /// Overwrites the integer at `position`, counted from the first unread byte.
  package mutating func set<Integer: FixedWidthInteger>(_ value: Integer, at position: Int) {
    precondition(position >= 0 && position + MemoryLayout<Integer>.size <= count, "outside of the buffer")
    reserve(0)
    storage.base.storeBytes(of: value.bigEndian, toByteOffset: head + position, as: Integer.self)
  }

  /// Appends a message: its type byte, its length, and the body that `body` writes.
  package mutating func appendMessage(_ type: UInt8, _ body: (inout WireBuffer) -> Void) {
    append(type)
    let length = beginLength()
    body(&self)
    endLength(at: length)
  }

  /// Forgets everything after the first `count` unread bytes.
  package mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count, "outside of the buffer")
    tail = head + count
  }

  // MARK: Reading

  /// Calls `body` with the unread bytes; the pointer is valid during the call only.
  package func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // The storage is kept alive to the end of the call by `self`.
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeRawBufferPointer(start: storage.base + head, count: tail - head))
  }

  /// The integer at `position`, counted from the first unread byte; nil if there are not enough bytes.
  @inline(__always)
  package func peek<Integer: FixedWidthInteger>(_ type: Integer.Type, at position: Int = 0) -> Integer? {
    guard position >= 0, position + MemoryLayout<Integer>.size <= count else { return nil }
    return Integer(bigEndian: storage.base.loadUnaligned(fromByteOffset: head + position, as: Integer.self))
  }

  /// Passes over the first `count` unread bytes.
  package mutating func consume(_ count: Int) {
    precondition(count >= 0 && count <= self.count, "outside of the buffer")
    head += count
    if head == tail {
      head = 0
      tail = 0
    }
  }

  /// The unread bytes, copied.
  package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Forgets all bytes and gives the memory back if it is larger than `keepingCapacity`.
  package mutating func removeAll(keepingCapacity: Int = .max) {
    head = 0
    tail = 0
    if storage.capacity > keepingCapacity { storage = WireStorage(capacity: 64) }
  }
}

/// The memory of a `WireBuffer`. Written only while one buffer alone refers to it.
private final class WireStorage: @unchecked Sendable {
  // Sendable: a WireBuffer writes through `base` only after `isKnownUniquelyReferenced`.
  let base: UnsafeMutableRawPointer
  let capacity: Int

  init(capacity: Int) {
    base = .allocate(byteCount: capacity, alignment: 16)
    self.capacity = capacity
  }

  deinit { base.deallocate() }
}
