import CPlatform
import Glibc

/// A signal that asks the process to end or to read its configuration again.
package enum TerminationSignal: Sendable {
  case terminate, interrupt, hangUp
}

/// Signals are not handled in handlers: they are blocked everywhere and the main thread waits for them.
package enum Signals {
  /// Blocks SIGTERM, SIGINT and SIGHUP and ignores SIGPIPE. Call in the main thread before any other
  /// thread starts: threads inherit the mask (and so do child processes, which must unblock them).
  package static func block() {
    _ = martinet_signals_block()
  }

  /// Waits for one of the blocked signals; nil when the time is over.
  package static func wait(timeoutMilliseconds: Int? = nil) -> TerminationSignal? {
    switch martinet_signals_wait(Int64(timeoutMilliseconds ?? -1)) {
    case SIGTERM: .terminate
    case SIGINT: .interrupt
    case SIGHUP: .hangUp
    default: nil
    }
  }

  /// Ignores SIGPIPE, once: writing to a stream whose peer left is an error, never the end of the process.
  static let ignoreBrokenPipe: Void = martinet_ignore_sigpipe()
}
