import Testing

@testable import Martinet

/// The help and the settings page say what the tables say.
@Suite struct DocumentationTests {
  private var root: String {
    // Tests/MartinetTests/DocumentationTests.swift
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
  }

  @Test func theSettingsPageHoldsEverySetting() throws {
    let page = try #require(try Martinet.readFile("\(root)/docs/settings.md"))
    #expect(
      page.contains(SettingsCommand.markdown),
      "docs/settings.md differs from what `martinet settings --markdown` prints")
    for command in Commands.all {
      for option in command.options {
        #expect(page.contains("`--\(option.name)"), "docs/settings.md lacks --\(option.name)")
      }
    }
  }

  @Test func everyCommandHasHelpThatTeaches() throws {
    for command in Commands.all {
      let text = try Help.text(command.path, commands: Commands.all)
      #expect(text.contains("Usage: martinet \(command.name)"))
      #expect(!command.examples.isEmpty, "\(command.name) has no example")
      for example in command.examples { #expect(text.contains(example.line)) }
      for option in command.options { #expect(text.contains("--\(option.name)")) }
      for name in command.settings {
        let setting = try #require(SettingTable.named(name), "\(command.name) uses no setting \(name)")
        #expect(text.contains(setting.isSecret ? setting.environment : "--\(name) "))
      }
      for line in text.split(separator: "\n") where !line.contains("martinet ") {
        #expect(line.count <= 110, "a line of \(command.name) is too long: \(line)")
      }
    }
    let overview = try Help.text([], commands: Commands.all)
    for command in Commands.all { #expect(overview.contains(command.name)) }
    #expect(throws: CommandError.self) { try Help.text(["none"], commands: Commands.all) }
  }

  @Test func everyExampleIsACommandLineThatIsUnderstood() throws {
    for command in Commands.all {
      for example in command.examples {
        let words = example.line.split(separator: " ").map { word in String(word.filter { $0 != "'" }) }
        let arguments = words.drop { $0 != "martinet" }.dropFirst()
        // A quoted word with blanks is no single word here; the parser's answer to it is tried elsewhere.
        if example.line.contains("'postgres:") { continue }
        guard
          case .run(let found, _, _, _) = try ArgumentParser(commands: Commands.all).parse(Array(arguments))
        else {
          Issue.record("\(example.line) runs no command")
          continue
        }
        #expect(found.name == command.name)
      }
    }
  }
}
