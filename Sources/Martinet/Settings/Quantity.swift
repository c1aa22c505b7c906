/// Sizes and times as people write them.
enum Quantity {
  private static let sizes: [(names: [String], bytes: Int)] = [
    (["TB", "TiB"], 1 << 40), (["GB", "GiB"], 1 << 30), (["MB", "MiB"], 1 << 20),
    (["kB", "KB", "KiB"], 1 << 10),
    (["B"], 1),
  ]
  private static let times: [(names: [String], milliseconds: Int)] = [
    (["d"], 86_400_000), (["h"], 3_600_000), (["min"], 60_000), (["s"], 1000), (["ms"], 1),
  ]

  /// `64MB`; a bare number is bytes.
  static func readBytes(_ text: String) -> Int? {
    read(text, default: 1) { unit in
      sizes.first { $0.names.contains { $0.lowercased() == unit.lowercased() } }?.bytes
    }
  }

  /// `90s` in milliseconds; a bare number is seconds.
  static func readDuration(_ text: String) -> Int? {
    read(text, default: 1000) { unit in times.first { $0.names.contains(unit) }?.milliseconds }
  }

  private static func read(_ text: String, default bare: Int, factor: (String) -> Int?) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard let number = Int(digits), let factor = unit.isEmpty ? bare : factor(String(unit)) else {
      return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }

  /// The shortest exact text of a size.
  static func bytes(_ count: Int) -> String {
    let unit = sizes.first { count >= $0.bytes && count.isMultiple(of: $0.bytes) }
    return unit.map { "\(count / $0.bytes)\($0.names[0])" } ?? "\(count)B"
  }

  /// The shortest exact text of a time in milliseconds.
  static func duration(_ milliseconds: Int) -> String {
    let unit = times.first { milliseconds >= $0.milliseconds && milliseconds.isMultiple(of: $0.milliseconds) }
    return unit.map { "\(milliseconds / $0.milliseconds)\($0.names[0])" } ?? "\(milliseconds)"
  }
}
