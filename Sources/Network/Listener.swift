import CPlatform
import Glibc
import Synchronization

/// A listening socket: TCP (one or several addresses) or a Unix path.
package final class Listener: Sendable {
  private let state: Mutex<State>
  private let wake: WakeSignal
  /// The TCP port (the one the system chose when 0 was asked for); 0 for a Unix socket.
  package let port: UInt16
  package let address: String
  private let unixPath: String?

  private struct State {
    var sockets: [Int32]
    var isClosed = false
  }

  /// Listens on every address that `host` stands for; `*` is every address of the machine, both families.
  package init(host: String, port: UInt16, backlog: Int32 = 512) throws(NetworkError) {
    wake = try WakeSignal()
    var sockets: [Int32] = []
    var chosen = port
    do throws(NetworkError) {
      for address in try SocketAddress.resolve(host: host, port: port, passive: true) {
        do throws(NetworkError) {
          let socket = try Self.open(address, port: chosen, backlog: backlog)
          sockets.append(socket)
          if chosen == 0 { chosen = SocketAddress.numeric(of: socket, peer: false)?.port ?? 0 }
        } catch {
          // A machine without IPv6 still serves IPv4; everything else must be as configured.
          guard address.family == AF_INET6, [EAFNOSUPPORT, EADDRNOTAVAIL].contains(error.errorNumber) else {
            let text = "cannot listen on \(host) port \(chosen): \(describe(errorNumber: error.errorNumber))"
            throw NetworkError(error.code, text, errorNumber: error.errorNumber)
          }
        }
      }
      guard !sockets.isEmpty else {
        throw NetworkError(.badAddress, "cannot listen on \(host): no usable address")
      }
    } catch {
      for socket in sockets { Glibc.close(socket) }
      throw error
    }
    self.port = chosen
    address = "\(host.contains(":") ? "[\(host)]" : host):\(chosen)"
    unixPath = nil
    state = Mutex(State(sockets: sockets))
  }

  /// Listens on a Unix path. A socket that a dead process left there is replaced. Who may connect is
  /// decided by logging in, as in PostgreSQL; the folder's permissions can narrow it.
  package init(unixPath path: String, mode: UInt32 = 0o777, backlog: Int32 = 512) throws(NetworkError) {
    wake = try WakeSignal()
    var information = stat()
    // The structure is local; lstat does not follow a link.
    if unsafe lstat(path, &information) == 0 {
      guard information.st_mode & S_IFMT == S_IFSOCK else {
        throw NetworkError(.file, "cannot listen on \(path): a file that is no socket is in the way")
      }
      if (try? Stream.connect(unixPath: path)) != nil {
        throw NetworkError(
          .addressInUse, "cannot listen on \(path): another process listens there", errorNumber: EADDRINUSE)
      }
      unsafe unlink(path)
    }
    let socket = try Self.open(.unix(path: path), port: 0, backlog: backlog)
    unsafe chmod(path, mode)
    port = 0
    address = path
    unixPath = path
    state = Mutex(State(sockets: [socket]))
  }

  deinit { close() }

  private static func open(_ address: SocketAddress, port: UInt16, backlog: Int32) throws(NetworkError)
    -> Int32
  {
    let socket = Glibc.socket(address.family, streamSocket | socketFlags, 0)
    guard socket >= 0 else { throw .system("cannot create a socket") }
    do throws(NetworkError) {
      if address.family != AF_UNIX { setOption(socket, SOL_SOCKET, SO_REUSEADDR, 1) }
      // Each family has a socket of its own, so that `*` works where IPv6 is off.
      if address.family == AF_INET6 { setOption(socket, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
      let status = try unsafe address.withPort(port).withSockaddr { unsafe bind(socket, $0, $1) }
      guard status == 0, listen(socket, backlog) == 0 else {
        throw .system("cannot listen", code: errno == EADDRINUSE ? .addressInUse : .system)
      }
    } catch {
      Glibc.close(socket)
      throw error
    }
    return socket
  }

  /// The next connection, or nil when the listener was closed. Survives connections that are gone before
  /// they are taken and the want of descriptors or memory (it waits until some are free).
  package func accept() throws(NetworkError) -> Stream? {
    while true {
      guard let sockets = state.withLock({ $0.isClosed ? nil : $0.sockets }) else { return nil }
      guard let ready = readySockets(sockets) else { return nil }
      for socket in ready {
        // Under the lock, so that `close` cannot give the descriptor to somebody else in between.
        let (accepted, error) = state.withLock { state -> (Int32, Int32) in
          guard !state.isClosed else { return (-1, EAGAIN) }
          let accepted = martinet_accept(socket)
          return (accepted, errno)
        }
        if accepted >= 0 { return Stream(socket: accepted) }
        switch error {
        case EAGAIN, EINTR, ECONNABORTED, EPROTO, EPERM, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET,
          EHOSTUNREACH,
          EOPNOTSUPP, ENETUNREACH:
          continue
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
          // The connection stays in the backlog; without a pause this would be a busy loop.
          _ = waitForEvents(on: -1, 0, wake: wake, deadline: Deadline(milliseconds: 50))
        default:
          throw .system("cannot accept connections on \(address)", error)
        }
      }
    }
  }

  /// The sockets with a connection to take; nil when the listener was closed.
  private func readySockets(_ sockets: [Int32]) -> [Int32]? {
    var set = (sockets + [wake.descriptor]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // The array is passed with its own length.
    let count = unsafe poll(&set, nfds_t(set.count), -1)
    if count <= 0 { return [] }
    if set[sockets.count].revents != 0 { return nil }
    return set.filter { $0.revents != 0 }.map(\.fd)
  }

  /// Ends `accept` in every thread and frees the address. May be called twice and from any thread.
  package func close() {
    wake.signal()
    let sockets = state.withLock { state in
      state.isClosed = true
      defer { state.sockets = [] }
      return state.sockets
    }
    for socket in sockets { Glibc.close(socket) }
    if let unixPath, !sockets.isEmpty { unsafe unlink(unixPath) }
  }
}

extension SocketAddress {
  /// The same address with another port (network byte order at offset 2 of both families).
  fileprivate func withPort(_ port: UInt16) -> SocketAddress {
    guard case .internet(let family, var bytes) = self else { return self }
    bytes[2] = UInt8(port >> 8)
    bytes[3] = UInt8(port & 0xff)
    return .internet(family: family, bytes: bytes)
  }
}
