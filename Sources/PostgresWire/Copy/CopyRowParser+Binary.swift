/// Rows in COPY's binary format: a count of fields, and for each its length and its bytes.
///
/// Source: PostgreSQL 15, page of COPY, "Binary Format".
extension CopyRowParser {
  mutating func parseBinary<Sink: CopySink>(
    _ block: CopyBlock, _ sink: inout Sink, _ capacity: Int
  ) throws(PostgresError) -> Int {
    let memory = UnsafeRawPointer(block.base)
    let count = block.count
    let data = columns.indices.map { Self.hasData(columns[$0].kind) ? sink.data(column: $0) : nil }
    var position = offset
    var row = 0
    while row < capacity, position < count {
      let fields = Int(Int16(bigEndian: memory.loadUnaligned(fromByteOffset: position, as: Int16.self)))
      position += 2
      guard fields == columns.count else {
        throw PostgresError(
          .badCopyFileFormat, "row field count is \(fields), expected \(columns.count)",
          context: context(row))
      }
      for column in 0..<fields {
        guard position + 4 <= count else { throw unexpectedEnd(row) }
        let length = Int(Int32(bigEndian: memory.loadUnaligned(fromByteOffset: position, as: Int32.self)))
        position += 4
        if length == -1 {
          sink.setNull(column: column, row: row)
          continue
        }
        guard length >= 0 else {
          throw PostgresError(.badCopyFileFormat, "invalid field size", context: context(row, column))
        }
        guard position + length <= count else { throw unexpectedEnd(row) }
        let bytes = UnsafeRawBufferPointer(start: memory + position, count: length)
        let isStored =
          if let target = data[column] {
            Self.store(columns[column].kind, bytes, target, row)
          } else {
            try storeBytes(column, bytes, row, &sink)
          }
        guard isStored else {
          throw PostgresError(
            .invalidBinaryRepresentation, "incorrect binary data format", context: context(row, column))
        }
        position += length
      }
      row += 1
    }
    offset = position
    binaryRows += row
    return row
  }

  private static func hasData(_ kind: CopyColumn.Kind) -> Bool {
    switch kind {
    case .text, .json, .blob, .converted: false
    default: true
    }
  }

  private func context(_ row: Int, _ column: Int? = nil) -> String {
    let line = (block?.firstLine ?? 1) + binaryRows + row
    return "COPY \(table), line \(line)" + (column.map { ", column \(columns[$0].name)" } ?? "")
  }

  private func unexpectedEnd(_ row: Int) -> PostgresError {
    PostgresError(.badCopyFileFormat, "unexpected EOF in COPY data", context: context(row))
  }

  /// Stores a value of fixed layout; false if the bytes are not one.
  @inline(__always)
  private static func store(
    _ kind: CopyColumn.Kind, _ bytes: UnsafeRawBufferPointer, _ data: UnsafeMutableRawPointer, _ row: Int
  ) -> Bool {
    switch kind {
    case .int32, .float:
      guard bytes.count == 4 else { return false }
      data.storeBytes(of: load(bytes, UInt32.self), toByteOffset: row &* 4, as: UInt32.self)
    case .int64, .double:
      guard bytes.count == 8 else { return false }
      data.storeBytes(of: load(bytes, UInt64.self), toByteOffset: row &* 8, as: UInt64.self)
    case .int16:
      guard bytes.count == 2 else { return false }
      data.storeBytes(of: load(bytes, UInt16.self), toByteOffset: row &* 2, as: UInt16.self)
    case .boolean:
      guard bytes.count == 1 else { return false }
      data.storeBytes(of: bytes[0] == 0 ? 0 : 1, toByteOffset: row, as: UInt8.self)
    case .date:
      guard bytes.count == 4 else { return false }
      let days = load(bytes, Int32.self)
      let infinite = days == .max || days == .min
      let value = infinite ? (days < 0 ? -Int32.max : Int32.max) : days &+ Int32(TimeScale.postgresEpochDays)
      data.storeBytes(of: value, toByteOffset: row &* 4, as: Int32.self)
      return infinite || (value > days && value < .max && value > -.max)
    case .timestamp, .timestampTZ:
      guard bytes.count == 8 else { return false }
      let count = load(bytes, Int64.self)
      let infinite = count == .max || count == .min
      let value =
        infinite ? (count < 0 ? -Int64.max : Int64.max) : count &+ TimeScale.postgresEpochMicroseconds
      data.storeBytes(of: value, toByteOffset: row &* 8, as: Int64.self)
      return infinite || (value > count && value < .max && value > -.max)
    default: return storeRare(kind, bytes, data, row)
    }
    return true
  }

  @inline(__always)
  private static func load<Integer: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ type: Integer.Type
  ) -> Integer {
    Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
  }

  @inline(never)
  private static func storeRare(
    _ kind: CopyColumn.Kind, _ bytes: UnsafeRawBufferPointer, _ data: UnsafeMutableRawPointer, _ row: Int
  ) -> Bool {
    switch kind {
    case .time:
      guard bytes.count == 8, (0...86_400_000_000).contains(load(bytes, Int64.self)) else { return false }
      data.storeBytes(of: load(bytes, Int64.self), toByteOffset: row * 8, as: Int64.self)
    case .interval:
      guard bytes.count == 16 else { return false }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[8...])
      CopyTargets.store(
        IntervalText(
          months: load(UnsafeRawBufferPointer(rebasing: rest[4...]), Int32.self),
          days: load(rest, Int32.self), microseconds: load(bytes, Int64.self)), data, row)
    case .uuid:
      guard bytes.count == 16 else { return false }
      data.storeBytes(of: load(bytes, UInt128.self) ^ (1 << 127), toByteOffset: row * 16, as: UInt128.self)
    case .decimal(let width, let scale):
      guard let value = BinaryNumeric.read(bytes, width: width, scale: scale) else { return false }
      switch width {
      case ...4: data.storeBytes(of: Int16(truncatingIfNeeded: value), toByteOffset: row * 2, as: Int16.self)
      case ...9: data.storeBytes(of: Int32(truncatingIfNeeded: value), toByteOffset: row * 4, as: Int32.self)
      case ...18: data.storeBytes(of: Int64(truncatingIfNeeded: value), toByteOffset: row * 8, as: Int64.self)
      default: data.storeBytes(of: value, toByteOffset: row * 16, as: Int128.self)
      }
    default: return false
    }
    return true
  }

  private func storeBytes<Sink: CopySink>(
    _ column: Int, _ bytes: UnsafeRawBufferPointer, _ row: Int, _ sink: inout Sink
  ) throws(PostgresError) -> Bool {
    var bytes = bytes
    switch columns[column].kind {
    case .blob: break
    case .json, .text:
      if columns[column].kind == .json, bytes.first == 1 {
        bytes = UnsafeRawBufferPointer(rebasing: bytes[1...])
      }
      guard UTF8Text.isValid(bytes), !bytes.contains(0) else {
        let sequence = UTF8Text.isValid(bytes) ? "0x00" : UTF8Text.describeInvalidSequence(in: bytes)
        throw WireError.invalidEncoding(sequence).postgresError.adding(context: context(row, column))
      }
    case .converted(let type):
      do throws(PostgresError) {
        var text = try ParameterValue.decodeBinary(type, Array(bytes)[...]).castText
        text.withUTF8 { sink.setBytes(column: column, row: row, $0) }
        return true
      } catch {
        throw error.adding(context: context(row, column))
      }
    default: return false
    }
    sink.setBytes(column: column, row: row, bytes.bindMemory(to: UInt8.self))
    return true
  }
}

/// PostgreSQL's binary numeric as a DECIMAL.
enum BinaryNumeric {
  /// The value times 10^scale, rounded half away from zero; nil if it is malformed, NaN or too large.
  static func read(_ bytes: UnsafeRawBufferPointer, width: Int, scale: Int) -> Int128? {
    guard bytes.count >= 8 else { return nil }
    func word(_ index: Int) -> UInt16 {
      UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
    }
    let count = Int(word(0))
    let weight = Int(Int16(bitPattern: word(1)))
    let sign = word(2)
    guard bytes.count == 8 + count * 2, sign == 0 || sign == 0x4000 else { return nil }
    var magnitude: UInt128 = 0
    // The power of ten, after scaling, of the digit group that comes next.
    var power = weight * 4 + scale
    for index in 0..<count {
      let group = UInt128(word(4 + index))
      guard group < 10_000 else { return nil }
      if power >= 0 {
        guard group == 0 || power <= 38 else { return nil }
        let (product, overflows) =
          group == 0
          ? (0, false) : BinaryWriter.powerOfTen128(power).multipliedReportingOverflow(by: group)
        let (sum, carries) = magnitude.addingReportingOverflow(product)
        guard !overflows, !carries else { return nil }
        magnitude = sum
      } else if power > -4 {
        // Some digits of the group are below the scale: round.
        let unit = BinaryWriter.powerOfTen128(-power)
        magnitude += (group + unit / 2) / unit
      } else if power == -4, group >= 5000 {
        magnitude += 1
      }
      power -= 4
    }
    guard magnitude < BinaryWriter.powerOfTen128(width) else { return nil }
    return sign == 0 ? Int128(magnitude) : -Int128(magnitude)
  }
}
