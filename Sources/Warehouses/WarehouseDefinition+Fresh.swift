extension WarehouseDefinition {
  /// The warehouse of sessions that name none.
  package static let defaultName = "bi"

  /// The warehouses of a fresh install: analysts first, the heavy work behind them.
  ///
  /// - Parameters:
  ///   - threads: the processors of the machine, or fewer.
  ///   - memoryBytes: what all engines together may use.
  package static func fresh(threads: Int, memoryBytes: Int) -> [WarehouseDefinition] {
    [
      WarehouseDefinition(
        name: defaultName, threads: threads, memoryBytes: memoryBytes / 5 * 3, priority: .interactive,
        comment: "dashboards and analysts"),
      WarehouseDefinition(
        name: "science", threads: threads, memoryBytes: memoryBytes / 5 * 2, priority: .background,
        comment: "heavy queries, which may take their time"),
    ]
  }
}
