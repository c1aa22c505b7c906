import PostgresWire
import Testing

@Suite struct StartupOptionsTests {
  @Test(
    arguments: [
      ("-c geqo=off", [("geqo", "off")]), ("-cgeqo=off", [("geqo", "off")]),
      ("--geqo=off", [("geqo", "off")]),
      ("--search-path=a,b", [("search_path", "a,b")]),
      ("-csearch_path=\"d\",public", [("search_path", "\"d\",public")]),
      ("-c a=b\\ c -c d=e\\\\f", [("a", "b c"), ("d", "e\\f")]),
      ("  -c   a=1\t--b=2 ", [("a", "1"), ("b", "2")]),
      ("-c a=x=y", [("a", "x=y")]), ("", []), ("-c a=", [("a", "")]),
    ] as [(String, [(String, String)])])
  func options(_ text: String, _ expected: [(String, String)]) throws {
    let settings = try StartupOptions.parse(text)
    #expect(settings.map(\.name) == expected.map(\.0))
    #expect(settings.map(\.value) == expected.map(\.1))
  }

  @Test(arguments: [
    ("-x", "invalid command-line argument for server process: -x"),
    ("-c", "invalid command-line argument for server process: -c"),
    ("-c a", "-c a requires a value"), ("--a", "--a requires a value"),
    ("word", "invalid command-line argument for server process: word"),
  ])
  func malformed(_ text: String, _ message: String) {
    let error = #expect(throws: PostgresError.self) { try StartupOptions.parse(text) }
    #expect(error?.message == message)
    #expect(error?.severity == .fatal)
  }

  @Test func settingsOfAStartupMessage() throws {
    let message = StartupMessage(parameters: [
      .init("user", "ada"), .init("options", "-c a=1"), .init("application_name", "psql"), .init("a", "2"),
      .init("replication", "0"), .init("_pq_.x", "1"),
    ])
    #expect(try message.settings() == [.init("a", "1"), .init("application_name", "psql"), .init("a", "2")])
    #expect(message.database == "ada")
    #expect(message.applicationName == "psql")
    #expect(!message.wantsReplication)
    #expect(StartupMessage(parameters: [.init("replication", "database")]).wantsReplication)
    #expect(StartupMessage(parameters: [.init("user", "")]).user == nil)
  }
}
