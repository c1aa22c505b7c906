import Network
import PostgresWire

/// A session's connection to a warehouse: whole messages out of its bytes, without looking into rows.
///
/// Only messages larger than the buffer are passed on in pieces, so that an error can be put behind what the
/// client has got in nearly every case.
final class BackendLink {
  /// How much is read at a time, in bytes.
  private static let readBytes = 64 << 10
  /// Messages that are looked at: authentication, keys, settings, errors, the end of a request.
  private static let inspected = Set("RKSEZ".utf8)

  let stream: Network.Stream
  let warehouse: String
  /// The path where the warehouse listens.
  let socket: String
  private var buffer = WireBuffer(capacity: 0)
  /// Bytes of a message that are still to come after its beginning was passed on.
  private(set) var passing = 0

  init(stream: Network.Stream, warehouse: String, socket: String) {
    self.stream = stream
    self.warehouse = warehouse
    self.socket = socket
  }

  /// Reads what is there, waiting for it.
  ///
  /// - Returns: false where the warehouse has gone.
  func receive() -> Bool {
    do throws(NetworkError) {
      let before = buffer.count
      try buffer.appendUnsafe(minimumCapacity: Self.readBytes) { space throws(NetworkError) in
        try stream.read(into: space)
      }
      return buffer.count > before
    } catch {
      return false
    }
  }

  /// Goes through the messages that have arrived.
  ///
  /// - Parameters:
  ///   - inspect: gets the type and the body of messages that matter, and says whether the client gets them.
  ///   - forward: gets messages one behind the other, as bytes.
  func drain(
    inspect: (UInt8, UnsafeRawBufferPointer) throws -> Bool, forward: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var end = 0
    try buffer.withUnsafeBytes { bytes in
      var begin = 0
      func pass() throws {
        if begin < end { try forward(UnsafeRawBufferPointer(rebasing: bytes[begin..<end])) }
        begin = end
      }
      end = min(passing, bytes.count)
      passing -= end
      while passing == 0, bytes.count - end >= 5 {
        let type = bytes[end]
        let length = Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: end + 1, as: UInt32.self)))
        guard length >= 4 else { throw WireError.malformed("invalid message length from the warehouse") }
        let isWhole = length < bytes.count - end
        if Self.inspected.contains(type) {
          guard isWhole else { break }
          let body = UnsafeRawBufferPointer(rebasing: bytes[end + 5..<end + length + 1])
          // An error may end the session: what came before it is passed on first.
          if type == ErrorResponse.type { try pass() }
          if try !inspect(type, body) {
            try pass()
            begin += length + 1
          }
          end += length + 1
        } else if isWhole {
          end += length + 1
        } else if length < Self.readBytes {
          break
        } else {
          passing = length + 1 - (bytes.count - end)
          end = bytes.count
        }
      }
      try pass()
    }
    buffer.consume(end)
  }

  /// Gives back what an idle session does not need.
  func shrink() {
    if buffer.isEmpty { buffer.removeAll(keepingCapacity: 0) }
  }

  func close() { stream.close() }
}
