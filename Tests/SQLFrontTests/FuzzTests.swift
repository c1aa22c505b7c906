import SQLFront
import Testing

/// Random texts: nothing may crash, and time must grow with the length alone.
@Suite("Random texts") struct FuzzTests {
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 29) ^ state
    }
  }

  static let words =
    "SELECT FROM WHERE ( ) [ ] { } , ; . .. : :: := ' \" E' U&' U&\" $$ $a$ $1 -- /* */ \n 1 1.5 0x1 'x' \"y\" a b "
    + "= < > ~ !~ # ? -> ->> + - * / INSERT INTO UPDATE SET DELETE MERGE USING CREATE TABLE VIEW INDEX SCHEMA AS "
    + "PRIMARY KEY REFERENCES CHECK CONSTRAINT UNIQUE DEFAULT NOT NULL ALTER ADD COLUMN DROP RENAME TO CASE WHEN THEN "
    + "ELSE END CAST ANY ALL OVERLAPS SIMILAR SUBSTRING COLLATE INTERVAL DATE TIMESTAMP WITH TIME ZONE AT OVER FILTER "
    + "COPY STDIN STDOUT CSV FORCE HEADER DECLARE CURSOR FOR FETCH FORWARD BACKWARD CLOSE PREPARE EXECUTE EXPLAIN "
    + "ANALYZE VERBOSE GRANT REVOKE ON ROLE USER PASSWORD COMMENT IS SET LOCAL SHOW RESET BEGIN COMMIT ROLLBACK "
    + "LIKE PARTITION BY PARTITIONED JOIN LATERAL ONLY PIVOT VALUES EXISTS IF UNION LIMIT generate_series pg_catalog "
    + "information_schema OPERATOR numeric jsonb int4 ARRAY '{1,2}' TABLESAMPLE LOCK TRUNCATE RETURNING CONFLICT DO"

  static func exercise(_ text: String) {
    guard let script = try? SQLScript(text) else { return }
    for statement in script.statements {
      _ = statement.text
      try? GuardTests.rules.check(statement)
      guard let parts = try? Rewriter().rewrite(statement, parameters: .literals([1: "'{1}'"])) else {
        continue
      }
      for part in parts {
        #expect(part.text.utf8.count < text.utf8.count * 30 + 200)
        _ = part.positions.sourcePosition(of: part.text.utf8.count / 2)
      }
    }
  }

  @Test("bytes") func bytes() {
    var generator = Generator(state: 7)
    for _ in 0..<20_000 {
      let count = Int.random(in: 0..<60, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      if let lexed = try? LexedText(bytes: bytes) { _ = try? SQLScript(lexed: lexed) }
      Self.exercise(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test("tokens") func tokens() {
    var generator = Generator(state: 11)
    let words = Self.words.split(separator: " ").map(String.init)
    for _ in 0..<20_000 {
      let count = Int.random(in: 1..<30, using: &generator)
      let glue = Bool.random(using: &generator) ? " " : ""
      let text = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
      Self.exercise(text.joined(separator: glue))
    }
  }

  @Test("statements cut anywhere") func cut() {
    for text in GuardTests.ordinary {
      let bytes = Array(text.utf8)
      for end in 0...bytes.count { Self.exercise(String(decoding: bytes[..<end], as: UTF8.self)) }
    }
  }

  @Test(
    "time grows with the length alone",
    arguments: [
      "(", "((a),", "a.", "CASE WHEN a THEN b ELSE ", "'a'\n", "/*", "$a$", "$$a$$ ", "x::int[", "f(", "a,",
      "[{",
      "SELECT (SELECT ", "- ", "E'\\\\' ", "U&'a' ", "CAST(a AS ", "a AT TIME ZONE ", "(VALUES (1)),",
      "x = ANY('{1}') ",
      "JOIN t ON a.b ", "\"a\".", "1_", "CAST(", "(CASE WHEN a THEN b ELSE c END) ", "SELECT a FROM ( ",
    ])
  func linear(_ piece: String) {
    func seconds(_ count: Int) -> Double {
      let text = "SELECT " + String(repeating: piece, count: count)
      let clock = ContinuousClock()
      let elapsed = clock.measure { Self.exercise(text) }
      return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    }
    // A quadratic step over 40 times as much would take 1,600 times as long.
    let short = seconds(500)
    let long = seconds(20_000)
    #expect(long < short * 400 + 0.5)
  }
}
