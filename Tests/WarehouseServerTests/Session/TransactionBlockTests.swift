import PostgresWire
import Testing

@testable import WarehouseServer

@Suite struct TransactionBlockTests {
  @Test func statementsAloneNeedNothing() {
    var block = TransactionBlock()
    #expect(block.fail() == .nothing)
    #expect(block.status == .idle)
    #expect(block.commit() == (.nothing, true, false))
  }

  @Test func beginAndCommit() {
    var block = TransactionBlock()
    #expect(block.begin() == (.begin, false))
    #expect(block.status == .inTransaction)
    #expect(block.begin() == (.nothing, true))
    #expect(block.commit() == (.commit, false, false))
    #expect(block.status == .idle)
  }

  @Test func commitAfterAnErrorIsARollback() {
    var block = TransactionBlock()
    _ = block.begin()
    #expect(block.fail() == .rollback)
    #expect(block.status == .failed)
    #expect(block.fail() == .nothing)
    #expect(block.commit() == (.nothing, false, true))
    #expect(block.status == .idle)
  }

  @Test func severalStatementsShareATransaction() {
    var block = TransactionBlock()
    #expect(block.beginImplicit() == .begin)
    #expect(block.beginImplicit() == .nothing)
    #expect(block.status == .idle)
    #expect(block.fail() == .rollback)
    #expect(block.state == .idle)
  }

  @Test func beginMakesAnImplicitTransactionExplicit() {
    var block = TransactionBlock()
    _ = block.beginImplicit()
    #expect(block.begin() == (.nothing, false))
    #expect(block.status == .inTransaction)
  }

  @Test func savepointsWithoutWritesAreKept() {
    var block = TransactionBlock()
    _ = block.begin()
    block.savepoint("a")
    block.savepoint("b")
    #expect(block.rollback(to: "a") == .kept)
    #expect(block.rollback(to: "b") == .unknown)
    #expect(block.release("a") == true)
    #expect(block.release("a") == false)
  }

  @Test func writesBehindASavepointCannotBeUndoneAlone() {
    var block = TransactionBlock()
    _ = block.begin()
    block.wrote()
    block.savepoint("a")
    #expect(block.rollback(to: "a") == .kept)
    block.wrote()
    #expect(block.rollback(to: "a") == .impossible)
  }

  @Test func aFailedTransactionWithoutWritesStartsAgain() {
    var block = TransactionBlock()
    _ = block.begin()
    block.savepoint("a")
    _ = block.fail()
    #expect(block.rollback(to: "a") == .restarted)
    #expect(block.status == .inTransaction)
    block.wrote()
    _ = block.fail()
    #expect(block.rollback(to: "a") == .impossible)
    #expect(block.status == .failed)
  }

  @Test func anErrorThatTheEngineSurvivesLeavesTheSavepoint() {
    var block = TransactionBlock()
    _ = block.begin()
    block.wrote()
    block.savepoint("a")
    #expect(block.fail(engineSurvives: true) == .nothing)
    #expect(block.status == .failed)
    #expect(block.rollback(to: "a") == .kept)
    #expect(block.status == .inTransaction)
    #expect(block.fail(engineSurvives: true) == .nothing)
    #expect(block.commit() == (.rollback, false, true))
  }

  @Test func anErrorWithoutASavepointEndsTheEnginesTransaction() {
    var block = TransactionBlock()
    _ = block.begin()
    #expect(block.fail(engineSurvives: true) == .rollback)
  }
}
