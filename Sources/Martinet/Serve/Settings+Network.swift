import Glibc
import Network

extension Settings {
  /// The sockets that clients connect to, bound already.
  func listeners() throws(CommandError) -> [Listener] {
    let port = UInt16(clamping: number("port") ?? 5433)
    var listeners: [Listener] = []
    do throws(NetworkError) {
      if let host = text("host") { listeners.append(try Listener(host: host, port: port)) }
      if let folder = text("socket-dir") {
        let number = listeners.first?.port ?? port
        listeners.append(try Listener(unixPath: "\(folder)/.s.PGSQL.\(number)"))
      }
    } catch {
      for listener in listeners { listener.close() }
      throw CommandError(
        error.message,
        hint: error.code == .addressInUse ? "Stop what listens there, or choose another --port." : nil)
    }
    guard !listeners.isEmpty else {
      throw CommandError.usage("there is nothing to listen on: give a --host or a --socket-dir")
    }
    return listeners
  }

  /// The certificate that clients see; nil where TLS is off.
  func tlsContext(_ folder: DataFolder) throws(CommandError) -> TLSContext? {
    guard text("tls") != "off" else { return nil }
    do throws(NetworkError) {
      switch (text("tls-certificate"), text("tls-key")) {
      case (let certificate?, let key?):
        return try TLSContext(certificatePath: certificate, keyPath: key)
      case (nil, nil):
        break
      default:
        throw NetworkError(.file, "tls-certificate and tls-key must be given together")
      }
    } catch {
      throw CommandError(error.message, exit: .usage)
    }
    try DataFolder.make(folder.file("tls"))
    do throws(NetworkError) {
      return try TLSContext.selfSigned(
        certificatePath: folder.file("tls/server.crt"), keyPath: folder.file("tls/server.key"),
        names: certificateNames())
    } catch {
      throw CommandError(error.message)
    }
  }

  private func certificateNames() -> [String] {
    var names = ["localhost", "127.0.0.1", "::1"]
    var buffer = [CChar](repeating: 0, count: 256)
    if gethostname(&buffer, buffer.count - 1) == 0 {
      let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      names.insert(name, at: 0)
    }
    if let host = text("host"), host != "*", host != "0.0.0.0", host != "::" { names.append(host) }
    var seen: Set<String> = []
    return names.filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}
