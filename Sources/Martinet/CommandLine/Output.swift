import Glibc

/// Whole texts to a file descriptor, past the buffers of the C library, so that nothing is lost whichever way
/// the program ends.
enum Output {
  /// Results of a command.
  static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// What went wrong, and progress.
  static func printError(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        // Nobody reads it any more; the work goes on.
        if count <= 0 { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}
