import PostgresWire

/// Columns in memory like that of DuckDB's vectors; prints rows as text.
final class CopyColumnsMemory {
  let columns: [CopyColumn]
  let capacity: Int
  let memory: [UnsafeMutableRawPointer]
  var nulls: [Set<Int>]
  var texts: [[Int: [UInt8]]]

  init(_ columns: [CopyColumn], capacity: Int) {
    self.columns = columns
    self.capacity = capacity
    memory = columns.map { _ in .allocate(byteCount: capacity * 16, alignment: 16) }
    nulls = columns.map { _ in [] }
    texts = columns.map { _ in [:] }
  }

  deinit { for pointer in memory { pointer.deallocate() } }

  func clear() {
    nulls = columns.map { _ in [] }
    texts = columns.map { _ in [:] }
  }

  private func load<T: BitwiseCopyable>(_ column: Int, _ row: Int, _ type: T.Type) -> T {
    memory[column].loadUnaligned(fromByteOffset: row * MemoryLayout<T>.stride, as: T.self)
  }

  func text(_ column: Int, _ row: Int) -> String? {
    if nulls[column].contains(row) { return nil }
    switch columns[column].kind {
    case .boolean: return load(column, row, UInt8.self) == 0 ? "f" : "t"
    case .int16: return "\(load(column, row, Int16.self))"
    case .int32: return "\(load(column, row, Int32.self))"
    case .int64: return "\(load(column, row, Int64.self))"
    case .float: return "\(load(column, row, Float.self))"
    case .double: return "\(load(column, row, Double.self))"
    case .decimal(let width, let scale):
      let value: Int128 =
        switch width {
        case ...4: Int128(load(column, row, Int16.self))
        case ...9: Int128(load(column, row, Int32.self))
        case ...18: Int128(load(column, row, Int64.self))
        default: load(column, row, Int128.self)
        }
      return written { TextWriter.write(numeric: value, scale: scale, to: $0) }
    case .date: return written { TextWriter.write(date: load(column, row, Int32.self), to: $0) }
    case .time: return written { TextWriter.write(time: load(column, row, Int64.self), to: $0) }
    case .timestamp, .timestampTZ:
      return written { TextWriter.write(timestamp: load(column, row, Int64.self), to: $0) }
    case .interval:
      let base = memory[column] + row * 16
      return written {
        TextWriter.write(
          intervalMonths: base.load(as: Int32.self), days: (base + 4).load(as: Int32.self),
          microseconds: (base + 8).load(as: Int64.self), to: $0)
      }
    case .uuid:
      let bits = load(column, row, UInt128.self) ^ (1 << 127)
      return written {
        TextWriter.write(
          uuidUpper: UInt64(truncatingIfNeeded: bits >> 64), lower: UInt64(truncatingIfNeeded: bits), to: $0)
      }
    case .blob: return texts[column][row].map { Hex.text(of: $0) }
    case .text, .json, .converted: return texts[column][row].map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

struct CopyTestSink: CopySink {
  let memory: CopyColumnsMemory

  func data(column: Int) -> UnsafeMutableRawPointer? { memory.memory[column] }

  mutating func setNull(column: Int, row: Int) { memory.nulls[column].insert(row) }

  mutating func setBytes(column: Int, row: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
    memory.texts[column][row] = Array(bytes)
  }
}

/// A sink that keeps nothing: for measurements.
struct CopyDiscardingSink: CopySink {
  let memory: [UnsafeMutableRawPointer]
  var bytes = 0

  func data(column: Int) -> UnsafeMutableRawPointer? { memory[column] }
  mutating func setNull(column: Int, row: Int) { bytes += 1 }
  mutating func setBytes(column: Int, row: Int, _ value: UnsafeBufferPointer<UInt8>) {
    // As DuckDB keeps short strings: in place.
    let target = memory[column] + row * 16
    target.copyMemory(
      from: UnsafeRawPointer(value.baseAddress ?? UnsafePointer(target.assumingMemoryBound(to: UInt8.self))),
      byteCount: min(value.count, 12))
    bytes += value.count
  }
}

enum CopyTest {
  static func column(_ name: String, _ kind: CopyColumn.Kind, _ type: String = "integer") -> CopyColumn {
    CopyColumn(name: name, kind: kind, typeName: type)
  }

  /// Splits and parses a stream that arrives in pieces of some size; nil is NULL.
  static func rows(
    _ stream: [UInt8], _ format: CopyInFormat, _ columns: [CopyColumn], pieceBytes: Int = .max,
    blockBytes: Int = CopySplitter.blockBytes, chunkRows: Int = 2048
  ) throws -> [[String?]] {
    var splitter = CopySplitter(format, blockBytes: blockBytes)
    var blocks: [CopyBlock] = []
    var index = 0
    while index < stream.count {
      let end = pieceBytes == .max ? stream.count : min(index + pieceBytes, stream.count)
      try stream[index..<end].withUnsafeBytes { try splitter.append($0) { blocks.append($0) } }
      index = end
    }
    try splitter.finish { blocks.append($0) }
    let memory = CopyColumnsMemory(columns, capacity: chunkRows)
    var parser = CopyRowParser(format: format, columns: columns, table: "t")
    var rows: [[String?]] = []
    for block in blocks {
      try parser.begin(block)
      while true {
        memory.clear()
        var sink = CopyTestSink(memory: memory)
        let count = try parser.parse(into: &sink, capacity: chunkRows)
        if count == 0 { break }
        for row in 0..<count { rows.append(columns.indices.map { memory.text($0, row) }) }
      }
    }
    return rows
  }

  static func rows(_ text: String, _ format: CopyInFormat, _ columns: [CopyColumn]) throws -> [[String?]] {
    try rows(Array(text.utf8), format, columns)
  }

  static func error(_ text: String, _ format: CopyInFormat, _ columns: [CopyColumn]) -> PostgresError? {
    do {
      _ = try rows(text, format, columns)
      return nil
    } catch {
      return error as? PostgresError
    }
  }
}
