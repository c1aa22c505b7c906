import DuckDB

/// Arguments as Swift arrays: the catalogs' functions see few rows, and short ones.
extension ScalarCall {
  /// A VARCHAR argument; nil for NULL.
  func texts(_ column: Int) -> [String?] {
    arguments.withVector(column) { vector in
      (0..<rowCount).map { vector.isValid($0) ? vector.text($0) : nil }
    }
  }

  /// A BIGINT argument; 0 for NULL, whose result is NULL anyway.
  func numbers(_ column: Int) -> [Int64] {
    arguments.withVector(column) { vector in
      (0..<rowCount).map { vector.isValid($0) ? vector.load($0, as: Int64.self) : 0 }
    }
  }

  /// A DOUBLE argument; 0 for NULL.
  func doubles(_ column: Int) -> [Double] {
    arguments.withVector(column) { vector in
      (0..<rowCount).map { vector.isValid($0) ? vector.load($0, as: Double.self) : 0 }
    }
  }

  /// A BOOLEAN argument; false for NULL.
  func flags(_ column: Int) -> [Bool] {
    arguments.withVector(column) { vector in
      (0..<rowCount).map { vector.isValid($0) && vector.load($0, as: Bool.self) }
    }
  }

  /// A text from the first argument, for each row.
  func mapText(_ output: inout VectorWriter, _ body: (String) throws -> String?) rethrows {
    for (row, text) in texts(0).enumerated() {
      if let text, let result = try body(text) { output.set(result, row) } else { output.setNull(row) }
    }
  }

  /// A text from a text and a number, for each row.
  func mapTextAndNumber(_ output: inout VectorWriter, _ body: (String, Int64) -> String?) {
    mapTextAndNumber(&output) { _, text, number in body(text, number) }
  }

  func mapTextAndNumber(_ output: inout VectorWriter, _ body: (Int, String, Int64) -> String?) {
    let numbers = numbers(1)
    for (row, text) in texts(0).enumerated() {
      if let text, let result = body(row, text, numbers[row]) {
        output.set(result, row)
      } else {
        output.setNull(row)
      }
    }
  }
}
