/// PostgreSQL's functions of arrays and json.
extension CatalogMacros {
  static let arrayText = #"""
    CREATE MACRO {pg}.martinet_origin(a) AS
      CASE WHEN {sys}.typeof(a) IN ('int2vector', 'oidvector') THEN 0 ELSE 1 END;
    CREATE MACRO {pg}.array_upper(a, dimension) AS
      CAST(CASE WHEN dimension = 1 AND {sys}.len(a) > 0
        THEN {sys}.len(a) + {pg}.martinet_origin(a) - 1 END AS INTEGER);
    CREATE MACRO {pg}.array_lower(a, dimension) AS
      CASE WHEN dimension = 1 AND {sys}.len(a) > 0 THEN {pg}.martinet_origin(a) END;
    CREATE MACRO {pg}.array_length(a) AS {sys}.len(a),
      (a, dimension) AS CAST({sys}.nullif(CASE dimension WHEN 1 THEN {sys}.len(a) END, 0) AS INTEGER);
    CREATE MACRO {pg}.generate_subscripts(a, dimension) AS {sys}.unnest(CASE dimension WHEN 1
      THEN {sys}.range({pg}.martinet_origin(a), {pg}.martinet_origin(a) + {sys}.len(a)) END);
    CREATE MACRO {pg}."@="(x, a) AS {sys}.list_contains(a, x);
    CREATE MACRO {pg}.array_ndims(a) AS CASE WHEN {sys}.len(a) > 0 THEN 1 END;
    CREATE MACRO {pg}.array_dims(a) AS
      CASE WHEN {sys}.len(a) > 0 THEN '[1:' || CAST({sys}.len(a) AS VARCHAR) || ']' END;
    CREATE MACRO {pg}.cardinality(a) AS CAST({sys}.len(a) AS INTEGER);
    CREATE MACRO {pg}.array_remove(a, x) AS {sys}.list_filter(a, lambda e: e IS DISTINCT FROM x);
    CREATE MACRO {pg}.array_replace(a, x, y) AS
      {sys}.list_transform(a, lambda e: CASE WHEN e IS NOT DISTINCT FROM x THEN y ELSE e END);
    CREATE MACRO {pg}.array_position(a, x) AS CAST({sys}.nullif({sys}.list_position(a, x), 0) AS INTEGER);
    CREATE MACRO {pg}.array_positions(a, x) AS
      {sys}.list_filter({sys}.range(1, {sys}.len(a) + 1), lambda i: a[i] IS NOT DISTINCT FROM x);
    CREATE MACRO {pg}.array_fill(x, dimensions) AS
      {sys}.list_transform({sys}.range(dimensions[1]), lambda i: x);
    CREATE MACRO {pg}.trim_array(a, n) AS {sys}.list_slice(a, 1, {sys}.len(a) - n);
    CREATE MACRO {pg}._pg_expandarray(a) AS {
      'x': {sys}.unnest(a), 'n': CAST({sys}.unnest({sys}.range(1, {sys}.len(a) + 1)) AS INTEGER)};
    CREATE MACRO {is}._pg_expandarray(a) AS {pg}._pg_expandarray(a);
    CREATE MACRO {is}._pg_char_max_length(type, modifier) AS
      CASE WHEN type IN (1042, 1043) AND modifier > 4 THEN modifier - 4 END;
    CREATE MACRO {is}._pg_numeric_precision(type, modifier) AS CASE type WHEN 21 THEN 16 WHEN 23 THEN 32
      WHEN 20 THEN 64 WHEN 700 THEN 24 WHEN 701 THEN 53
      WHEN 1700 THEN CASE WHEN modifier > 0 THEN (modifier - 4) >> 16 END END;
    CREATE MACRO {is}._pg_numeric_scale(type, modifier) AS CASE WHEN type IN (20, 21, 23) THEN 0
      WHEN type = 1700 AND modifier > 0 THEN (modifier - 4) & 65535 END;
    CREATE MACRO {is}._pg_datetime_precision(type, modifier) AS CASE WHEN type = 1082 THEN 0
      WHEN type IN (1083, 1114, 1184, 1186, 1266) THEN 6 END;

    """#

  static let jsonText: String = {
    func pairs(_ name: String, _ target: String) -> String {
      let overloads = (0...20).map { pairs in
        let names = (0..<pairs).flatMap { ["k\($0)", "v\($0)"] }.joined(separator: ", ")
        let values = (0..<pairs).flatMap { ["CAST(k\($0) AS VARCHAR)", "v\($0)"] }.joined(separator: ", ")
        return "(\(names)) AS {sys}.\(target)(\(values))"
      }
      return "CREATE MACRO {pg}.\(name)" + overloads.joined(separator: ", ") + ";\n"
    }
    func values(_ name: String, _ target: String) -> String {
      let overloads = (0...20).map { count in
        let names = (0..<count).map { "a\($0)" }.joined(separator: ", ")
        return "(\(names)) AS {sys}.\(target)(\(names))"
      }
      return "CREATE MACRO {pg}.\(name)" + overloads.joined(separator: ", ") + ";\n"
    }
    return pairs("json_build_object", "json_object") + pairs("jsonb_build_object", "json_object")
      + values("json_build_array", "json_array") + values("jsonb_build_array", "json_array")
      + ["json", "jsonb"].map { jsonFamily.replacing("{j}", with: $0) }.joined()
  }()

  /// Operators that DuckDB lacks, by the names that SQLFront gives them.
  static let jsonOperatorText = #"""
    CREATE MACRO {pg}."@|>"(j, path) AS {sys}.json_extract(j, martinet_json_path(CAST(path AS VARCHAR)));
    CREATE MACRO {pg}."@|>>"(j, path) AS
      {sys}.json_extract_string(j, martinet_json_path(CAST(path AS VARCHAR)));
    CREATE MACRO {pg}."@|"(j, k) AS {sys}.list_contains({sys}.json_keys(j), k);
    CREATE MACRO {pg}."@||"(j, k) AS {sys}.list_has_any({sys}.json_keys(j), k);
    CREATE MACRO {pg}."@|&"(j, k) AS {sys}.list_has_all({sys}.json_keys(j), k);
    CREATE MACRO {pg}."@>"(a JSON, b) AS {sys}.json_contains(a, b), (a, b) AS {sys}."@>"(a, b);
    CREATE MACRO {pg}."<@"(a, b JSON) AS {sys}.json_contains(b, a), (a, b) AS {sys}."<@"(a, b);
    CREATE MACRO {pg}."@^"(a, b) AS {sys}.xor(a, b);

    """#

  private static let jsonFamily = #"""
    CREATE MACRO {pg}.{j}_agg(x) AS {sys}.to_json({sys}.list(x));
    CREATE MACRO {pg}.{j}_object_agg(k, v) AS {sys}.json_group_object(k, v);
    CREATE MACRO {pg}.to_{j}(x) AS {sys}.to_json(x);
    CREATE MACRO {pg}.{j}_array_length(j) AS CAST({sys}.json_array_length(j) AS INTEGER);
    CREATE MACRO {pg}.{j}_typeof(j) AS CASE {sys}.json_type(j) WHEN 'VARCHAR' THEN 'string'
      WHEN 'BOOLEAN' THEN 'boolean' WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array'
      WHEN 'NULL' THEN 'null' ELSE 'number' END;
    CREATE MACRO {pg}.{j}_extract_path(j, a) AS {sys}.json_extract(j, a),
      (j, a, b) AS {sys}.json_extract({sys}.json_extract(j, a), b),
      (j, a, b, c) AS {sys}.json_extract({sys}.json_extract({sys}.json_extract(j, a), b), c);
    CREATE MACRO {pg}.{j}_extract_path_text(j, a) AS {sys}.json_extract_string(j, a),
      (j, a, b) AS {sys}.json_extract_string({sys}.json_extract(j, a), b),
      (j, a, b, c) AS {sys}.json_extract_string({sys}.json_extract({sys}.json_extract(j, a), b), c);
    CREATE MACRO {pg}.{j}_array_elements(j) AS {sys}.unnest({sys}.json_extract(j, '$[*]'));
    CREATE MACRO {pg}.{j}_array_elements_text(j) AS {sys}.unnest({sys}.json_extract_string(j, '$[*]'));
    CREATE MACRO {pg}.{j}_each_text(j) AS TABLE SELECT key,
      CASE WHEN type <> 'NULL' THEN {sys}.json_extract_string(value, '$') END AS value
      FROM {sys}.json_each(j);
    CREATE MACRO {pg}.{j}_array_elements_text(j) AS TABLE
      SELECT {sys}.unnest({sys}.json_extract_string(j, '$[*]')) AS value;
    CREATE MACRO {pg}.{j}_array_elements(j) AS TABLE
      SELECT {sys}.unnest({sys}.json_extract(j, '$[*]')) AS value;
    CREATE MACRO {pg}.{j}_object_keys(j) AS {sys}.unnest({sys}.json_keys(j));
    CREATE MACRO {pg}.{j}_pretty(j) AS {sys}.json_pretty(j);

    """#
}
