package import PostgresWire

/// Where a session stands between its client and its warehouse, as a value: the types of messages in, what to do
/// with them out. It knows what the client still waits for, and so what it must be told when a warehouse is lost.
///
/// Source: PostgreSQL 15, chapter 55.2.2 "Simple Query" and 55.2.3 "Extended Query".
package struct RelayState: Equatable, Sendable {
  /// What to do with a message of the client.
  package enum Step: Equatable, Sendable {
    case forward
    /// Nobody waits for it any more.
    case drop
    /// The end of what was passed over: drop it and say that the session is ready.
    case answerReady
    /// The client says good-bye.
    case leave
  }

  /// What the front door itself tells the client.
  package enum Answer: Equatable, Sendable {
    case error
    case ready(TransactionStatus)
  }

  /// A message that a ReadyForQuery answers.
  private enum Request: Equatable {
    case query, sync
  }

  private var outstanding: [Request] = []
  /// Steps of the extended protocol were sent and no Sync behind them.
  private var hasOpenSteps = false
  /// After an error that the front door told: everything up to Sync is passed over.
  private var skipsToSync = false
  /// The client has its error for the first of what it waits for.
  private var hasError = false
  /// The client's transaction as ReadyForQuery has told it last.
  package private(set) var transaction = TransactionStatus.idle
  /// A transaction was lost while the client did not wait for anything; it must learn of it.
  package private(set) var lossIsUntold = false

  package init() {}

  /// Whether the client waits for nothing.
  package var isIdle: Bool { outstanding.isEmpty && !hasOpenSteps && !skipsToSync }

  // MARK: The client

  /// What to do with the client's next message.
  package func step(_ type: UInt8) -> Step {
    switch Unicode.Scalar(type) {
    case "X": return .leave
    case "S": return skipsToSync ? .answerReady : .forward
    case "d", "c", "f":
      // A COPY that failed: the client notices when its data has been sent.
      return skipsToSync || isIdle ? .drop : .forward
    default: return skipsToSync ? .drop : .forward
    }
  }

  /// The message goes to the warehouse.
  package mutating func forwarded(_ type: UInt8) {
    switch Unicode.Scalar(type) {
    case "Q", "F":
      outstanding.append(.query)
      hasOpenSteps = false
    case "S":
      outstanding.append(.sync)
      hasOpenSteps = false
    case "P", "B", "D", "E", "C": hasOpenSteps = true
    default: break
    }
  }

  /// The Sync was seen that ends what was passed over.
  package mutating func skipped() -> Answer {
    skipsToSync = false
    return .ready(transaction)
  }

  /// The front door answers a message itself with an error.
  package mutating func refuse(_ type: UInt8) -> [Answer] {
    switch Unicode.Scalar(type) {
    case "Q", "F", "S":
      lossIsUntold = false
      return [.error, .ready(transaction)]
    case "P", "B", "D", "E", "C":
      lossIsUntold = false
      skipsToSync = true
      return [.error]
    default: return []
    }
  }

  /// The client ends the lost transaction itself: that is as good as having been told.
  package mutating func acceptLoss() { lossIsUntold = false }

  // MARK: The warehouse

  package mutating func ready(_ status: TransactionStatus) {
    if !outstanding.isEmpty { outstanding.removeFirst() }
    transaction = status
    hasError = false
  }

  package mutating func failed() { hasError = true }

  /// A Sync will not be answered.
  package mutating func ignoredSync() {
    guard let index = outstanding.firstIndex(of: .sync) else { return }
    outstanding.remove(at: index)
    if outstanding.isEmpty { hasOpenSteps = true }
  }

  /// The warehouse has gone.
  ///
  /// - Returns: what the client must be told, in order.
  package mutating func lost() -> [Answer] {
    let isInTransaction = transaction != .idle
    let next: TransactionStatus = isInTransaction ? .failed : .idle
    defer {
      transaction = next
      outstanding = []
      hasOpenSteps = false
      hasError = false
    }
    if outstanding.isEmpty && !hasOpenSteps {
      if transaction == .inTransaction, !skipsToSync { lossIsUntold = true }
      return []
    }
    var answers: [Answer] = []
    for index in outstanding.indices {
      if index > 0 || !hasError { answers.append(.error) }
      answers.append(.ready(next))
    }
    if hasOpenSteps {
      if !outstanding.isEmpty || !hasError { answers.append(.error) }
      skipsToSync = true
    }
    return answers
  }
}
