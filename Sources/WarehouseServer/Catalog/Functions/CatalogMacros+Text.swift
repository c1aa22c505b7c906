/// PostgreSQL's functions of text: what DuckDB lacks, or does another way.
extension CatalogMacros {
  /// `@~` and `!@~` stand for PostgreSQL's `~` and `!~`, which DuckDB reads as a match of the whole text.
  static let textText = #"""
    CREATE MACRO {pg}."@~"(s, p) AS {sys}.regexp_matches(CAST(s AS VARCHAR), p, 's');
    CREATE MACRO {pg}."!@~"(s, p) AS NOT {sys}.regexp_matches(CAST(s AS VARCHAR), p, 's');
    CREATE MACRO {pg}."~*"(s, p) AS {sys}.regexp_matches(CAST(s AS VARCHAR), p, 'is');
    CREATE MACRO {pg}."!~*"(s, p) AS NOT {sys}.regexp_matches(CAST(s AS VARCHAR), p, 'is');
    CREATE MACRO {pg}.martinet_pattern(p, flags) AS CASE WHEN {sys}.translate(flags, 'gcnqx', '') = '' THEN p
      ELSE '(?' || {sys}.translate(flags, 'gcnqx', '') || ')' || p END;
    CREATE MACRO {pg}.regexp_like(s, p) AS {sys}.regexp_matches(s, p, 's'),
      (s, p, flags) AS {sys}.regexp_matches(s, {pg}.martinet_pattern(p, flags));
    CREATE MACRO {pg}.regexp_count(s, p) AS CAST({sys}.len({sys}.regexp_extract_all(s, p)) AS INTEGER);
    CREATE MACRO {pg}.regexp_instr(s, p) AS CAST(CASE WHEN {sys}.regexp_matches(s, p)
      THEN {sys}.length({sys}.string_split_regex(s, p)[1]) + 1 ELSE 0 END AS INTEGER);
    CREATE MACRO {pg}.regexp_substr(s, p) AS
      CASE WHEN {sys}.regexp_matches(s, p) THEN {sys}.regexp_extract(s, p) END;
    CREATE MACRO {pg}.martinet_groups(s, p) AS CASE
      WHEN NOT {sys}.regexp_matches(s, p) THEN NULL
      WHEN NOT {sys}.regexp_matches(p, '(^|[^\\])\(([^?]|$)') THEN [{sys}.regexp_extract(s, p)]
      ELSE {sys}.list_slice([
        {sys}.regexp_extract(s, '(?:' || p || ')|\b\B()()()()()()', 1),
        {sys}.regexp_extract(s, '(?:' || p || ')|\b\B()()()()()()', 2),
        {sys}.regexp_extract(s, '(?:' || p || ')|\b\B()()()()()()', 3),
        {sys}.regexp_extract(s, '(?:' || p || ')|\b\B()()()()()()', 4),
        {sys}.regexp_extract(s, '(?:' || p || ')|\b\B()()()()()()', 5),
        {sys}.regexp_extract(s, '(?:' || p || ')|\b\B()()()()()()', 6)], 1,
        {sys}.len({sys}.regexp_extract_all({sys}.regexp_replace(p, '\\.', '', 'g'), '\(([^?]|$)'))) END;
    CREATE MACRO {pg}.regexp_match(s, p) AS {pg}.martinet_groups(s, p),
      (s, p, flags) AS {pg}.martinet_groups(s, {pg}.martinet_pattern(p, flags));
    CREATE MACRO {pg}.regexp_matches(s, p) AS {sys}.unnest(CASE WHEN {sys}.regexp_matches(s, p)
        THEN [{pg}.martinet_groups(s, p)] ELSE [] END),
      (s, p, flags) AS {sys}.unnest(CASE WHEN {sys}.contains(flags, 'g')
        THEN {sys}.list_transform({sys}.regexp_extract_all(s, {pg}.martinet_pattern(p, flags)),
          lambda m: {pg}.martinet_groups(m, {pg}.martinet_pattern(p, flags)))
        WHEN {sys}.regexp_matches(s, {pg}.martinet_pattern(p, flags))
        THEN [{pg}.martinet_groups(s, {pg}.martinet_pattern(p, flags))] ELSE [] END);
    CREATE MACRO {pg}.regexp_split_to_table(s, p) AS {sys}.unnest({sys}.regexp_split_to_array(s, p));

    CREATE MACRO {pg}.btrim(s) AS {sys}.trim(s), (s, characters) AS {sys}.trim(s, characters);
    CREATE MACRO {pg}.initcap(s) AS martinet_initcap(CAST(s AS VARCHAR));
    CREATE MACRO {pg}.overlay(s, r, start) AS {sys}.concat({sys}.substring(s, 1, start - 1), r,
        {sys}.substring(s, start + {sys}.length(r))),
      (s, r, start, number) AS {sys}.concat({sys}.substring(s, 1, start - 1), r,
        {sys}.substring(s, start + number));
    CREATE MACRO {pg}.substring(s, x) AS CASE WHEN {sys}.typeof(x) = 'VARCHAR'
        THEN {pg}.martinet_groups(CAST(s AS VARCHAR), CAST(x AS VARCHAR))[1]
        ELSE {sys}.substring(s, TRY_CAST(x AS BIGINT)) END,
      (s, start, number) AS CASE WHEN number < 0
          THEN error('[22011] negative substring length not allowed')
        WHEN start < 1 THEN {sys}.substring(s, 1, {sys}.greatest(start + number - 1, 0))
        ELSE {sys}.substring(s, start, number) END;
    CREATE MACRO {pg}.length(b BLOB) AS CAST({sys}.octet_length(b) AS INTEGER), (s) AS {sys}.length(s);
    CREATE MACRO {pg}.get_byte(b, n) AS
      CAST('0x' || {sys}.substr({sys}.hex(CAST(b AS BLOB)), 2 * n + 1, 2) AS INTEGER);
    CREATE MACRO {pg}.lpad(s, n) AS {sys}.lpad(CAST(s AS VARCHAR), CAST(n AS INTEGER), ' '),
      (s, n, fill) AS {sys}.lpad(CAST(s AS VARCHAR), CAST(n AS INTEGER), fill);
    CREATE MACRO {pg}.rpad(s, n) AS {sys}.rpad(CAST(s AS VARCHAR), CAST(n AS INTEGER), ' '),
      (s, n, fill) AS {sys}.rpad(CAST(s AS VARCHAR), CAST(n AS INTEGER), fill);
    CREATE MACRO {pg}.char_length(s) AS {sys}.length(s);
    CREATE MACRO {pg}.character_length(s) AS {sys}.length(s);
    CREATE MACRO {pg}.octet_length(s VARCHAR) AS CAST({sys}.strlen(s) AS INTEGER),
      (b BLOB) AS CAST({sys}.octet_length(b) AS INTEGER);
    CREATE MACRO {pg}.ascii(s) AS CASE WHEN s = '' THEN 0 ELSE {sys}.unicode(s) END;
    CREATE MACRO {pg}.to_hex(n) AS {sys}.lower({sys}.to_hex(n));
    CREATE MACRO {pg}.quote_ident(s) AS martinet_quote_ident(CAST(s AS VARCHAR));
    CREATE MACRO {pg}.quote_literal(s) AS martinet_quote_literal(CAST(s AS VARCHAR));
    CREATE MACRO {pg}.quote_nullable(s) AS coalesce(martinet_quote_literal(CAST(s AS VARCHAR)), 'NULL');
    CREATE MACRO {pg}.parse_ident(s) AS martinet_parse_ident(CAST(s AS VARCHAR)),
      (s, strict) AS martinet_parse_ident(CAST(s AS VARCHAR));
    CREATE MACRO {pg}.encode(s) AS {sys}.encode(s),
      (b, format) AS CASE {sys}.lower(format) WHEN 'hex' THEN {sys}.lower({sys}.hex(CAST(b AS BLOB)))
        WHEN 'base64' THEN {sys}.base64(CAST(b AS BLOB)) WHEN 'escape' THEN CAST(CAST(b AS BLOB) AS VARCHAR)
        ELSE error('unrecognized encoding: "' || format || '"') END;
    CREATE MACRO {pg}.decode(b) AS {sys}.decode(b),
      (s, format) AS CASE {sys}.lower(format) WHEN 'hex' THEN {sys}.unhex(s)
        WHEN 'base64' THEN {sys}.from_base64(s) WHEN 'escape' THEN {sys}.encode(s)
        ELSE error('unrecognized encoding: "' || format || '"') END;
    CREATE MACRO {pg}.sha256(b) AS {sys}.unhex({sys}.sha256(b));
    CREATE MACRO {pg}.starts_with(s, prefix) AS {sys}.prefix(s, prefix);
    CREATE MACRO {pg}.string_to_array(s, delimiter) AS CASE WHEN delimiter IS NULL
        THEN {sys}.string_split(s, '') WHEN s = '' THEN CAST([] AS VARCHAR[])
        WHEN delimiter = '' THEN [s] ELSE {sys}.string_split(s, delimiter) END,
      (s, delimiter, null_text) AS {sys}.list_transform(
        CASE WHEN s = '' THEN CAST([] AS VARCHAR[]) ELSE {sys}.string_split(s, delimiter) END,
        lambda e: {sys}.nullif(e, null_text));
    CREATE MACRO {pg}.string_to_table(s, delimiter) AS {sys}.unnest({sys}.string_split(s, delimiter));
    CREATE MACRO {pg}.array_to_string(a, delimiter) AS
        {sys}.array_to_string({sys}.list_filter(CAST(a AS VARCHAR[]), lambda e: e IS NOT NULL), delimiter),
      (a, delimiter, null_text) AS {sys}.array_to_string(
        {sys}.list_transform(CAST(a AS VARCHAR[]), lambda e: coalesce(e, null_text)), delimiter);
    CREATE MACRO {pg}.convert_from(b, encoding) AS {sys}.decode(b);
    CREATE MACRO {pg}.convert_to(s, encoding) AS {sys}.encode(s);
    CREATE MACRO {pg}.normalize(s) AS {sys}.nfc_normalize(s), (s, form) AS {sys}.nfc_normalize(s);
    CREATE MACRO {pg}.unistr(s) AS martinet_unistr(CAST(s AS VARCHAR));

    """#

  /// `format` takes any number of arguments, a macro a fixed one: an overload for each up to sixteen.
  static let formatText: String = {
    let overloads = (0...16).map { count in
      let names = (0..<count).map { "a\($0)" }
      let values = names.map { "CAST(\($0) AS VARCHAR)" }.joined(separator: ", ")
      let list = count == 0 ? "CAST([] AS VARCHAR[])" : "[\(values)]"
      return "(\((["f"] + names).joined(separator: ", "))) AS martinet_format(f, \(list))"
    }
    return "CREATE MACRO {pg}.format" + overloads.joined(separator: ", ") + ";\n"
  }()
}
