import PostgresWire
import Sessions
import Testing

@Suite struct HandOverTests {
  private let startup = StartupMessage(parameters: [.init("user", "maria"), .init("options", "-c a.b=c")])

  private func handOver() -> HandOver {
    HandOver(
      secret: [0, 1, 255], key: BackendKeyData(processID: 7, secretKey: -9), remoteHost: "::1",
      remotePort: 4711, tlsVersion: "TLSv1.3", tlsCipher: "TLS_AES_256_GCM_SHA384",
      changedSettings: ["search_path": "a, b", "custom.one": ""])
  }

  @Test func whatIsHandedOverArrives() {
    let packet = handOver().adding(to: startup)
    #expect(HandOver(packet) == handOver())
    #expect(packet.user == "maria")
  }

  @Test func aClientsOwnPacketHandsNothingOver() {
    #expect(HandOver(startup) == nil)
  }

  @Test func aClientCannotAddToIt() {
    var packet = startup
    packet.parameters.append(.init("_Martinet.secret", "00"))
    packet.parameters.append(.init("_martinet.set.search_path", "mine"))
    let arrived = HandOver(handOver().adding(to: packet))
    #expect(arrived == handOver())
  }

  @Test func secretsAreComparedWhole() {
    #expect(HandOver.isSame([1, 2], [1, 2]))
    #expect(!HandOver.isSame([1, 2], [1, 3]))
    #expect(!HandOver.isSame([1, 2], [1]))
    #expect(!HandOver.isSame([], []))
  }

  @Test(arguments: [
    SessionNews.setting(name: "a.b", value: "c.d"), .setting(name: "x", value: ""),
    .setting(name: "x", value: nil),
    .prepared(Parse(name: "s.1", text: "select ':'", parameterTypes: [23, 0])),
    .prepared(Parse(name: "", text: "")), .closed(name: ""), .temporaryObjects(true), .ignoredSync,
  ])
  func newsArrives(_ news: SessionNews) throws {
    guard case .parameterStatus(let status) = news.message else {
      Issue.record("no ParameterStatus")
      return
    }
    #expect(SessionNews(status) == news)
  }

  @Test func aSettingOfTheClientsIsNoNews() {
    #expect(SessionNews(ParameterStatus("TimeZone", "UTC")) == nil)
  }
}
