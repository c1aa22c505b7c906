/// A subcommand as data: what it takes, and what its help says.
struct Command: Sendable {
  /// An argument without a name.
  struct Operand: Sendable {
    let name: String
    let description: String
    var isOptional = false
    /// The values it may have; empty if anything goes.
    var choices: [String] = []
  }

  /// An option of this command alone; settings are options too.
  struct Option: Sendable {
    let name: String
    /// What stands behind it; nil for a flag.
    let placeholder: String?
    let description: String

    init(_ name: String, _ placeholder: String? = nil, _ description: String) {
      self.name = name
      self.placeholder = placeholder
      self.description = description
    }
  }

  struct Example: Sendable {
    let line: String
    let meaning: String
    init(_ line: String, _ meaning: String) {
      self.line = line
      self.meaning = meaning
    }
  }

  /// `user add`: the words that call it.
  let path: [String]
  /// One line.
  let summary: String
  /// What somebody should know who uses it for the first time.
  let discussion: String
  var operands: [Operand] = []
  var options: [Option] = []
  /// Names of the settings that it reads.
  var settings: [String] = []
  var examples: [Example] = []
  /// Runs it. Throws `CommandError`.
  let run: @Sendable (Invocation) throws(CommandError) -> Void

  var name: String { path.joined(separator: " ") }
}

/// A command with what it was called with.
struct Invocation: Sendable {
  /// In the order of the command's operands.
  var operands: [String] = []
  /// Options of the command by name; the value of a flag is empty.
  var options: [String: String] = [:]
  var settings: Settings

  func has(_ option: String) -> Bool { options[option] != nil }
}
