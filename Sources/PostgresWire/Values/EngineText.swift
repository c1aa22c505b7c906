/// Values in the words that DuckDB's casts read.
enum EngineText {
  /// A date; DuckDB marks years before Christ in parentheses.
  static func date(_ days: Int32) -> String {
    eraInParentheses { TextWriter.write(date: days, to: $0) }
  }

  /// A timestamp.
  static func timestamp(_ microseconds: Int64) -> String {
    eraInParentheses { TextWriter.write(timestamp: microseconds, to: $0) }
  }

  /// A time of day.
  static func time(_ microseconds: Int64) -> String {
    text { TextWriter.write(time: microseconds, to: $0) }
  }

  /// A UUID of 16 bytes.
  static func uuid(_ bytes: [UInt8]) -> String {
    var halves: (upper: UInt64, lower: UInt64) = (0, 0)
    for byte in bytes.prefix(8) { halves.upper = halves.upper << 8 | UInt64(byte) }
    for byte in bytes.dropFirst(8) { halves.lower = halves.lower << 8 | UInt64(byte) }
    return text { TextWriter.write(uuidUpper: halves.upper, lower: halves.lower, to: $0) }
  }

  private static func eraInParentheses(_ write: (UnsafeMutableRawPointer) -> Int) -> String {
    let plain = text(write)
    return plain.hasSuffix(" BC") ? plain.dropLast(2) + "(BC)" : plain
  }

  static func text(_ write: (UnsafeMutableRawPointer) -> Int) -> String {
    withUnsafeTemporaryAllocation(byteCount: TextWriter.maximumBytes, alignment: 8) { memory in
      guard let base = memory.baseAddress else { return "" }
      return String(decoding: memory[..<write(base)], as: UTF8.self)
    }
  }
}
