import Glibc

/// Names of time zones as clients write them.
enum TimeZoneName {
  private static let folder = "/usr/share/zoneinfo"

  /// The name with the letters that the system's zone files have it in, because PostgreSQL does not tell
  /// letters of different case apart; nil when there is no such zone.
  static func canonical(_ name: String) -> String? {
    if TimeZoneRules.named(name) != nil {
      return ["utc", "z"].contains(name.lowercased()) ? "UTC" : name.lowercased() == "gmt" ? "GMT" : name
    }
    var path = ""
    for part in name.split(separator: "/", omittingEmptySubsequences: false) {
      guard let found = entry(like: part, in: folder + path) else { return nil }
      path += "/" + found
    }
    let found = String(path.dropFirst())
    return TimeZoneRules.named(found) == nil ? nil : found
  }

  private static func entry(like part: Substring, in folder: String) -> String? {
    guard !part.isEmpty, !part.hasPrefix("."), let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    let wanted = part.lowercased()
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.lowercased() == wanted { return name }
    }
    return nil
  }
}
