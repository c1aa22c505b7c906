/// How far a running query is.
package struct QueryProgress: Hashable, Sendable {
  /// From 0 to 100.
  package var percentage: Double
  package var rowsProcessed: UInt64
  package var rowsTotal: UInt64
}
