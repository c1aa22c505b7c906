import Testing

@Suite struct DuckDBTests {}
