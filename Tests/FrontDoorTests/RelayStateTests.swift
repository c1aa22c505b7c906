import FrontDoor
import PostgresWire
import Testing

@Suite struct RelayStateTests {
  /// A session that has sent these messages.
  private func state(after types: String, transaction: TransactionStatus = .idle) -> RelayState {
    var state = RelayState()
    state.ready(transaction)
    for type in types.utf8 { state.forwarded(type) }
    return state
  }

  private func step(_ state: RelayState, _ type: Unicode.Scalar) -> RelayState.Step {
    state.step(UInt8(ascii: type))
  }

  @Test func aSessionThatWaitsForNothingLosesNothing() {
    var state = state(after: "")
    #expect(state.isIdle)
    #expect(state.lost() == [])
    #expect(!state.lossIsUntold)
    #expect(state.transaction == .idle)
  }

  @Test func everyRequestIsAnswered() {
    var state = state(after: "QPBESQ")
    #expect(!state.isIdle)
    #expect(
      state.lost() == [
        .error, .ready(.idle), .error, .ready(.idle), .error, .ready(.idle),
      ])
    #expect(state.isIdle)
  }

  @Test func anErrorIsToldOnce() {
    var state = state(after: "Q", transaction: .inTransaction)
    state.failed()
    #expect(state.lost() == [.ready(.failed)])
  }

  @Test func openStepsArePassedOverUpToSync() {
    var state = state(after: "PBE")
    #expect(state.lost() == [.error])
    #expect(!state.isIdle)
    #expect(step(state, "E") == .drop)
    #expect(step(state, "Q") == .drop)
    #expect(step(state, "S") == .answerReady)
    #expect(state.skipped() == .ready(.idle))
    #expect(step(state, "Q") == .forward)
  }

  @Test func aLostTransactionHasFailed() {
    var state = state(after: "Q", transaction: .inTransaction)
    #expect(state.lost() == [.error, .ready(.failed)])
    #expect(!state.lossIsUntold)
    #expect(state.transaction == .failed)
  }

  @Test func aTransactionThatIsLostWhileTheClientWaitsIsToldLater() {
    var state = state(after: "", transaction: .inTransaction)
    #expect(state.lost() == [])
    #expect(state.lossIsUntold)
    #expect(state.refuse(UInt8(ascii: "Q")) == [.error, .ready(.failed)])
    #expect(!state.lossIsUntold)
  }

  @Test func anExtendedQueryIsRefusedUpToSync() {
    var state = state(after: "", transaction: .inTransaction)
    _ = state.lost()
    #expect(state.refuse(UInt8(ascii: "P")) == [.error])
    #expect(step(state, "B") == .drop)
    #expect(step(state, "S") == .answerReady)
    #expect(state.skipped() == .ready(.failed))
  }

  @Test func aFailedTransactionThatIsLostStaysFailed() {
    var state = state(after: "", transaction: .failed)
    #expect(state.lost() == [])
    #expect(!state.lossIsUntold)
    #expect(state.transaction == .failed)
  }

  @Test func dataOfACopyThatFailedIsDropped() {
    var state = state(after: "Q")
    #expect(step(state, "d") == .forward)
    _ = state.lost()
    for type: Unicode.Scalar in ["d", "c", "f"] { #expect(step(state, type) == .drop) }
  }

  @Test func aSyncThatCopyIgnoresIsNotWaitedFor() {
    // As libpq sends COPY with the extended protocol.
    var state = state(after: "PBES")
    state.ignoredSync()
    #expect(!state.isIdle)
    for type in "dcS".utf8 { state.forwarded(type) }
    state.ready(.idle)
    #expect(state.isIdle)
  }

  @Test func goodByeIsGoodByeInEveryState() {
    var state = state(after: "P")
    #expect(step(state, "X") == .leave)
    _ = state.lost()
    #expect(step(state, "X") == .leave)
  }
}
