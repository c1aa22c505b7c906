extension ParameterValue {
  /// Decodes a text of `type`, which is UTF-8 without zero bytes.
  static func decodeText(_ type: PostgresType, _ text: String) throws(PostgresError) -> ParameterValue {
    if let element = type.elementType { return try decodeTextArray(type, element, text) }
    switch type {
    case .unknown: return .untyped(text)
    case .bool: return .boolean(try boolean(text))
    case .int2: return .integer(try integer(text, Int16.self, type), sqlType: "SMALLINT")
    case .int4: return .integer(try integer(text, Int32.self, type), sqlType: "INTEGER")
    case .int8: return .integer(try integer(text, Int64.self, type), sqlType: "BIGINT")
    case .oid, .xid, .cid: return .integer(try objectID(text, type), sqlType: "BIGINT")
    case .xid8: return .numeric(try numeric(text, type))
    case .float8: return .floating(try floating(text, type))
    case .float4: return .single(try single(text))
    case .numeric: return .numeric(try numeric(text, type))
    case .money: return .text(try numeric(moneyDigits(text), type).text, sqlType: "DECIMAL(19,2)")
    case .date, .time, .timetz, .timestamp, .timestamptz, .interval: return try dateTime(text, type)
    case .uuid: return .text(try uuid(text), sqlType: "UUID")
    case .bytea: return .blob(try ByteaText.decode(text))
    case .bit, .varbit: return .text(try bits(text), sqlType: "BIT")
    case .int2vector, .oidvector: return try vector(text, type)
    case .regclass, .regtype, .regproc, .regprocedure, .regoper, .regoperator, .regnamespace, .regrole:
      if let number = UInt32(text) { return .integer(Int64(number), sqlType: "BIGINT") }
      return .text(text, sqlType: type.name)
    case .record, .void:
      throw PostgresError(.featureNotSupported, "input of type \(type.sqlName) is not supported")
    default: return .text(text, sqlType: type.engineType ?? "VARCHAR")
    }
  }

  /// PostgreSQL's words for a text that is not a value of its type.
  static func invalidSyntax(_ typeName: String, _ text: String) -> PostgresError {
    PostgresError(.invalidTextRepresentation, "invalid input syntax for type \(typeName): \"\(text)\"")
  }

  private static func read<Value>(
    _ text: String, _ body: (UnsafePointer<UInt8>, Int) -> Value
  ) -> Value {
    var text = text
    return text.withUTF8 { bytes in
      // The empty string may have no address; any will do for no bytes.
      let start = bytes.baseAddress ?? ("" as StaticString).utf8Start
      return body(start, bytes.count)
    }
  }

  private static func boolean(_ text: String) throws(PostgresError) -> Bool {
    var value = false
    guard read(text, { TextReader.boolean($0, $1, into: &value) }) == .value else {
      throw invalidSyntax("boolean", text)
    }
    return value
  }

  static func integer<Integer: FixedWidthInteger>(
    _ text: String, _ size: Integer.Type, _ type: PostgresType
  ) throws(PostgresError) -> Int64 {
    var value: Int64 = 0
    let outcome = read(text) { TextReader.integer($0, $1, into: &value) }
    guard outcome != .invalidSyntax else { throw invalidSyntax(type.sqlName, text) }
    guard outcome == .value, Integer(exactly: value) != nil else {
      throw PostgresError(
        .numericValueOutOfRange, "value \"\(text)\" is out of range for type \(type.sqlName)")
    }
    return value
  }

  /// Object identifiers are unsigned, but PostgreSQL reads a negative one as its two's complement.
  private static func objectID(_ text: String, _ type: PostgresType) throws(PostgresError) -> Int64 {
    var value: Int64 = 0
    let outcome = read(text) { TextReader.integer($0, $1, into: &value) }
    guard outcome != .invalidSyntax else { throw invalidSyntax(type.sqlName, text) }
    guard outcome == .value, value >= Int64(Int32.min), value <= Int64(UInt32.max) else {
      throw PostgresError(
        .numericValueOutOfRange, "value \"\(text)\" is out of range for type \(type.sqlName)")
    }
    return Int64(UInt32(truncatingIfNeeded: value))
  }

  private static func floating(_ text: String, _ type: PostgresType) throws(PostgresError) -> Double {
    var value = 0.0
    switch read(text, { TextReader.double($0, $1, into: &value) }) {
    case .value: return value
    case .invalidSyntax: throw invalidSyntax(type.sqlName, text)
    case .outOfRange:
      throw PostgresError(
        .numericValueOutOfRange, "\"\(text)\" is out of range for type \(type.sqlName)")
    }
  }

  private static func single(_ text: String) throws(PostgresError) -> Float {
    let double = try floating(text, .float4)
    let value = Float(double)
    guard value.isFinite || !double.isFinite, value != 0 || double == 0 else {
      throw PostgresError(.numericValueOutOfRange, "\"\(text)\" is out of range for type real")
    }
    return value
  }

  private static func numeric(_ text: String, _ type: PostgresType) throws(PostgresError) -> DecimalDigits {
    guard let digits = DecimalDigits(text) else { throw invalidSyntax(type.sqlName, text) }
    return digits
  }

  /// `$1,234.56` without its ornaments; `($5)` is negative.
  private static func moneyDigits(_ text: String) -> String {
    let digits = text.filter { !"$,() ".contains($0) }
    return text.contains("(") ? "-" + digits : digits
  }

  private static func dateTime(_ text: String, _ type: PostgresType) throws(PostgresError) -> ParameterValue {
    if type == .interval {
      guard let interval = IntervalText(text) else {
        throw PostgresError(.invalidDatetimeFormat, "invalid input syntax for type interval: \"\(text)\"")
      }
      return .text(interval.engineText, sqlType: "INTERVAL")
    }
    let engineType = type.engineType ?? "VARCHAR"
    let (outcome, canonical) = canonicalDateTime(text, type)
    switch outcome {
    case .value: return .text(canonical, sqlType: engineType)
    case .outOfRange:
      throw PostgresError(
        .datetimeFieldOverflow, "date/time field value out of range: \"\(text)\"")
    case .invalidSyntax:
      // A form that only the engine may know, such as a named time zone, needs a digit at least.
      guard text.utf8.contains(where: { $0 &- 0x30 <= 9 }) else {
        throw PostgresError(
          .invalidDatetimeFormat, "invalid input syntax for type \(type.sqlName): \"\(text)\"")
      }
      return .text(text, sqlType: engineType)
    }
  }

  /// The value in the words of DuckDB, whatever words it came in.
  private static func canonicalDateTime(
    _ text: String, _ type: PostgresType
  ) -> (TextReader.Outcome, String) {
    var days: Int32 = 0
    var microseconds: Int64 = 0
    switch type {
    case .date:
      let outcome = read(text) { TextReader.date($0, $1, into: &days) }
      return (outcome, EngineText.date(days))
    case .time:
      let outcome = read(text) { TextReader.time($0, $1, into: &microseconds) }
      return (outcome, EngineText.time(microseconds))
    case .timestamp:
      let outcome = read(text) { TextReader.timestamp($0, $1, into: &microseconds) }
      return (outcome, EngineText.timestamp(microseconds))
    case .timestamptz:
      // Without an offset the engine applies the session's time zone.
      guard let parsed = read(text, { DateTimeText($0, $1) }) else { return (.invalidSyntax, "") }
      let outcome = parsed.timestamp(into: &microseconds)
      guard !parsed.isInfinite else { return (outcome, EngineText.timestamp(microseconds)) }
      guard let offset = parsed.offsetSeconds else { return (outcome, EngineText.timestamp(microseconds)) }
      let universal = microseconds - Int64(offset) * 1_000_000
      return (outcome, EngineText.timestamp(universal) + "+00")
    default: return (read(text) { DateTimeText(time: $0, $1) } == nil ? .invalidSyntax : .value, text)
    }
  }

  private static func uuid(_ text: String) throws(PostgresError) -> String {
    var body = Array(text.utf8)[...]
    if body.first == UInt8(ascii: "{"), body.last == UInt8(ascii: "}") { body = body.dropFirst().dropLast() }
    var digits: [UInt8] = []
    for byte in body {
      if byte == UInt8(ascii: "-"), digits.count.isMultiple(of: 4), !digits.isEmpty { continue }
      guard let value = Hex.value(of: byte) else { throw invalidSyntax("uuid", text) }
      digits.append(value)
    }
    guard digits.count == 32, body.last != UInt8(ascii: "-") else { throw invalidSyntax("uuid", text) }
    return EngineText.uuid(
      stride(from: 0, to: 32, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
  }

  /// Binary digits; PostgreSQL also reads `x1F` and `b101`.
  private static func bits(_ text: String) throws(PostgresError) -> String {
    let marker = text.first.map { $0 == "x" || $0 == "X" ? 16 : 2 } ?? 2
    let digits = text.first.map { "xXbB".contains($0) } == true ? text.dropFirst() : text[...]
    var bits = ""
    for digit in digits.unicodeScalars {
      guard digit.isASCII, let value = Hex.value(of: UInt8(digit.value)), value < marker else {
        throw PostgresError(
          .invalidTextRepresentation,
          "\"\(digit)\" is not a valid \(marker == 2 ? "binary" : "hexadecimal") digit")
      }
      for shift in (0..<(marker == 2 ? 1 : 4)).reversed() {
        bits += (value >> UInt8(shift)) & 1 == 1 ? "1" : "0"
      }
    }
    return bits
  }

  private static func vector(_ text: String, _ type: PostgresType) throws(PostgresError) -> ParameterValue {
    var elements: [ParameterValue] = []
    let isOID = type == .oidvector
    for part in text.split(whereSeparator: { $0.isWhitespace }) {
      let part = String(part)
      elements.append(
        isOID
          ? .integer(try objectID(part, .oid), sqlType: "BIGINT")
          : .integer(try integer(part, Int16.self, .int2), sqlType: "SMALLINT"))
    }
    return .array(elements, elementType: isOID ? "BIGINT" : "SMALLINT")
  }
}
