import DuckDB
import SQLFront

extension Guard {
  /// A guard that knows the functions of this very engine. To be made before the catalogs add theirs.
  init(functionsOf connection: Connection) throws {
    var tables: [String] = []
    var scalars: [String] = []
    let result = try connection.query(
      "SELECT DISTINCT function_name, function_type IN ('table', 'table_macro', 'pragma')"
        + " FROM duckdb_functions()")
    while let chunk = try result.nextChunk() {
      chunk.withVector(0) { names in
        chunk.withVector(1) { isTable in
          for row in 0..<chunk.rowCount {
            if isTable.load(row, as: Bool.self) {
              tables.append(names.text(row))
            } else {
              scalars.append(names.text(row))
            }
          }
        }
      }
    }
    self.init(
      tableFunctions: tables, scalarFunctions: scalars, shadowed: CatalogMacros.names.sorted())
  }
}
