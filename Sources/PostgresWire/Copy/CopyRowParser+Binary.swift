/// Rows in COPY's binary format: a count of fields, and for each its length and its bytes.
///
/// Source: PostgreSQL 15, page of COPY, "Binary Format".
extension CopyRowParser {
  mutating func parseBinary<Sink: CopySink>(
    _ block: CopyBlock, _ sink: inout Sink, _ capacity: Int
  ) throws(PostgresError) -> Int {
    let memory = UnsafeRawPointer(block.base)
    let count = block.count
    let targets = CopyTargets(columns, sink, null: [])
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
        let isStored: Bool
        switch targets.storeBinary(column, row, bytes) {
        case .stored: isStored = true
        case .malformed: isStored = false
        case .plainText:
          sink.setBytes(column: column, row: row, bytes.bindMemory(to: UInt8.self))
          isStored = true
        case .other: isStored = try storeBytes(column, bytes, row, &sink)
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

  private func context(_ row: Int, _ column: Int? = nil) -> String {
    let line = (block?.firstLine ?? 1) + binaryRows + row
    return "COPY \(table), line \(line)" + (column.map { ", column \(columns[$0].name)" } ?? "")
  }

  private func unexpectedEnd(_ row: Int) -> PostgresError {
    PostgresError(.badCopyFileFormat, "unexpected EOF in COPY data", context: context(row))
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
