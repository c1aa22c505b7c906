import CDuckDB

extension Value {
  /// Reads a value of the library, which stays the caller's.
  init(reading handle: duckdb_value?) throws(DuckDBError) {
    // Safe: the caller keeps the value alive; each getter is called for its own type alone.
    guard unsafe !duckdb_is_null_value(handle) else {
      self = .null
      return
    }
    // The type belongs to the value and must not be freed.
    guard let typeHandle = unsafe duckdb_get_value_type(handle) else {
      self = .null
      return
    }
    let type = unsafe LogicalType(reading: typeHandle)
    switch type.storage {
    case .boolean: self = unsafe .boolean(duckdb_get_bool(handle))
    case .tinyint: self = unsafe .tinyint(duckdb_get_int8(handle))
    case .smallint: self = unsafe .smallint(duckdb_get_int16(handle))
    case .integer: self = unsafe .integer(duckdb_get_int32(handle))
    case .bigint: self = unsafe .bigint(duckdb_get_int64(handle))
    case .utinyint: self = unsafe .utinyint(duckdb_get_uint8(handle))
    case .usmallint: self = unsafe .usmallint(duckdb_get_uint16(handle))
    case .uinteger: self = unsafe .uinteger(duckdb_get_uint32(handle))
    case .ubigint: self = unsafe .ubigint(duckdb_get_uint64(handle))
    case .hugeint: self = unsafe .hugeint(Int128(duckdb_get_hugeint(handle)))
    case .uhugeint: self = unsafe .uhugeint(UInt128(duckdb_get_uhugeint(handle)))
    case .float: self = unsafe .float(duckdb_get_float(handle))
    case .double: self = unsafe .double(duckdb_get_double(handle))
    case .decimal(let width, let scale):
      let decimal = unsafe duckdb_get_decimal(handle)
      self = .decimal(unscaled: Int128(decimal.value), width: width, scale: scale)
    case .varchar:
      self = unsafe .varchar(LogicalType.takeString(duckdb_get_varchar(handle)) ?? "")
    case .date: self = unsafe .date(duckdb_get_date(handle).days)
    case .time: self = unsafe .time(duckdb_get_time(handle).micros)
    case .timestamp: self = unsafe .timestamp(duckdb_get_timestamp(handle).micros)
    case .timestampTZ: self = unsafe .timestampTZ(duckdb_get_timestamp_tz(handle).micros)
    case .timestampNS: self = unsafe .timestampNS(duckdb_get_timestamp_ns(handle).nanos)
    case .interval:
      let interval = unsafe duckdb_get_interval(handle)
      self = .interval(months: interval.months, days: interval.days, microseconds: interval.micros)
    case .uuid: self = unsafe .uuid(UInt128(duckdb_get_uuid(handle)))
    case .blob: self = unsafe .blob(Self.takeBytes(duckdb_get_blob(handle)))
    case .list(let element):
      var values: [Value] = []
      for index in 0..<(unsafe duckdb_get_list_size(handle)) {
        var child = unsafe duckdb_get_list_child(handle, index)
        defer { unsafe duckdb_destroy_value(&child) }
        values.append(try unsafe Value(reading: child))
      }
      self = .list(values, element: element)
    default:
      throw DuckDBError(type: .notImplemented, message: "a value of \(type.sqlName) can't be an argument")
    }
  }

  private static func takeBytes(_ blob: duckdb_blob) -> [UInt8] {
    // Safe: the library hands over memory that duckdb_free must free.
    defer { unsafe duckdb_free(blob.data) }
    return unsafe Array(UnsafeRawBufferPointer(start: blob.data, count: Int(blob.size)))
  }
}

extension Int128 {
  init(_ value: duckdb_hugeint) { self = Int128(value.upper) << 64 | Int128(value.lower) }
}

extension UInt128 {
  init(_ value: duckdb_uhugeint) { self = UInt128(value.upper) << 64 | UInt128(value.lower) }
}
