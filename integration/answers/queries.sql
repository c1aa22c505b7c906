-- Whole queries: NULL order, column names, sets, windows, grouping, arrays, JSON, conditionals.
select x from (values (2), (null), (1)) t(x) order by x
select x from (values (2), (null), (1)) t(x) order by x desc
select x from (values (2), (null), (1)) t(x) order by x nulls first
select x from (values (2), (null), (1)) t(x) order by x desc nulls last
select x, row_number() over (order by x), rank() over (order by x desc) from (values (2), (null), (1)) t(x) order by 2
select array_agg(x order by x), array_agg(x order by x desc) from (values (2), (null), (1)) t(x)
select count(*), 1+1, sum(x) from (values (1), (2)) t(x)
select max(x), min(x), x::text, upper('a'), case when true then 1 end, x is null from (values (1)) t(x) group by x
select 1, 'a', null, true, now() is null, (select 5), array[1], 1::bigint, cast(1 as text)
select coalesce(1, 2), nullif(1, 2), greatest(1, 2), extract(year from date '2024-01-01'), current_date is null, exists (select 1)
select x as "Mixed Case", X as UPPER, x "spaced name" from (values (1)) t(x)
select * from (values (1, 'a'), (2, 'b')) v
select column1, column2 from (values (1, 'a'), (2, 'b')) v order by column1 desc
select t.* from (select 1 as a, 2 as b) t
select count(*) filter (where x > 1), count(distinct x), bool_and(x > 0), bool_or(x > 2), every(x > 1) from (values (1), (2), (2)) t(x)
select x, count(*) from (values ('a'), ('b'), ('a')) t(x) group by x order by count(*) desc, x
select x, count(*) from (values ('a'), ('b'), ('a')) t(x) group by 1 having count(*) > 1
select a, b, sum(c) from (values (1, 1, 10), (1, 2, 20), (2, 1, 30)) t(a, b, c) group by rollup (a, b) order by a, b
select a, b, sum(c), grouping(a) from (values (1, 1, 10), (1, 2, 20)) t(a, b, c) group by cube (a, b) order by a, b, 3
select a, sum(c) from (values (1, 10), (2, 20)) t(a, c) group by grouping sets ((a), ()) order by a
select x, lag(x) over (order by x), lead(x, 1, 0) over (order by x), sum(x) over (order by x rows between unbounded preceding and current row) from (values (1), (2), (4)) t(x)
select x, ntile(2) over (order by x), first_value(x) over (order by x), last_value(x) over (order by x), percent_rank() over (order by x) from (values (1), (2), (3)) t(x)
select percentile_cont(0.5) within group (order by x), percentile_disc(0.5) within group (order by x), mode() within group (order by x) from (values (1), (2), (2), (9)) t(x)
select 1 union select 2 union all select 2 order by 1
select 1 intersect select 1
select 1 except select 2
with recursive t(n) as (select 1 union all select n + 1 from t where n < 5) select n from t order by n
with a as (select 1 as x), b as (select x + 1 as y from a) select * from a, b
select a.x, b.y from (values (1), (2)) a(x) left join (values (2, 'b')) b(x, y) on a.x = b.x order by a.x
select a.x, b.x from (values (1), (2)) a(x) full join (values (2), (3)) b(x) on a.x = b.x order by a.x, b.x
select * from (values (1, 'l')) a(x, p) join (values (1, 'r')) b(x, q) using (x)
select * from (values (1, 'l')) a(x, p) natural join (values (1, 'r')) b(x, q)
select a.x, s.y from (values (1), (2)) a(x) cross join lateral (select a.x * 10 as y) s order by 1
select x from generate_series(1, 10, 3) x
select x from generate_series(5, 1, -2) t(x)
select x, n from unnest(array['a', 'b']) with ordinality t(x, n)
select distinct x from (values (2), (1), (2)) t(x) order by x
select distinct on (a) a, b from (values (1, 2), (1, 1), (2, 5)) t(a, b) order by a, b
select x from (values (1), (2), (3)) t(x) order by x limit 1 offset 1
select x from (values (1), (2), (3)) t(x) order by x offset 1 rows fetch next 1 rows only
select 1 in (2, null), 1 not in (2, null), 1 = any(array[1, 2]), 1 <> all(array[2, 3]), 1 = any('{1,2}')
select null = null, null is distinct from 1, 1 is not distinct from 1, null in (1), 1 between 0 and 2
select case when null then 1 else 2 end, case 1 when 1 then 'a' when 2 then 'b' end
select row(1, 'a') = row(1, 'a'), (1, 2) < (1, 3), row(1, null) is null
select array[1,2,3], '{1,2,3}'::int[], array[]::text[], '{"a b",NULL,c}'::text[]
select (array[10,20,30])[2], (array[10,20,30])[5], (array[1,2,3,4])[2:3], array[1] || array[2]
select array_length(array[1,2,3], 1), cardinality(array[1,2]), array_position(array['a','b'], 'b'), array_remove(array[1,2,1], 1), array_append(array[1], 2), array_cat(array[1], array[2])
select array[1,2] @> array[1], array[1] <@ array[1,2], array[1,2] && array[2,3], array[1,2] = array[1,2], array[1,2] < array[1,3]
select unnest(array[1,2,3])
select array_upper(array[1,2,3], 1), array_lower(array[1,2,3], 1), array_ndims(array[1]), array_dims(array[1,2]), array_length(array[]::int[], 1)
select '{"a": 1, "b": [1, 2]}'::json ->> 'a', '{"a": 1}'::jsonb -> 'a', '{"a": {"b": 2}}'::json #>> '{a,b}', '[1,2]'::jsonb -> 1, '[1,2]'::json -> -1
select '{"b":1,"a":2}'::json, '"x"'::jsonb, 'null'::jsonb, '{"a": 1}'::jsonb @> '{"a": 1}'
select json_build_array(1), jsonb_build_array(true), json_build_object(), to_json('x'::text)
select json_array_length(json_agg(x)), jsonb_agg(x order by x desc) ->> 0, json_agg(x) filter (where x > 1) ->> 0 from (values (1), (2)) t(x)
select row_to_json(t) from (select 1 as a, 'x' as b) t
select json_array_length('[1,2,3]'), jsonb_typeof('{"a":1}'), json_extract_path_text('{"a":{"b":"c"}}', 'a', 'b')
select key, value from json_each_text('{"a":1,"b":"x"}') order by key
select value from jsonb_array_elements_text('["a","b"]') order by 1
select '{bad'::json
select 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, 'A0EEBC999C0B4EF8BB6D6BB9BD380A11'::uuid
select 'x'::uuid
select pg_typeof(1), pg_typeof(1.5), pg_typeof('a'::text), pg_typeof(now()), pg_typeof(array[1]), pg_typeof(null)
select current_schema, current_schemas(false), current_database(), current_user = session_user
select 'pg_class'::regclass, 'pg_class'::regclass::oid, 'int4'::regtype, 23::regtype, to_regclass('nothing')
select has_table_privilege('pg_class', 'select'), has_schema_privilege('public', 'usage'), pg_is_in_recovery()
show standard_conforming_strings
show search_path
show transaction_isolation
select current_setting('server_encoding'), current_setting('nothing', true) is null
select current_setting('nothing')
select nothing
select * from nothing
select nothing.x from (values (1)) t(x)
select x from (values (1)) t(x) group by y
select x, y from (values (1, 2)) t(x, y) group by x
select sum(sum(x)) from (values (1)) t(x)
select x from (values (1)) t(x) where count(*) > 1
select 1 limit -1
select (select x from (values (1), (2)) t(x))
select 1 union select 1, 2
select upper(1, 2)
select 1 as a, 2 as a
select 1;;
;
select /* comment /* nested */ */ 1 -- end
values (1, 'a'), (2, 'b')
select "x" from (values (1)) t("x")
select 1 as select
select 1 from
select 1 +

select * frm t
