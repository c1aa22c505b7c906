import ControlStore
import PostgresWire

/// `martinet user …`: works beside a running server, which sees a change at the next log-in.
enum UserCommands {
  private static let name = Command.Operand(name: "NAME", description: "the user's name, up to 63 bytes")

  static let all: [Command] = [
    Command(
      path: ["user", "add"], summary: "add a user who may log in",
      discussion: """
        Asks for the password without showing it, or reads one line from standard input if that is no
        terminal. Only a SCRAM-SHA-256 verifier of the password is kept. The server may be running.
        """,
      operands: [name],
      options: [Command.Option("superuser", nil, "let the user manage other users and all sessions")]
        + PasswordInput.options,
      settings: ["data"],
      examples: [
        .init("martinet user add maria --data ./lake", "asks for maria's password"),
        .init("martinet user add etl --generate --data ./lake", "prints a password made for etl"),
        .init(
          "martinet user add admin --superuser --password-file /run/secrets/admin --data ./lake",
          "from a file"),
      ],
      run: { (invocation) throws(CommandError) in try add(invocation) }),
    Command(
      path: ["user", "list"], summary: "list the users",
      discussion: "One line a user: name, superuser or user, and when it was added.",
      settings: ["data"], examples: [.init("martinet user list --data ./lake", "all users")],
      run: { (invocation) throws(CommandError) in try list(invocation) }),
    Command(
      path: ["user", "remove"], summary: "remove a user",
      discussion: "Sessions that are open stay open; the user cannot log in again.",
      operands: [name], settings: ["data"],
      examples: [.init("martinet user remove maria --data ./lake", "maria cannot log in any more")],
      run: { (invocation) throws(CommandError) in try remove(invocation) }),
    Command(
      path: ["user", "password"], summary: "give a user a new password",
      discussion: "Takes the password as `martinet user add` does.",
      operands: [name], options: PasswordInput.options, settings: ["data"],
      examples: [.init("martinet user password maria --data ./lake", "asks for maria's new password")],
      run: { (invocation) throws(CommandError) in try password(invocation) }),
  ]

  private static func add(_ invocation: Invocation) throws(CommandError) {
    let name = invocation.operands[0]
    let folder = try DataFolder(invocation.settings)
    let store = try folder.openControlStore()
    guard try attempt({ () throws(ControlStoreError) in try store.user(named: name) }) == nil else {
      throw CommandError(
        "user \"\(name)\" already exists", hint: "Change the password with `martinet user password \(name)`.")
    }
    let (verifier, generated) = try verifier(invocation, name)
    try attempt { () throws(ControlStoreError) in
      try store.addUser(name: name, verifier: verifier, isSuperuser: invocation.has("superuser"))
    }
    Output.print(generated ?? "user \(name) added")
  }

  private static func password(_ invocation: Invocation) throws(CommandError) {
    let name = invocation.operands[0]
    let store = try DataFolder(invocation.settings).openControlStore(mustExist: true)
    guard try attempt({ () throws(ControlStoreError) in try store.user(named: name) }) != nil else {
      throw noUser(name, store)
    }
    let (verifier, generated) = try verifier(invocation, name)
    try attempt { () throws(ControlStoreError) in try store.setVerifier(ofUser: name, to: verifier) }
    Output.print(generated ?? "password of \(name) changed")
  }

  private static func remove(_ invocation: Invocation) throws(CommandError) {
    let name = invocation.operands[0]
    let store = try DataFolder(invocation.settings).openControlStore(mustExist: true)
    do throws(ControlStoreError) {
      try store.removeUser(name)
    } catch {
      throw error.code == .notFound ? noUser(name, store) : CommandError(error)
    }
    Output.print("user \(name) removed")
  }

  private static func list(_ invocation: Invocation) throws(CommandError) {
    let store = try DataFolder(invocation.settings).openControlStore(mustExist: true)
    let users = try attempt { () throws(ControlStoreError) in try store.users() }
    let width = users.map(\.name.count).max() ?? 0
    for user in users {
      let padding = String(repeating: " ", count: width - user.name.count)
      Output.print(
        "\(user.name)\(padding)  \(user.isSuperuser ? "superuser" : "user     ")  \(user.createdAt)")
    }
  }

  /// The verifier of a password that is read or made; one that was made is returned to be printed.
  private static func verifier(
    _ invocation: Invocation, _ name: String
  ) throws(CommandError) -> (SCRAMVerifier, generated: String?) {
    let password = try PasswordInput.read(invocation, user: name)
    do throws(PostgresError) {
      return (try SCRAMVerifier.make(password: password.text), password.isNew ? password.text : nil)
    } catch {
      throw CommandError(error.message)
    }
  }

  private static func noUser(_ name: String, _ store: ControlStore) -> CommandError {
    let names = (try? store.users().map(\.name)) ?? []
    let hint = Suggestion.nearest(to: name, in: names).map { "Did you mean \($0)?" }
    return CommandError("user \"\(name)\" does not exist", hint: hint ?? "`martinet user list` shows all.")
  }
}

extension CommandError {
  init(_ error: ControlStoreError) { self.init(error.message) }
}

/// Runs `body` and turns its error into one of the command.
@discardableResult
func attempt<Result>(_ body: () throws(ControlStoreError) -> Result) throws(CommandError) -> Result {
  do throws(ControlStoreError) { return try body() } catch { throw CommandError(error) }
}
