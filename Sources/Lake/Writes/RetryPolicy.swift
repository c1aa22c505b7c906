package import DuckDB

/// What to do after a failed statement or commit.
package enum RetryDecision: Hashable, Sendable {
  /// Run the whole transaction again after a pause, if nothing of it was shown to the client.
  case retry(afterMilliseconds: Int)
  /// A conflict that must be given to the client as 40001.
  case giveUp
  /// No conflict: the error stands.
  case fail
}

/// When and after which pause a write that met another one is run again.
package struct RetryPolicy: Hashable, Sendable {
  /// How often a statement is run in all.
  package var attempts = 8
  /// The first pause; each further one is twice as long.
  package var firstPauseMilliseconds = 20
  package var longestPauseMilliseconds = 1_000

  package init() {}

  /// - Parameter attempt: how often the statement has run, counted from 1.
  package func decision(for error: DuckDBError, attempt: Int) -> RetryDecision {
    guard LakeFailure(error) == .conflict else { return .fail }
    guard attempt < attempts else { return .giveUp }
    let doubled = firstPauseMilliseconds << min(attempt - 1, 16)
    let pause = min(doubled, longestPauseMilliseconds)
    // Half of the pause is random, so that two writers that met do not meet again.
    return .retry(afterMilliseconds: pause / 2 + Int.random(in: 0...(pause - pause / 2)))
  }
}
