import Glibc

extension Stream {
  /// Connects to the first address of `host` that answers.
  package static func connect(
    host: String, port: UInt16, timeoutMilliseconds: Int? = 10_000
  ) throws(NetworkError) -> Stream {
    var failure = NetworkError(.badAddress, "the host \"\(host)\" has no address")
    for address in try SocketAddress.resolve(host: host, port: port, passive: false) {
      do throws(NetworkError) {
        return try connect(address, "\(host) port \(port)", Deadline(milliseconds: timeoutMilliseconds))
      } catch {
        failure = error
      }
    }
    throw failure
  }

  /// Connects to a Unix socket.
  package static func connect(unixPath: String) throws(NetworkError) -> Stream {
    try connect(.unix(path: unixPath), unixPath, Deadline(milliseconds: 10_000))
  }

  private static func connect(
    _ address: SocketAddress, _ name: String, _ deadline: Deadline
  ) throws(NetworkError) -> Stream {
    let socket = Glibc.socket(address.family, streamSocket | socketFlags, 0)
    guard socket >= 0 else { throw .system("cannot create a socket") }
    do throws(NetworkError) {
      // The address lives through the call.
      let status = try unsafe address.withSockaddr { unsafe Glibc.connect(socket, $0, $1) }
      if status != 0 {
        let error = errno
        guard error == EINPROGRESS || error == EINTR else {
          throw .system("cannot connect to \(name)", error)
        }
        guard waitForEvents(on: socket, POLLOUT, wake: nil, deadline: deadline) == .ready else {
          throw NetworkError(.timedOut, "connecting to \(name) took too long", errorNumber: ETIMEDOUT)
        }
        var pending: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        // SO_ERROR writes one integer.
        unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &pending, &length)
        guard pending == 0 else { throw .system("cannot connect to \(name)", pending) }
      }
    } catch {
      Glibc.close(socket)
      throw error
    }
    return Stream(socket: socket)
  }
}
