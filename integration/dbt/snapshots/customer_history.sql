{% snapshot customer_history %}
{{ config(target_schema='dbt_check', unique_key='id', strategy='check', check_cols=['name', 'region']) }}
select * from {{ ref('customers') }}
{% endsnapshot %}
