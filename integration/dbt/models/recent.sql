{{ config(materialized='ephemeral') }}
select * from {{ ref('staged_orders') }} where ordered_on >= date '2024-01-10'
