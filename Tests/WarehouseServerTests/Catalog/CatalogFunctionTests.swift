import DuckDB
import Testing

@testable import WarehouseServer

@Suite(.serialized) struct CatalogFunctionTests {
  /// A call and PostgreSQL's answer to it.
  struct Case: CustomTestStringConvertible, Sendable {
    let sql: String
    let answer: String?
    var testDescription: String { sql }

    init(_ sql: String, _ answer: String?) {
      self.sql = sql
      self.answer = answer
    }
  }

  static let texts = [
    Case("'foobar' @~ 'o+b'", "true"), Case("'foobar' !@~ '^o'", "true"), Case("'FOO' ~* 'foo'", "true"),
    Case("(regexp_match('foobarbequebaz', '(bar)(beque)'))[2]", "beque"),
    Case("regexp_match('x', 'y')::text", nil), Case("btrim('xxaxx', 'x')", "a"),
    Case("initcap('hi THOMAS')", "Hi Thomas"), Case("quote_ident('Foo bar')", "\"Foo bar\""),
    Case("quote_literal('O''Reilly')", "'O''Reilly'"), Case("quote_nullable(NULL)", "NULL"),
    Case("format('%s %I %L %%', 'a', 'b c', 'd')", "a \"b c\" 'd' %"),
    Case("format('%2$s-%1$s', 1, 2)", "2-1"),
    Case("format('|%-5s|%5s|', 'a', 'b')", "|a    |    b|"), Case("lpad('hi', 5)", "   hi"),
    Case("encode('abc'::bytea, 'hex')", "616263"), Case("split_part('a,b', ',', 2)", "b"),
    Case("array_to_string(ARRAY['a', NULL, 'b'], ',', '*')", "a,*,b"), Case("to_hex(255)", "ff"),
    Case("(parse_ident('\"A b\".c'))[1]", "A b"),
  ]

  static let numbers = [
    Case("7 / 2", "3"), Case("-7 / 2", "-3"), Case("-7 % 3", "-1"), Case("7.5 / 2.5", "3"),
    Case("interval '3 days' / 2", "1 day 12:00:00"), Case("width_bucket(5.35, 0.024, 10.06, 5)", "3"),
    Case("pg_size_pretty(123456789)", "118 MB"), Case("pg_size_bytes('1.5 GB')", "1610612736"),
    Case("to_char(1234567.891, 'FM999,999,999.00')", "1,234,567.89"), Case("to_char(-5, '999')", "  -5"),
    Case("to_char(0.5, '9.99')", "  .50"), Case("to_char(12, '0000')", " 0012"),
    Case("to_char(485, '999')", " 485"), Case("to_char(1485, '9,999')", " 1,485"),
    Case("to_char(148.5, '999.999')", " 148.500"), Case("to_char(485, 'FM999')", "485"),
    Case("to_char(125, '99')", " ##"), Case("to_char(-12, 'S99')", "-12"),
    Case("to_char(485, '999th')", " 485th"),
    Case("to_char(-485, '999PR')", "<485>"), Case("to_char(-485, '999MI')", "485-"),
    Case("to_char(148.5, 'FM999.990')", "148.500"), Case("to_char(0.1, '0.9')", " 0.1"),
    Case("to_number('-12,454.8', '99G999D9')", "-12454.8"), Case("cardinality(ARRAY[1, 2])", "2"),
    Case("array_upper(ARRAY[4, 5], 1)", "2"), Case("array_length(CAST([] AS INTEGER[]), 1)", nil),
    Case("array_remove(ARRAY[1, 2, 1], 1)::text", "[2]"), Case("array_position(ARRAY['a', 'b'], 'b')", "2"),
  ]

  static let dates = [
    Case(
      "to_char(timestamp '2024-02-03 14:05:06.789', 'YYYY-MM-DD HH24:MI:SS.MS')", "2024-02-03 14:05:06.789"),
    Case("to_char(timestamp '2024-02-03 14:05:06', 'FMMonth FMDDth, HH12:MI AM')", "February 3rd, 02:05 PM"),
    Case(
      "to_char(date '2024-02-03', 'Day|Dy|D|DDD|Q|WW|IW|IYYY|CC|J')",
      "Saturday |Sat|7|034|1|05|05|2024|21|2460344"),
    Case("to_char(date '2024-02-03', '\"Year:\" YYYY')", "Year: 2024"),
    Case("to_char(interval '1 day 02:03:04', 'DD HH24:MI:SS')", "01 02:03:04"),
    Case("to_date('05 Dec 2000', 'DD Mon YYYY')", "2000-12-05"),
    Case("to_date('20240203', 'YYYYMMDD')", "2024-02-03"),
    Case("to_date('24/2/3', 'YY/MM/DD')", "2024-02-03"),
    Case("to_date('2024-034', 'YYYY-DDD')", "2024-02-03"),
    Case("to_date('2024-05-6', 'IYYY-IW-ID')", "2024-02-03"),
    Case(
      "to_timestamp('2024-02-03 04:05:06.7', 'YYYY-MM-DD HH24:MI:SS.US')::timestamp", "2024-02-03 04:05:06.7"),
    Case("to_timestamp('03/02/2024 02:05 PM', 'DD/MM/YYYY HH12:MI AM')::timestamp", "2024-02-03 14:05:00"),
    Case("to_timestamp(0)::timestamp", "1970-01-01 00:00:00"),
    Case(
      "date_bin('15 minutes', timestamp '2024-01-01 10:38', timestamp '2001-01-01')", "2024-01-01 10:30:00"),
    Case("make_interval(days => 3, hours => 2)", "3 days 02:00:00"),
    Case("date_trunc('month', date '2024-02-03')", "2024-02-01 00:00:00"),
  ]

  static let system = [
    Case("'fact'::regclass::oid", "16387"), Case("16387::regclass::text", "fact"),
    Case("'\"Other\".v'::regclass::text", "\"Other\".v"), Case("to_regclass('nowhere')::text", nil),
    Case("'integer'::regtype::oid", "23"), Case("1009::regtype::text", "text[]"),
    Case("'public'::regnamespace::oid", "2200"), Case("'ada'::regrole::text", "ada"),
    Case("pg_typeof(1.5)::text", "numeric"), Case("format_type(1043, 14)", "character varying(10)"),
    Case("current_user", "ada"), Case("current_schema()", "public"), Case("current_database()", "lake"),
    Case("current_schemas(true)::text", "[pg_catalog, public]"), Case("pg_backend_pid()", "42"),
    Case("current_setting('nope', true)", nil), Case("set_config('work_mem', '1GB', false)", "1GB"),
    Case("obj_description('dim'::regclass)", "a dimension"),
    Case("col_description('dim'::regclass, 2)", "what it is called"), Case("pg_relation_size('dim')", "4096"),
    Case("pg_get_viewdef('\"Other\".v'::regclass)", " SELECT 1 AS one;"),
    Case("(SELECT typreceive::text FROM pg_type WHERE typname = 'int4' AND typreceive <> 0)", "int4recv"),
    Case("(SELECT indkey::text || '/' || indkey[0] FROM pg_index WHERE NOT indisunique)", "4 2/4"),
    Case("pg_cancel_backend(42)", "true"), Case("has_table_privilege('fact', 'SELECT')", "true"),
    Case("json_build_object('a', 1)::text", "{\"a\":1}"),
  ]

  @Test(arguments: texts + numbers + dates + system)
  func functionsAnswerAsInPostgreSQL(_ example: Case) throws {
    let fixture = try Self.shared.get()
    #expect(try fixture.value("SELECT CAST(\(example.sql) AS VARCHAR)") == example.answer)
  }

  static let errors = [
    Case("1 / 0", "division by zero"), Case("1 % 0", "division by zero"), Case("1.0 / 0", "division by zero"),
    Case("'nowhere'::regclass", "relation \"nowhere\" does not exist"),
    Case("'nothing'::regtype", "type \"nothing\" does not exist"),
    Case("current_setting('nope')", "unrecognized configuration parameter \"nope\""),
    Case("to_date('2024-13-01', 'YYYY-MM-DD')", "date/time field value out of range: \"2024-13-01\""),
    Case("format('%s')", "too few arguments for format()"),
  ]

  @Test(arguments: errors)
  func errorsAreWordedAsInPostgreSQL(_ example: Case) throws {
    let fixture = try Self.shared.get()
    let error = #expect(throws: DuckDBError.self) { _ = try fixture.value("SELECT \(example.sql)") }
    #expect(error?.message.contains(example.answer ?? "") == true, "\(String(describing: error))")
  }

  /// One connection answers one statement at a time.
  nonisolated(unsafe) static let shared = Result { try CatalogFixture() }
}
