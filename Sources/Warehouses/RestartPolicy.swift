/// When a process that ended may be started again, as a value: times in, pauses out.
package struct RestartPolicy: Equatable, Sendable {
  /// So many of them in a row cost nothing.
  static let freeEnds = 3
  /// So many are a loop: statements are refused instead of waiting.
  static let loopEnds = 6
  /// The longest pause.
  static let longestPauseMilliseconds = 30_000

  /// How many times in a row it ended before it could be used.
  package private(set) var quickEnds = 0

  package init() {}

  /// The process ended by itself.
  ///
  /// - Parameter wasReady: whether it could be used. Then what ended it came from outside or from a statement, and
  ///   the next start is at once.
  /// - Returns: how long to wait before the next start, in milliseconds.
  package mutating func ended(wasReady: Bool) -> Int {
    if wasReady {
      quickEnds = 0
      return 0
    }
    quickEnds += 1
    guard quickEnds > Self.freeEnds else { return 0 }
    return min(Self.longestPauseMilliseconds, 250 << min(quickEnds - Self.freeEnds - 1, 16))
  }

  /// Whether it ends as soon as it is started, again and again.
  package var isCrashLoop: Bool { quickEnds >= Self.loopEnds }
}
