/// How far a load is.
package struct LoadProgress: Hashable, Sendable {
  /// What is being done now, such as `lineorder 3 of 12`.
  package let step: String
  /// From 0 to 1.
  package let fraction: Double
}

/// A set of tables that a lake can be filled with.
package enum Dataset: String, CaseIterable, Sendable {
  /// The Star Schema Benchmark: one fact table, four dimensions.
  case ssb
  /// TPC-H, as DuckDB's extension generates it: a snowflake of eight tables.
  case tpch
  /// TPC-DS, as DuckDB's extension generates it: 24 tables.
  case tpcds

  /// The schema that the tables go to.
  package var schema: String { rawValue }

  /// The extension that generates it, which `LakeConfiguration.extraExtensions` must name.
  package var requiredExtension: String? {
    switch self {
    case .ssb: nil
    case .tpch, .tpcds: rawValue
    }
  }

  package var tables: [String] {
    switch self {
    case .ssb: StarSchemaBenchmark.tables.map(\.name)
    case .tpch: ["region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem"]
    case .tpcds:
      [
        "call_center", "catalog_page", "catalog_returns", "catalog_sales", "customer",
        "customer_address", "customer_demographics", "date_dim", "household_demographics", "income_band",
        "inventory", "item", "promotion", "reason", "ship_mode", "store", "store_returns", "store_sales",
        "time_dim", "warehouse", "web_page", "web_returns", "web_sales", "web_site",
      ]
    }
  }
}

/// What a load did.
package enum LoadOutcome: Hashable, Sendable {
  /// The rows of all tables together.
  case loaded(rows: Int)
  /// The tables were there already.
  case alreadyThere
}
