import SQLFront
import Testing

@Suite("Rewriter") struct RewriterTests {
  static func rewrite(_ text: String, _ parameters: Rewriter.Parameters = .asWritten) throws -> [String] {
    try SQLScript(text).statements.flatMap { try Rewriter().rewrite($0, parameters: parameters) }.map {
      // Blanks that only separate are of no interest.
      $0.text.split(separator: " ").joined(separator: " ")
    }
  }

  static func failure(_ text: String) -> SQLError? {
    do throws(SQLError) {
      for statement in try SQLScript(text).statements { _ = try Rewriter().rewrite(statement) }
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "a statement becomes the engine's",
    arguments: [
      ("SELECT a FROM t", "SELECT a FROM t"),
      ("SELECT a FROM pg_catalog.pg_class c", "SELECT a FROM pg_class c"),
      ("SELECT a FROM \"lake\".pg_catalog.pg_class", "SELECT a FROM pg_class"),
      ("SELECT pg_catalog.lower(a) x FROM t", "SELECT lower(a) x FROM t"),
      (
        "SELECT a FROM \"db\".INFORMATION_SCHEMA.columns",
        "SELECT a FROM martinet_catalog.information_schema_.columns"
      ),
      ("SELECT a FROM \"INFORMATION_SCHEMA\".x", "SELECT a FROM \"INFORMATION_SCHEMA\".x"),
      ("SELECT a FROM pg_temp.t", "SELECT a FROM temp.main.t"),
      ("SELECT a FROM t WHERE a OPERATOR(pg_catalog.~) '^x$'", "SELECT a FROM t WHERE a @~ '^x$'"),
      ("SELECT a FROM t WHERE a OPERATOR(pg_catalog.=) 1", "SELECT a FROM t WHERE a = 1"),
      ("SELECT a FROM t ORDER BY a COLLATE \"C\"", "SELECT a FROM t ORDER BY a"),
      ("SELECT a FROM t ORDER BY a COLLATE pg_catalog.\"default\" DESC", "SELECT a FROM t ORDER BY a DESC"),
      ("SELECT a FROM t ORDER BY a COLLATE nocase", "SELECT a FROM t ORDER BY a COLLATE nocase"),
      ("SELECT a FROM t -- 'x\n WHERE b /* ' */ = 1", "SELECT a FROM t \n WHERE b = 1"),
      ("SELECT\u{A0}a FROM t", "SELECT a FROM t"),
      ("SELECT E'a\\'b' x, $$it's$$ y, U&'d\\0061t' z", "SELECT 'a''b' x, 'it''s' y, 'dat' z"),
      (
        "SELECT 'pg_catalog.x', \"pg_catalog.x\" FROM t",
        "SELECT 'pg_catalog.x' AS \"?column?\", \"pg_catalog.x\" FROM t"
      ),
      ("SELECT X'1F' x, B'01' y, 0x1F z, 0b11 w", "SELECT '00011111'::BIT x, '01'::BIT y, 31 z, 3 w"),
      ("SELECT a$b FROM t", "SELECT \"a$b\" FROM t"),
      ("SELECT a::numeric x, a::numeric(9,2) y", "SELECT a::DECIMAL(38,10) x, a::numeric(9,2) y"),
      ("SELECT CAST(a AS decimal) x, decimal FROM t", "SELECT CAST(a AS DECIMAL(38,10)) x, decimal FROM t"),
      ("SELECT a::float x, a::float(24) y, a::real z", "SELECT a::DOUBLE x, a::REAL y, a::real z"),
      ("SELECT a::timestamp(3) with time zone x", "SELECT a::timestamp with time zone x"),
      ("SELECT a::pg_catalog.text x, a::jsonb y, a::name[] z", "SELECT a::text x, a::JSON y, a::VARCHAR[] z"),
      ("SELECT '{1,2}'::int[] x", "SELECT ARRAY['1', '2']::int[] x"),
      (
        "SELECT '{{a,\"b \\\" c\"},{NULL,d}}'::text[] x",
        "SELECT ARRAY[ARRAY['a', 'b \" c'], ARRAY[NULL, 'd']]::text[] x"
      ),
      ("SELECT '{}'::text[] x, '{1'::text x", "SELECT ARRAY[]::text[] x, '{1'::text x"),
      ("SELECT a FROM t WHERE a = ANY('{1,2}')", "SELECT a FROM t WHERE a IN ('1', '2')"),
      ("SELECT a FROM t WHERE a <> ALL ('{x}')", "SELECT a FROM t WHERE a NOT IN ('x')"),
      ("SELECT a FROM t WHERE a = ANY('{}')", "SELECT a FROM t WHERE a IN (SELECT NULL WHERE FALSE)"),
      ("SELECT a FROM t WHERE a > ANY('{1}')", "SELECT a FROM t WHERE a > ANY(ARRAY['1'])"),
      ("SELECT a FROM t WHERE a = ANY(ARRAY[1])", "SELECT a FROM t WHERE a = ANY(ARRAY[1])"),
      ("SELECT generate_series(1, 3)", "SELECT unnest(generate_series(1, 3)) AS \"generate_series\""),
      (
        "SELECT i FROM generate_series(1, 3) i",
        "SELECT i FROM (SELECT CAST(generate_series AS INTEGER) AS generate_series"
          + " FROM generate_series(1, 3)) i(i)"
      ),
      ("SELECT i FROM t, unnest(a) AS i", "SELECT i FROM t, unnest(a) AS i(i)"),
      ("SELECT i FROM generate_series(1, 3) WHERE true", "SELECT i FROM generate_series(1, 3) WHERE true"),
      (
        "SELECT d FROM generate_series(a, b, '1 day') g(d)",
        "SELECT d FROM generate_series(a, b, '1 day'::INTERVAL) g(d)"
      ),
      ("SELECT (a, b) OVERLAPS (c, d) x", "SELECT pg_overlaps(a, b, c, d) x"),
      ("SELECT a FROM t FOR UPDATE OF t NOWAIT", "SELECT a FROM t"),
      ("SELECT a FROM t FOR NO KEY UPDATE SKIP LOCKED", "SELECT a FROM t"),
      ("SELECT a SIMILAR TO 'x%._' y", "SELECT a SIMILAR TO '^(?:x.*\\..)$' y"),
      ("SELECT substring(a FROM 'x.*') y", "SELECT \"substring\"(a , 'x.*') y"),
      ("SELECT substring(a FROM 2 FOR 3) y", "SELECT substring(a FROM 2 FOR 3) y"),
      ("SELECT overlay(a PLACING b FROM 1 FOR 2) y", "SELECT \"overlay\"(a , b , 1 , 2) y"),
      ("SELECT current_timestamp(3) y", "SELECT current_timestamp y"),
      ("SELECT a FROM t TABLESAMPLE BERNOULLI (10)", "SELECT a FROM t TABLESAMPLE bernoulli (10 PERCENT)"),
      ("SELECT a #>> '{b}' x, a ? 'b' y, 5 # 3 z", "SELECT a @|>> '{b}' x, a @| 'b' y, 5 @^ 3 z"),
      ("SELECT a FROM t WHERE a ~ 'x' AND b !~ 'y'", "SELECT a FROM t WHERE a @~ 'x' AND b !@~ 'y'"),
      ("SELECT ~ 5 x", "SELECT ~ 5 x"), ("SELECT 1 +", "SELECT 1 +"),
      (
        "VALUES (1, f(2, 3)), (4, 5) LIMIT 1",
        "SELECT * FROM (VALUES (1, f(2, 3)), (4, 5)) AS \"*VALUES*\"(column1, column2) LIMIT 1"
      ),
      ("SELECT a FROM (VALUES (1)) v(a)", "SELECT a FROM (VALUES (1)) v(a)"),
      (
        "SELECT column1 FROM (VALUES (1)) v",
        "SELECT column1 FROM (SELECT * FROM (VALUES (1)) AS \"*VALUES*\"(column1)) v"
      ),
      ("INSERT INTO t VALUES (1), (2)", "INSERT INTO t VALUES (1), (2)"),
      ("SELECT #1 FROM t", "SELECT #1 AS \"?column?\" FROM t"),
      ("SELECT a INTO TEMP x FROM t WHERE b", "CREATE TEMP TABLE \"x\" AS SELECT a FROM t WHERE b"),
      ("INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (1)", "INSERT INTO t VALUES (1)"),
      ("EXPLAIN ANALYZE SELECT a FROM t FOR SHARE", "SELECT a FROM t"),
      ("DECLARE c CURSOR WITH HOLD FOR SELECT a FROM pg_catalog.t", "SELECT a FROM t"),
      ("COPY (SELECT a FROM pg_catalog.t) TO STDOUT", "SELECT a FROM t"),
    ])
  func becomes(_ pair: (String, String)) throws {
    #expect(try Self.rewrite(pair.0) == [pair.1])
  }

  @Test("parameters become literals or get types")
  func parameters() throws {
    let literals = Rewriter.Parameters.literals([1: "42", 2: "'a'::TEXT", 3: "-5", 4: "NULL", 5: "'{1,2}'"])
    #expect(
      try Self.rewrite("SELECT a FROM t WHERE b = $1 AND c = $2 AND d = -$3 AND e IS $4", literals) == [
        "SELECT a FROM t WHERE b = 42 AND c = ('a'::TEXT) AND d = -(-5) AND e IS NULL"
      ])
    #expect(
      try Self.rewrite("SELECT a FROM t WHERE b = ANY($5)", literals) == [
        "SELECT a FROM t WHERE b IN ('1', '2')"
      ])
    #expect(try Self.rewrite("SELECT '$1', \"$1\", $1::int x", literals)[0].hasPrefix("SELECT '$1' AS"))
    #expect(
      try Self.rewrite("SELECT a FROM t WHERE b = $1", .types([1: "INTEGER"])) == [
        "SELECT a FROM t WHERE b = ($1::INTEGER)"
      ])
    #expect(throws: SQLError.self) { try Self.rewrite("SELECT $9", literals) }
  }

  @Test("positions lead back to the client's text")
  func positions() throws {
    let text = "SELECT /* x */ nope, count(*) FROM pg_catalog.t WHERE missing = E'a'"
    let rewritten = try #require(try Rewriter().rewrite(SQLScript(text).statements[0]).first)
    func offset(_ word: String, in text: String) throws -> Int {
      let range = try #require(text.firstRange(of: word))
      return text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    }
    for word in ["nope", "count", "FROM", "missing", "= "] {
      let there = try offset(word, in: rewritten.text)
      #expect(rewritten.positions.sourcePosition(of: there) == (try offset(word, in: text)))
    }
  }

  @Test("columns get PostgreSQL's names", arguments: Self.names)
  func columnNames(_ pair: (String, String?)) throws {
    let name = pair.1.map { " AS \"\($0)\"" } ?? ""
    #expect(try Self.rewrite("SELECT \(pair.0) FROM t") == ["SELECT \(pair.0)\(name) FROM t"])
  }

  /// What PostgreSQL 15 describes for each expression; nil: both engines give the same name.
  static let names: [(String, String?)] = [
    ("a", nil), ("t.a", nil), ("*", nil), ("t.*", nil), ("a AS x", nil), ("a x", nil), ("a \"X\"", nil),
    ("count(*)", "count"), ("sum(a)", "sum"), ("s.f(a)", "f"), ("1 + 1", "?column?"), ("-a", "?column?"),
    ("1", "?column?"), ("'x'", "?column?"), ("NULL", "?column?"), ("true", "?column?"), ("a::text", "a"),
    ("(a)::text", "a"), ("1::bigint", "int8"), ("'x'::varchar(10)", "varchar"), ("a || 'x'", "?column?"),
    ("CAST(a AS text)", "a"), ("CAST(1 AS double precision)", "float8"), ("max(a)::int", "max"),
    ("CASE WHEN a THEN 1 ELSE 2 END", "case"), ("CASE WHEN a THEN 1 ELSE b END", "b"),
    ("CASE a WHEN 1 THEN 2 END z", nil), ("coalesce(a, 1)", "coalesce"), ("nullif(a, 1)", "nullif"),
    ("extract(year FROM d)", "extract"), ("trim(b)", "btrim"), ("trim(LEADING FROM b)", "ltrim"),
    ("EXISTS (SELECT a FROM u)", "exists"), ("(SELECT a FROM u)", "a"), ("ARRAY[1, 2]", "array"),
    ("ARRAY(SELECT a FROM u)", "array"), ("(1, 2)", "row"), ("ROW(1, 2)", "row"), ("a[1]", "a"),
    ("sum(a) OVER (PARTITION BY b)", "sum"), ("sum(a) OVER w", "sum"), ("sum(a) OVER w z", nil),
    ("count(*) FILTER (WHERE a)", "count"), ("mode() WITHIN GROUP (ORDER BY a)", "mode"),
    ("date '2020-01-01'", "date"), ("interval '1' day", "interval"), ("interval '1' day z", nil),
    ("timestamp with time zone '2020-01-01'", "timestamptz"), ("d AT TIME ZONE 'utc'", "timezone"),
    ("d AT TIME ZONE z", "timezone"), ("a::double precision", "a"), ("a::double precision z", nil),
    ("a IS NULL", "?column?"), ("a NOTNULL", "?column?"), ("a LIKE b", "?column?"), ("NOT a", "?column?"),
    ("current_date", "current_date"), ("a IS DISTINCT FROM b", "?column?"), ("lower(a) || b z", nil),
    ("min(COLUMNS(*))", nil), ("a BETWEEN b AND c", "?column?"), ("a AS select", nil),
  ]

  @Test("what can't be done is refused, with a way out")
  func refusals() {
    #expect(Self.failure("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING")?.sqlState == "0A000")
    #expect(Self.failure("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING")?.hint?.contains("MERGE") == true)
    #expect(Self.failure("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x")?.sqlState == "0A000")
    #expect(Self.failure("SELECT a ?# b FROM t")?.sqlState == "42883")
    #expect(Self.failure("SELECT B'12'")?.sqlState == "22P02")
    #expect(Self.failure("SELECT 0xFFFFFFFFFFFFFFFFFF")?.sqlState == "22003")
  }

  @Test("brackets, CASE and casts nest as deep as one likes")
  func deepNesting() throws {
    for piece in ["(", "CASE WHEN a THEN b ELSE ", "CAST(", "f(", "ARRAY[", "(SELECT "] {
      let text = "SELECT " + String(repeating: piece, count: 50_000)
      _ = try? Self.rewrite(text)
    }
  }
}
