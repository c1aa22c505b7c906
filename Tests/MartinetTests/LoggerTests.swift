import Synchronization
import Testing

@testable import Martinet

@Suite struct LoggerTests {
  @Test func writesLinesForPeople() {
    let line = Logger.line(
      .info, "client connected",
      [("user", "maria"), ("address", "10.0.0.1:5"), ("application", "my \"app\"")],
      format: .text, time: "T")
    #expect(line == #"T INFO client connected user=maria address=10.0.0.1:5 application="my \"app\"""#)
  }

  @Test func writesJSONLines() {
    let line = Logger.line(.error, "a \"b\"\n\u{1}", [("path", #"C:\x"#)], format: .json, time: "T")
    #expect(line == #"{"time":"T","level":"error","message":"a \"b\"\n\u0001","path":"C:\\x"}"#)
  }

  @Test func oneMessageIsOneLine() {
    let line = Logger.line(.info, "first\nT ERROR forged", [], format: .text, time: "T")
    #expect(!line.contains("\n"))
  }

  @Test func leavesOutWhatIsNotImportantEnough() {
    let lines = Mutex<[String]>([])
    let log = Logger(level: .warning, format: .text) { line in lines.withLock { $0.append(line) } }
    log.log(.info, "no")
    log.log(.warning, "yes")
    log.log(.error, "yes")
    #expect(lines.withLock { $0.count } == 2)
    #expect(lines.withLock { $0.allSatisfy { $0.contains("yes") } })
  }

  @Test func timeIsUTCWithMilliseconds() {
    let time = Logger.now()
    #expect(time.count == 24)
    #expect(time.hasPrefix("20") && time.hasSuffix("Z"))
  }
}
