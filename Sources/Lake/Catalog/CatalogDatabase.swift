/// A connection to the catalog database beside the engine's own, for questions that must cost
/// microseconds. It only reads.
protocol CatalogDatabase: AnyObject, Sendable {
  /// Runs a SELECT with `$1`, `$2`, … and calls `body` once per row. The row is valid only inside.
  func read(_ sql: String, _ parameters: [Int64], _ body: (any CatalogRow) -> Void) throws(LakeError)
  /// Runs several reads on one state of the catalog.
  func readTogether(_ queries: [CatalogQuery]) throws(LakeError)
}

/// One of several reads.
struct CatalogQuery {
  let sql: String
  let body: (any CatalogRow) -> Void

  init(_ sql: String, _ body: @escaping (any CatalogRow) -> Void) {
    self.sql = sql
    self.body = body
  }
}

/// A row of the catalog database, lent to a closure.
protocol CatalogRow {
  /// An integer or boolean column; nil for NULL.
  func integer(_ column: Int32) -> Int64?
  /// Any column as text; nil for NULL.
  func text(_ column: Int32) -> String?
}
