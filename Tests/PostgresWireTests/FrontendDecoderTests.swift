import PostgresWire
import Testing

@Suite struct FrontendDecoderTests {
  private func drain(_ decoder: inout FrontendDecoder) throws -> [FrontendMessage] {
    var messages: [FrontendMessage] = []
    while let message = try decoder.next() { messages.append(message) }
    return messages
  }

  @Test func severalMessagesAtOnce() throws {
    var decoder = FrontendDecoder(phase: .session)
    decoder.append(WireSamples.bytes(WireSamples.frontend))
    #expect(try drain(&decoder) == WireSamples.frontend)
    #expect(decoder.bufferedCount == 0)
  }

  @Test func byteByByte() throws {
    var decoder = FrontendDecoder(phase: .session)
    var messages: [FrontendMessage] = []
    for byte in WireSamples.bytes(WireSamples.frontend) {
      decoder.append([byte])
      messages += try drain(&decoder)
    }
    #expect(messages == WireSamples.frontend)
  }

  @Test func startupPackets() throws {
    for message in WireSamples.startup {
      let bytes = WireSamples.bytes([message])
      var decoder = FrontendDecoder()
      for byte in bytes.dropLast() {
        decoder.append([byte])
        #expect(try decoder.next() == nil)
      }
      decoder.append([bytes[bytes.count - 1]])
      #expect(try decoder.next() == message)
    }
  }

  @Test func aStartupMessageLeadsToAuthentication() throws {
    var decoder = FrontendDecoder()
    decoder.append(WireSamples.bytes([.sslRequest, WireSamples.startup[0]]))
    #expect(try decoder.next() == .sslRequest)
    #expect(try decoder.next() == WireSamples.startup[0])
    let initial = FrontendMessage.saslInitialResponse(SASLInitialResponse(mechanism: "M", data: [1]))
    let response = FrontendMessage.saslResponse(SASLResponse([2, 3]))
    let password = FrontendMessage.password(PasswordMessage("secret"))
    decoder.append(WireSamples.bytes([initial, response, password, .sync]))
    #expect(try decoder.next() == initial)
    decoder.phase = .authentication(.saslResponse)
    #expect(try decoder.next() == response)
    decoder.phase = .authentication(.password)
    #expect(try decoder.next() == password)
    decoder.authenticated()
    #expect(try decoder.next() == .sync)
  }

  @Test func queriesBeforeLoginAreAViolation() {
    var decoder = FrontendDecoder(phase: .authentication(.saslInitialResponse))
    decoder.append(WireSamples.bytes([.query(Query("select 1"))]))
    let error = #expect(throws: WireError.self) { try decoder.next() }
    #expect(error?.isFatal == true)
    #expect(throws: WireError.self) { try decoder.next() }
  }

  @Test func passwordsAfterLoginAreAViolation() {
    var decoder = FrontendDecoder(phase: .session)
    decoder.append(WireSamples.bytes([.password(PasswordMessage("x"))]))
    #expect(throws: WireError.self) { try decoder.next() }
  }

  @Test func oversizedMessagesAreRefusedAtTheirHeader() {
    var decoder = FrontendDecoder(limits: WireLimits(messageBytes: 100), phase: .session)
    decoder.append([UInt8(ascii: "Q"), 0, 0, 0, 101])
    let error = #expect(throws: WireError.self) { try decoder.next() }
    #expect(error?.kind == .messageTooLarge)
    #expect(error?.postgresError.sqlState == .programLimitExceeded)

    var early = FrontendDecoder(phase: .authentication(.saslInitialResponse))
    early.append([UInt8(ascii: "p"), 0, 1, 0, 0])
    #expect(throws: WireError.self) { try early.next() }

    var startup = FrontendDecoder()
    startup.append([0, 0, 0x27, 0x11])
    #expect(throws: WireError.self) { try startup.next() }
  }

  @Test(arguments: [0, 3, 7, -1] as [Int32])
  func impossibleLengths(_ length: Int32) {
    var buffer = WireBuffer()
    buffer.append(length)
    var startup = FrontendDecoder()
    startup.append(buffer.bytes)
    #expect(throws: WireError.self) { try startup.next() }
    guard length < 4 else { return }
    var session = FrontendDecoder(phase: .session)
    session.append([UInt8(ascii: "S")] + buffer.bytes)
    #expect(throws: WireError.self) { try session.next() }
  }

  @Test func bodiesMustBeConsumedExactly() {
    // Every message with one byte more or less than it has, at a length that says so.
    for message in WireSamples.frontend {
      if case .copyData = message { continue }
      let bytes = WireSamples.bytes([message])
      for change in [-1, 1] {
        var changed = change > 0 ? bytes + [1] : Array(bytes.dropLast())
        let length = UInt32(changed.count - 1)
        guard length >= 4 else { continue }
        for index in 0..<4 {
          changed[1 + index] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * index))
        }
        var decoder = FrontendDecoder(phase: .session)
        decoder.append(changed)
        #expect(throws: WireError.self, "\(message) \(change)") { try decoder.next() }
      }
    }
  }

  @Test func textThatIsNotUTF8LeavesTheStreamInStep() throws {
    var decoder = FrontendDecoder(phase: .session)
    decoder.append([UInt8(ascii: "Q"), 0, 0, 0, 6, 0xFF, 0] + WireSamples.bytes([.sync]))
    let error = #expect(throws: WireError.self) { try decoder.next() }
    #expect(error?.isFatal == false)
    #expect(error?.message == "invalid byte sequence for encoding \"UTF8\": 0xff")
    #expect(try decoder.next() == .sync)
  }

  @Test func otherProtocolVersions() throws {
    var old = FrontendDecoder()
    old.append([0, 0, 0, 8, 0, 2, 0, 0])
    let error = #expect(throws: WireError.self) { try old.next() }
    #expect(error?.message == "unsupported frontend protocol 2.0: server supports 3.0 to 3.0")

    let newer = StartupMessage(
      version: ProtocolVersion(3, 2), parameters: [.init("user", "u"), .init("_pq_.a", "1")])
    var decoder = FrontendDecoder()
    decoder.append(WireSamples.bytes([.startup(newer)]))
    guard case .startup(let message) = try decoder.next() else {
      Issue.record("not a startup message")
      return
    }
    #expect(message.negotiation == NegotiateProtocolVersion(newestMinor: 0, unrecognizedOptions: ["_pq_.a"]))
    #expect(StartupMessage(parameters: [.init("user", "u")]).negotiation == nil)
  }

  @Test func copyDataIsHandedOverWithoutCopies() throws {
    var decoder = FrontendDecoder(phase: .session)
    let messages: [FrontendMessage] = [
      .copyData(CopyData([1, 2])), .copyData(CopyData([])), .copyData(CopyData([3])),
    ]
    decoder.append(WireSamples.bytes(messages + [.copyDone]))
    decoder.append([UInt8(ascii: "d"), 0, 0, 0, 9, 1])
    var received: [UInt8] = []
    #expect(decoder.drainCopyData { received += $0 } == 3)
    #expect(received == [1, 2, 3])
    #expect(try decoder.next() == .copyDone)
    // A message is handed over as it comes.
    #expect(decoder.drainCopyData { received += $0 } == 1)
    #expect(try decoder.next() == nil)
    decoder.append([2, 3, 4, 5] + WireSamples.bytes([FrontendMessage.copyDone]))
    #expect(decoder.drainCopyData { received += $0 } == 4)
    #expect(received == [1, 2, 3, 1, 2, 3, 4, 5])
    #expect(try decoder.next() == .copyDone)
  }

  @Test func theRestOfCopyDataThatNobodyWantsIsPassedOver() throws {
    var decoder = FrontendDecoder(phase: .session)
    decoder.append([UInt8(ascii: "d"), 0, 0, 0, 9, 1, 2])
    struct Unwanted: Error {}
    #expect(throws: Unwanted.self) { try decoder.drainCopyData { _ in throw Unwanted() } }
    #expect(decoder.nextType == nil)
    #expect(try decoder.next() == nil)
    decoder.append([3, 4])
    #expect(try decoder.next() == nil)
    decoder.append([5] + WireSamples.bytes([FrontendMessage.copyDone]))
    #expect(try decoder.next() == .copyDone)
  }

  @Test func aLongStreamIsNotCopiedQuadratically() throws {
    // 64 MB in messages of 8 kB, read in pieces of 64 kB: seconds if every piece moved the rest.
    var decoder = FrontendDecoder(phase: .session)
    let message = WireSamples.bytes([FrontendMessage.copyData(CopyData([UInt8](repeating: 7, count: 8187)))])
    let piece = [[UInt8]](repeating: message, count: 8).flatMap { $0 }
    var total = 0
    decoder.append(Array(message.prefix(100)))
    let shifted = Array(piece[100...] + piece[..<100])
    for _ in 0..<1000 {
      decoder.append(shifted)
      total += decoder.drainCopyData { _ in }
    }
    // The last message is there with its first 95 bytes.
    #expect(total == 8187 * 8000 + 95)
    decoder.shrink()
  }
}
