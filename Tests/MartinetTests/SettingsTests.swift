import Lake
import PostgresWire
import Sessions
import Testing

@testable import Martinet

@Suite struct SettingsTests {
  private func settings(
    _ commandLine: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
  ) throws(CommandError) -> Settings {
    try Settings(commandLine: commandLine, environment: environment) { path in
      path == "/lake/martinet.conf" ? file : nil
    }
  }

  private func message(
    _ commandLine: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
  ) -> String? {
    do throws(CommandError) {
      _ = try settings(commandLine, environment: environment, file: file)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func theCommandLineCountsBeforeTheEnvironmentAndThatBeforeTheFile() throws {
    let file = "port = 1\nthreads = 1\ntls = off\n"
    let environment = ["MARTINET_DATA": "/lake", "MARTINET_PORT": "2", "MARTINET_THREADS": "2"]
    let settings = try settings(["port": "3"], environment: environment, file: file)
    #expect(settings.number("port") == 3)
    #expect(settings.source("port") == .commandLine)
    #expect(settings.number("threads") == 2)
    #expect(settings.source("threads") == .environment)
    #expect(settings.text("tls") == "off")
    #expect(settings.source("tls") == .file("/lake/martinet.conf"))
    #expect(settings.number("max-connections") == 200)
    #expect(settings.source("max-connections") == .defaultValue)
    #expect(settings.number("memory-limit") == nil)
  }

  @Test func readsTheFileAsPostgreSQLDoes() throws {
    let file = """
      # a comment
      max_connections = 500   # behind a value

      catalog='postgres:host=db dbname=lake password=''x#y'''
      host =
      """
    let settings = try settings(["data": "/lake"], file: file)
    #expect(settings.number("max-connections") == 500)
    #expect(settings.text("catalog") == "postgres:host=db dbname=lake password='x#y'")
    #expect(settings.text("host") == nil, "an empty value takes the default back")
  }

  @Test func saysWhereAValueIsWrong() {
    #expect(message(["port": "70000"])?.hasPrefix("--port must be a whole number from 0 to 65535") == true)
    #expect(
      message(environment: ["MARTINET_TLS": "maybe"])
        == "MARTINET_TLS must be off, prefer or require, not \"maybe\"")
    let data = ["data": "/lake"]
    #expect(
      message(data, file: "threads = many")?.hasPrefix("threads in /lake/martinet.conf must be") == true)
    #expect(message(data, file: "\nprot = 1") == "/lake/martinet.conf:2: there is no setting \"prot\"")
    #expect(message(data, file: "port") == "/lake/martinet.conf:1: a line must be \"name = value\"")
    #expect(message(data, file: "host = 'x") == "/lake/martinet.conf:1: the quotes of the value do not end")
    #expect(message(data, file: "data = /other")?.contains("cannot name another data folder") == true)
    #expect(message(["port": ""])?.contains("must not be empty") == true)
  }

  @Test(
    arguments: [
      ("64MB", 64 << 20), ("1 GB", 1 << 30), ("512kB", 512 << 10), ("12", 12), ("3TiB", 3 << 40), ("0", 0),
    ])
  func readsSizes(text: String, bytes: Int) {
    #expect(Quantity.readBytes(text) == bytes)
  }

  @Test(
    arguments: [
      ("60", 60_000), ("90s", 90_000), ("500ms", 500), ("5min", 300_000), ("2 h", 7_200_000),
      ("7d", 604_800_000),
    ])
  func readsTimes(text: String, milliseconds: Int) {
    #expect(Quantity.readDuration(text) == milliseconds)
  }

  @Test(arguments: ["", "x", "-1", "1.5", "5 apples", "99999999999999999999", "9999999999TB", "5min"])
  func refusesWhatIsNoSize(text: String) { #expect(Quantity.readBytes(text) == nil) }

  @Test func writesQuantitiesThatItReads() {
    for bytes in [0, 1, 1000, 1024, 64 << 20, 3 << 30, 1 << 50] {
      #expect(Quantity.readBytes(Quantity.bytes(bytes)) == bytes)
    }
    for milliseconds in [0, 1, 1500, 60_000, 3_600_000, 604_800_000] {
      #expect(Quantity.readDuration(Quantity.duration(milliseconds)) == milliseconds)
    }
  }

  @Test func everyDefaultIsWithinItsLimits() {
    for setting in SettingTable.all where !setting.defaultText.isEmpty {
      if case .failure(let problem) = setting.kind.read(setting.defaultText) {
        Issue.record("\(setting.name) \(problem.message)")
      }
    }
    #expect(Set(SettingTable.all.map(\.name)).count == SettingTable.all.count)
  }

  @Test func theLakeGetsWhatWasSet() throws {
    let settings = try settings(
      ["data": "/lake/", "files": "s3://bucket/prefix", "memory-limit": "2GB", "s3-endpoint": "minio:9000"],
      environment: [
        "MARTINET_S3_KEY_ID": "key", "MARTINET_S3_SECRET": "s3cr3t", "MARTINET_S3_USE_TLS": "off",
      ])
    let configuration = try settings.lakeConfiguration(try DataFolder(settings))
    guard case .s3(let store) = configuration.files else {
      Issue.record("the files are not in S3")
      return
    }
    #expect(store.secret == "s3cr3t")
    #expect(store.endpoint == "minio:9000")
    #expect(!store.usesTLS && store.usesPathStyle)
    #expect(configuration.memoryLimitBytes == 2 << 30)
    #expect(configuration.retentionSeconds == 7 * 86_400)
    #expect(configuration.spillFolder == "/lake/spill")
    #expect(!SettingsCommand.list(settings).contains("s3cr3t"))
  }

  @Test(
    arguments: [
      ("host=db password=x", true), ("postgres://u:x@db/lake", true),
      ("postgres://db/l?user=u&password=x", true),
      ("host=db passfile=/run/pass", false), ("postgres://u@db:5432/lake", false),
      ("host=db dbname=lake", false),
    ])
  func findsAPasswordInAConnectionString(text: String, holds: Bool) {
    #expect(Settings.holdsPassword(text) == holds)
  }

  @Test func aPasswordOfTheCatalogStaysOffTheCommandLine() throws {
    let connection = "postgres:host=db password=x"
    let shown = try settings(["data": "/lake", "catalog": connection])
    #expect(throws: CommandError.self) { try shown.lakeConfiguration(try DataFolder(shown)) }
    let hidden = try settings(["data": "/lake"], environment: ["MARTINET_CATALOG": connection])
    #expect(!SettingsCommand.list(hidden).contains("password=x"))
    guard
      case .postgres("host=db password=x", "public") = try hidden.lakeConfiguration(try DataFolder(hidden))
        .catalog
    else {
      Issue.record("the catalog is not the PostgreSQL that was named")
      return
    }
  }

  @Test func theServerGetsWhatWasSet() throws {
    let configuration = try settings([
      "max-message-size": "1MB", "statement-timeout": "90s", "tls": "require", "login-longest-delay": "1s",
    ]).serverConfiguration
    #expect(configuration.wireLimits.messageBytes == 1 << 20)
    #expect(configuration.settings["statement_timeout"] == "90000ms")
    #expect(configuration.settings["idle_session_timeout"] == "0ms")
    #expect(configuration.requiresTLS)
    #expect(configuration.longestLogInDelayMilliseconds == 1000)
  }
}
