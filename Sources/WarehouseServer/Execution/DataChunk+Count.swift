import DuckDB

extension DataChunk {
  /// The count that a statement such as CREATE TABLE AS returns in its only cell; 0 where there is none.
  func count(column: Int) -> Int {
    withVector(column) { vector in
      guard vector.type == .bigint, rowCount > 0, vector.isValid(0) else { return 0 }
      return Int(vector.load(0, as: Int64.self))
    }
  }
}
