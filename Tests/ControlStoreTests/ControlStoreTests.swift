import ControlStore
import Glibc
import PostgresWire
import Testing

@Suite final class ControlStoreTests {
  let folder = "/tmp/martinet-control-\(getpid())-\(UInt64.random(in: 0 ... .max))"

  init() { mkdir(folder, 0o700) }

  deinit { system("rm -rf '\(folder)'") }

  private func path(_ name: String = "control.sqlite") -> String { "\(folder)/\(name)" }

  private func verifier(_ password: String = "secret") throws -> SCRAMVerifier {
    try SCRAMVerifier.make(password: password, iterations: 1)
  }

  @Test func makesAFileThatOnlyItsOwnerReads() throws {
    let store = try ControlStore.open(path())
    try store.setSetting("a", to: "b")
    for name in ["control.sqlite", "control.sqlite-wal"] {
      var information = stat()
      #expect(stat(path(name), &information) == 0)
      #expect(information.st_mode & 0o777 == 0o600, "\(name)")
    }
  }

  @Test func keepsUsers() throws {
    do {
      let store = try ControlStore.open(path())
      #expect(try store.users().isEmpty)
      try store.addUser(name: "maria", verifier: verifier(), isSuperuser: true)
      try store.addUser(name: "Zoë \"x\"", verifier: verifier("other"))
    }
    let store = try ControlStore.open(path())
    #expect(try store.users().map(\.name) == ["Zoë \"x\"", "maria"])
    let maria = try #require(try store.user(named: "maria"))
    #expect(maria.isSuperuser)
    #expect(maria.verifier.matches(password: "secret"))
    #expect(maria.createdAt.hasSuffix("Z"))
    #expect(try store.user(named: "MARIA") == nil)
    try store.setVerifier(ofUser: "maria", to: verifier("new"))
    #expect(try store.user(named: "maria")?.verifier.matches(password: "new") == true)
    try store.setSuperuser(ofUser: "maria", to: false)
    #expect(try store.user(named: "maria")?.isSuperuser == false)
    try store.renameUser("maria", to: "mary")
    #expect(try store.user(named: "mary")?.id == maria.id)
    try store.removeUser("mary")
    #expect(try store.users().count == 1)
    let again = try store.addUser(name: "mary", verifier: verifier())
    #expect(again.id != maria.id, "the id of a user who is gone must not be given to another")
  }

  @Test func saysWhatIsWrongWithAUser() throws {
    let store = try ControlStore.open(path())
    try store.addUser(name: "a", verifier: verifier())
    try store.addUser(name: "b", verifier: verifier())
    func code(_ body: () throws(ControlStoreError) -> Void) -> ControlStoreError.Code? {
      do throws(ControlStoreError) {
        try body()
        return nil
      } catch {
        return error.code
      }
    }
    let secret = try verifier()
    #expect(
      code { () throws(ControlStoreError) in try store.addUser(name: "a", verifier: secret) }
        == .alreadyExists)
    #expect(code { () throws(ControlStoreError) in try store.renameUser("a", to: "b") } == .alreadyExists)
    #expect(code { () throws(ControlStoreError) in try store.removeUser("none") } == .notFound)
    for name in ["", "pg_monitor", "Public", "a\nb", String(repeating: "x", count: 64)] {
      #expect(
        code { () throws(ControlStoreError) in try store.addUser(name: name, verifier: secret) } == .invalid)
    }
    #expect(try store.users().count == 2)
  }

  @Test func keepsSettingsOfAUser() throws {
    let store = try ControlStore.open(path())
    try store.addUser(name: "a", verifier: verifier())
    try store.setUserSetting(user: "a", "search_path", to: "sales, public")
    try store.setUserSetting(user: "a", "statement_timeout", to: "5s")
    try store.setUserSetting(user: "a", "statement_timeout", to: "6s")
    #expect(
      try store.user(named: "a")?.settings == ["search_path": "sales, public", "statement_timeout": "6s"])
    try store.setUserSetting(user: "a", "search_path", to: nil)
    #expect(try store.user(named: "a")?.settings == ["statement_timeout": "6s"])
    try store.removeUser("a")
    try store.addUser(name: "a", verifier: verifier())
    #expect(try store.user(named: "a")?.settings.isEmpty == true)
  }

  @Test func keepsKeysAndIndexes() throws {
    let store = try ControlStore.open(path())
    let key = Constraint(
      tableID: 1, name: "orders_pkey", kind: .primaryKey, columns: ["order id", "a\"b,c"],
      definition: "PRIMARY KEY (…)")
    let reference = Constraint(
      tableID: 2, name: "lines_fkey", kind: .foreignKey, columns: ["order"], referencedTableID: 1,
      referencedColumns: ["order id"], onDelete: "c", definition: "FOREIGN KEY …")
    try store.addConstraints([key, reference])
    #expect(try store.constraints(ofTable: 1).first?.columns == ["order id", "a\"b,c"])
    #expect(try store.constraints().last?.referencedTableID == 1)
    #expect(throws: ControlStoreError.self) {
      try store.addConstraints([
        Constraint(tableID: 3, name: "fine", kind: .check, columns: [], definition: "x > 0"), key,
      ])
    }
    #expect(try store.constraints().count == 2, "all or none")
    try store.addIndex(
      Index(tableID: 1, name: "i", isUnique: true, columns: ["order id", "lower(x)"], definition: "CREATE …"))
    try store.renameColumn("order id", ofTable: 1, to: "id")
    #expect(try store.constraints().map(\.columns) == [["id", "a\"b,c"], ["order"]])
    #expect(try store.constraints().last?.referencedColumns == ["id"])
    #expect(try store.indexes().first?.columns == ["id", "lower(x)"])
    try store.renameConstraint("orders_pkey", ofTable: 1, to: "pk")
    try store.renameIndex("i", ofTable: 1, to: "j")
    try store.removeColumn("order", ofTable: 2)
    #expect(try store.constraints().map(\.name) == ["pk"])
    try store.removeIndex("j", ofTable: 1)
    #expect(throws: ControlStoreError.self) { try store.removeIndex("j", ofTable: 1) }
    try store.addConstraints([reference])
    try store.removeTable(1)
    #expect(try store.constraints().isEmpty)
  }

  @Test func keepsSettingsCommentsAndTheSecret() throws {
    let secret: [UInt8]
    do {
      let store = try ControlStore.open(path())
      secret = try store.serverSecret()
      try store.setSetting("x", to: "1")
      try store.setSchemaComment(7, to: "Sales, per order line")
    }
    let store = try ControlStore.open(path())
    #expect(try store.serverSecret() == secret)
    #expect(secret.count == 32)
    #expect(try ControlStore.open(path("other.sqlite")).serverSecret() != secret)
    #expect(try store.setting("x") == "1")
    #expect(try store.schemaComments() == [7: "Sales, per order line"])
    try store.setSetting("x", to: nil)
    try store.setSchemaComment(7, to: nil)
    #expect(try store.setting("x") == nil)
    #expect(try store.schemaComments().isEmpty)
  }

  @Test func seesAtOnceWhatAnotherConnectionWrites() throws {
    let server = try ControlStore.open(path())
    let before = try server.version()
    let command = try ControlStore.open(path())
    try command.addUser(name: "late", verifier: verifier())
    #expect(try server.user(named: "late") != nil)
    #expect(try server.version() > before)
    let after = try server.version()
    #expect(try server.version() == after)
  }

  @Test func refusesAFileThatIsNoDatabase() throws {
    let file = fopen(path(), "w")
    fputs(String(repeating: "this is not a database\n", count: 100), file)
    fclose(file)
    let error = #expect(throws: ControlStoreError.self) { try ControlStore.open(path()) }
    #expect(error?.code == .corrupt)
    #expect(error?.message.hasPrefix("\(path()) is damaged") == true)
  }

  @Test func refusesADamagedFile() throws {
    do {
      let store = try ControlStore.open(path())
      for number in 0..<200 {
        try store.setSetting("setting \(number)", to: String(repeating: "x", count: 200))
      }
    }
    let file = fopen(path(), "r+")
    // Everything behind the first page, which holds the header and the schema.
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    fseek(file, 4096, SEEK_SET)
    for _ in 4096..<size { fputc(0xa5, file) }
    fclose(file)
    let error = #expect(throws: ControlStoreError.self) { try ControlStore.open(path()) }
    #expect(error?.code == .corrupt)
  }

  @Test func refusesANewerSchema() throws {
    do { _ = try ControlStore.open(path()) }
    let script =
      "import sqlite3; c=sqlite3.connect('\(path())'); c.execute('insert into schema_version values (999, 0)'); c.commit()"
    #expect(system("python3 -c \"\(script)\"") == 0)
    let error = #expect(throws: ControlStoreError.self) { try ControlStore.open(path()) }
    #expect(error?.code == .newerSchema)
  }

  @Test func namesAFolderThatDoesNotExist() {
    let error = #expect(throws: ControlStoreError.self) { try ControlStore.open(path("none/control.sqlite")) }
    #expect(error?.code == .cannotOpen)
    #expect(error?.message.contains("none/control.sqlite") == true)
  }

  @Test func aWriterWaitsForAnotherProcess() throws {
    let store = try ControlStore.open(path())
    let script =
      "import sqlite3,time; c=sqlite3.connect('\(path())',isolation_level=None); c.execute('begin immediate');"
      + "open('\(path("held"))','w').close(); time.sleep(0.4); c.execute('update change_counter set value=value+100');"
      + "c.execute('commit')"
    let before = try store.version()
    let other = popen("python3 -c \"\(script)\"", "r")
    while access(path("held"), F_OK) != 0 { usleep(5000) }
    try store.setSetting("x", to: "y")
    #expect(try store.version() == before + 101)
    #expect(pclose(other) == 0)
  }
}
