import PostgresWire
import Sessions
import Testing

@Suite struct SessionSettingsTests {
  @Test func showPrintsTimesInTheLargestUnit() throws {
    var settings = SessionSettings()
    for (given, shown) in [
      ("1500", "1500ms"), ("2000", "2s"), ("'90s'", nil), ("90s", "90s"), ("120 s", "2min"), ("0", "0"),
    ] as [(String, String?)] {
      if let shown {
        #expect(try settings.set("statement_timeout", to: given) == shown)
      } else {
        #expect(throws: PostgresError.self) { try settings.set("statement_timeout", to: given) }
      }
    }
  }

  @Test func unknownNamesNeedADot() throws {
    var settings = SessionSettings()
    let error = #expect(throws: PostgresError.self) { try settings.set("nope", to: "1") }
    #expect(error?.sqlState == .undefinedObject)
    try settings.set("app.tenant", to: "7")
    #expect(settings["app.tenant"] == "7")
  }

  @Test func presetsMayBeSetToWhatTheyAre() throws {
    var settings = SessionSettings()
    try settings.set("server_encoding", to: "utf8")
    #expect(throws: PostgresError.self) { try settings.set("server_version", to: "9") }
  }

  @Test func rollbackBringsValuesBack() throws {
    var settings = SessionSettings()
    try settings.set("application_name", to: "a")
    settings.beginTransaction()
    try settings.set("application_name", to: "b")
    settings.endTransaction(committed: false)
    #expect(settings["application_name"] == "a")
  }

  @Test func localValuesEndWithTheTransaction() throws {
    var settings = SessionSettings()
    settings.beginTransaction()
    try settings.set("TimeZone", to: "Europe/Paris", isLocal: true)
    #expect(settings["timezone"] == "Europe/Paris")
    settings.endTransaction(committed: true)
    #expect(settings["timezone"] == "UTC")
  }

  @Test func searchPathsAreSplitAsIdentifiers() {
    #expect(SessionSettings.schemaList("\"$user\", public") == ["$user", "public"])
    #expect(SessionSettings.schemaList("A, \"B c\"\"d\" ,e") == ["a", "B c\"d", "e"])
    #expect(SessionSettings.schemaList("").isEmpty)
  }

  @Test func onlyUTF8IsSpoken() throws {
    var settings = SessionSettings()
    try settings.set("client_encoding", to: "utf-8")
    #expect(throws: PostgresError.self) { try settings.set("client_encoding", to: "latin1") }
  }

  @Test func dateStylesOtherThanISOAreRefused() throws {
    var settings = SessionSettings()
    #expect(try settings.set("DateStyle", to: "iso, dmy") == "ISO, DMY")
    #expect(throws: PostgresError.self) { try settings.set("DateStyle", to: "German") }
  }
}
