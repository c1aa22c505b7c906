import CDuckDB

/// A column of a chunk: a plain array of values, one per row, and a mask of the rows that are not NULL.
///
/// Layouts: BOOLEAN one byte; integers, floats as in C; DECIMAL an integer of 2, 4, 8 or 16 bytes for a
/// width of up to 4, 9, 18, 38; DATE days in 4 bytes; TIME, TIMESTAMP* 8 bytes in their unit; INTERVAL months
/// and days in 4 bytes each, microseconds in 8; UUID 16 bytes with the top bit flipped; ENUM an index of 1, 2
/// or 4 bytes; VARCHAR, BLOB, BIT, BIGNUM 16 bytes, see `string`; LIST and MAP offset and length in 8 bytes
/// each. A vector must not be used after the closure that it was lent to.
@safe
package struct Vector {
  private let handle: duckdb_vector?
  package let type: LogicalType
  /// The values. Those of NULL rows are undefined. Empty for STRUCT, UNION and ARRAY.
  package let data: UnsafeRawPointer?
  /// A bit per row, the lowest first, 1 for a row with a value; nil when no row is NULL.
  package let validity: UnsafePointer<UInt64>?

  init(handle: duckdb_vector?, type: LogicalType) {
    // Safe: the vector belongs to a chunk that the lender keeps alive, and so do its pointers.
    unsafe self.handle = handle
    self.type = type
    unsafe data = UnsafeRawPointer(duckdb_vector_get_data(handle))
    unsafe validity = UnsafePointer(duckdb_vector_get_validity(handle))
  }

  /// Whether a row may be NULL.
  @inlinable package var hasNulls: Bool { unsafe validity != nil }

  /// Whether the row has a value.
  @inlinable
  package func isValid(_ row: Int) -> Bool {
    guard let validity = unsafe validity else { return true }
    // Safe: the mask has a bit for every row.
    return unsafe validity[row >> 6] & (1 << UInt64(row & 63)) != 0
  }

  /// The stored value of a row, which must be below the row count; `T` must be the layout of `type`.
  package func load<T: BitwiseCopyable>(_ row: Int, as type: T.Type) -> T {
    guard let data = unsafe data else { preconditionFailure("the vector has no values of its own") }
    // Safe: a value per row; unaligned because 16-byte values are aligned to 8.
    return unsafe data.loadUnaligned(fromByteOffset: row * MemoryLayout<T>.stride, as: T.self)
  }

  /// The bytes of a VARCHAR, BLOB, BIT or BIGNUM; valid as long as the vector.
  package func string(_ row: Int) -> (start: UnsafePointer<UInt8>, count: Int) {
    guard let data = unsafe data else { preconditionFailure("the vector has no strings") }
    return unsafe Self.string(row, in: data)
  }

  /// The same for the `data` of a vector of strings, which the caller must know to be one.
  @inlinable @inline(__always)
  package static func string(
    _ row: Int, in data: UnsafeRawPointer
  ) -> (start: UnsafePointer<UInt8>, count: Int) {
    // Safe: duckdb_string_t of 1.5.5 is a length in 4 bytes followed by up to 12 bytes of text, or by 4
    // bytes of prefix and a pointer to longer text, which the vector keeps alive.
    let entry = unsafe data + row * 16
    let count = unsafe Int(entry.load(as: UInt32.self))
    if count <= 12 {
      return unsafe ((entry + 4).assumingMemoryBound(to: UInt8.self), count)
    }
    return unsafe ((entry + 8).load(as: UnsafePointer<UInt8>.self), count)
  }

  /// The text of a VARCHAR row, copied.
  package func text(_ row: Int) -> String {
    // Safe: the bytes are copied before the vector can go away.
    let (start, count) = unsafe string(row)
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Where a LIST's or MAP's elements lie in `listChild`.
  package func listEntry(_ row: Int) -> (offset: Int, count: Int) {
    let offset = load(row * 2, as: UInt64.self)
    return (Int(offset), Int(load(row * 2 + 1, as: UInt64.self)))
  }

  /// All elements of a LIST (of a MAP: pairs as STRUCT(key, value)), one row's after the other.
  package var listChild: Vector {
    let child: LogicalType =
      switch type.storage {
      case .list(let element): element
      case .map(let key, let value):
        .struct([.init(name: "key", type: key), .init(name: "value", type: value)])
      default: preconditionFailure("\(type.sqlName) is no list")
      }
    // Safe: the library stores both as lists; the child lives as long as this vector.
    return unsafe Vector(handle: duckdb_list_vector_get_child(handle), type: child)
  }

  /// How many elements `listChild` has.
  package var listChildCount: Int {
    // Safe: reads a number.
    unsafe Int(duckdb_list_vector_get_size(handle))
  }

  /// All elements of an ARRAY: `count` for each row, NULL rows included.
  package var arrayChild: Vector {
    guard case .array(let element, _) = type.storage else {
      preconditionFailure("\(type.sqlName) is no array")
    }
    // Safe: the type was checked; the child lives as long as this vector.
    return unsafe Vector(handle: duckdb_array_vector_get_child(handle), type: element)
  }

  /// A member of a STRUCT, with as many rows.
  package func structChild(_ index: Int) -> Vector {
    guard case .struct(let fields) = type.storage, index >= 0, index < fields.count else {
      preconditionFailure("\(type.sqlName) has no member \(index)")
    }
    return child(index, fields[index].type)
  }

  /// Which member of a UNION a row holds, counted from 0.
  package func unionTag(_ row: Int) -> Int { Int(unionTags.load(row, as: UInt8.self)) }

  /// Which member of a UNION each row holds, as UTINYINT.
  package var unionTags: Vector {
    guard case .union = type.storage else { preconditionFailure("\(type.sqlName) is no union") }
    return child(0, .utinyint)
  }

  /// A member of a UNION, with as many rows.
  package func unionChild(_ index: Int) -> Vector {
    guard case .union(let fields) = type.storage, index >= 0, index < fields.count else {
      preconditionFailure("\(type.sqlName) has no member \(index)")
    }
    return child(index + 1, fields[index].type)
  }

  /// A VARIANT as the STRUCT that it is stored as: keys, children (key, value), values (type, offset), bytes.
  package var variantParts: Vector {
    guard case .variant = type.storage else { preconditionFailure("\(type.sqlName) is no variant") }
    func numbers(_ first: (String, LogicalType), _ second: (String, LogicalType)) -> LogicalType {
      .list(.struct([.init(name: first.0, type: first.1), .init(name: second.0, type: second.1)]))
    }
    // Safe: the library stores a VARIANT in 1.5.5 as exactly this.
    return unsafe Vector(
      handle: handle,
      type: .struct([
        .init(name: "keys", type: .list(.varchar)),
        .init(name: "children", type: numbers(("keys_index", .uinteger), ("values_index", .uinteger))),
        .init(name: "values", type: numbers(("type_id", .utinyint), ("byte_offset", .uinteger))),
        .init(name: "data", type: .blob),
      ]))
  }

  func child(_ index: Int, _ type: LogicalType) -> Vector {
    // Safe: callers checked the index; the child lives as long as this vector.
    unsafe Vector(handle: duckdb_struct_vector_get_child(handle, idx_t(index)), type: type)
  }
}
