-- Numbers: division, rounding, NUMERIC without precision, overflow, text of floating point.
select 7/2, -7/2, 7/-2, 7%3, -7%3
select 5/2::float8, 5::float8/2, 1/3::float8, 2^10
select 1/0
select 1%0
select 1.5/0
select 1.5%0
select 1.0::float8/0
select 0::float8/0
select 1::bigint/0
select a/b from (values (1, 0)) t(a, b)
select a/b from (values (4, 2), (6, 4)) t(a, b)
select a%b from (values (1, 0)) t(a, b)
select a/b from (values (1.5, 0.0)) t(a, b)
select mod(7, 3), mod(-7, 3), div(7, 2), div(-7, 2)
select mod(1, 0)
select div(1, 0)
select sum(x)/count(x) from (values (1), (2), (4)) t(x)
select 1.23456789::numeric
select '1.23456789012345678901234567'::numeric
select cast('123456789.123456789' as numeric) + 1
select 100::numeric, 1.10::numeric, 1.10::numeric(10,4), 12345.678::numeric(10,1)
select 1.005::numeric(10,2), 2.5::numeric(2,0), -2.5::numeric(2,0)
select 12345.6::numeric(4,1)
select 0.1 + 0.2, 0.1::float8 + 0.2::float8, 0.1::float4 + 0.2::float4
select 1.0 * 1.00, 2.50 * 3, 1.5 + 1, 10 - 0.25
select round(2.5), round(-2.5), round(3.5), round(3.5::float8)
select round(1.2345, 2), round(1.2355, 3), trunc(1.999, 2), trunc(-1.9), ceil(1.1), floor(-1.1), ceiling(-1.9)
select 2.5::integer, 3.5::integer, -2.5::integer, 2.5::float8::integer, 3.5::float8::integer
select '42'::integer, ' 42 '::integer, '1e3'::float8, '0x'::text
select 'x'::integer
select '1.5'::integer
select ''::integer
select 2147483647 + 1
select 2147483647::bigint + 1
select 32767::smallint + 1::smallint
select 9223372036854775807 + 1
select 3000000000::integer
select 100000::smallint
select abs(-5), sign(-2.5), sqrt(2::float8), power(2, 3), exp(0::float8), ln(1::float8), log(100::float8), cbrt(27::float8)
select sqrt(-1::float8)
select ln(0::float8)
select greatest(1, null, 3), least(1, null, 3), greatest(null, null)
select 1e10::float8, 1e15::float8, 1e16::float8, 1e-5::float8, 123456789.125::float8, 1e22::float8, 1.0::float8
select 0.1::float4, 1e10::float4, 3.4e38::float4, 16777216::float4, 1.0::float4
select 'NaN'::float8, 'infinity'::float8, '-Infinity'::float8, 'NaN'::float8 = 'NaN'::float8
select sum(x), min(x), max(x), count(x) from (values (1), (2), (null)) t(x)
select sum(x) from (values (1.10), (2.25)) t(x)
select sum(x)::float8, avg(x) from (values (0.5::float8), (1.5::float8)) t(x)
select stddev(x)::numeric(10,4), variance(x)::numeric(10,4), stddev_pop(x)::numeric(10,4) from (values (1), (2), (4)) t(x)
select 7 & 3, 7 | 8, 7 # 2, ~7, 1 << 4, 256 >> 2
select 1 = 1.0, 1 < 1.5, '1' = 1, 1 <> 2, 1 != 2
select width_bucket(5.35, 0.024, 10.06, 5), gcd(12, 18), lcm(4, 6), factorial(5)
select random() between 0 and 1
select to_number('12,454.8-', '99G999D9S')
select pi()::numeric(10,5), degrees(pi()), radians(180)::numeric(8,5)
select trunc(12.5::float8), round(1e300::float8), 5.0::float8::text, 1e100::float8::text
select 1.0::numeric(10,2)::text, 0::numeric(5,2), -0.0::float8, 0.00001::numeric
