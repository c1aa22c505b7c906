{{ config(materialized='table', indexes=[{'columns': ['region']}]) }}
select coalesce(c.region, 'nowhere') as region, sum(r.amount) as amount
from {{ ref('recent') }} r
join {{ ref('customers') }} c on c.id = r.customer_id
group by 1
