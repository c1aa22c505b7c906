import CDuckDB

/// A single value: a bound parameter, or an argument of a table function.
package indirect enum Value: Hashable, Sendable {
  case null
  case boolean(Bool)
  case tinyint(Int8)
  case smallint(Int16)
  case integer(Int32)
  case bigint(Int64)
  case hugeint(Int128)
  case utinyint(UInt8)
  case usmallint(UInt16)
  case uinteger(UInt32)
  case ubigint(UInt64)
  case uhugeint(UInt128)
  case float(Float)
  case double(Double)
  /// `unscaled` divided by ten to the power of `scale`.
  case decimal(unscaled: Int128, width: Int, scale: Int)
  case varchar(String)
  case blob([UInt8])
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since midnight.
  case time(Int64)
  /// Microseconds since midnight, and seconds east of Greenwich.
  case timeTZ(microseconds: Int64, offset: Int32)
  /// Microseconds since 1970-01-01.
  case timestamp(Int64)
  case timestampTZ(Int64)
  /// Nanoseconds since 1970-01-01.
  case timestampNS(Int64)
  case interval(months: Int32, days: Int32, microseconds: Int64)
  case uuid(UInt128)
  case list([Value], element: LogicalType)

  /// Lends the value to the library.
  func withHandle<Result>(_ body: (duckdb_value?) -> Result) -> Result {
    // Safe: the handle is created here, lent for the closure, and freed here.
    var handle = unsafe makeHandle()
    defer { unsafe duckdb_destroy_value(&handle) }
    return unsafe body(handle)
  }

  /// A handle that the caller must free with `duckdb_destroy_value`.
  private func makeHandle() -> duckdb_value? {
    // Safe: the library copies what it is given.
    switch self {
    case .null: unsafe duckdb_create_null_value()
    case .boolean(let value): unsafe duckdb_create_bool(value)
    case .tinyint(let value): unsafe duckdb_create_int8(value)
    case .smallint(let value): unsafe duckdb_create_int16(value)
    case .integer(let value): unsafe duckdb_create_int32(value)
    case .bigint(let value): unsafe duckdb_create_int64(value)
    case .hugeint(let value): unsafe duckdb_create_hugeint(duckdb_hugeint(value))
    case .utinyint(let value): unsafe duckdb_create_uint8(value)
    case .usmallint(let value): unsafe duckdb_create_uint16(value)
    case .uinteger(let value): unsafe duckdb_create_uint32(value)
    case .ubigint(let value): unsafe duckdb_create_uint64(value)
    case .uhugeint(let value): unsafe duckdb_create_uhugeint(duckdb_uhugeint(value))
    case .float(let value): unsafe duckdb_create_float(value)
    case .double(let value): unsafe duckdb_create_double(value)
    case .decimal(let unscaled, let width, let scale):
      unsafe duckdb_create_decimal(
        duckdb_decimal(
          width: UInt8(clamping: width), scale: UInt8(clamping: scale), value: duckdb_hugeint(unscaled)))
    case .varchar(let text): unsafe Self.makeText(text)
    case .blob(let bytes): unsafe duckdb_create_blob(bytes, idx_t(bytes.count))
    case .date(let days): unsafe duckdb_create_date(duckdb_date(days: days))
    case .time(let micros): unsafe duckdb_create_time(duckdb_time(micros: micros))
    case .timeTZ(let micros, let offset):
      unsafe duckdb_create_time_tz_value(duckdb_create_time_tz(micros, offset))
    case .timestamp(let micros): unsafe duckdb_create_timestamp(duckdb_timestamp(micros: micros))
    case .timestampTZ(let micros): unsafe duckdb_create_timestamp_tz(duckdb_timestamp(micros: micros))
    case .timestampNS(let nanos): unsafe duckdb_create_timestamp_ns(duckdb_timestamp_ns(nanos: nanos))
    case .interval(let months, let days, let micros):
      unsafe duckdb_create_interval(duckdb_interval(months: months, days: days, micros: micros))
    case .uuid(let value): unsafe duckdb_create_uuid(duckdb_uhugeint(value))
    case .list(let values, let element): unsafe Self.makeList(values, element)
    }
  }

  private static func makeText(_ text: String) -> duckdb_value? {
    var text = text
    // Safe: the bytes are lent for the call, which copies them.
    return text.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) {
        unsafe duckdb_create_varchar_length($0.baseAddress, idx_t($0.count))
      }
    }
  }

  private static func makeList(_ values: [Value], _ element: LogicalType) -> duckdb_value? {
    // Safe: the handles live until the call returns, which copies them.
    var handles = unsafe values.map { unsafe $0.makeHandle() }
    defer {
      for index in unsafe handles.indices { unsafe duckdb_destroy_value(&handles[index]) }
    }
    return unsafe element.withHandle { type in
      unsafe duckdb_create_list_value(type, &handles, idx_t(values.count))
    }
  }
}

extension duckdb_hugeint {
  init(_ value: Int128) {
    self.init(lower: UInt64(truncatingIfNeeded: value), upper: Int64(truncatingIfNeeded: value >> 64))
  }
}

extension duckdb_uhugeint {
  init(_ value: UInt128) {
    self.init(lower: UInt64(truncatingIfNeeded: value), upper: UInt64(truncatingIfNeeded: value >> 64))
  }
}
