import Testing

@Suite struct SQLFrontTests {}
