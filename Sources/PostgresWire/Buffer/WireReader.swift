/// Reads one message body (or one value) from borrowed bytes.
///
/// Valid only while the memory it was made over is: decoders receive it `inout`, never keep it.
package struct WireReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  /// A reader over `bytes`, which must outlive it.
  package init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// How many bytes are left.
  package var remaining: Int { bytes.count - offset }

  /// Reads a big-endian integer.
  @inline(__always)
  package mutating func read<Integer: FixedWidthInteger>(
    _ type: Integer.Type = Integer.self
  ) throws(WireError) -> Integer {
    guard MemoryLayout<Integer>.size <= remaining else { throw .insufficientData }
    defer { offset += MemoryLayout<Integer>.size }
    return Integer(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self))
  }

  /// Reads `count` bytes; they live as long as the memory under the reader.
  package mutating func readBytes(_ count: Int) throws(WireError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw .insufficientData }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  /// Reads all bytes that are left.
  package mutating func readRest() -> UnsafeRawBufferPointer {
    defer { offset = bytes.count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset...])
  }

  /// Reads a string that ends with a zero byte, which is passed over.
  ///
  /// Throws `.invalidEncoding` if the bytes are not UTF-8; the reader then stands after the zero byte.
  package mutating func readCString() throws(WireError) -> String {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
    guard let end = rest.firstIndex(of: 0) else { throw .malformed("invalid string in message") }
    offset += end + 1
    return try UTF8Text.string(UnsafeRawBufferPointer(rebasing: rest[..<end]))
  }

  /// Throws unless every byte was read.
  package func finish() throws(WireError) {
    guard remaining == 0 else { throw .malformed("invalid message format") }
  }
}
