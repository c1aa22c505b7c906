import SQLFront
import Testing

/// Statements that must not reach the engine.
enum Attacks {
  static let severalLines = [
    "SELECT * FROM--x\n'b.csv'",
    "SELECT getenv\n('HOME')",
    "SELECT * FROM\u{A0}'b.csv'",
    "SELECT\u{3000}getenv\u{2003}('x')",
    "SELECT 'a'\n'b' FROM 'b.csv'",
  ]

  static var all: [String] {
    severalLines + (tables + "\n" + functions).split(separator: "\n").map(String.init)
  }
}

@Suite("Guard") struct GuardTests {
  static let rules = Guard(
    tableFunctions: [
      "read_csv", "range", "unnest", "new_table_function", "duckdb_settings", "histogram", "histogram_values",
    ],
    scalarFunctions: [
      "lower", "sum", "getenv", "new_scalar", "current_setting", "range", "icu_collate_de", "finalize",
      "combine",
    ])

  static func refusal(_ text: String) -> SQLError? {
    do throws(SQLError) {
      for statement in try SQLScript(text).statements { try rules.check(statement) }
      return nil
    } catch {
      return error
    }
  }

  @Test("an attack is refused", arguments: Attacks.all)
  func attackIsRefused(_ text: String) {
    let refusal = Self.refusal(text)
    #expect(refusal != nil)
    if let refusal {
      #expect(
        ["42501", "0A000", "42601", "42P02", "42723", "42939", "42883", "3F000"].contains(refusal.sqlState))
    }
  }

  @Test("the list is long")
  func listIsLong() {
    #expect(Attacks.all.count >= 350)
  }

  @Test("ordinary statements pass", arguments: Self.ordinary)
  func ordinaryPasses(_ text: String) {
    #expect(Self.refusal(text) == nil)
  }

  @Test("functions of a newer engine stay closed until they are reviewed")
  func newFunctionsAreRefused() {
    #expect(Self.refusal("SELECT new_scalar(1)")?.sqlState == "42501")
    #expect(Self.refusal("SELECT * FROM new_table_function()")?.sqlState == "42501")
    #expect(Self.refusal("SELECT \"NEW_scalar\"(1)")?.sqlState == "42501")
    #expect(Self.refusal("SELECT own_macro(1)") == nil)
    #expect(Self.refusal("SELECT 'a' COLLATE de, icu_collate_de('x')") == nil)
  }

  @Test("a refusal points at the culprit")
  func refusalHasPosition() {
    let refusal = Self.refusal("SELECT 1, getenv('x')")
    #expect(refusal?.position == 10)
    #expect(refusal?.message == "permission denied for function getenv")
    #expect(Self.refusal("SELECT * FROM 'x.csv'")?.position == 14)
  }

  @Test("deep nesting neither overflows the stack nor takes long")
  func deepNesting() {
    let depth = 200_000
    let open = String(repeating: "(", count: depth)
    let close = String(repeating: ")", count: depth)
    #expect(Self.refusal("SELECT " + open + "1" + close) == nil)
    #expect(Self.refusal("SELECT * FROM " + open + "'x.csv'" + close) != nil)
    #expect(Self.refusal(open + "SELECT 1" + close) == nil)
    #expect(Self.refusal("SELECT " + String(repeating: "CASE WHEN a THEN b ELSE ", count: 20_000)) == nil)
    #expect(Self.refusal(String(repeating: "EXPLAIN ", count: 1000) + "SELECT 1") != nil)
  }

  static let ordinary = [
    "SELECT 'x.csv', \"x.csv\" FROM t", "SELECT a FROM t WHERE b = 'x.parquet'",
    "SELECT * FROM t WHERE a IS DISTINCT FROM 'x'", "SELECT * FROM t WHERE a IS NOT DISTINCT FROM 'x'",
    "SELECT extract(year FROM '2020-01-01'::date), trim('x' FROM 'xax'), substring('abc' FROM 2)",
    "SELECT trim(FROM 'x'), overlay('a' PLACING 'b' FROM 1)", "SELECT * FROM (VALUES ('a'), ('b')) v(x)",
    "INSERT INTO t VALUES ('a'), ('b')", "VALUES ('a'), ('b')",
    "UPDATE t SET a = 'x', b = 'y' FROM u WHERE t.a = u.a", "DELETE FROM t USING u WHERE t.a = u.a",
    "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET a = 'x', b = 'y'",
    "SELECT * FROM t JOIN u USING (a, b) WHERE c IN ('x', 'y') ORDER BY a DESC, 'x'",
    "SELECT a FROM t GROUP BY a, 'x' HAVING max(b) > 'x' LIMIT 10",
    "SELECT * FROM t PIVOT (sum(a) FOR b IN ('x', 'y'))", "PIVOT t ON a IN ('x', 'y') USING sum(b)",
    "PIVOT t ON a USING sum(b), max(c) GROUP BY d", "SELECT * FROM t AS a(x, y), u b WHERE x = 'a'",
    "FROM t SELECT 'a', 'b'", "SELECT * FROM generate_series(1, 3) g(i), unnest([1, 2]) AS u(j)",
    "SELECT * FROM range(10)", "SELECT lower('x'), sum(a) OVER (PARTITION BY b) FROM t",
    "SELECT current_setting('x')", "SELECT temp.x, system.y FROM temp, system",
    "WITH temp AS (SELECT 1 x) SELECT temp.x FROM temp", "SELECT a.json, a.csv FROM a",
    "CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x')", "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE VIEW v (a, b) AS SELECT 'x', 'y'", "CREATE MACRO my_macro(x) AS lower(x) || 'y'",
    "ALTER TABLE t ALTER COLUMN a TYPE int USING 'x'::int", "ALTER TABLE t RENAME TO u", "DROP TABLE t, u",
    "DROP SCHEMA s CASCADE", "TRUNCATE t", "COPY t FROM STDIN", "COPY (SELECT 'x', 'y') TO STDOUT",
    "EXPLAIN ANALYZE SELECT 'x'", "PREPARE p AS SELECT $1, 'x'", "EXECUTE p('x', 'y')",
    "DECLARE c CURSOR FOR SELECT 'x'", "SET search_path TO a, b", "SHOW search_path", "SHOW TABLES",
    "DESCRIBE t", "SUMMARIZE t", "SELECT * FROM t AT (VERSION => 3)", "SELECT * FROM lake.snapshots()",
    "SELECT * FROM lake.table_changes('t', 1, 2)", "SELECT $1, $2 FROM t WHERE a = ANY($3)",
    "SELECT a ? 'x', a #> '{b}' FROM t", "SELECT * FROM t FOR UPDATE OF t NOWAIT",
    "SELECT * FROM pg_catalog.pg_class", "SELECT * FROM information_schema.tables",
    "SELECT x FROM t ORDER BY x DESC NULLS LAST, y", "SELECT {'from': 'x', 'a': 1}",
    "GRANT SELECT ON t TO PUBLIC", "COMMENT ON TABLE t IS 'x.csv'", "CREATE INDEX ON t (a)", "VACUUM t",
  ]
}
