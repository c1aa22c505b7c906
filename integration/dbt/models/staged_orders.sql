select id as order_id, customer_id, status, amount, ordered_at, cast(ordered_at as date) as ordered_on
from {{ ref('orders') }}
