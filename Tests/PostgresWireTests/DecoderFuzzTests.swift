import PostgresWire
import Testing

/// A million malformed streams: a decoder may refuse, wait, or decode, but never trap or run on.
@Suite struct DecoderFuzzTests {
  private static let cases = 1_000_000

  @Test func frontend() {
    let sessions = WireSamples.frontend.map { WireSamples.bytes([$0]) }
    let startups = WireSamples.startup.map { WireSamples.bytes([$0]) }
    let logins: [[UInt8]] = [
      WireSamples.bytes([.saslInitialResponse(SASLInitialResponse(mechanism: "SCRAM-SHA-256", data: [1, 2]))]
      ),
      WireSamples.bytes([.saslInitialResponse(SASLInitialResponse(mechanism: "M", data: nil))]),
      WireSamples.bytes([.password(PasswordMessage("secret"))]),
    ]
    var generator = SeededGenerator(seed: 1)
    var outcomes = Outcomes()
    for _ in 0..<Self.cases / 2 {
      var decoder: FrontendDecoder
      let bytes: [UInt8]
      let limits = WireLimits(startupBytes: 200, messageBytesBeforeLogin: 200, messageBytes: 400)
      switch generator.below(6) {
      case 0:
        decoder = FrontendDecoder(limits: limits)
        bytes = Fuzz.stream(startups, &generator)
      case 1:
        let kinds: [FrontendDecoder.PasswordKind] = [.password, .saslInitialResponse, .saslResponse]
        decoder = FrontendDecoder(limits: limits, phase: .authentication(kinds[generator.below(3)]))
        bytes = Fuzz.stream(logins, &generator)
      default:
        decoder = FrontendDecoder(limits: limits, phase: .session)
        bytes = Fuzz.stream(sessions, &generator)
      }
      Self.feed(
        bytes, &generator, &outcomes, append: { decoder.append($0) },
        next: { () throws(WireError) in
          if case .startup(let message) = try decoder.next() {
            _ = try? message.settings()
            return true
          }
          return false
        }, left: { decoder.bufferedCount })
    }
    // The test must reach all of the outcomes to mean something.
    #expect(outcomes.refused > 50_000 && outcomes.waiting > 50_000 && outcomes.exhausted > 50_000)
  }

  @Test func backend() {
    let samples = WireSamples.backend.map { WireSamples.bytes([$0]) }
    var generator = SeededGenerator(seed: 2)
    var outcomes = Outcomes()
    for _ in 0..<Self.cases / 2 {
      var decoder = BackendDecoder(maximumMessageBytes: 400)
      let bytes = Fuzz.stream(samples, &generator)
      Self.feed(
        bytes, &generator, &outcomes, append: { decoder.append($0) },
        next: { () throws(WireError) in try decoder.next() != nil }, left: { decoder.bufferedCount })
    }
    #expect(outcomes.refused > 50_000 && outcomes.waiting > 50_000 && outcomes.exhausted > 50_000)
  }

  private struct Outcomes {
    var refused = 0
    var waiting = 0
    var exhausted = 0
  }

  /// Feeds the bytes in two pieces and takes messages out until the decoder stops.
  private static func feed(
    _ bytes: [UInt8], _ generator: inout SeededGenerator, _ outcomes: inout Outcomes,
    append: ([UInt8]) -> Void, next: () throws(WireError) -> Bool, left: () -> Int
  ) {
    let cut = generator.below(bytes.count + 1)
    do throws(WireError) {
      for piece in [bytes[..<cut], bytes[cut...]] {
        append(Array(piece))
        var before = left()
        while true {
          _ = try next()
          // Every message takes five bytes at least: no progress means that the decoder waits.
          if left() == before { break }
          before = left()
        }
      }
      if left() == 0 { outcomes.exhausted += 1 } else { outcomes.waiting += 1 }
    } catch {
      outcomes.refused += 1
    }
  }
}

enum Fuzz {
  /// A stream of one to three messages: byte soup, or samples that are cut, stretched or changed.
  static func stream(_ samples: [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0...generator.below(3) {
      var message = samples[generator.below(samples.count)]
      switch generator.below(8) {
      case 0: message = generator.bytes(upTo: 40)
      case 1: message = Array(message.prefix(generator.below(message.count)))
      case 2: message.insert(UInt8(truncatingIfNeeded: generator.next()), at: generator.below(message.count))
      case 3, 4:
        for _ in 0...generator.below(3) {
          message[generator.below(message.count)] = UInt8(truncatingIfNeeded: generator.next())
        }
      case 5:
        let flip = UInt8(1) << UInt8(generator.below(8))
        message[generator.below(message.count)] ^= flip
      default: break
      }
      bytes += message
    }
    return bytes
  }
}
