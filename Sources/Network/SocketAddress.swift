import CPlatform
import Glibc

/// Where a socket listens, connects to, or comes from.
enum SocketAddress: Sendable {
  /// Family and the bytes of a sockaddr structure.
  case internet(family: Int32, bytes: [UInt8])
  case unix(path: String)

  /// What a name or number and a port stand for. `*` and the empty host are every address of the machine.
  static func resolve(host: String, port: UInt16, passive: Bool) throws(NetworkError) -> [SocketAddress] {
    if passive && (host.isEmpty || host == "*") {
      let any6 = try? resolve(host: "::", port: port, passive: true)
      let any4 = try resolve(host: "0.0.0.0", port: port, passive: true)
      return (any6 ?? []) + any4
    }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = streamSocket
    unsafe hints.ai_flags = AI_NUMERICSERV | (passive ? AI_PASSIVE : 0)
    var list: UnsafeMutablePointer<addrinfo>?
    let error = unsafe getaddrinfo(host, String(port), &hints, &list)
    guard error == 0 else {
      let reason =
        error == EAI_SYSTEM ? describe(errorNumber: errno) : unsafe String(cString: gai_strerror(error))
      throw NetworkError(.badAddress, "cannot resolve the host \"\(host)\": \(reason)")
    }
    defer { unsafe freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var entry = unsafe list
    // The list and the addresses it points at live until freeaddrinfo; the bytes are copied out.
    while let current = unsafe entry {
      let info = unsafe current.pointee
      if unsafe info.ai_family == AF_INET || info.ai_family == AF_INET6, let address = unsafe info.ai_addr {
        let raw = unsafe UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen))
        unsafe addresses.append(.internet(family: info.ai_family, bytes: Array(raw)))
      }
      unsafe entry = info.ai_next
    }
    return addresses
  }

  var family: Int32 {
    switch self {
    case .internet(let family, _): family
    case .unix: AF_UNIX
    }
  }

  /// Calls `body` with the sockaddr structure, which is valid only during the call.
  func withSockaddr<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) throws(NetworkError) -> Result {
    switch self {
    case .internet(_, let bytes):
      return try unsafe Self.pass(bytes, body)
    case .unix(let path):
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let name = Array(path.utf8)
      guard !name.isEmpty, !name.contains(0) else {
        throw NetworkError(.badAddress, "\"\(path)\" is no path of a socket")
      }
      guard name.count < MemoryLayout.size(ofValue: address.sun_path) else {
        return try unsafe Self.passLong(path, body)
      }
      unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
      let bytes = unsafe withUnsafeBytes(of: &address) { unsafe Array($0) }
      return try unsafe Self.pass(bytes, body)
    }
  }

  /// The structure has room for 107 bytes: a longer path goes by its folder's descriptor.
  private static func passLong<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) throws(NetworkError) -> Result {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let short = unsafe martinet_open(folder, O_RDONLY | O_DIRECTORY, 0)
    guard short >= 0 else { throw .system("cannot open the folder \(folder)", code: .file) }
    defer { close(short) }
    let link = "/proc/self/fd/\(short)/\(name)"
    guard link.utf8.count < 100 else {
      throw NetworkError(.badAddress, "the socket path \"\(path)\" is too long")
    }
    return try unsafe SocketAddress.unix(path: link).withSockaddr(body)
  }

  private static func pass<Result>(
    _ bytes: [UInt8], _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) throws(NetworkError) -> Result {
    // sockaddr_storage has the alignment of every sockaddr; the copy lives through the call.
    var storage = sockaddr_storage()
    unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.copyBytes(from: bytes) }
    return unsafe withUnsafePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(bytes.count))
      }
    }
  }

  /// Host and port of a socket's own (`getsockname`) or other end (`getpeername`); nil for a Unix socket.
  static func numeric(
    of socket: Int32, peer: Bool
  ) -> (host: String, port: UInt16)? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    // The kernel writes at most `length` bytes into the local structure.
    return unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        let status =
          unsafe peer ? getpeername(socket, address, &length) : getsockname(socket, address, &length)
        guard status == 0 else { return nil }
        let family = unsafe Int32(address.pointee.sa_family)
        guard family == AF_INET || family == AF_INET6 else { return nil }
        return unsafe format(address, length)
      }
    }
  }

  private static func format(
    _ address: UnsafePointer<sockaddr>, _ length: socklen_t
  ) -> (host: String, port: UInt16)? {
    var host = [CChar](repeating: 0, count: 64)
    var port = [CChar](repeating: 0, count: 8)
    // Both buffers are longer than any numeric address or port and are passed with their sizes.
    let status = unsafe getnameinfo(
      address, length, &host, socklen_t(host.count), &port, socklen_t(port.count),
      NI_NUMERICHOST | NI_NUMERICSERV)
    guard status == 0 else { return nil }
    var name = text(host)
    // An IPv4 client of a dual-stack socket is still an IPv4 client.
    if name.hasPrefix("::ffff:"), name.contains(".") { name.removeFirst(7) }
    return UInt16(text(port)).map { (name, $0) }
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

let streamSocket = Int32(SOCK_STREAM.rawValue)
let socketFlags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)

/// Sets an integer socket option; options that a system lacks are done without.
@discardableResult
func setOption(_ socket: Int32, _ level: Int32, _ name: Int32, _ value: Int32) -> Bool {
  var value = value
  // The value is a local integer of the size that is passed.
  return unsafe setsockopt(socket, level, name, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
}
