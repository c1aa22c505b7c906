-- Strings: operators, functions, patterns, regular expressions.
select 'a' || 1, 'a' || null, 1 || 'b', concat('a', null, 1), concat_ws('-', 'a', null, 'b')
select 'abc' ~ 'b', 'abc' ~ '^b', 'abc' ~ 'B', 'abc' ~* 'B', 'abc' !~ 'b', 'abc' !~* 'B', 'abc' !~ 'x'
select 'abc' ~ '^a.c$', 'line1' ~ '\d', E'a\nb' ~ 'a.b', 'x' ~ null
select x from (values ('apple'), ('Banana'), ('cherry')) t(x) where x ~ 'an' order by x
select x from (values ('apple'), ('Banana'), ('cherry')) t(x) where x ~* '^b' order by x
select x from (values ('apple'), ('Banana'), ('cherry')) t(x) where x !~ 'e' order by x
select 'abc' like 'a%', 'abc' like 'A%', 'abc' ilike 'A%', 'abc' not like 'b%', 'a_c' like 'a\_c', 'abc' like 'a\_c'
select 'abc' ~~ 'a%', 'abc' ~~* 'A%', 'abc' !~~ 'a%', 'abc' !~~* 'X%'
select 'a%c' like 'a#%c' escape '#', 'abc' similar to 'a(b|x)c', 'abc' similar to 'b'
select substring('abcdef' from 2 for 3), substring('abcdef', 2), substr('abcdef', 3, 2), substring('abcdef' from 'c.e')
select substring('abc', 0, 2), substring('abc', -1, 3), substring('abc' from 5)
select left('abc', 2), right('abc', 2), left('abc', -1), right('abc', -1)
select upper('aé'), lower('AÉ'), initcap('hello WORLD o''neil'), length('é🦆'), char_length('abc'), octet_length('é')
select trim('  a '), ltrim('xxa', 'x'), rtrim('axx', 'x'), btrim('xxaxx', 'x'), trim(both 'x' from 'xax'), trim(leading 'x' from 'xax')
select lpad('7', 3, '0'), rpad('a', 3), lpad('abcdef', 3), rpad('abc', 5, 'xy'), repeat('ab', 3), reverse('abc')
select replace('abcabc', 'b', 'X'), translate('12345', '143', 'ax'), overlay('Txxxxas' placing 'hom' from 2 for 4)
select position('c' in 'abc'), strpos('abc', 'z'), split_part('a,b,c', ',', 2), split_part('a,b,c', ',', -1), split_part('a', ',', 5)
select ascii('a'), chr(233), md5('abc'), to_hex(255), encode('abc'::bytea, 'hex'), encode('abc'::bytea, 'base64')
select regexp_replace('foobar', 'o', 'X'), regexp_replace('foobar', 'o', 'X', 'g'), regexp_replace('Foo', 'f', 'x', 'i')
select regexp_replace('abc', '(b)', '[\1]'), regexp_match('foobarbeque', '(bar)(beque)'), regexp_match('a', 'b')
select regexp_split_to_array('a, b,c', ',\s*'), string_to_array('a,b,,c', ','), string_to_array('a,b,,c', ',', '')
select array_to_string(array['a', null, 'b'], ','), array_to_string(array['a', null, 'b'], ',', '*')
select starts_with('abc', 'ab'), format('%s is %I and %L', 'a', 'b c', 'd''e'), format('%2$s %1$s', 'a', 'b'), format('%%')
select quote_literal('a''b'), quote_ident('a b'), quote_ident('abc'), quote_nullable(null)
select string_agg(x, ',' order by x) from (values ('b'), ('a'), (null)) t(x)
select string_agg(distinct x, ',' order by x) from (values ('b'), ('a'), ('a')) t(x)
select 'a'::char(3) || '|', 'ab'::varchar(2)
select E'tab\tnew\\n\x41', 'back\slash', $$dollar 'quoted'$$, $x$a$$b$x$, U&'\0041'
select 'a' 'b'
select 'a'
'b'
select 'a' < 'b', 'a' < 'B', 'é' > 'z', '' < 'a', 'a' = 'a '
select '' is null, coalesce(null, '', 'x'), nullif('a', 'a'), nullif('', 'a')
select x from (values ('b'), (null), ('a'), ('')) t(x) order by x
select x from (values ('b'), (null), ('a'), ('')) t(x) order by x desc
select 'abc'::text::bytea, '\xdeadbeef'::bytea, length('\x00ff'::bytea), 'a\000b'::bytea
select true, false, null::boolean, 't'::boolean, 'yes'::boolean, 'off'::boolean, 1::boolean, true::text, true::integer
select 'maybe'::boolean
select true and null, false and null, true or null, not null::boolean, true is not false, null is unknown
select 'abc' collate "C", upper('a' collate "C")
select octet_length('abc'::bytea), get_byte('abc'::bytea, 1), sha256('abc'::bytea)
select unistr('\0041'), convert_from('abc'::bytea, 'UTF8'), convert_to('é', 'UTF8')
select regexp_count('ababab', 'ab'), regexp_substr('foobar', 'o+'), regexp_instr('foobar', 'b'), regexp_like('abc', 'B', 'i')
select bit_length('abc'), string_to_table('a,b', ',')
select regexp_matches('ab12cd34', '\d+', 'g')
