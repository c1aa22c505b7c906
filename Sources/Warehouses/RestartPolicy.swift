/// When a process that ended may be started again, as a value: times in, pauses out.
package struct RestartPolicy: Equatable, Sendable {
  /// A process that lived so long was sound.
  static let soundMilliseconds = 10_000
  /// The longest pause.
  static let longestPauseMilliseconds = 30_000

  /// How many times in a row it ended soon after its start.
  package private(set) var quickEnds = 0

  package init() {}

  /// The process ended by itself.
  ///
  /// - Returns: how long to wait before the next start, in milliseconds. The first time it is at once.
  package mutating func ended(afterMilliseconds lifetime: Int) -> Int {
    if lifetime >= Self.soundMilliseconds {
      quickEnds = 0
      return 0
    }
    quickEnds += 1
    return quickEnds == 1 ? 0 : min(Self.longestPauseMilliseconds, 250 << min(quickEnds - 2, 16))
  }

  /// Whether it ends as soon as it is started, again and again.
  package var isCrashLoop: Bool { quickEnds >= 3 }
}
