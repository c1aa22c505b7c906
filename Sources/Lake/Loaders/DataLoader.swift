import DuckDB

/// Fills a lake with one of the benchmark's schemas. The lake must be open in this process alone and not
/// locked down, with the extension that the data set needs.
package struct DataLoader {
  private let lake: Lake
  private let progress: (LoadProgress) -> Void

  package init(lake: Lake, progress: @escaping (LoadProgress) -> Void = { _ in }) {
    self.lake = lake
    self.progress = progress
  }

  /// The configuration that a lake must be opened with to load `dataset`.
  package static func configuration(
    _ base: LakeConfiguration, for dataset: Dataset
  ) -> LakeConfiguration {
    var configuration = base
    configuration.isLockedDown = false
    if let name = dataset.requiredExtension { configuration.extraExtensions.append(name) }
    return configuration
  }

  /// Loads all tables in one transaction: afterwards all rows are there or none.
  /// - Parameters:
  ///   - scale: 1 is about a gigabyte of text; fractions are allowed.
  ///   - replaces: whether tables that are there already are made anew.
  package func load(
    _ dataset: Dataset, scale: Double, replaces: Bool = false
  ) throws(LakeError) -> LoadOutcome {
    guard scale > 0, scale <= 100_000 else {
      throw LakeError(.configuration, "the scale must be above 0 and at most 100000")
    }
    if try isThere(dataset), !replaces { return .alreadyThere }
    let hold = try lake.writeLock.acquire()
    defer { hold.release() }
    let scratchFile =
      scale < 0.5
      ? nil
      : lake.configuration.spillFolder.map { folder in
        absolutePath(folder) + "/scratch-\(UInt64.random(in: 0...UInt64.max)).duckdb"
      }
    defer { if let scratchFile { removeFile(scratchFile) } }
    let connection: Connection
    do {
      connection = try lake.connect()
      try connection.execute("SET enable_progress_bar = false")
    } catch {
      throw failure(error)
    }
    do {
      if dataset != .ssb { try generate(dataset, scale, into: scratchFile, connection) }
      try connection.execute("BEGIN")
      try createTables(dataset, connection)
      switch dataset {
      case .ssb: try loadStarSchema(scale, connection)
      case .tpch, .tpcds: try copyGenerated(dataset, scale, connection)
      }
      report("commit", 0.99)
      try connection.execute("COMMIT")
      if dataset != .ssb { try connection.execute("DETACH \(Self.scratch)") }
      let rows = try countRows(dataset, connection)
      report("done", 1)
      return .loaded(rows: rows)
    } catch {
      try? connection.execute("ROLLBACK")
      throw failure(error)
    }
  }

  private func report(_ step: String, _ fraction: Double) {
    progress(LoadProgress(step: step, fraction: fraction))
  }

  private func failure(_ error: DuckDBError) -> LakeError {
    guard let meaning = LakeFailure(error) else {
      return LakeError(.engine, "could not load the data: \(error.message)", underlying: error)
    }
    return LakeError(
      meaning == .diskFull ? .diskFull : .engine, "could not load the data: \(error.message)",
      hint: meaning.hint, underlying: error)
  }

  private func isThere(_ dataset: Dataset) throws(LakeError) -> Bool {
    let schema = try lake.schema()
    guard let namespace = schema.namespaces.first(where: { $0.name == dataset.schema }) else { return false }
    let names = Set(schema.tables.filter { $0.schemaID == namespace.id }.map(\.name))
    return names.isSuperset(of: dataset.tables)
  }

  private func target(_ dataset: Dataset, _ table: String) -> String {
    "\(Lake.databaseName).\(dataset.schema).\(sqlIdentifier(table))"
  }

  private func createTables(_ dataset: Dataset, _ connection: Connection) throws(DuckDBError) {
    try connection.execute("CREATE SCHEMA IF NOT EXISTS \(Lake.databaseName).\(dataset.schema)")
    for table in dataset.tables {
      try connection.execute("DROP TABLE IF EXISTS \(target(dataset, table))")
      if dataset == .ssb { continue }
      try connection.execute(
        "CREATE TABLE \(target(dataset, table)) AS FROM \(Self.scratch).\(table) LIMIT 0")
    }
    for table in StarSchemaBenchmark.tables where dataset == .ssb {
      try connection.execute("CREATE TABLE \(target(dataset, table.name)) (\(table.columns))")
    }
  }

  private func loadStarSchema(_ scale: Double, _ connection: Connection) throws(DuckDBError) {
    let size = StarSchemaBenchmark.Size(scale: scale)
    for table in Dataset.ssb.tables where table != "lineorder" {
      report(table, 0)
      try connection.execute(
        "INSERT INTO \(target(.ssb, table)) \(StarSchemaBenchmark.dimensionSQL(table, size: size))")
    }
    let step = StarSchemaBenchmark.ordersPerStep
    for first in stride(from: 0, to: size.orders, by: step) {
      let last = min(first + step, size.orders)
      report(
        "lineorder to order \(last) of \(size.orders)", 0.05 + 0.93 * Double(first) / Double(size.orders))
      try connection.execute(
        "INSERT INTO \(target(.ssb, "lineorder")) "
          + StarSchemaBenchmark.factSQL(orders: first, to: last, size: size))
    }
  }

  /// The database that the extensions generate into: in memory when it is small, else in a file below the
  /// spill folder, so that any scale fits.
  private static let scratch = "martinet_scratch"

  private func generate(
    _ dataset: Dataset, _ scale: Double, into file: String?, _ connection: Connection
  ) throws(DuckDBError) {
    try connection.execute("ATTACH \(sqlLiteral(file ?? ":memory:")) AS \(Self.scratch)")
    let parts = dataset == .tpch && scale >= 2 ? Int(scale) : 1
    for part in 0..<parts {
      report("generate part \(part + 1) of \(parts)", 0.5 * Double(part) / Double(parts))
      switch dataset {
      case .tpch:
        let slice = parts > 1 ? ", children = \(parts), step = \(part)" : ""
        try connection.execute(
          "CALL dbgen(sf = \(scale), catalog = '\(Self.scratch)', schema = 'main'\(slice))")
      default:
        try connection.execute("CALL dsdgen(sf = \(scale), catalog = '\(Self.scratch)', schema = 'main')")
      }
    }
  }

  /// The column that a fact table is sorted by, which lets a filter on it skip most of the files.
  private static func sortColumn(_ table: String) -> String? {
    switch table {
    case "lineitem": "l_shipdate"
    case "orders": "o_orderdate"
    case "store_sales": "ss_sold_date_sk"
    case "catalog_sales": "cs_sold_date_sk"
    case "web_sales": "ws_sold_date_sk"
    case "inventory": "inv_date_sk"
    default: nil
    }
  }

  private func copyGenerated(
    _ dataset: Dataset, _ scale: Double, _ connection: Connection
  ) throws(DuckDBError) {
    for (index, table) in dataset.tables.enumerated() {
      report(table, 0.5 + 0.49 * Double(index) / Double(dataset.tables.count))
      let source = "\(Self.scratch).\(table)"
      guard let column = Self.sortColumn(table) else {
        try connection.execute("INSERT INTO \(target(dataset, table)) FROM \(source)")
        continue
      }
      guard dataset == .tpch, scale >= 2 else {
        try connection.execute("INSERT INTO \(target(dataset, table)) FROM \(source) ORDER BY \(column)")
        continue
      }
      // A year at a time bounds the memory of the sort.
      for year in 1992...1998 {
        try connection.execute(
          "INSERT INTO \(target(dataset, table)) FROM \(source) WHERE year(\(column)) = \(year)"
            + " ORDER BY \(column)")
      }
    }
  }

  private func countRows(_ dataset: Dataset, _ connection: Connection) throws(DuckDBError) -> Int {
    let counts = dataset.tables.map { "SELECT count(*) AS n FROM \(target(dataset, $0))" }
    let result = try connection.query(
      "SELECT sum(n)::BIGINT FROM (\(counts.joined(separator: " UNION ALL ")))")
    return try result.nextChunk()?.withVector(0) { Int($0.load(0, as: Int64.self)) } ?? 0
  }
}
