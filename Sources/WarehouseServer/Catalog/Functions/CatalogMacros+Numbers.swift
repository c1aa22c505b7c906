/// PostgreSQL's functions of numbers, dates and intervals: what DuckDB lacks, or does another way.
extension CatalogMacros {
  /// With `integer_division` the parser turns "/" into "//". The check costs nothing that can be measured
  /// over 6 million rows; a constant divisor's is folded away.
  static let numberText = #"""
    CREATE MACRO {pg}."/"(a, b) AS CASE WHEN b = 0 THEN error('division by zero') ELSE {sys}."/"(a, b) END;
    CREATE MACRO {pg}."//"(a, b) AS CASE WHEN b = 0 THEN error('division by zero') ELSE {sys}."//"(a, b) END;
    CREATE MACRO {pg}."%"(a, b) AS CASE WHEN b = 0 THEN error('division by zero') ELSE {sys}."%"(a, b) END;
    CREATE MACRO {pg}.mod(a, b) AS CASE WHEN b = 0 THEN error('division by zero') ELSE {sys}."%"(a, b) END;
    CREATE MACRO {pg}.div(a, b) AS
      {sys}.trunc(CASE WHEN b = 0 THEN error('division by zero') ELSE {sys}."/"(a, b) END);
    CREATE MACRO {pg}.width_bucket(x, low, high, count) AS CAST(CASE
      WHEN low < high THEN CASE WHEN x < low THEN 0 WHEN x >= high THEN count + 1
        ELSE {sys}.floor({sys}."/"((x - low) * count, high - low)) + 1 END
      ELSE CASE WHEN x > low THEN 0 WHEN x <= high THEN count + 1
        ELSE {sys}.floor({sys}."/"((low - x) * count, low - high)) + 1 END END AS INTEGER);
    CREATE MACRO {pg}.scale(x) AS
      CAST({sys}.length({sys}.split_part(CAST(x AS VARCHAR), '.', 2)) AS INTEGER);
    CREATE MACRO {pg}.sind(x) AS {sys}.sin({sys}.radians(x));
    CREATE MACRO {pg}.cosd(x) AS {sys}.cos({sys}.radians(x));
    CREATE MACRO {pg}.tand(x) AS {sys}.tan({sys}.radians(x));
    CREATE MACRO {pg}.num_nulls(a) AS CAST(a IS NULL AS INTEGER),
      (a, b) AS CAST(a IS NULL AS INTEGER) + CAST(b IS NULL AS INTEGER);
    CREATE MACRO {pg}.num_nonnulls(a) AS CAST(a IS NOT NULL AS INTEGER),
      (a, b) AS CAST(a IS NOT NULL AS INTEGER) + CAST(b IS NOT NULL AS INTEGER);
    CREATE MACRO {pg}.int4(x) AS CAST(x AS INTEGER);
    CREATE MACRO {pg}.int8(x) AS CAST(x AS BIGINT);
    CREATE MACRO {pg}.int2(x) AS CAST(x AS SMALLINT);
    CREATE MACRO {pg}.float8(x) AS CAST(x AS DOUBLE);
    CREATE MACRO {pg}.float4(x) AS CAST(x AS FLOAT);
    CREATE MACRO {pg}.text(x) AS CAST(x AS VARCHAR);

    CREATE MACRO {pg}.clock_timestamp() AS martinet_clock();
    CREATE MACRO {pg}.statement_timestamp() AS {sys}.now();
    CREATE MACRO {pg}.timeofday() AS CAST(martinet_clock() AS VARCHAR);
    CREATE MACRO {pg}.make_interval(
        years := 0, months := 0, weeks := 0, days := 0, hours := 0, mins := 0, secs := 0) AS
      {sys}.to_years(CAST(years AS INTEGER)) + {sys}.to_months(CAST(months AS INTEGER))
        + {sys}.to_weeks(CAST(weeks AS INTEGER)) + {sys}.to_days(CAST(days AS INTEGER))
        + {sys}.to_hours(CAST(hours AS BIGINT)) + {sys}.to_minutes(CAST(mins AS BIGINT))
        + {sys}.to_seconds(CAST(secs AS DOUBLE));
    CREATE MACRO {pg}.date_bin(stride, t, origin) AS {sys}.time_bucket(stride, t, origin);
    CREATE MACRO {pg}.date_trunc(field, t) AS {sys}.date_trunc(field, t),
      (field, t, zone) AS
        {sys}.timezone(zone, {sys}.date_trunc(field, {sys}.timezone(zone, CAST(t AS TIMESTAMPTZ))));
    CREATE MACRO {pg}.to_char(x, f) AS
      martinet_to_char(CAST(x AS VARCHAR), {sys}.typeof(x), f);
    CREATE MACRO {pg}.to_date(s) AS CAST(s AS DATE), (s, f) AS martinet_to_date(CAST(s AS VARCHAR), f);
    CREATE MACRO {pg}.to_timestamp(seconds) AS {sys}.to_timestamp(CAST(seconds AS DOUBLE)),
      (s, f) AS CAST(martinet_to_timestamp(CAST(s AS VARCHAR), f) AS TIMESTAMPTZ);
    CREATE MACRO {pg}.to_number(s, f) AS martinet_to_number(CAST(s AS VARCHAR), f);
    CREATE MACRO {pg}.martinet_months(i) AS {sys}.date_part('year', i) * 12 + {sys}.date_part('month', i);
    CREATE MACRO {pg}.martinet_time(i) AS ({sys}.date_part('hour', i) * 60 + {sys}.date_part('minute', i))
      * 60000000 + {sys}.date_part('microsecond', i);
    CREATE MACRO {pg}.justify_hours(i) AS {sys}.to_months(CAST({pg}.martinet_months(i) AS INTEGER))
      + {sys}.to_days(CAST({sys}.date_part('day', i)
        + {sys}."//"({pg}.martinet_time(i), 86400000000) AS INTEGER))
      + {sys}.to_microseconds({sys}."%"({pg}.martinet_time(i), 86400000000));
    CREATE MACRO {pg}.justify_days(i) AS
      {sys}.to_months(CAST({pg}.martinet_months(i) + {sys}."//"({sys}.date_part('day', i), 30) AS INTEGER))
      + {sys}.to_days(CAST({sys}."%"({sys}.date_part('day', i), 30) AS INTEGER))
      + {sys}.to_microseconds({pg}.martinet_time(i));
    CREATE MACRO {pg}.justify_interval(i) AS {pg}.justify_days({pg}.justify_hours(i));
    CREATE MACRO {pg}.martinet_extract_second(t) AS
      CAST({sys}.date_part('microsecond', t) AS DECIMAL(18,0)) * 0.000001;
    CREATE MACRO {pg}.martinet_extract_milliseconds(t) AS
      CAST({sys}.date_part('microsecond', t) AS DECIMAL(18,0)) * 0.001;
    CREATE MACRO {pg}.martinet_extract_epoch(t) AS
      CAST({sys}.epoch_us(t) AS DECIMAL(18,0)) * 0.000001;
    CREATE MACRO {pg}.martinet_part_second(t) AS CAST({sys}.date_part('microsecond', t) AS DOUBLE) * 1e-6;

    """#
}
