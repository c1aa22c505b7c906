import Testing

@Suite struct WarehouseServerTests {}
