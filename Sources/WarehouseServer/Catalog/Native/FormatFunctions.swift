import DuckDB

/// Native functions of text that need no session.
enum FormatFunctions {
  static var all: [ScalarFunction] { texts + dates + others }

  private static func text(_ name: String, _ body: @escaping @Sendable (String) throws -> String?)
    -> ScalarFunction
  {
    ScalarFunction(name: name, parameters: [.varchar], returns: .varchar) { call, output in
      try call.mapText(&output, body)
    }
  }

  private static let texts = [
    text("martinet_quote_ident") { SQLName.quoted($0) },
    text("martinet_quote_literal") { SQLFormat.literal($0) },
    text("martinet_initcap") { SQLFormat.capitalized($0) },
    text("martinet_unistr") { try SQLFormat.unescaped($0) },
    text("martinet_json_path") { SQLFormat.jsonPath($0) },
  ]

  private static let dates = [
    // The value travels as text beside its type's name: one function for all types, exact for DECIMAL, and
    // a timestamp with zone is in the session's zone.
    ScalarFunction(
      name: "martinet_to_char", parameters: [.varchar, .varchar, .varchar], returns: .varchar
    ) { call, output in
      let (values, types, patterns) = (call.texts(0), call.texts(1), call.texts(2))
      var formats = FormatCache()
      for row in 0..<call.rowCount {
        guard let value = values[row], let type = types[row], let pattern = patterns[row] else { continue }
        output.set(try formats.write(value, type: type, pattern: pattern), row)
      }
    },
    ScalarFunction(name: "martinet_to_date", parameters: [.varchar, .varchar], returns: .date) {
      call, output in
      let (values, patterns) = (call.texts(0), call.texts(1))
      var formats = FormatCache()
      for row in 0..<call.rowCount {
        guard let value = values[row], let pattern = patterns[row] else { continue }
        let parts = try formats.dateTime(pattern).read(value)
        output.store(Int32(clamping: try parts.dayNumber(of: value)), row)
      }
    },
    ScalarFunction(name: "martinet_to_timestamp", parameters: [.varchar, .varchar], returns: .varchar) {
      call, output in
      let (values, patterns) = (call.texts(0), call.texts(1))
      var formats = FormatCache()
      for row in 0..<call.rowCount {
        guard let value = values[row], let pattern = patterns[row] else { continue }
        output.set(try formats.dateTime(pattern).read(value).timestampText(of: value), row)
      }
    },
    ScalarFunction(name: "martinet_to_number", parameters: [.varchar, .varchar], returns: .double) {
      call, output in
      let (values, patterns) = (call.texts(0), call.texts(1))
      for row in 0..<call.rowCount {
        guard let value = values[row], let pattern = patterns[row] else { continue }
        output.store(try NumberFormat.read(value, pattern: pattern), row)
      }
    },
  ]

  private static let others = [
    ScalarFunction(
      name: "martinet_format", parameters: [.varchar, .list(.varchar)], returns: .varchar
    ) { call, output in
      let formats = call.texts(0)
      let arguments = call.arguments.withVector(1) { vector in
        (0..<call.rowCount).map { row -> [String?] in
          guard vector.isValid(row) else { return [] }
          let entry = vector.listEntry(row)
          let child = vector.listChild
          return (entry.offset..<entry.offset + entry.count).map { child.isValid($0) ? child.text($0) : nil }
        }
      }
      for row in 0..<call.rowCount {
        guard let format = formats[row] else { continue }
        output.set(try SQLFormat.format(format, arguments[row]), row)
      }
    },
    ScalarFunction(name: "martinet_parse_ident", parameters: [.varchar], returns: .list(.varchar)) {
      call, output in
      for (row, text) in call.texts(0).enumerated() {
        guard let text else { continue }
        guard let parts = SQLName.parse(text) else {
          throw CatalogFunctionError("string is not a valid identifier: \"\(text)\"")
        }
        let offset = output.setList(row, count: parts.count)
        let child = output.listChild
        for (index, part) in parts.enumerated() {
          var element = child
          element.set(part, offset + index)
        }
      }
    },
    ScalarFunction(
      name: "martinet_type_name", parameters: [.bigint, .bigint], returns: .varchar, takesNulls: false
    ) { call, output in
      let (oids, modifiers) = (call.numbers(0), call.numbers(1))
      for row in 0..<call.rowCount {
        let type = CatalogType.with(oid: oids[row])
        output.set(type?.sqlName(modifier: modifiers[row]) ?? (oids[row] == 0 ? "-" : "???"), row)
      }
    },
    ScalarFunction(name: "martinet_engine_type", parameters: [.varchar], returns: .bigint) { call, output in
      for (row, name) in call.texts(0).enumerated() {
        if name == "\"NULL\"" {
          output.store(Int64(705), row)  // unknown
          continue
        }
        output.store(CatalogType.named(name ?? "")?.oid ?? CatalogColumnType(engineType: name ?? "").oid, row)
      }
    },
    ScalarFunction(name: "martinet_size_bytes", parameters: [.varchar], returns: .bigint) { call, output in
      for (row, text) in call.texts(0).enumerated() { output.store(try SQLFormat.bytes(text ?? "0"), row) }
    },
    // With integer_division the engine has no division of intervals.
    ScalarFunction(name: "//", parameters: [.interval, .double], returns: .interval) { call, output in
      let divisors = call.doubles(1)
      call.arguments.withVector(0) { vector in
        for row in 0..<call.rowCount where vector.isValid(row) {
          output.store(vector.load(row, as: EngineInterval.self).divided(by: divisors[row]), row)
        }
      }
    },
  ]
}

/// An INTERVAL as the engine lays it out.
struct EngineInterval: BitwiseCopyable {
  var months: Int32
  var days: Int32
  var microseconds: Int64

  /// PostgreSQL's division: what is left of a month becomes days, what is left of a day becomes time.
  func divided(by divisor: Double) -> EngineInterval {
    guard divisor != 0 else { return EngineInterval(months: 0, days: 0, microseconds: 0) }
    let months = (Double(self.months) / divisor)
    let days = Double(self.days) / divisor + (months - months.rounded(.towardZero)) * 30
    let micros =
      Double(microseconds) / divisor + (days - days.rounded(.towardZero)) * 86_400_000_000
    return EngineInterval(
      months: Int32(clamping: Int(months.rounded(.towardZero))),
      days: Int32(clamping: Int(days.rounded(.towardZero))), microseconds: Int64(micros.rounded()))
  }
}

/// Patterns are the same for many rows: each is read once per call.
struct FormatCache {
  private var pattern: String?
  private var format = DateTimeFormat("")

  mutating func dateTime(_ pattern: String) throws -> DateTimeFormat {
    if self.pattern != pattern {
      format = DateTimeFormat(pattern)
      self.pattern = pattern
    }
    return format
  }

  mutating func write(_ value: String, type: String, pattern: String) throws -> String {
    switch type {
    case "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIME", "TIME WITH TIME ZONE", "INTERVAL",
      "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS":
      guard let parts = DateTimeParts(engineText: value) else { return value }
      return try dateTime(pattern).write(parts)
    default: return NumberFormat.write(value, pattern: pattern)
    }
  }
}
