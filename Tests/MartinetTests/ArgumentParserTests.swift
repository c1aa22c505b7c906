import Testing

@testable import Martinet

@Suite struct ArgumentParserTests {
  private let parser = ArgumentParser(commands: Commands.all)

  private func call(
    _ arguments: String...
  ) throws -> (name: String, operands: [String], options: [String: String], settings: [String: String]) {
    guard case .run(let command, let operands, let options, let settings) = try parser.parse(arguments) else {
      Issue.record("\(arguments) runs no command")
      return ("", [], [:], [:])
    }
    return (command.name, operands, options, settings)
  }

  private func failure(_ arguments: String...) -> CommandError? {
    let error = #expect(throws: CommandError.self) { try parser.parse(arguments) }
    #expect(error?.exit == .usage)
    return error
  }

  @Test func readsSettingsInBothForms() throws {
    let call = try call("serve", "--data", "/x", "--port=6000", "--files=s3://a/b=c")
    #expect(call.name == "serve")
    #expect(call.settings == ["data": "/x", "port": "6000", "files": "s3://a/b=c"])
  }

  @Test func readsOperandsAndFlagsInAnyOrder() throws {
    let call = try call("user", "add", "--superuser", "maria", "--data", "/x")
    #expect(call.name == "user add")
    #expect(call.operands == ["maria"])
    #expect(call.options == ["superuser": ""])
    #expect(try self.call("user", "add", "--", "--odd").operands == ["--odd"])
  }

  @Test(
    arguments: [
      (["--help"], []), ([], []), (["help"], []), (["serve", "--help"], ["serve"]), (["user"], ["user"]),
      (["user", "add", "-h"], ["user", "add"]), (["help", "user", "add"], ["user", "add"]),
      (["serve", "--nonsense", "--help"], ["serve"]),
    ] as [([String], [String])])
  func findsWhatHelpIsWanted(arguments: [String], words: [String]) throws {
    guard case .help(let found) = try parser.parse(arguments) else {
      Issue.record("\(arguments) is no call for help")
      return
    }
    #expect(found == words)
  }

  @Test func suggestsWhatWasMeant() {
    #expect(failure("serv")?.hint == "Did you mean `martinet serve`?")
    #expect(failure("user", "rm", "x")?.hint == "Run `martinet user --help`.")
    #expect(failure("user", "lst")?.hint == "Did you mean `martinet user list`?")
    #expect(failure("serve", "--prot", "1")?.hint == "Did you mean --port?")
    #expect(failure("serve", "--max-conections", "1")?.hint == "Did you mean --max-connections?")
    #expect(failure("load", "sbs")?.hint == "Did you mean ssb?")
    #expect(failure("serve", "--zzzzzz")?.hint == "Run `martinet serve --help`.")
  }

  @Test func saysWhatIsMissingOrTooMuch() {
    #expect(failure("user", "add")?.message == "`martinet user add` needs NAME")
    #expect(failure("serve", "--data")?.message == "--data needs a value")
    #expect(failure("user", "add", "a", "b")?.message.contains("\"b\"") == true)
    #expect(failure("user", "add", "a", "--superuser=yes")?.message == "--superuser takes no value")
    #expect(failure("--data", "x")?.message == "a command must come before --data")
    #expect(failure("serve", "-p", "1")?.message == "`martinet serve` has no option -p")
  }

  @Test func takesNoSecretFromTheCommandLine() {
    let error = failure("serve", "--s3-secret", "hidden")
    #expect(error?.hint == "Set MARTINET_S3_SECRET, or write it into martinet.conf.")
    #expect(error?.message.contains("hidden") == false)
    #expect(failure("user", "add", "maria", "--password", "x") != nil)
  }
}
