import Testing

@Suite struct PostgresWireTests {}
