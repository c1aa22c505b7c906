import Glibc
import Network
import Synchronization
import Testing

@Suite struct StreamTests {
  @Test func carriesBytesBothWays() throws {
    let (server, client) = try connectedPair()
    try client.send("hello")
    #expect(try server.receiveText(5) == "hello")
    try server.send("world")
    #expect(try client.receiveText(5) == "world")
    #expect(server.remoteHost == "127.0.0.1")
    #expect(server.remotePort > 0)
    #expect(!server.isEncrypted)
  }

  @Test func readsBytesThatArriveOneByOne() throws {
    let (server, client) = try connectedPair()
    let thread = try Thread.startJoinable(name: "writer") {
      for byte in "bytewise".utf8 { try? client.send([byte]) }
    }
    #expect(try server.receiveText(8) == "bytewise")
    thread.join()
  }

  @Test func stillWritesAfterTheOtherEndStoppedSending() throws {
    let (server, client) = try connectedPair()
    #expect(!server.peerHasClosed())
    try client.send("last")
    client.finishWriting()
    #expect(try server.receiveText(4) == "last")
    #expect(try server.receive().isEmpty)
    #expect(server.peerHasClosed())
    try server.send("answer")
    #expect(try client.receiveText(6) == "answer")
  }

  @Test func reportsAPeerThatResets() throws {
    let (server, client) = try connectedPair()
    client.reset()
    let error = #expect(throws: NetworkError.self) {
      for _ in 0..<100 { try server.send([UInt8](repeating: 0, count: 65_536)) }
    }
    #expect(error?.code == .connectionLost)
    #expect(server.peerHasClosed())
  }

  @Test func givesUpOnAClientThatTakesNothing() throws {
    let (server, client) = try connectedPair()
    server.writeTimeoutMilliseconds = 100
    let start = milliseconds()
    let error = #expect(throws: NetworkError.self) {
      for _ in 0..<1000 { try server.send([UInt8](repeating: 0, count: 1 << 20)) }
    }
    #expect(error?.code == .timedOut)
    #expect(milliseconds() - start < 5000)
    client.close()
  }

  @Test func slowReaderGetsEveryByte() throws {
    let (server, client) = try connectedPair()
    server.writeTimeoutMilliseconds = 5000
    let count = 8 << 20
    let thread = try Thread.startJoinable(name: "writer") {
      try? server.send((0..<count).map { UInt8(truncatingIfNeeded: $0 % 251) })
    }
    let bytes = try client.receive(exactly: count)
    thread.join()
    #expect(bytes.count == count)
    #expect(bytes.indices.allSatisfy { bytes[$0] == UInt8(truncatingIfNeeded: $0 % 251) })
  }

  @Test func waitTellsBytesTimeAndWakeUpsApart() throws {
    let (server, client) = try connectedPair()
    let wake = try WakeSignal()
    #expect(try server.wait(timeoutMilliseconds: 20, wake: wake) == .timedOut)
    try client.send("x")
    #expect(try server.wait(timeoutMilliseconds: 5000, wake: wake) == .readable)
    wake.signal()
    #expect(try server.wait(timeoutMilliseconds: 5000, wake: wake) == .woken)
    #expect(wake.isSignalled)
    wake.clear()
    #expect(!wake.isSignalled)
    #expect(try server.peekByte() == UInt8(ascii: "x"))
    #expect(try server.receiveText(1) == "x")
    client.close()
    #expect(try server.wait(timeoutMilliseconds: 5000, wake: wake) == .readable)
    #expect(try server.peekByte() == nil)
  }

  @Test func aSignalFromAnotherThreadEndsAWait() throws {
    let (server, client) = try connectedPair()
    let wake = try WakeSignal()
    let thread = try Thread.startJoinable(name: "waker") { wake.signal() }
    #expect(try server.wait(timeoutMilliseconds: nil, wake: wake) == .woken)
    thread.join()
    client.close()
  }

  @Test func shutdownFromAnotherThreadEndsARead() throws {
    let (server, client) = try connectedPair()
    let thread = try Thread.startJoinable(name: "ender") { server.shutdown() }
    #expect(try server.receive().isEmpty)
    thread.join()
    #expect(try client.receive().isEmpty)
  }

  @Test func shutdownFromAnotherThreadEndsAStuckWrite() throws {
    let (server, client) = try connectedPair()
    let thread = try Thread.startJoinable(name: "ender") {
      usleep(50_000)
      server.shutdown()
    }
    let error = #expect(throws: NetworkError.self) {
      try server.send([UInt8](repeating: 0, count: 64 << 20))
    }
    #expect(error?.code == .connectionLost)
    thread.join()
    client.close()
  }

  @Test func theLastWordsArriveThoughBytesWereLeftUnread() throws {
    let (server, client) = try connectedPair()
    try client.send([UInt8](repeating: 1, count: 100_000))
    try server.send("the reason")
    server.close()
    #expect(try client.receiveText(10) == "the reason")
  }

  @Test func aClosedStreamSaysSo() throws {
    let (server, _) = try connectedPair()
    server.close()
    server.close()
    server.shutdown()
    #expect(server.peerHasClosed())
    #expect(throws: NetworkError.self) { try server.receive() }
    #expect(throws: NetworkError.self) { try server.send("x") }
    #expect(throws: NetworkError.self) { try server.wait(timeoutMilliseconds: 0, wake: nil) }
  }
}
