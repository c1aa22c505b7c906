import DuckDB
import PostgresWire

/// Casts between text and types whose forms are not the engine's: PostgreSQL's words for truth values, its forms of
/// intervals, and floating point numbers without the engine's `.0`.
extension CatalogEmulation {
  func registerTextCasts(on connection: Connection) throws(DuckDBError) {
    try connection.register(
      CastFunction(from: .varchar, to: .boolean) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          let text = call.input.text(row)
          if let value = Self.boolean(text) {
            output.store(value, row)
          } else {
            call.fail("[22P02] invalid input syntax for type boolean: \"\(text)\"", row: row)
          }
        }
      })
    try connection.register(
      CastFunction(from: .varchar, to: .interval) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          let text = call.input.text(row)
          if let value = PostgresWire.IntervalText(text) {
            output.store(
              EngineInterval(months: value.months, days: value.days, microseconds: value.microseconds), row)
          } else {
            call.fail("[22007] invalid input syntax for type interval: \"\(text)\"", row: row)
          }
        }
      })
    try connection.register(
      CastFunction(from: .double, to: .varchar) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          output.set(Self.text(of: call.input.load(row, as: Double.self)), row)
        }
      })
    try connection.register(
      CastFunction(from: .float, to: .varchar) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          output.set(Self.text(of: call.input.load(row, as: Float.self)), row)
        }
      })
  }

  /// Any unambiguous beginning of true, false, yes, no, on, off; 1 or 0.
  static func boolean(_ text: String) -> Bool? {
    let word = text.lowercased().split { $0 == " " || $0 == "\t" || $0 == "\n" }
    guard word.count == 1, let word = word.first else { return nil }
    if word == "1" || word == "on" { return true }
    if word == "0" || word == "of" || word == "off" { return false }
    if "true".hasPrefix(word) || "yes".hasPrefix(word) { return true }
    if "false".hasPrefix(word) || "no".hasPrefix(word) { return false }
    return nil
  }

  private static func text(of value: Double) -> String {
    // Safe: the room is larger than the longest number.
    unsafe String(unsafeUninitializedCapacity: 64) { room in
      guard let start = room.baseAddress else { return 0 }
      return unsafe TextWriter.write(value, to: UnsafeMutableRawPointer(start))
    }
  }

  private static func text(of value: Float) -> String {
    // Safe: the room is larger than the longest number.
    unsafe String(unsafeUninitializedCapacity: 64) { room in
      guard let start = room.baseAddress else { return 0 }
      return unsafe TextWriter.write(value, to: UnsafeMutableRawPointer(start))
    }
  }
}
