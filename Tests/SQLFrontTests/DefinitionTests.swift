import SQLFront
import Testing

@Suite("Definitions") struct DefinitionTests {
  static func statement(_ text: String) throws -> ParsedStatement {
    try #require(try SQLScript(text).statements.first)
  }

  static func table(_ text: String) throws -> CreateTable {
    guard case .createTable(let table) = try statement(text).statement else {
      throw SQLError("XX000", "no CREATE TABLE")
    }
    return table
  }

  static func refusal(_ text: String) throws -> SQLError? {
    if case .refused(let error) = try statement(text).statement { return error }
    return nil
  }

  @Test("constraints leave the engine's text and are kept as values")
  func constraints() throws {
    let text = """
      CREATE TABLE s.orders (
        id bigint PRIMARY KEY, customer int NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
        amount numeric DEFAULT 0 CHECK (amount >= 0), code text COLLATE "C" CONSTRAINT u UNIQUE,
        CONSTRAINT k FOREIGN KEY (a, b) REFERENCES x.y (c, d) MATCH FULL ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
        UNIQUE (id, code), CHECK (id > 0) NOT VALID, EXCLUDE USING gist (a WITH =)
      ) WITH (fillfactor = 70) TABLESPACE fast
      """
    let rewritten = try RewriterTests.rewrite(text.split(separator: "\n").joined(separator: " "))
    #expect(
      rewritten == [
        "CREATE TABLE s.orders ( id bigint NOT NULL , customer int NOT NULL , amount DECIMAL(38,10) DEFAULT 0 , code text )"
      ])
    let table = try Self.table(text)
    #expect(table.name == QualifiedName(schema: "s", name: "orders"))
    #expect(table.columns.map(\.name) == ["id", "customer", "amount", "code"])
    #expect(table.columns[1].isNotNull)
    #expect(table.columns[2].defaultExpression == "0")
    #expect(
      table.constraints.map(\.kind) == [
        .primaryKey, .foreignKey, .check, .unique, .foreignKey, .unique, .check, .exclusion,
      ])
    #expect(table.constraints[1].onDelete == "CASCADE")
    #expect(table.constraints[1].columns == ["customer"])
    #expect(table.constraints[2].expression == "amount >= 0")
    #expect(table.constraints[3].name == "u")
    #expect(table.constraints[4].referencedTable == QualifiedName(schema: "x", name: "y"))
    #expect(table.constraints[4].referencedColumns == ["c", "d"])
    #expect(table.constraints[4].isInitiallyDeferred)
    #expect(table.constraints[5].columns == ["id", "code"])
    #expect(table.constraints[6].isNotValid)
  }

  @Test(
    "CREATE TABLE in its forms",
    arguments: [
      ("CREATE TABLE t (PRIMARY KEY (a), a int)", ["CREATE TABLE t ( a int NOT NULL)"]),
      ("CREATE TABLE t (a int, PRIMARY KEY (a), b int)", ["CREATE TABLE t (a int NOT NULL, b int)"]),
      ("CREATE TABLE t (at timestamp)", ["CREATE TABLE t (\"at\" timestamp)"]),
      ("CREATE UNLOGGED TABLE IF NOT EXISTS t (a int)", ["CREATE TABLE IF NOT EXISTS t (a int)"]),
      ("CREATE GLOBAL TEMP TABLE t (a int) ON COMMIT DROP", ["CREATE TEMP TABLE t (a int)"]),
      (
        "CREATE TABLE t (LIKE s.u INCLUDING ALL)",
        ["CREATE TABLE \"t\" AS SELECT * FROM \"s\".\"u\" WITH NO DATA"]
      ),
      (
        "CREATE TABLE t (a, b) AS SELECT 1 x, 2 y WITH NO DATA",
        ["CREATE TABLE t (a, b) AS SELECT 1 x, 2 y WITH NO DATA"]
      ),
      (
        "CREATE TABLE t (a int, d date) PARTITIONED BY (year(d), a)",
        ["CREATE TABLE t (a int, d date)", "ALTER TABLE \"t\" SET PARTITIONED BY (year(d), a)"]
      ),
      (
        "CREATE TABLE t PARTITIONED BY (a) AS SELECT 1 a",
        [
          "CREATE TABLE t AS SELECT 1 a WITH NO DATA", "ALTER TABLE \"t\" SET PARTITIONED BY (a)",
          "INSERT INTO \"t\" SELECT 1 a",
        ]
      ),
      (
        "CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t WITH CHECK OPTION",
        ["CREATE VIEW v AS SELECT a FROM t"]
      ),
      ("CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION r", ["CREATE SCHEMA IF NOT EXISTS \"s\""]),
      ("CREATE INDEX CONCURRENTLY i ON t (a)", []), ("GRANT SELECT ON t TO PUBLIC", []),
      ("DROP TABLE IF EXISTS a, s.b CASCADE", ["DROP TABLE IF EXISTS a", "DROP TABLE IF EXISTS s.b"]),
      ("DROP SCHEMA s CASCADE", ["DROP SCHEMA s CASCADE"]), ("DROP INDEX i", []),
      ("COMMENT ON TABLE s.t IS 'it''s'", ["COMMENT ON TABLE s.t IS 'it''s'"]),
      ("COMMENT ON COLUMN s.t.a IS NULL", ["COMMENT ON COLUMN s.t.a IS NULL"]),
      ("DROP FUNCTION f(int)", ["DROP MACRO f"]),
      ("TRUNCATE a, ONLY b RESTART IDENTITY CASCADE", ["TRUNCATE TABLE a", "TRUNCATE TABLE b"]),
      (
        "ALTER TABLE ONLY t ADD a numeric PRIMARY KEY, DROP COLUMN b CASCADE, ADD CONSTRAINT c UNIQUE (a), OWNER TO r",
        ["ALTER TABLE t ADD a DECIMAL(38,10)", "ALTER TABLE t DROP COLUMN b"]
      ),
      (
        "ALTER TABLE t ALTER COLUMN a TYPE numeric COLLATE \"C\" USING a::jsonb",
        ["ALTER TABLE t ALTER COLUMN a TYPE DECIMAL(38,10) USING a::JSON"]
      ),
      ("ALTER TABLE IF EXISTS t RENAME a TO b", ["ALTER TABLE IF EXISTS t RENAME a TO b"]),
      ("ALTER TABLE t DROP CONSTRAINT IF EXISTS c", []), ("ALTER TABLE t SET (fillfactor = 1)", []),
      ("ALTER TABLE t SET PARTITIONED BY (a, b)", ["ALTER TABLE t SET PARTITIONED BY (a, b)"]),
      ("ALTER TABLE t CLUSTER ON i, REPLICA IDENTITY FULL", []),
    ])
  func forms(_ pair: (String, [String])) throws {
    #expect(try RewriterTests.rewrite(pair.0) == pair.1)
  }

  @Test("what the lake lacks is refused with a hint")
  func refusals() throws {
    for text in [
      "CREATE TABLE t (id serial)", "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)",
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) STORED)", "CREATE SEQUENCE s",
      "CREATE TABLE t (a int) PARTITION BY RANGE (a)", "CREATE TABLE t PARTITION OF u DEFAULT",
      "CREATE MATERIALIZED VIEW v AS SELECT 1", "CREATE TYPE e AS ENUM ('a')",
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ] {
      let error = try #require(try Self.refusal(text))
      #expect(error.sqlState == "0A000")
      #expect(error.hint != nil)
    }
    for text in [
      "CREATE DATABASE d", "CREATE EXTENSION e", "PREPARE TRANSACTION 'x'", "DO $$x$$", "CREATE TRIGGER t",
    ] {
      #expect(try Self.refusal(text)?.sqlState == "0A000")
    }
  }

  @Test("a view may be altered as a table")
  func alterView() throws {
    let parsed = try Self.statement("ALTER TABLE v RENAME TO w")
    #expect(try Rewriter().rewrite(parsed, isView: true).map(\.text) == ["ALTER VIEW v RENAME TO w"])
  }

  @Test("indexes, comments, roles, privileges are values")
  func values() throws {
    guard
      case .createIndex(let made) = try Self.statement(
        "CREATE UNIQUE INDEX IF NOT EXISTS i ON s.t USING hash (a, lower(b) DESC) INCLUDE (c) WHERE a > 0"
      ).statement
    else { throw SQLError("XX000", "no index") }
    #expect(made.isUnique && made.ifNotExists && made.method == "hash")
    #expect(made.keys == ["a", "lower(b) DESC"])
    #expect(made.included == ["c"])
    #expect(made.predicate == "a > 0")
    guard case .comment(let comment) = try Self.statement("COMMENT ON COLUMN s.t.a IS E'x\\ty'").statement
    else { throw SQLError("XX000", "no comment") }
    #expect(comment.object == QualifiedName(schema: "s", name: "t"))
    #expect(comment.column == "a")
    #expect(comment.comment == "x\ty")
    guard
      case .role(let role) = try Self.statement("CREATE USER u WITH LOGIN PASSWORD 'p' VALID UNTIL 'x'")
        .statement
    else { throw SQLError("XX000", "no role") }
    #expect(role.names == ["u"])
    #expect(role.password == .some("p"))
    #expect(role.options == ["login", "valid until"])
    guard
      case .privileges(let grant) = try Self.statement(
        "GRANT SELECT (a), INSERT ON ALL TABLES IN SCHEMA s TO r, PUBLIC WITH GRANT OPTION"
      ).statement
    else { throw SQLError("XX000", "no grant") }
    #expect(grant.privileges == ["select", "insert"])
    #expect(grant.objectKind == "tables")
    #expect(grant.roles == ["r", "public"])
  }
}
