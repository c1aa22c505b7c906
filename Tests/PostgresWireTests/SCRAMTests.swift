import PostgresWire
import Testing

@Suite struct SCRAMTests {
  /// The exchange of RFC 7677, section 3.
  private static let serverNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
  private static let clientFirst = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
  private static let clientFinal =
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="

  private static func verifier(_ password: String = "pencil") throws -> SCRAMVerifier {
    let salt = try #require(Base64.decode("W22ZaJ0SNY7soEsUEjb6gQ=="))
    return SCRAMVerifier(password: password, salt: salt)
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func serverAnswersTheExampleOfTheRFC() throws {
    var server = try SCRAMServer(
      user: "user", verifier: try Self.verifier(), mockSecret: [1], nonce: Self.serverNonce)
    let first = try server.start(
      SASLInitialResponse(mechanism: "SCRAM-SHA-256", data: Array(Self.clientFirst.utf8)))
    #expect(
      Self.text(first)
        == "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")
    let final = try server.finish(SASLResponse(Array(Self.clientFinal.utf8)))
    #expect(Self.text(final) == "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
  }

  @Test func clientAndServerAgree() throws {
    for binding in [nil, [1, 2, 3] as [UInt8]] {
      let verifier = try SCRAMVerifier.make(password: "pässwörd", iterations: 10)
      var server = try SCRAMServer(
        user: "u", verifier: verifier, mockSecret: [1], channelBinding: binding)
      var client = try SCRAMClient(
        password: "pa\u{308}ssw\u{f6}rd", mechanisms: SCRAMServer.mechanisms(channelBinding: binding),
        channelBinding: binding)
      let answer = try client.answer(try server.start(client.start()))
      try client.finish(try server.finish(answer))
    }
  }

  @Test func wrongPasswordAndUnknownUserLookTheSame() throws {
    var messages: [String] = []
    for verifier in [try SCRAMVerifier.make(password: "right"), nil] {
      var server = try SCRAMServer(user: "u", verifier: verifier, mockSecret: [7])
      var client = try SCRAMClient(password: "wrong", mechanisms: ["SCRAM-SHA-256"])
      let challenge = try server.start(client.start())
      #expect(challenge.count == 84)
      let answer = try client.answer(challenge)
      let error = #expect(throws: PostgresError.self) { try server.finish(answer) }
      messages.append(error?.description ?? "")
    }
    #expect(messages[0] == "FATAL: 28P01: password authentication failed for user \"u\"")
    #expect(messages[0] == messages[1])
  }

  @Test func unknownUsersSeeTheSameSaltEveryTime() {
    let first = SCRAMVerifier.mock(user: "nobody", secret: [1, 2])
    #expect(first == SCRAMVerifier.mock(user: "nobody", secret: [1, 2]))
    #expect(first.salt != SCRAMVerifier.mock(user: "somebody", secret: [1, 2]).salt)
    #expect(first.salt != SCRAMVerifier.mock(user: "nobody", secret: [1, 3]).salt)
    #expect(first.salt.count == SCRAMVerifier.saltBytes)
  }

  @Test func aTamperedServerIsNoticed() throws {
    var server = try SCRAMServer(user: "u", verifier: try Self.verifier(), mockSecret: [1])
    var client = try SCRAMClient(password: "pencil", mechanisms: ["SCRAM-SHA-256"])
    _ = try server.finish(try client.answer(try server.start(client.start())))
    #expect(throws: PostgresError.self) {
      try client.finish(Array("v=\(Base64.encode([UInt8](repeating: 0, count: 32)))".utf8))
    }
  }

  @Test func aDowngradedChannelBindingIsNoticed() throws {
    var server = try SCRAMServer(
      user: "u", verifier: try Self.verifier(), mockSecret: [1], channelBinding: [9])
    var client = try SCRAMClient(password: "pencil", mechanisms: ["SCRAM-SHA-256"], channelBinding: [9])
    let first = client.start()
    #expect(throws: PostgresError.self) { try server.start(first) }
  }

  @Test func anotherChannelIsNoticed() throws {
    var server = try SCRAMServer(
      user: "u", verifier: try Self.verifier(), mockSecret: [1], channelBinding: [9])
    var client = try SCRAMClient(
      password: "pencil", mechanisms: ["SCRAM-SHA-256-PLUS"], channelBinding: [8])
    let answer = try client.answer(try server.start(client.start()))
    let error = #expect(throws: PostgresError.self) { try server.finish(answer) }
    #expect(error?.message == "SCRAM channel binding check failed")
  }

  @Test(arguments: [
    "", "n", "n,,", "n,,n=", "n,,n=,r=", "x,,n=,r=abc", "n,a=bob,n=,r=abc", "p=tls-unique,,n=,r=abc",
    "p=tls-server-end-point,,n=,r=abc", "n,,m=ext,n=,r=abc", "n,,n=,r=a\u{7f}c", "n,,r=abc,n=",
  ])
  func malformedFirstMessagesAreRefused(_ message: String) throws {
    var server = try SCRAMServer(user: "u", verifier: nil, mockSecret: [1])
    #expect(throws: PostgresError.self) {
      try server.start(SASLInitialResponse(mechanism: "SCRAM-SHA-256", data: Array(message.utf8)))
    }
  }

  @Test(arguments: [
    "", "c=biws", "c=biws,r=x", "c=eSws,r=N,p=AAAA", "c=biws,r=N", "c=biws,r=N,p=AAAA", "c=biws,r=N,p=!",
  ])
  func malformedLastMessagesAreRefused(_ message: String) throws {
    var server = try SCRAMServer(user: "u", verifier: try Self.verifier(), mockSecret: [1], nonce: "S")
    _ = try server.start(SASLInitialResponse(mechanism: "SCRAM-SHA-256", data: Array("n,,n=,r=C".utf8)))
    let message = message.replacing("r=N", with: "r=CS")
    #expect(throws: PostgresError.self) { try server.finish(SASLResponse(Array(message.utf8))) }
  }

  @Test func verifiersRoundTripAsText() throws {
    let verifier = try SCRAMVerifier.make(password: "secret", iterations: 64)
    #expect(verifier.text.hasPrefix("SCRAM-SHA-256$64:"))
    #expect(SCRAMVerifier(verifier.text) == verifier)
    #expect(verifier.matches(password: "secret"))
    #expect(!verifier.matches(password: "Secret"))
    for bad in ["", "md5abc", "SCRAM-SHA-256$0:AA==$A:B", "SCRAM-SHA-256$4096:AA==$AAAA:AAAA"] {
      #expect(SCRAMVerifier(bad) == nil)
    }
  }

  @Test func preparedPasswords() {
    func prepared(_ password: String) -> String { Self.text(SASLprep.prepare(password)) }
    // The examples of RFC 4013, section 3.
    #expect(prepared("I\u{AD}X") == "IX")
    #expect(prepared("user") == "user")
    #expect(prepared("USER") == "USER")
    #expect(Array(prepared("e\u{301}").unicodeScalars) == ["\u{e9}"])
    #expect(Array(prepared("\u{1EAD}").unicodeScalars) == ["\u{1EAD}"])
    #expect(Array(prepared("a\u{302}\u{323}").unicodeScalars) == ["\u{1EAD}"])
    #expect(Array(prepared("\u{1100}\u{1161}\u{11A8}").unicodeScalars) == ["\u{AC01}"])
    #expect(prepared("\u{FF21}\u{A0}\u{FB01}") == "A fi")
    // Prohibited: used as it is.
    #expect(Array(prepared("e\u{301}\u{7}").unicodeScalars) == ["e", "\u{301}", "\u{7}"])
    #expect(Array(prepared("\u{627}1").unicodeScalars) == ["\u{627}", "1"])
  }

  @Test func base64IsStrict() {
    for count in 0...20 {
      let bytes = (0..<count).map { UInt8($0 * 37 & 255) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }
    for bad in ["A", "AA", "AAA", "A===", "AA=A", "AAA=AAAA", "AA A", "AA\nA"] {
      #expect(Base64.decode(bad) == nil)
    }
  }
}
