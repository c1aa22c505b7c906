import DuckDB
import Glibc
import Lake

/// A folder of its own below /tmp, removed with everything in it in the end.
final class TemporaryFolder {
  let path: String

  init() {
    path = "/tmp/martinet-lake-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    mkdir(path, 0o700)
  }

  deinit { removeTree(path) }

  private func removeTree(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { removeTree(path + "/" + name) }
      }
      closedir(folder)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  /// The paths of the Parquet files below the folder.
  func parquetFiles(_ below: String = "") -> [String] {
    var found: [String] = []
    guard let folder = opendir(path + below) else { return [] }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      if name.hasSuffix(".parquet") {
        found.append(path + below + "/" + name)
      } else {
        found += parquetFiles(below + "/" + name)
      }
    }
    closedir(folder)
    return found.sorted()
  }
}

extension Connection {
  /// The rows of a statement as text, for comparisons.
  func rows(_ sql: String) throws(DuckDBError) -> [[String]] {
    let plain = try query("SELECT COLUMNS(*)::VARCHAR FROM (\(sql))")
    var rows: [[String]] = []
    while let chunk = try plain.nextChunk() {
      for row in 0..<chunk.rowCount {
        rows.append(
          (0..<chunk.columnCount).map { column in
            chunk.withVector(column) { $0.isValid(row) ? $0.text(row) : "NULL" }
          })
      }
    }
    return rows
  }

  /// The only value of a statement.
  func value(_ sql: String) throws(DuckDBError) -> String { try rows(sql).first?.first ?? "" }
}
