extension ParameterValue {
  /// Decodes the binary form of `type`: the `*_recv` functions of PostgreSQL 15.
  static func decodeBinary(
    _ type: PostgresType, _ bytes: ArraySlice<UInt8>
  ) throws(PostgresError) -> ParameterValue {
    switch type {
    case .unknown: return .untyped(try checkedText(bytes))
    case .text, .varchar, .bpchar, .name, .xml, .json, .char, .cstring:
      return .text(try checkedText(bytes), sqlType: type.engineType ?? "VARCHAR")
    case .bytea: return .blob(Array(bytes))
    default: break
    }
    let result = bytes.withUnsafeBytes { memory -> Result<ParameterValue, WireError> in
      do throws(WireError) {
        var reader = WireReader(memory)
        let value = try read(type, &reader)
        guard reader.remaining == 0 else { throw incorrect() }
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let value): return value
    case .failure(let error): throw postgresError(error)
    }
  }

  /// Faults within a value don't break the protocol: the message around it was well-formed.
  private static func postgresError(_ error: WireError) -> PostgresError {
    if error.kind == .unsupportedFeature { return PostgresError(.invalidBinaryRepresentation, error.message) }
    return PostgresError(error.postgresError.sqlState, error.message)
  }

  /// A malformed value; the kind keeps it apart from a malformed message.
  private static func incorrect(_ message: String = "incorrect binary data format in bind parameter")
    -> WireError
  {
    WireError(kind: .unsupportedFeature, message: message)
  }

  private static func read(
    _ type: PostgresType, _ reader: inout WireReader
  ) throws(WireError) -> ParameterValue {
    if let element = type.elementType { return try readArray(element, &reader) }
    switch type {
    case .bool: return .boolean(try reader.read(UInt8.self) != 0)
    case .int2: return .integer(Int64(try reader.read(Int16.self)), sqlType: "SMALLINT")
    case .int4: return .integer(Int64(try reader.read(Int32.self)), sqlType: "INTEGER")
    case .int8: return .integer(try reader.read(Int64.self), sqlType: "BIGINT")
    case .oid, .xid, .cid, .regclass, .regtype, .regproc, .regprocedure, .regoper, .regoperator,
      .regnamespace,
      .regrole:
      return .integer(Int64(try reader.read(UInt32.self)), sqlType: "BIGINT")
    case .float8: return .floating(Double(bitPattern: try reader.read(UInt64.self)))
    case .float4: return .single(Float(bitPattern: try reader.read(UInt32.self)))
    case .numeric: return .numeric(try readNumeric(&reader))
    case .money:
      let cents = try reader.read(Int64.self)
      let text = EngineText.text { TextWriter.write(numeric: cents, scale: 2, to: $0) }
      return .text(text, sqlType: "DECIMAL(19,2)")
    case .date, .time, .timetz, .timestamp, .timestamptz, .interval: return try readDateTime(type, &reader)
    case .uuid: return .text(EngineText.uuid(Array(try reader.readBytes(16))), sqlType: "UUID")
    case .bit, .varbit: return try readBits(&reader)
    case .jsonb:
      guard try reader.read(UInt8.self) == 1 else { throw incorrect("unsupported jsonb version number") }
      return .text(try readText(&reader), sqlType: "JSON")
    // The elements of these are an array of one dimension.
    case .int2vector: return try readArray(.int2, &reader)
    case .oidvector: return try readArray(.oid, &reader)
    case .text, .varchar, .bpchar, .name, .xml, .json, .char, .cstring, .unknown:
      return .text(try readText(&reader), sqlType: type.engineType ?? "VARCHAR")
    case .bytea: return .blob(Array(reader.readRest()))
    default:
      throw incorrect("binary input of type \(type.sqlName) is not supported")
    }
  }

  /// Text inside a binary value; throws 22021 as `checkedText` does.
  private static func readText(_ reader: inout WireReader) throws(WireError) -> String {
    let bytes = reader.readRest()
    guard !bytes.contains(0) else { throw WireError.invalidEncoding("0x00") }
    return try UTF8Text.string(bytes)
  }

  private static func readDateTime(
    _ type: PostgresType, _ reader: inout WireReader
  ) throws(WireError) -> ParameterValue {
    let engineType = type.engineType ?? "VARCHAR"
    switch type {
    case .date:
      let days = try reader.read(Int32.self)
      if days == .max { return .text("infinity", sqlType: engineType) }
      if days == .min { return .text("-infinity", sqlType: engineType) }
      let (sum, overflows) = days.addingReportingOverflow(Int32(TimeScale.postgresEpochDays))
      guard !overflows, sum > -2_440_589, sum != .max else { throw incorrect("date out of range") }
      return .text(EngineText.date(sum), sqlType: engineType)
    case .time, .timetz:
      let microseconds = try reader.read(Int64.self)
      guard (0...86_400_000_000).contains(microseconds) else { throw incorrect("time out of range") }
      guard type == .timetz else { return .text(EngineText.time(microseconds), sqlType: engineType) }
      let west = try reader.read(Int32.self)
      guard west.magnitude < 16 * 3600 else { throw incorrect("time zone displacement out of range") }
      let text = EngineText.text { TextWriter.write(time: microseconds, offsetSeconds: -Int(west), to: $0) }
      return .text(text, sqlType: engineType)
    case .interval:
      let microseconds = try reader.read(Int64.self)
      let days = try reader.read(Int32.self)
      let months = try reader.read(Int32.self)
      let interval = IntervalText(months: months, days: days, microseconds: microseconds)
      return .text(interval.engineText, sqlType: engineType)
    default:
      let microseconds = try reader.read(Int64.self)
      if microseconds == .max { return .text("infinity", sqlType: engineType) }
      if microseconds == .min { return .text("-infinity", sqlType: engineType) }
      // 4713 BC to 294276 AD, PostgreSQL's range.
      guard microseconds >= -211_813_488_000_000_000,
        microseconds < 9_223_371_331_200_000_000 - 946_684_800_000_000
      else { throw incorrect("timestamp out of range") }
      let text = EngineText.timestamp(microseconds + TimeScale.postgresEpochMicroseconds)
      return .text(type == .timestamptz ? text + "+00" : text, sqlType: engineType)
    }
  }

  private static func readNumeric(_ reader: inout WireReader) throws(WireError) -> DecimalDigits {
    let count = Int(try reader.read(UInt16.self))
    let weight = Int(try reader.read(Int16.self))
    let sign = try reader.read(UInt16.self)
    let scale = Int(try reader.read(UInt16.self))
    guard scale <= 0x3FFF else { throw incorrect("invalid scale in external \"numeric\" value") }
    switch sign {
    case 0xC000: return DecimalDigits(special: .nan)
    case 0xD000: return DecimalDigits(special: .infinity)
    case 0xF000: return DecimalDigits(special: -.infinity)
    case 0, 0x4000: break
    default: throw incorrect("invalid sign in external \"numeric\" value")
    }
    guard count * 2 <= reader.remaining else { throw .insufficientData }
    var digits: [UInt8] = []
    digits.reserveCapacity(count * 4)
    for _ in 0..<count {
      let group = try reader.read(UInt16.self)
      guard group < 10_000 else { throw incorrect("invalid digit in external \"numeric\" value") }
      for unit in [1000, 100, 10, 1] as [UInt16] { digits.append(UInt8(group / unit % 10)) }
    }
    // The digits, as a whole number, times 10^exponent; cut or filled to the declared scale.
    var exponent = (weight + 1 - count) * 4
    while exponent < -scale, !digits.isEmpty {
      digits.removeLast()
      exponent += 1
    }
    if exponent > -scale, !digits.isEmpty, exponent.magnitude < 1000, scale < 1000 {
      digits += [UInt8](repeating: 0, count: exponent + scale)
      exponent = -scale
    }
    let significant = Array(digits.drop { $0 == 0 })
    return DecimalDigits(
      digits: significant, exponent: significant.isEmpty ? -min(scale, 37) : exponent,
      isNegative: sign == 0x4000)
  }

  private static func readBits(_ reader: inout WireReader) throws(WireError) -> ParameterValue {
    let count = Int(try reader.read(Int32.self))
    guard count >= 0, (count + 7) / 8 == reader.remaining else {
      throw incorrect("invalid length in external bit string")
    }
    var text = ""
    text.reserveCapacity(count)
    for (index, byte) in reader.readRest().enumerated() {
      for bit in 0..<min(8, count - index * 8) { text += byte & (0x80 >> UInt8(bit)) == 0 ? "0" : "1" }
    }
    return .text(text, sqlType: "BIT")
  }

  private static func readArray(
    _ element: PostgresType, _ reader: inout WireReader
  ) throws(WireError) -> ParameterValue {
    let dimensions = Int(try reader.read(Int32.self))
    guard dimensions >= 0, dimensions <= ArrayText.maximumDimensions else {
      throw incorrect("invalid number of dimensions: \(dimensions)")
    }
    let flags = try reader.read(Int32.self)
    guard flags == 0 || flags == 1 else { throw incorrect("invalid array flags") }
    let sent = try reader.read(UInt32.self)
    guard sent == element.oid else {
      throw incorrect(
        "binary data has array element type \(sent) (\(PostgresType(oid: sent)?.sqlName ?? "unknown")) "
          + "instead of expected \(element.oid) (\(element.sqlName))")
    }
    var lengths: [Int] = []
    var total = dimensions == 0 ? 0 : 1
    for _ in 0..<dimensions {
      let length = Int(try reader.read(Int32.self))
      _ = try reader.read(Int32.self)
      guard length >= 0 else { throw incorrect("invalid array length") }
      lengths.append(length)
      let (product, overflows) = total.multipliedReportingOverflow(by: length)
      // Every element has a length of four bytes at least.
      guard !overflows, product <= reader.remaining else { throw .insufficientData }
      total = product
    }
    // An array with an empty dimension is the empty array.
    let values = total == 0 ? [] : try readElements(lengths[...], element, &reader)
    return .array(values, elementType: elementType(of: values, element))
  }

  private static func readElements(
    _ lengths: ArraySlice<Int>, _ element: PostgresType, _ reader: inout WireReader
  ) throws(WireError) -> [ParameterValue] {
    guard let length = lengths.first else { return [] }
    var values: [ParameterValue] = []
    for _ in 0..<length {
      if lengths.count > 1 {
        values.append(.array(try readElements(lengths.dropFirst(), element, &reader), elementType: ""))
        continue
      }
      let size = try reader.read(Int32.self)
      guard size >= -1 else { throw incorrect("invalid array element size") }
      guard size >= 0 else {
        values.append(.null(sqlType: nil))
        continue
      }
      var inner = WireReader(try reader.readBytes(Int(size)))
      values.append(try read(element, &inner))
      guard inner.remaining == 0 else { throw incorrect("improper binary format in array element") }
    }
    return values
  }
}
