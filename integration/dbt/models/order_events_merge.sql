{{ config(materialized='incremental', incremental_strategy='merge', unique_key='order_id') }}
select order_id, status, amount, ordered_at, cast('{{ invocation_id }}' as varchar(40)) as loaded_by
from {{ ref('staged_orders') }}
{% if is_incremental() %}
where ordered_at >= (select max(ordered_at) - interval '2 days' from {{ this }})
{% else %}
where ordered_at < timestamp '2024-01-20'
{% endif %}
