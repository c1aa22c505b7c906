import Glibc

/// How far something is, on standard error: one line that changes on a terminal, otherwise a line every few
/// seconds.
final class ProgressLine {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var lastShown: Int?
  private var needsNewline = false
  /// Between lines where there is no terminal.
  private static let pauseSeconds = 2

  func show(_ step: String, fraction: Double) {
    let percent = Int(max(0, min(1, fraction)) * 100)
    let text = "\(percent) % \(step)"
    if isTerminal {
      // Back to the margin, then everything behind the cursor is cleared.
      Output.write("\r\(text)\u{1b}[K", to: STDERR_FILENO)
      needsNewline = true
      return
    }
    let now = time(nil)
    if let lastShown, now - lastShown < Self.pauseSeconds { return }
    lastShown = now
    Output.printError(text)
  }

  /// Leaves the line.
  func end() {
    if needsNewline { Output.write("\r\u{1b}[K", to: STDERR_FILENO) }
    needsNewline = false
  }
}
