/// Why a command ends without having done its work.
struct CommandError: Error {
  /// How the program ends. What calls it can tell the kinds apart.
  enum Exit: Int32, Sendable {
    case success = 0
    /// Something failed while running.
    case failure = 1
    /// The command line, the environment or the configuration file is wrong.
    case usage = 2
    /// Another process has the data folder.
    case inUse = 3
    /// Ended by a second signal before everything was stopped.
    case aborted = 4
  }

  let exit: Exit
  let message: String
  let hint: String?

  init(_ message: String, hint: String? = nil, exit: Exit = .failure) {
    self.message = message
    self.hint = hint
    self.exit = exit
  }

  static func usage(_ message: String, _ hint: String? = nil) -> CommandError {
    CommandError(message, hint: hint, exit: .usage)
  }
}
