import Glibc
import Network
import Testing

@Suite struct TLSTests {
  /// Both ends after a handshake.
  private func encryptedPair(_ context: TLSContext, client clientContext: TLSContext? = nil) throws
    -> (server: Stream, client: Stream)
  {
    let (server, client) = try connectedPair()
    let offering = try clientContext ?? TLSContext(clientOffering: ["postgresql"])
    let thread = try Thread.startJoinable(name: "handshake") { try? client.startTLS(offering) }
    try server.startTLS(context, timeoutMilliseconds: 5000)
    thread.join()
    return (server, client)
  }

  @Test func makesAKeyThatOnlyItsOwnerReads() throws {
    let folder = try TemporaryFolder()
    let first = try serverContext(folder)
    var information = stat()
    #expect(stat(folder.file("server.key"), &information) == 0)
    #expect(information.st_mode & 0o777 == 0o600)
    let text = shell("openssl x509 -in '\(folder.file("server.crt"))' -noout -text")
    #expect(text.contains("ASN1 OID: prime256v1"))
    #expect(text.contains("DNS:localhost, IP Address:127.0.0.1"))
    let before = shell("cat '\(folder.file("server.crt"))'")
    #expect(try withExtendedLifetime(first) { try serverContext(folder) }.isUsable)
    #expect(shell("cat '\(folder.file("server.crt"))'") == before)
  }

  @Test func encryptsBothWays() throws {
    let folder = try TemporaryFolder()
    let (server, client) = try encryptedPair(serverContext(folder))
    #expect(server.isEncrypted && client.isEncrypted)
    #expect(server.tlsVersion == "TLSv1.3")
    #expect(server.applicationProtocol == "postgresql")
    #expect(server.tlsCipher?.isEmpty == false)
    try client.send("hello")
    #expect(try server.receiveText(5) == "hello")
    let count = 3 << 20
    let thread = try Thread.startJoinable(name: "writer") {
      try? server.send((0..<count).map { UInt8(truncatingIfNeeded: $0 % 251) })
    }
    let bytes = try client.receive(exactly: count)
    thread.join()
    #expect(bytes.count == count)
    #expect(bytes.indices.allSatisfy { bytes[$0] == UInt8(truncatingIfNeeded: $0 % 251) })
    client.close()
    #expect(try server.receive().isEmpty)
  }

  @Test func waitSeesBytesThatAreAlreadyDecrypted() throws {
    let folder = try TemporaryFolder()
    let (server, client) = try encryptedPair(serverContext(folder))
    #expect(try server.wait(timeoutMilliseconds: 20, wake: nil) == .timedOut)
    // The ticket that a server sends after its handshake is no byte for the client.
    #expect(try client.wait(timeoutMilliseconds: 20, wake: nil) == .timedOut)
    try client.send("ab")
    #expect(try server.wait(timeoutMilliseconds: 5000, wake: nil) == .readable)
    #expect(try server.receive(1) == [UInt8(ascii: "a")])
    #expect(try server.wait(timeoutMilliseconds: 5000, wake: nil) == .readable)
    let wake = try WakeSignal()
    wake.signal()
    #expect(try server.wait(timeoutMilliseconds: 5000, wake: wake) == .woken)
    #expect(try server.receive(1) == [UInt8(ascii: "b")])
  }

  @Test func refusesPlaintextInFrontOfTLS() throws {
    let folder = try TemporaryFolder()
    let (server, _) = try connectedPair()
    let error = #expect(throws: NetworkError.self) {
      try server.startTLS(serverContext(folder), unreadBytes: 4)
    }
    #expect(error?.code == .plaintextBeforeTLS)
    #expect(error?.message == "received unencrypted data after SSL request")
  }

  @Test func plaintextInsteadOfAHandshakeIsAnError() throws {
    let folder = try TemporaryFolder()
    let (server, client) = try connectedPair()
    try client.send("Q\0\0\0\u{0d}select 1\0")
    let error = #expect(throws: NetworkError.self) { try server.startTLS(serverContext(folder)) }
    #expect(error?.code == .tls)
  }

  @Test func aHandshakeThatStallsEnds() throws {
    let folder = try TemporaryFolder()
    let (server, client) = try connectedPair()
    try client.send([0x16, 0x03, 0x01])
    let start = milliseconds()
    let error = #expect(throws: NetworkError.self) {
      try server.startTLS(serverContext(folder), timeoutMilliseconds: 100)
    }
    #expect(error?.code == .timedOut)
    #expect(milliseconds() - start < 3000)
  }

  @Test func givesUpOnAClientThatTakesNothing() throws {
    let folder = try TemporaryFolder()
    let (server, client) = try encryptedPair(serverContext(folder))
    server.writeTimeoutMilliseconds = 100
    let error = #expect(throws: NetworkError.self) {
      for _ in 0..<200 { try server.send([UInt8](repeating: 0, count: 1 << 20)) }
    }
    #expect(error?.code == .timedOut)
    client.close()
  }

  @Test func namesAFileThatIsNoCertificate() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: NetworkError.self) {
      try TLSContext(certificatePath: folder.file("none"), keyPath: folder.file("none"))
    }
    #expect(error?.code == .file)
    #expect(error?.message.contains(folder.file("none")) == true)
  }

  @Test func bindsTheChannelToTheCertificate() throws {
    let folder = try TemporaryFolder()
    let (server, _) = try encryptedPair(serverContext(folder))
    let hash = try #require(server.channelBindingData)
    let text = hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let der = "openssl x509 -in '\(folder.file("server.crt"))' -outform DER | openssl dgst -sha256 -r"
    #expect(shell(der).hasPrefix(text))
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"])
  func opensslClientTalksAndReconnectsByTicket(version: String) throws {
    let folder = try TemporaryFolder()
    let context = try serverContext(folder)
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let thread = try Thread.startJoinable(name: "echo") {
      for _ in 0..<2 {
        guard let stream = try? listener.accept(), (try? stream.startTLS(context)) != nil else { return }
        while let bytes = try? stream.receive(64), !bytes.isEmpty {
          try? stream.send("reused=\(stream.tlsSessionWasReused) ")
          try? stream.send(bytes)
        }
      }
    }
    let session = folder.file("session")
    let client = "openssl s_client -connect 127.0.0.1:\(listener.port) \(version) -alpn postgresql -ign_eof"
    let send = "(echo ping; sleep 0.4)"
    let first = shell("\(send) | timeout 5 \(client.replacing(" -ign_eof", with: "")) -sess_out '\(session)'")
    #expect(first.contains("reused=false ping"))
    #expect(first.contains("ALPN protocol: postgresql"))
    let second = shell("\(send) | timeout 5 \(client.replacing(" -ign_eof", with: "")) -sess_in '\(session)'")
    #expect(second.contains("reused=true ping"))
    thread.join()
  }

  @Test func refusesTLSBelow12() throws {
    let folder = try TemporaryFolder()
    let context = try serverContext(folder)
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let thread = try Thread.startJoinable(name: "old") {
      let error = #expect(throws: NetworkError.self) {
        let stream = try #require(try listener.accept())
        try stream.startTLS(context)
      }
      #expect(error?.code == .tls)
    }
    _ = shell(
      "timeout 5 openssl s_client -connect 127.0.0.1:\(listener.port) -tls1_1 -cipher ALL:@SECLEVEL=0 </dev/null"
    )
    thread.join()
  }
}

extension TLSContext {
  /// A handshake with a client of this process works.
  var isUsable: Bool {
    guard let (server, client) = try? connectedPair(), let offer = try? TLSContext(clientOffering: []) else {
      return false
    }
    let thread = try? Thread.startJoinable(name: "client") { try? client.startTLS(offer) }
    defer { thread?.join() }
    return (try? server.startTLS(self)) != nil && server.applicationProtocol == nil
  }
}
