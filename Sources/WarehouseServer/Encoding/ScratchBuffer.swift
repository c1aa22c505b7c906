/// Memory that a column's values are written into before they are spread over the rows. It grows and is used
/// again for every block of rows.
final class ScratchBuffer {
  private(set) var base: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 4096) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { base.deallocate() }

  /// Forgets what was written, and gives back memory that an unusual value took.
  func clear() {
    count = 0
    guard capacity > 4 << 20 else { return }
    base.deallocate()
    capacity = 4096
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  /// Where the next `bytes` bytes may be written.
  @inline(__always)
  func room(for bytes: Int) -> UnsafeMutableRawPointer {
    if capacity &- count < bytes { grow(bytes) }
    return base + count
  }

  /// Keeps that many of the bytes that were written into the room.
  @inline(__always)
  func keep(_ bytes: Int) { count &+= bytes }

  /// Forgets all bytes from `count` on.
  func cut(to count: Int) { self.count = count }

  private func grow(_ bytes: Int) {
    let larger = max(capacity * 2, count + bytes)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    memory.copyMemory(from: base, byteCount: count)
    base.deallocate()
    (base, capacity) = (memory, larger)
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    room(for: 1).storeBytes(of: byte, as: UInt8.self)
    count &+= 1
  }

  @inline(__always)
  func append(ascii character: Unicode.Scalar) { append(UInt8(truncatingIfNeeded: character.value)) }

  func append(_ start: UnsafeRawPointer, _ bytes: Int) {
    room(for: bytes).copyMemory(from: start, byteCount: bytes)
    count &+= bytes
  }

  func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { if let start = $0.baseAddress { append(start, $0.count) } }
  }

  func append(_ text: StaticString) { append(text.utf8Start, text.utf8CodeUnitCount) }

  func append(_ text: String) {
    var text = text
    text.withUTF8 { if let start = $0.baseAddress { append(start, $0.count) } }
  }

  func appendBig<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
    room(for: MemoryLayout<T>.size).storeBig(value)
    count &+= MemoryLayout<T>.size
  }

  /// Writes a number, big-endian, over bytes that were kept before.
  func setBig(_ value: Int32, at offset: Int) { base.storeBig(value, at: offset) }
}

/// Copies few bytes without a call.
@inline(__always)
func copyBytes(_ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int) {
  if count > 16 {
    target.copyMemory(from: source, byteCount: count)
  } else if count >= 8 {
    // Two words that overlap.
    target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
    target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self), toByteOffset: count &- 8,
      as: UInt64.self)
  } else if count >= 4 {
    target.storeBytes(of: source.loadUnaligned(as: UInt32.self), as: UInt32.self)
    target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self), toByteOffset: count &- 4,
      as: UInt32.self)
  } else if count > 0 {
    target.storeBytes(of: source.load(as: UInt8.self), as: UInt8.self)
    if count > 1 {
      target.storeBytes(
        of: source.loadUnaligned(fromByteOffset: count &- 2, as: UInt16.self), toByteOffset: count &- 2,
        as: UInt16.self)
    }
  }
}
