/// Names of relations that the engine does not look up in the lake.
enum DataFiles {
  /// Suffixes of files that the engine, or an extension of it, reads when a table of that name does not exist.
  private static let suffixes = NameSet(
    ReviewedFunctions.words(
      """
      parquet csv tsv json jsonl ndjson geojson gz zst bz2 lz4 snappy zip db duckdb ddb sqlite sqlite3 db3 arrow
      arrows feather ipc xlsx xls avro orc txt tbl dat parq pq vortex lance shp gpkg fgb kml
      """))

  /// Whether the engine may take the parts of a name, joined by dots, for a file or a pattern of files.
  static func isFileName(_ parts: [ArraySlice<UInt8>]) -> Bool {
    for part in parts {
      for byte in part {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: ":"),
          UInt8(ascii: "["):
          return true
        default: break
        }
      }
    }
    guard let name = parts.last else { return false }
    if let dot = name.lastIndex(of: UInt8(ascii: ".")) { return suffixes.contains(name[(dot + 1)...]) }
    return parts.count > 1 && suffixes.contains(name)
  }

  /// The engine's own views: settings, logs, attached databases.
  static func isEngineRelation(_ name: ArraySlice<UInt8>) -> Bool {
    name.hasFoldedPrefix("duckdb_") || name.hasFoldedPrefix("pragma_") || name.hasFoldedPrefix("sqlite_")
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes begin with `prefix`, which is in lower case, the case of ASCII letters apart.
  func hasFoldedPrefix(_ prefix: String) -> Bool {
    var index = startIndex
    for byte in prefix.utf8 {
      guard index < endIndex, self[index].folded == byte else { return false }
      index += 1
    }
    return true
  }
}
