import Glibc
import Network

/// A folder of its own for one test, removed with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    var name = Array("/tmp/martinet-test-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw NetworkError(.file, "no temporary folder") }
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = shell("rm -rf '\(path)'") }

  func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// What a shell command prints, both streams.
func shell(_ command: String) -> String {
  guard let pipe = popen("(\(command)) 2>&1", "r") else { return "" }
  defer { pclose(pipe) }
  var output: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = fread(&buffer, 1, buffer.count, pipe)
    if count == 0 { break }
    output += buffer[..<count]
  }
  return String(decoding: output, as: UTF8.self)
}

func milliseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

extension Stream {
  func send(_ bytes: [UInt8]) throws(NetworkError) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    try write(UnsafeRawBufferPointer(copy))
  }

  func send(_ text: String) throws(NetworkError) { try send(Array(text.utf8)) }

  /// One read of at most `count` bytes; empty at the end.
  func receive(_ count: Int = 65_536) throws(NetworkError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { buffer.deallocate() }
    let length = try read(into: buffer)
    return Array(buffer[..<length])
  }

  /// Reads until `count` bytes are there or the other end closed.
  func receive(exactly count: Int) throws(NetworkError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let more = try receive(count - bytes.count)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  func receiveText(_ count: Int) throws(NetworkError) -> String {
    String(decoding: try receive(exactly: count), as: UTF8.self)
  }
}

/// Two ends of one connection through a real listener.
func connectedPair() throws -> (server: Stream, client: Stream) {
  let listener = try Listener(host: "127.0.0.1", port: 0)
  let client = try Stream.connect(host: "127.0.0.1", port: listener.port)
  guard let server = try listener.accept() else { throw NetworkError(.closed, "closed") }
  return (server, client)
}

func serverContext(_ folder: TemporaryFolder) throws -> TLSContext {
  try TLSContext.selfSigned(
    certificatePath: folder.file("server.crt"), keyPath: folder.file("server.key"),
    names: ["localhost", "127.0.0.1"])
}
