import PostgresWire
import Testing

@Suite struct BackendDecoderTests {
  @Test func everyMessageInOnePieceAndByteByByte() throws {
    let bytes = WireSamples.bytes(WireSamples.backend)
    for size in [bytes.count, 1, 7] {
      var decoder = BackendDecoder()
      var messages: [BackendMessage] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        decoder.append(Array(bytes[start..<min(start + size, bytes.count)]))
        while let message = try decoder.next() { messages.append(message) }
      }
      #expect(messages == WireSamples.backend)
      #expect(decoder.bufferedCount == 0)
    }
  }

  @Test func framesKeepEveryByte() throws {
    let bytes = WireSamples.bytes(WireSamples.backend)
    var decoder = BackendDecoder()
    decoder.append(bytes)
    var relayed: [UInt8] = []
    var types: [UInt8] = []
    var isAtEnd = false
    while !isAtEnd {
      let frame = try decoder.nextFrame { type, message -> Bool in
        types.append(type)
        relayed += message
        return true
      }
      isAtEnd = frame == nil
    }
    #expect(relayed == bytes)
    #expect(types.count == WireSamples.backend.count)
  }

  @Test func unknownTypesAndLengthsAreRefused() {
    for bytes in [
      [UInt8(ascii: "?"), 0, 0, 0, 4], [UInt8(ascii: "Z"), 0, 0, 0, 3], [UInt8(ascii: "Z"), 0x7F, 0, 0, 0],
    ] {
      var decoder = BackendDecoder()
      decoder.append(bytes)
      #expect(throws: WireError.self) { try decoder.next() }
      #expect(throws: WireError.self) { try decoder.next() }
    }
  }

  @Test func theAnswerToAnSSLRequestIsOneByte() {
    var decoder = BackendDecoder()
    #expect(decoder.nextNegotiationByte() == nil)
    decoder.append([UInt8(ascii: "S")])
    #expect(decoder.nextNegotiationByte() == UInt8(ascii: "S"))
  }

  @Test func errorFieldsThatAreNotKnownArePassedOver() throws {
    var decoder = BackendDecoder()
    decoder.append([UInt8(ascii: "E"), 0, 0, 0, 0])
    var buffer = WireBuffer()
    buffer.appendMessage(UInt8(ascii: "E")) {
      for field in ["SERROR", "C42P01", "Mgone", "zsomething"] { $0.append(cString: field) }
      $0.append(UInt8(0))
    }
    var fresh = BackendDecoder()
    fresh.append(buffer.bytes)
    #expect(try fresh.next() == .errorResponse(PostgresError(.undefinedTable, "gone")))
  }
}
