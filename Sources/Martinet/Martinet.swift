import Glibc

/// The command line of Martinet.
public enum Martinet {
  /// Runs the program with the arguments and the environment of the process, and ends it.
  public static func main() -> Never {
    // What the program writes is for its own user, whatever the shell says.
    umask(0o077)
    let status = run(Array(CommandLine.arguments.dropFirst()), environment: processEnvironment())
    exit(status)
  }

  static func run(_ arguments: [String], environment: [String: String]) -> Int32 {
    do throws(CommandError) {
      switch try ArgumentParser(commands: Commands.all).parse(arguments) {
      case .help(let words): Output.print(try Help.text(words, commands: Commands.all))
      case .version: Output.print(VersionCommand.text)
      case .run(let command, let operands, let options, let values):
        let settings = try Settings(
          commandLine: values, environment: environment,
          file: { (path) throws(CommandError) in try readFile(path) })
        try command.run(Invocation(operands: operands, options: options, settings: settings))
      }
      return CommandError.Exit.success.rawValue
    } catch {
      Output.printError("martinet: \(error.message)" + (error.hint.map { "\n\($0)" } ?? ""))
      return error.exit.rawValue
    }
  }

  private static func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    for setting in SettingTable.all {
      if let value = getenv(setting.environment) { variables[setting.environment] = String(cString: value) }
    }
    return variables
  }

  /// The text of a file; nil if there is none.
  static func readFile(_ path: String) throws(CommandError) -> String? {
    guard let file = fopen(path, "re") else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw CommandError("cannot read \(path): \(String(cString: strerror(errno)))", exit: .usage)
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 8192)
    while bytes.count <= 1 << 20 {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    guard bytes.count <= 1 << 20, let text = String(validating: bytes, as: UTF8.self) else {
      throw .usage("\(path) is no settings file: it is not UTF-8 or has over a mebibyte")
    }
    return text
  }
}
