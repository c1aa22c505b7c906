import SQLFront
import Testing

@Suite("Statements") struct StatementTests {
  static func statement(_ text: String) throws -> ParsedStatement {
    try #require(try SQLScript(text).statements.first)
  }

  @Test("texts split at semicolons; empty statements vanish")
  func split() throws {
    let script = try SQLScript(";; SELECT ';' ; -- ;\n; SELECT $$;$$ /* ; */; ")
    #expect(script.statements.map(\.text) == ["SELECT ';'", "SELECT $$;$$"])
    #expect(script.statements.map(\.byteRange.lowerBound) == [3, 23])
    #expect(try SQLScript(" -- nothing").statements.isEmpty)
  }

  @Test(
    "tag, write, target",
    arguments: [
      ("SELECT 1", "SELECT", false, nil), ("(SELECT 1) UNION SELECT 2", "SELECT", false, nil),
      ("WITH a AS (SELECT 1) SELECT 1", "SELECT", false, nil), ("VALUES (1)", "SELECT", false, nil),
      ("TABLE t", "SELECT", false, nil), ("FROM t", "SELECT", false, nil),
      ("INSERT INTO s.t VALUES (1)", "INSERT 0", true, "t"), ("UPDATE ONLY t SET a = 1", "UPDATE", true, "t"),
      ("WITH a AS (SELECT 1) DELETE FROM t", "DELETE", true, "t"),
      ("MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE", "MERGE", true, "t"),
      ("WITH a AS (UPDATE t SET a = 1 RETURNING *) SELECT 1", "SELECT", true, nil),
      ("CREATE TABLE t AS SELECT 1", "SELECT", true, "t"),
      ("CREATE TABLE t (a int)", "CREATE TABLE", true, "t"),
      ("CREATE VIEW v AS SELECT 1", "CREATE VIEW", true, "v"), ("DROP TABLE t", "DROP TABLE", true, "t"),
      ("ALTER TABLE t ADD a int", "ALTER TABLE", true, "t"), ("TRUNCATE t", "TRUNCATE TABLE", true, "t"),
      ("COPY t FROM STDIN", "COPY", true, "t"), ("COPY t TO STDOUT", "COPY", false, "t"),
      ("BEGIN", "BEGIN", false, nil), ("END", "COMMIT", false, nil), ("ABORT", "ROLLBACK", false, nil),
      ("EXPLAIN DELETE FROM t", "EXPLAIN", false, nil),
      ("EXPLAIN ANALYZE DELETE FROM t", "EXPLAIN", true, nil),
      ("DEALLOCATE ALL", "DEALLOCATE ALL", false, nil), ("CLOSE ALL", "CLOSE CURSOR ALL", false, nil),
      ("DISCARD ALL", "DISCARD ALL", false, nil), ("CREATE INDEX ON t (a)", "CREATE INDEX", true, "t"),
    ])
  func facts(_ row: (String, String, Bool, String?)) throws {
    let parsed = try Self.statement(row.0)
    #expect(parsed.commandTag == row.1)
    #expect(parsed.isWrite == row.2)
    #expect(parsed.target?.name == row.3)
  }

  @Test("parameters, catalogs, locks")
  func details() throws {
    #expect(try Self.statement("SELECT $2, '$9', $1").parameterCount == 2)
    for text in ["SELECT * FROM pg_class", "SELECT 'x'::regclass", "SELECT * FROM information_schema.tables"]
    {
      #expect(try Self.statement(text).mentionsCatalog)
    }
    #expect(try !Self.statement("SELECT current_date, has FROM page_views").mentionsCatalog)
    guard case .query(let query) = try Self.statement("SELECT 1 FOR NO KEY UPDATE").statement else { return }
    #expect(query.locksRows)
  }

  @Test("transactions")
  func transactions() throws {
    guard
      case .begin(let modes) = try Self.statement(
        "START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY, NOT DEFERRABLE"
      ).statement
    else { throw SQLError("XX000", "no BEGIN") }
    #expect(modes == TransactionModes(isolation: "repeatable read", readOnly: true, deferrable: false))
    guard
      case .rollbackToSavepoint("a b") = try Self.statement("ROLLBACK WORK TO SAVEPOINT \"a b\"").statement
    else { throw SQLError("XX000", "no ROLLBACK TO") }
    guard case .commit(chain: true) = try Self.statement("COMMIT AND CHAIN").statement
    else { throw SQLError("XX000", "no COMMIT") }
  }

  @Test("settings")
  func settings() throws {
    func set(_ text: String) throws -> SetStatement {
      guard case .set(let value) = try Self.statement(text).statement else {
        throw SQLError("XX000", "no SET")
      }
      return value
    }
    #expect(try set("SET search_path TO a, \"B c\", 'd'").text == "a, B c, d")
    #expect(try set("SET LOCAL statement_timeout = -1").isLocal)
    #expect(try set("SET LOCAL statement_timeout = -1").values == [.number("-1")])
    #expect(try set("SET TIME ZONE 'Europe/Paris'").name == "timezone")
    #expect(try set("SET SESSION TimeZone TO DEFAULT").values == nil)
    #expect(try set("SET NAMES 'utf8'").name == "client_encoding")
    #expect(try set("SET ROLE none").text == "none")
    #expect(try set("SET SESSION AUTHORIZATION x").name == "session_authorization")
    #expect(try set("SET my.option = on").name == "my.option")
    #expect(try set("SET standard_conforming_strings=on").text == "on")
    guard
      case .show("transaction_isolation") = try Self.statement("SHOW TRANSACTION ISOLATION LEVEL").statement
    else { throw SQLError("XX000", "no SHOW") }
    guard case .reset(nil) = try Self.statement("RESET ALL").statement else {
      throw SQLError("XX000", "no RESET")
    }
  }

  @Test(
    "FETCH in every direction",
    arguments: [
      ("FETCH c", .forward(1)), ("FETCH NEXT FROM c", .forward(1)), ("FETCH PRIOR c", .forward(-1)),
      ("FETCH FIRST IN c", .first), ("FETCH LAST c", .last), ("FETCH ABSOLUTE -2 c", .absolute(-2)),
      ("FETCH RELATIVE 3 FROM c", .relative(3)), ("FETCH 10 FROM c", .forward(10)),
      ("FETCH -3 c", .forward(-3)),
      ("FETCH ALL c", .forwardAll), ("FETCH FORWARD c", .forward(1)), ("FETCH FORWARD 5 c", .forward(5)),
      ("FETCH FORWARD ALL IN c", .forwardAll), ("FETCH BACKWARD c", .forward(-1)),
      ("FETCH BACKWARD 5 c", .forward(-5)), ("FETCH BACKWARD ALL c", .backwardAll),
      ("FETCH FROM c", .forward(1)),
      ("MOVE 7 c", .forward(7)), ("FETCH next", .forward(1)),
    ] as [(String, FetchStatement.Direction)])
  func fetch(_ pair: (String, FetchStatement.Direction)) throws {
    guard case .fetch(let fetch) = try Self.statement(pair.0).statement else {
      throw SQLError("XX000", "no FETCH")
    }
    #expect(fetch.direction == pair.1)
    #expect(fetch.cursor == (pair.0 == "FETCH next" ? "next" : "c"))
    #expect(fetch.isMove == pair.0.hasPrefix("MOVE"))
  }

  @Test("COPY, old and new syntax")
  func copy() throws {
    func options(_ text: String) throws -> CopyOptions {
      guard case .copy(let copy) = try Self.statement(text).statement else {
        throw SQLError("XX000", "no COPY")
      }
      return copy.options
    }
    let new = try options(
      "COPY s.t (a, \"B\") FROM STDIN WITH (FORMAT csv, HEADER true, NULL 'x', FORCE_NULL (a), QUOTE '''', ENCODING 'utf8')"
    )
    #expect(new.format == .csv && new.header == .on && new.null == "x" && new.quote == UInt8(ascii: "'"))
    #expect(new.escape == UInt8(ascii: "'") && new.delimiter == UInt8(ascii: ","))
    #expect(new.forceNull == .some(["a"]))
    let old = try options("COPY t TO STDOUT CSV HEADER DELIMITER AS ';' FORCE QUOTE *")
    #expect(old.format == .csv && old.delimiter == UInt8(ascii: ";") && old.forceQuote == .all)
    #expect(try options("COPY BINARY t FROM STDIN").format == .binary)
    #expect(try options("COPY (SELECT 1) TO STDOUT WITH BINARY").format == .binary)
    #expect(try options("COPY t FROM STDIN").null == "\\N")
    for text in [
      "COPY t FROM STDIN (FORMAT xml)", "COPY t FROM STDIN (FORMAT binary, DELIMITER ',')",
      "COPY t FROM STDIN (QUOTE 'x')", "COPY t FROM STDIN (FORMAT csv, FORCE_QUOTE (a))",
      "COPY t FROM STDIN (DELIMITER 'ab')",
      "COPY t FROM STDIN (NOPE)",
    ] {
      #expect(throws: SQLError.self) { try SQLScript(text) }
    }
  }

  @Test("prepared statements and EXPLAIN")
  func prepared() throws {
    guard
      case .prepare(let prepare) = try Self.statement("PREPARE p (int, numeric(9,2)) AS SELECT $1").statement
    else { throw SQLError("XX000", "no PREPARE") }
    #expect(prepare.types == ["int", "numeric(9,2)"])
    #expect(prepare.statement.text == "SELECT $1")
    guard case .execute(let execute) = try Self.statement("EXECUTE p(1, f(2, 3), ',')").statement
    else { throw SQLError("XX000", "no EXECUTE") }
    #expect(execute.arguments == ["SELECT 1", "SELECT f(2, 3)", "SELECT ','"])
    guard
      case .explain(let explain) = try Self.statement("EXPLAIN (ANALYZE, VERBOSE off, FORMAT JSON) SELECT 1")
        .statement
    else { throw SQLError("XX000", "no EXPLAIN") }
    #expect(explain.analyze && !explain.verbose && explain.format == .json)
  }

  @Test(
    "a syntax error points at its token",
    arguments: [
      ("SELEC 1", "syntax error at or near \"SELEC\"", 0),
      ("BEGIN nope", "syntax error at or near \"nope\"", 6),
      ("DECLARE c CURSOR", "syntax error at end of input", 16),
      ("COPY t FROM", "syntax error at end of input", 11),
      ("CREATE TABLE t (a int,)", "syntax error at or near \")\"", 22),
      ("DROP TABLE", "syntax error at end of input", 10),
    ])
  func syntaxErrors(_ row: (String, String, Int)) {
    do throws(SQLError) {
      for statement in try SQLScript(row.0).statements {
        if case .refused(let error) = statement.statement { throw error }
      }
      Issue.record("no error")
    } catch {
      #expect(error.message == row.1)
      #expect(error.position == row.2)
    }
  }
}
