import Testing

@Suite struct ControlStoreTests {}
