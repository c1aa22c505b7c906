import DuckDB
import PostgresWire
import Testing

@testable import WarehouseServer

@Suite struct PostgresErrorTests {
  @Test(
    arguments: [
      (
        .catalog, "Table with name nope does not exist!\nDid you mean \"pg_enum\"?", "42P01",
        "relation \"nope\" does not exist"
      ),
      (
        .catalog, "Table with name \"t\" does not exist because schema \"nos\" does not exist.", "42P01",
        "relation \"nos.t\" does not exist"
      ),
      (
        .binder, "Referenced column \"nope\" not found in FROM clause!\nCandidate bindings: \"a\"", "42703",
        "column \"nope\" does not exist"
      ),
      (
        .binder, "Table \"t\" does not have a column named \"nope\"\n\nCandidate bindings: : \"a\"", "42703",
        "column t.nope does not exist"
      ),
      (
        .binder,
        "No function matches the given name and argument types 'upper(DATE)'. You might need to add", "42883",
        "function upper(date) does not exist"
      ),
      (
        .binder,
        "Could not choose a best candidate function for the function call "
          + "\"+(STRING_LITERAL, INTEGER_LITERAL)\". In order", "42883",
        "operator does not exist: unknown + integer"
      ),
      (
        .conversion, "Could not convert string 'abc' to INT32", "22P02",
        "invalid input syntax for type integer: \"abc\""
      ),
      (
        .conversion, "date field value out of range: \"2020-13-45\"", "22008",
        "date/time field value out of range: \"2020-13-45\""
      ),
      (
        .outOfRange, "Overflow in addition of INT32 (2000000000 + 2000000000)!", "22003",
        "integer out of range"
      ),
      (
        .constraint, "NOT NULL constraint failed: t.a", "23502",
        "null value in column \"a\" of relation \"t\" violates not-null constraint"
      ),
      (.invalidInput, "division by zero", "22012", "division by zero"),
      (.parser, "syntax error at or near \"selec\"", "42601", "syntax error at or near \"selec\""),
    ] as [(DuckDBErrorType, String, String, String)])
  func enginesErrorsInPostgreSQLsWords(
    type: DuckDBErrorType, message: String, state: String, wording: String
  ) {
    let error = PostgresError(DuckDBError(type: type, message: message))
    #expect(error.sqlState.code == state)
    #expect(error.message == wording)
  }

  @Test func conflictsMayBeRepeated() {
    let error = PostgresError(
      DuckDBError(type: .transaction, message: "Failed to commit DuckLake transaction.\nTransaction conflict")
    )
    #expect(error.sqlState == .serializationFailure)
  }
}
