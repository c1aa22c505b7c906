import Glibc

/// Where the DuckDB extensions are.
package enum ExtensionFolder {
  /// The first of these that holds the `ducklake` extension: `MARTINET_EXTENSIONS`; `../lib/martinet/extensions`
  /// beside the binary, as installed; `vendor/duckdb/extensions` in the working folder or above the binary.
  package static func find() -> String? {
    candidates().first { fileExists(file($0, "ducklake")) }
  }

  static func file(_ folder: String, _ name: String) -> String { "\(folder)/\(name).duckdb_extension" }

  private static func candidates() -> [String] {
    var folders: [String] = []
    // Safe: the text of the environment is copied at once.
    if let named = unsafe getenv("MARTINET_EXTENSIONS") { folders.append(unsafe String(cString: named)) }
    let binary = binaryFolder()
    folders.append(binary + "/../lib/martinet/extensions")
    folders.append("vendor/duckdb/extensions")
    // .build/<triple>/<configuration>/ lies three folders below the package.
    var above = binary
    for _ in 0..<5 {
      above += "/.."
      folders.append(above + "/vendor/duckdb/extensions")
    }
    return folders
  }

  private static func binaryFolder() -> String {
    var bytes = [CChar](repeating: 0, count: 4_096)
    // Safe: the call writes at most the given number of bytes.
    let count = unsafe readlink("/proc/self/exe", &bytes, bytes.count)
    guard count > 0 else { return "." }
    let path = String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
