import CDuckDB

extension LogicalType {
  /// The types that need nothing but their number.
  private static let simple: [(LogicalType, duckdb_type)] = [
    (.boolean, DUCKDB_TYPE_BOOLEAN), (.tinyint, DUCKDB_TYPE_TINYINT), (.smallint, DUCKDB_TYPE_SMALLINT),
    (.integer, DUCKDB_TYPE_INTEGER), (.bigint, DUCKDB_TYPE_BIGINT), (.hugeint, DUCKDB_TYPE_HUGEINT),
    (.utinyint, DUCKDB_TYPE_UTINYINT), (.usmallint, DUCKDB_TYPE_USMALLINT),
    (.uinteger, DUCKDB_TYPE_UINTEGER), (.ubigint, DUCKDB_TYPE_UBIGINT),
    (.uhugeint, DUCKDB_TYPE_UHUGEINT), (.float, DUCKDB_TYPE_FLOAT), (.double, DUCKDB_TYPE_DOUBLE),
    (.varchar, DUCKDB_TYPE_VARCHAR), (.blob, DUCKDB_TYPE_BLOB), (.bit, DUCKDB_TYPE_BIT),
    (.uuid, DUCKDB_TYPE_UUID), (.date, DUCKDB_TYPE_DATE), (.time, DUCKDB_TYPE_TIME),
    (.timeNS, DUCKDB_TYPE_TIME_NS), (.timeTZ, DUCKDB_TYPE_TIME_TZ),
    (.timestamp, DUCKDB_TYPE_TIMESTAMP), (.timestampS, DUCKDB_TYPE_TIMESTAMP_S),
    (.timestampMS, DUCKDB_TYPE_TIMESTAMP_MS), (.timestampNS, DUCKDB_TYPE_TIMESTAMP_NS),
    (.timestampTZ, DUCKDB_TYPE_TIMESTAMP_TZ), (.interval, DUCKDB_TYPE_INTERVAL),
    (.bignum, DUCKDB_TYPE_BIGNUM), (.sqlNull, DUCKDB_TYPE_SQLNULL), (.any, DUCKDB_TYPE_ANY),
    (.geometry, DUCKDB_TYPE_GEOMETRY), (.variant, DUCKDB_TYPE_VARIANT),
  ]

  private static let simpleByNumber: [UInt32: LogicalType] = Dictionary(
    uniqueKeysWithValues: simple.map { ($1.rawValue, $0) })

  private static let numberBySimple: [LogicalType: duckdb_type] = Dictionary(uniqueKeysWithValues: simple)

  /// Reads a type of the library and frees it.
  init(consuming handle: duckdb_logical_type?) {
    guard let handle = unsafe handle else {
      self = .invalid
      return
    }
    // Safe: the caller owns the handle and gives it away.
    var owned: duckdb_logical_type? = unsafe handle
    defer { unsafe duckdb_destroy_logical_type(&owned) }
    unsafe self.init(reading: handle)
  }

  /// Reads a type of the library, which stays the caller's.
  init(reading handle: duckdb_logical_type) {
    // Safe: the handle is alive for the call.
    let storage = unsafe Self.read(handle)
    guard let alias = unsafe Self.takeString(duckdb_logical_type_get_alias(handle)), !alias.isEmpty else {
      self = storage
      return
    }
    self = alias == "JSON" && storage == .varchar ? .json : .alias(alias, storage)
  }

  /// A string that the library allocated for its caller.
  static func takeString(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    // Safe: the library hands over a NUL-terminated string that duckdb_free must free.
    defer { unsafe duckdb_free(pointer) }
    return unsafe String(cString: pointer)
  }

  private static func read(_ handle: duckdb_logical_type) -> LogicalType {
    // Safe: every call reads the type that the caller keeps alive; what it returns is freed here.
    let number = unsafe duckdb_get_type_id(handle)
    if let simple = simpleByNumber[number.rawValue] { return simple }
    switch number {
    case DUCKDB_TYPE_STRING_LITERAL: return .varchar
    case DUCKDB_TYPE_INTEGER_LITERAL: return .integer
    case DUCKDB_TYPE_DECIMAL:
      return unsafe .decimal(
        width: Int(duckdb_decimal_width(handle)), scale: Int(duckdb_decimal_scale(handle)))
    case DUCKDB_TYPE_ENUM:
      let count = unsafe duckdb_enum_dictionary_size(handle)
      return .enum(
        (0..<UInt64(count)).map { unsafe takeString(duckdb_enum_dictionary_value(handle, $0)) ?? "" })
    case DUCKDB_TYPE_LIST:
      return unsafe .list(LogicalType(consuming: duckdb_list_type_child_type(handle)))
    case DUCKDB_TYPE_ARRAY:
      return unsafe .array(
        LogicalType(consuming: duckdb_array_type_child_type(handle)),
        count: Int(duckdb_array_type_array_size(handle)))
    case DUCKDB_TYPE_MAP:
      return unsafe .map(
        key: LogicalType(consuming: duckdb_map_type_key_type(handle)),
        value: LogicalType(consuming: duckdb_map_type_value_type(handle)))
    case DUCKDB_TYPE_STRUCT:
      return .struct(
        unsafe (0..<duckdb_struct_type_child_count(handle)).map { index in
          unsafe Field(
            name: takeString(duckdb_struct_type_child_name(handle, index)) ?? "",
            type: LogicalType(consuming: duckdb_struct_type_child_type(handle, index)))
        })
    case DUCKDB_TYPE_UNION:
      return .union(
        unsafe (0..<duckdb_union_type_member_count(handle)).map { index in
          unsafe Field(
            name: takeString(duckdb_union_type_member_name(handle, index)) ?? "",
            type: LogicalType(consuming: duckdb_union_type_member_type(handle, index)))
        })
    default: return .invalid
    }
  }

  /// Lends the type to the library.
  func withHandle<Result>(_ body: (duckdb_logical_type?) -> Result) -> Result {
    // Safe: the handle is created here, lent for the closure, and freed here.
    var handle = unsafe makeHandle()
    defer { unsafe duckdb_destroy_logical_type(&handle) }
    return unsafe body(handle)
  }

  /// A handle that the caller must free with `duckdb_destroy_logical_type`.
  func makeHandle() -> duckdb_logical_type? {
    // Safe: only values and handles made here are passed; the library copies what it keeps.
    switch self {
    case .decimal(let width, let scale):
      return unsafe duckdb_create_decimal_type(UInt8(clamping: width), UInt8(clamping: scale))
    case .json: return unsafe Self.aliased("JSON", .varchar)
    case .alias(let name, let type): return unsafe Self.aliased(name, type)
    case .list(let element): return unsafe element.withHandle { unsafe duckdb_create_list_type($0) }
    case .array(let element, let count):
      return unsafe element.withHandle { unsafe duckdb_create_array_type($0, idx_t(count)) }
    case .map(let key, let value):
      return unsafe key.withHandle { key in
        unsafe value.withHandle { value in unsafe duckdb_create_map_type(key, value) }
      }
    case .enum(let values):
      return unsafe withCStrings(values) { unsafe duckdb_create_enum_type($0, idx_t(values.count)) }
    case .struct(let fields):
      return unsafe Self.withFields(fields) { types, names in
        unsafe duckdb_create_struct_type(types, names, idx_t(fields.count))
      }
    case .union(let fields):
      return unsafe Self.withFields(fields) { types, names in
        unsafe duckdb_create_union_type(types, names, idx_t(fields.count))
      }
    default:
      return unsafe duckdb_create_logical_type(Self.numberBySimple[self] ?? DUCKDB_TYPE_INVALID)
    }
  }

  private static func aliased(_ name: String, _ type: LogicalType) -> duckdb_logical_type? {
    // Safe: the alias is copied into the type, which the caller owns.
    let handle = unsafe type.makeHandle()
    unsafe duckdb_logical_type_set_alias(handle, name)
    return unsafe handle
  }

  private static func withFields<Result>(
    _ fields: [Field],
    _ body: (
      UnsafeMutablePointer<duckdb_logical_type?>?, UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) -> Result
  ) -> Result {
    // Safe: handles and names live until the closure returns; the library copies both.
    var types = unsafe fields.map { unsafe $0.type.makeHandle() }
    defer {
      for index in unsafe types.indices { unsafe duckdb_destroy_logical_type(&types[index]) }
    }
    return unsafe withCStrings(fields.map(\.name)) { names in
      unsafe types.withUnsafeMutableBufferPointer { types in
        unsafe body(types.baseAddress, names)
      }
    }
  }
}

/// Lends strings to the library as an array of C strings.
func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
  // Safe: all strings lie NUL-terminated in one buffer that lives until the closure returns.
  var bytes: [CChar] = []
  var offsets: [Int] = []
  for string in strings {
    offsets.append(bytes.count)
    bytes.append(contentsOf: string.utf8CString)
  }
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    var pointers = unsafe offsets.map { offset -> UnsafePointer<CChar>? in
      unsafe buffer.baseAddress.map { unsafe $0 + offset }
    }
    return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
  }
}
