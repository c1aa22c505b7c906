-- Dates, times, intervals, time zones, to_char and its kin.
select date '2024-02-29', date '2024-02-29' + 1, date '2024-03-01' - 1, date '2024-03-01' - date '2024-02-01'
select timestamp '2024-02-29 12:34:56', timestamp '2024-02-29 12:34:56.789', timestamp '2024-02-29'
select timestamptz '2024-02-29 12:00:00+02', timestamptz '2024-02-29 12:00:00 America/New_York'
select timestamp '2024-07-01 12:00' at time zone 'Europe/Paris', timestamptz '2024-07-01 12:00+00' at time zone 'Europe/Paris'
select timestamptz '2024-01-01 12:00+00' at time zone 'America/New_York', timestamptz '2024-01-01 00:00+00' at time zone 'UTC'
select date '2024-01-31' + interval '1 month', timestamp '2024-03-31' - interval '1 month', date '2024-02-29' + interval '1 year'
select date '2024-01-01' + interval '1 day', date '2024-01-01' + time '10:00', timestamp '2024-01-01' - timestamp '2023-12-25 12:00'
select interval '1 day', interval '1 day 2 hours', interval '90 minutes', interval '1 year 2 months 3 days 04:05:06.789'
select interval '-1 day', interval '1 mon -1 day', interval '-1 year -2 mons +3 days -04:05:06', interval '0'
select interval '1' day, interval '2' month, interval '1-2', interval 'P1Y2M3DT4H5M6S', interval '1.5 days'
select interval '1 day' * 3, interval '1 hour' / 2, 2 * interval '10 min', interval '1 day' + interval '2 hours', - interval '1 day'
select extract(year from date '2024-02-29'), extract(month from date '2024-02-29'), extract(dow from date '2024-02-25'), extract(isodow from date '2024-02-25'), extract(doy from date '2024-12-31')
select extract(week from date '2024-12-30'), extract(isoyear from date '2024-12-30'), extract(quarter from date '2024-05-01'), extract(century from date '2024-01-01'), extract(decade from date '2024-01-01')
select extract(epoch from timestamp '2024-01-01 00:00:01.5'), extract(epoch from interval '1 day 1 second'), extract(second from timestamp '2024-01-01 00:00:01.5'), extract(hour from time '12:34:56')
select date_part('year', date '2024-02-29'), date_part('epoch', timestamp '1970-01-02'), date_part('second', timestamp '2024-01-01 00:00:01.5')
select date_trunc('month', timestamp '2024-02-29 12:34:56'), date_trunc('week', timestamp '2024-02-29'), date_trunc('quarter', timestamp '2024-05-05'), date_trunc('hour', timestamp '2024-02-29 12:34:56')
select date_trunc('day', timestamptz '2024-02-29 12:34:56+00'), date_trunc('year', timestamp '2024-02-29')
select age(timestamp '2024-03-01', timestamp '2023-01-15'), age(date '2024-01-01', date '2023-12-31')
select make_date(2024, 2, 29), make_time(1, 2, 3.5), make_timestamp(2024, 2, 29, 1, 2, 3.5), make_interval(days => 3, hours => 4)
select to_char(timestamp '2024-02-09 15:04:05.678', 'YYYY-MM-DD HH24:MI:SS'), to_char(timestamp '2024-02-09 15:04:05.678', 'DD Mon YYYY HH12:MI AM')
select to_char(date '2024-02-09', 'Day'), to_char(date '2024-02-09', 'FMDay, FMMonth FMDD'), to_char(date '2024-02-09', 'Month'), to_char(date '2024-02-09', 'Dy DDD D WW IW Q')
select to_char(timestamp '2024-02-09 15:04:05.678901', 'MS US SSSS'), to_char(timestamp '2024-02-09 05:04:05', 'hh:mi:ss pm'), to_char(date '2024-02-09', 'YY YYY Y CC J')
select to_char(date '2024-02-09', '"Year" YYYY'), to_char(date '2024-02-09', 'DDth'), to_char(date '2024-02-09', 'MONTH mon MON'), to_char(date '2024-02-09', 'IYYY-"W"IW-ID')
select to_char(12345.678, '99999.99'), to_char(12345.678, '99,999.9'), to_char(-1, '999'), to_char(1, '000'), to_char(0.5, '0.99'), to_char(0.5, '9.99')
select to_char(12, 'FM999'), to_char(1234567, 'FM9,999,999'), to_char(0.1, 'FM0.00'), to_char(-12.5, '99.9S'), to_char(5, '9th')
select to_char(interval '1 day 02:03:04', 'HH24:MI:SS'), to_char(125, '999D9'), to_char(1e5::float8, '999999'), to_char(123456, '999')
select to_date('2024-02-29', 'YYYY-MM-DD'), to_date('29/02/2024', 'DD/MM/YYYY'), to_date('Feb 29, 2024', 'Mon DD, YYYY'), to_date('20240229', 'YYYYMMDD')
select to_timestamp('2024-02-29 12:34:56', 'YYYY-MM-DD HH24:MI:SS'), to_timestamp('2024-02-29 12:34:56.789', 'YYYY-MM-DD HH24:MI:SS.MS'), to_timestamp('2024-02-29 12:34:56.123456', 'YYYY-MM-DD HH24:MI:SS.US')
select to_timestamp(0), to_timestamp(1709210096.5), to_timestamp('2024', 'YYYY')
select to_date('x', 'YYYY-MM-DD')
select date '2024-13-01'
select date '2024-02-30'
select timestamp '2024-01-01 25:00'
select 'today'::date = current_date, now() - now(), current_timestamp = now(), localtimestamp is not null, current_time is not null
select 'infinity'::timestamp, '-infinity'::date, 'epoch'::timestamp
select date '0044-03-15 BC', timestamp '0001-01-01', date '9999-12-31', date '10000-01-01'
select time '12:34', time '12:34:56.7', time '12:34:56.789012', time '24:00:00', timetz '12:34:56+02'
select date '2024-02-29' = timestamp '2024-02-29', date '2024-02-29' < timestamp '2024-02-29 01:00', '2024-02-29' > date '2024-01-01'
select date_bin('15 minutes', timestamp '2024-02-29 12:34:56', timestamp '2001-01-01'), justify_hours(interval '27 hours'), justify_days(interval '35 days')
select (date '2024-01-01', date '2024-02-01') overlaps (date '2024-01-15', date '2024-03-01'), isfinite(date '2024-01-01')
select generate_series(timestamp '2024-01-01', timestamp '2024-01-03', interval '1 day')
select d::date from generate_series(timestamp '2024-01-30', timestamp '2024-03-01', interval '1 month') t(d)
select '2024-02-29'::date::text, timestamp '2024-02-29 12:00'::date, '12:34:56'::time
select timezone('UTC', timestamptz '2024-01-01 00:00+05'), '2024-01-01'::timestamptz, timestamptz '2024-07-01 00:00 Europe/Paris'
select x from (values (date '2024-01-01'), (null), (date '2023-01-01')) t(x) order by x desc nulls last
select interval '1 month' = interval '30 days', interval '1 day' > interval '23 hours', interval '1 day'::text, interval '36 hours'
select max(x), min(x) from (values (date '2024-01-01'), (date '2023-06-01')) t(x)
select avg(x) from (values (interval '1 day'), (interval '3 days')) t(x)
select current_setting('TimeZone'), current_setting('DateStyle')
