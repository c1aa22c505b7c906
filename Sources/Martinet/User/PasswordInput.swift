import CPlatform
import Glibc
import PostgresWire

/// Where a password comes from: a file, a random generator, the terminal without echo, or a pipe. Never the
/// command line, which every user of the machine can see.
enum PasswordInput {
  static let maximumBytes = 1024

  static let options = [
    Command.Option("password-file", "FILE", "take the first line of FILE (`-` is standard input)"),
    Command.Option("generate", nil, "make a random password and print it"),
  ]

  /// The password, and whether it was made up here and must be shown.
  static func read(_ invocation: Invocation, user: String) throws(CommandError) -> (text: String, isNew: Bool)
  {
    if invocation.has("generate") {
      guard !invocation.has("password-file") else {
        throw .usage("--generate and --password-file exclude each other")
      }
      return (try generate(), true)
    }
    let text: String
    if let path = invocation.options["password-file"] {
      text = path == "-" ? try line(of: STDIN_FILENO, "standard input") : try firstLine(ofFile: path)
    } else if isatty(STDIN_FILENO) == 1 {
      text = try ask("Password for user \(user): ")
      guard try ask("Again: ") == text else { throw CommandError("the two passwords differ") }
    } else {
      text = try line(of: STDIN_FILENO, "standard input")
    }
    guard !text.isEmpty else { throw CommandError("the password is empty") }
    return (text, false)
  }

  /// 24 letters and digits: 142 bits.
  static func generate() throws(CommandError) -> String {
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789")
    // Bytes that would make some letters likelier than others are thrown away.
    let limit = UInt8(256 / letters.count * letters.count)
    var password = ""
    while password.count < 24 {
      do {
        for byte in try Cryptography.randomBytes(64) where byte < limit && password.count < 24 {
          password.append(letters[Int(byte) % letters.count])
        }
      } catch {
        throw CommandError(error.message)
      }
    }
    return password
  }

  private static func ask(_ prompt: String) throws(CommandError) -> String {
    var buffer = [CChar](repeating: 0, count: maximumBytes)
    let count = martinet_read_password(prompt, &buffer, UInt(buffer.count))
    guard count != -1 else {
      throw CommandError(
        "there is no terminal to ask for a password", hint: "Use --password-file or --generate.")
    }
    guard count >= 0 else { throw CommandError("no password was entered, or it is longer than 1024 bytes") }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func firstLine(ofFile path: String) throws(CommandError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw CommandError("cannot read \(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    return try line(of: file, path)
  }

  private static func line(of descriptor: Int32, _ name: String) throws(CommandError) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(descriptor, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw CommandError("cannot read \(name): \(String(cString: strerror(errno)))") }
      if count == 0 || byte == 10 { break }
      bytes.append(byte)
      guard bytes.count <= maximumBytes else { throw CommandError("the first line of \(name) is too long") }
    }
    if bytes.last == 13 { bytes.removeLast() }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandError("the password in \(name) is not UTF-8")
    }
    return text
  }
}
