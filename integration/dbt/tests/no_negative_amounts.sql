select * from {{ ref('staged_orders') }} where amount < 0
