import CDuckDB

/// A column that is being filled. Layouts are those of `Vector`. Must not outlive the callback that got it.
@safe
package struct VectorWriter {
  private let handle: duckdb_vector?
  package let type: LogicalType
  /// Room for a value per row; nil for STRUCT, UNION and ARRAY.
  package private(set) var data: UnsafeMutableRawPointer?
  private var validity: UnsafeMutablePointer<UInt64>?

  init(handle: duckdb_vector?, type: LogicalType) {
    // Safe: the vector belongs to a chunk of the library that lives as long as the callback.
    unsafe self.handle = handle
    self.type = type
    unsafe data = duckdb_vector_get_data(handle)
    unsafe validity = nil
  }

  /// Makes a row NULL. Rows are not NULL until then.
  package mutating func setNull(_ row: Int) {
    if unsafe validity == nil {
      // Safe: the library allocates a bit per row, all set.
      unsafe duckdb_vector_ensure_validity_writable(handle)
      unsafe validity = duckdb_vector_get_validity(handle)
    }
    // Safe: the mask has a bit for every row of the chunk.
    unsafe validity?[row >> 6] &= ~(1 << UInt64(row & 63))
  }

  /// Writes a value; `T` must be the layout of `type` and the row below the capacity.
  package func store<T: BitwiseCopyable>(_ value: T, _ row: Int) {
    guard let data = unsafe data else { preconditionFailure("the vector has no values of its own") }
    // Safe: the library allocated room for every row; unaligned because 16-byte values are aligned to 8.
    unsafe data.storeBytes(of: value, toByteOffset: row * MemoryLayout<T>.stride, as: T.self)
  }

  /// Writes the bytes of a VARCHAR, which must be valid UTF-8, of a BLOB or of a BIT.
  package func set(_ bytes: UnsafeBufferPointer<UInt8>, _ row: Int) {
    guard let data = unsafe data else { preconditionFailure("the vector has no strings") }
    if bytes.count <= 12 {
      // Safe: duckdb_string_t of 1.5.5 keeps up to 12 bytes in place, behind a length of 4 bytes, and
      // needs zeros behind them.
      let entry = unsafe data + row * 16
      unsafe entry.initializeMemory(as: UInt8.self, repeating: 0, count: 16)
      unsafe entry.storeBytes(of: UInt32(bytes.count), as: UInt32.self)
      guard let start = bytes.baseAddress else { return }
      unsafe (entry + 4).copyMemory(from: start, byteCount: bytes.count)
      return
    }
    // Safe: the library copies the bytes into memory of the vector.
    unsafe bytes.withMemoryRebound(to: CChar.self) {
      unsafe duckdb_unsafe_vector_assign_string_element_len(
        handle, idx_t(row), $0.baseAddress, idx_t($0.count))
    }
  }

  /// Writes the text of a VARCHAR.
  package func set(_ text: String, _ row: Int) {
    var text = text
    // Safe: the bytes are copied before the closure returns.
    text.withUTF8 { unsafe set($0, row) }
  }

  /// Gives a LIST or MAP row `count` new elements and says where in `listChild` the first of them lies.
  /// Writers of the child that were got before are invalid afterwards.
  package func setList(_ row: Int, count: Int) -> Int {
    // Safe: the library grows the child; offset and length lie side by side in 16 bytes.
    let offset = unsafe Int(duckdb_list_vector_get_size(handle))
    _ = unsafe duckdb_list_vector_reserve(handle, idx_t(offset + count))
    _ = unsafe duckdb_list_vector_set_size(handle, idx_t(offset + count))
    store(UInt64(offset), row * 2)
    store(UInt64(count), row * 2 + 1)
    return offset
  }

  /// The elements of a LIST.
  package var listChild: VectorWriter {
    guard case .list(let element) = type.storage else {
      preconditionFailure("\(type.sqlName) is no list")
    }
    // Safe: the type was checked; the child lives as long as this vector.
    return unsafe VectorWriter(handle: duckdb_list_vector_get_child(handle), type: element)
  }

  /// A member of a STRUCT.
  package func structChild(_ index: Int) -> VectorWriter {
    guard case .struct(let fields) = type.storage, index >= 0, index < fields.count else {
      preconditionFailure("\(type.sqlName) has no member \(index)")
    }
    // Safe: the index was checked; the child lives as long as this vector.
    return unsafe VectorWriter(
      handle: duckdb_struct_vector_get_child(handle, idx_t(index)), type: fields[index].type)
  }
}
