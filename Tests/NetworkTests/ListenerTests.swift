import Glibc
import Network
import Synchronization
import Testing

@Suite struct ListenerTests {
  @Test func listensOnEveryAddressOfTheMachine() throws {
    let listener = try Listener(host: "*", port: 0)
    let client = try Stream.connect(host: "127.0.0.1", port: listener.port)
    let server = try #require(try listener.accept())
    #expect(server.remoteHost == "127.0.0.1")
    client.close()
  }

  @Test func namesThePortThatIsTaken() throws {
    let first = try Listener(host: "127.0.0.1", port: 0)
    let error = #expect(throws: NetworkError.self) { try Listener(host: "127.0.0.1", port: first.port) }
    #expect(error?.code == .addressInUse)
    #expect(error?.message == "cannot listen on 127.0.0.1 port \(first.port): Address already in use")
  }

  @Test func refusesAHostThatDoesNotExist() {
    let error = #expect(throws: NetworkError.self) { try Listener(host: "no.such.host.invalid", port: 0) }
    #expect(error?.code == .badAddress)
  }

  @Test func aPortCanBeUsedAgainAtOnce() throws {
    let first = try Listener(host: "127.0.0.1", port: 0)
    let client = try Stream.connect(host: "127.0.0.1", port: first.port)
    let server = try #require(try first.accept())
    server.close()
    first.close()
    let second = try Listener(host: "127.0.0.1", port: first.port)
    #expect(second.port == first.port)
    client.close()
  }

  @Test func listensOnAUnixPath() throws {
    let folder = try TemporaryFolder()
    let path = folder.file(".s.PGSQL.5433")
    let listener = try Listener(unixPath: path)
    let client = try Stream.connect(unixPath: path)
    let server = try #require(try listener.accept())
    #expect(server.remoteAddress == "local")
    try client.send("x")
    #expect(try server.receiveText(1) == "x")
    #expect(throws: NetworkError.self) { try Listener(unixPath: path) }
    listener.close()
    #expect(access(path, F_OK) != 0)
  }

  @Test func replacesTheSocketOfADeadProcess() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("dead")
    _ = shell("python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('\(path)')\"")
    #expect(access(path, F_OK) == 0)
    let listener = try Listener(unixPath: path)
    #expect(listener.address == path)
    _ = shell("rm '\(path)'; echo keep > '\(path)'")
    let error = #expect(throws: NetworkError.self) { try Listener(unixPath: path) }
    #expect(error?.code == .file)
  }

  @Test func refusesAPathThatIsTooLong() {
    let error = #expect(throws: NetworkError.self) {
      try Listener(unixPath: "/tmp/" + String(repeating: "x", count: 120))
    }
    #expect(error?.code == .badAddress)
  }

  @Test func closeEndsAccept() throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let thread = try Thread.startJoinable(name: "closer") { listener.close() }
    #expect(try listener.accept() == nil)
    thread.join()
    #expect(try listener.accept() == nil)
    #expect(throws: NetworkError.self) { try Stream.connect(host: "127.0.0.1", port: listener.port) }
  }

  @Test func survivesAConnectionThatIsGoneBeforeItIsTaken() throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    try Stream.connect(host: "127.0.0.1", port: listener.port).reset()
    let client = try Stream.connect(host: "127.0.0.1", port: listener.port)
    try client.send("x")
    var received: [UInt8] = []
    // The reset connection may or may not be handed out; the next one always is.
    while received.isEmpty {
      let server = try #require(try listener.accept())
      received = (try? server.receive(1)) ?? []
    }
    #expect(received == [UInt8(ascii: "x")])
  }

  @Test func twoHundredClientsAtOnce() throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let served = Atomic(0)
    let acceptor = try Thread.startJoinable(name: "accept") {
      while let stream = try? listener.accept() {
        try? Thread.start(name: "session") {
          while let bytes = try? stream.receive(64), !bytes.isEmpty { try? stream.send(bytes) }
        }
      }
    }
    let clients = try (0..<200).map { _ in try Stream.connect(host: "127.0.0.1", port: listener.port) }
    for (number, client) in clients.enumerated() { try client.send("client \(number)") }
    for (number, client) in clients.enumerated() {
      let text = "client \(number)"
      if try client.receiveText(text.utf8.count) == text { served.add(1, ordering: .relaxed) }
      client.close()
    }
    #expect(served.load(ordering: .relaxed) == 200)
    listener.close()
    acceptor.join()
  }
}
