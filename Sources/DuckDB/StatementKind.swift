/// What a statement does, with the numbers of `duckdb_statement_type` in duckdb.h 1.5.5.
package enum StatementKind: UInt32, Sendable, CaseIterable {
  case invalid = 0
  case select = 1
  case insert = 2
  case update = 3
  case explain = 4
  case delete = 5
  case prepare = 6
  case create = 7
  case execute = 8
  case alter = 9
  case transaction = 10
  case copy = 11
  case analyze = 12
  case variableSet = 13
  case createFunction = 14
  case drop = 15
  case export = 16
  case pragma = 17
  case vacuum = 18
  case call = 19
  case set = 20
  case load = 21
  case relation = 22
  case `extension` = 23
  case logicalPlan = 24
  case attach = 25
  case detach = 26
  case multi = 27
  case copyDatabase = 28
  case updateExtensions = 29
  case mergeInto = 30
}
