import DuckDB
import PostgresWire

/// Writes a VARIANT as JSON.
///
/// DuckDB 1.5.5 stores a row as four parts: the keys of all its objects, a list of children (key, value) that
/// objects and arrays refer to, a list of values (type, offset), and the bytes that the offsets point into.
/// Value 0 is the row's own. Source: `VariantLogicalType` and the VARIANT page of DuckDB 1.5.
struct VariantWriter {
  let json: JSONWriter
  private let row: Int
  private let keys: ColumnView
  private let childKeys: ColumnView
  private let childValues: ColumnView
  private let valueTypes: ColumnView
  private let valueOffsets: ColumnView
  private let firstKey: Int
  private let firstChild: Int
  private let firstValue: Int
  private let bytes: UnsafeRawPointer

  init(_ view: ColumnView, _ row: Int, _ json: JSONWriter) {
    self.json = json
    self.row = row
    let (keyList, childList, valueList) = (view.children[0], view.children[1], view.children[2])
    keys = keyList.children[0]
    childKeys = childList.children[0].children[0]
    childValues = childList.children[0].children[1]
    valueTypes = valueList.children[0].children[0]
    valueOffsets = valueList.children[0].children[1]
    firstKey = keyList.listEntry(row).lowerBound
    firstChild = childList.listEntry(row).lowerBound
    firstValue = valueList.listEntry(row).lowerBound
    bytes = UnsafeRawPointer(view.children[3].string(row).start)
  }

  private var scratch: ScratchBuffer { json.values.scratch }

  /// The values of fixed layout, by their number.
  private static let scalars: [UInt8: LogicalType] = [
    3: .tinyint, 4: .smallint, 5: .integer, 6: .bigint, 7: .hugeint, 8: .utinyint, 9: .usmallint,
    10: .uinteger, 11: .ubigint, 12: .uhugeint, 13: .float, 14: .double, 18: .uuid, 19: .date, 20: .time,
    21: .timeNS, 22: .timestampS, 23: .timestampMS, 24: .timestamp, 25: .timestampNS, 26: .timeTZ,
    27: .timestampTZ, 28: .interval,
  ]

  /// Writes value `index` of the row.
  func write(_ index: Int = 0) {
    let type = valueTypes.values.value(firstValue + index, as: UInt8.self)
    var position = bytes + Int(valueOffsets.values.value(firstValue + index, as: UInt32.self))
    switch type {
    case 0: scratch.append("null")
    case 1: scratch.append("true")
    case 2: scratch.append("false")
    case 15:
      let width = Self.number(&position)
      let scale = Self.number(&position)
      write(.decimal(width: width, scale: scale), at: position)
    case 16: write(text: .string, &position)
    case 17, 33: write(text: .bytea, &position)
    case 31: write(text: .bignum, &position)
    case 32: write(text: .bit, &position)
    case 29: writeChildren("{", "}", &position, isObject: true)
    case 30: writeChildren("[", "]", &position, isObject: false)
    default:
      guard let scalar = Self.scalars[type] else { return scratch.append("null") }
      write(scalar, at: position)
    }
  }

  private func write(_ type: LogicalType, at position: UnsafeRawPointer) {
    json.write(JSONCodec(type), ColumnView(values: position), 0)
  }

  /// A value of any length: its count of bytes, then the bytes.
  private func write(text codec: ValueCodec, _ position: inout UnsafeRawPointer) {
    let count = Self.number(&position)
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { entry in
      // The form that strings have in a vector: up to 12 bytes in place, a pointer to more.
      entry.initializeMemory(as: UInt8.self, repeating: 0)
      entry.storeBytes(of: UInt32(truncatingIfNeeded: count), as: UInt32.self)
      if count <= 12 {
        UnsafeMutableRawBufferPointer(rebasing: entry[4...]).copyMemory(
          from: UnsafeRawBufferPointer(start: position, count: count))
      } else {
        entry.storeBytes(of: position, toByteOffset: 8, as: UnsafeRawPointer.self)
      }
      guard let start = entry.baseAddress else { return }
      let view = ColumnView(values: UnsafeRawPointer(start))
      if case .bignum = codec {
        json.write(.number(codec), view, 0)
      } else {
        json.write(.text(codec), view, 0)
      }
    }
  }

  private func writeChildren(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ position: inout UnsafeRawPointer, isObject: Bool
  ) {
    let count = Self.number(&position)
    let first = count > 0 ? firstChild + Self.number(&position) : 0
    scratch.append(ascii: open)
    for child in first..<first + count {
      if child > first { scratch.append(ascii: ",") }
      if isObject {
        let key = firstKey + Int(childKeys.values.value(child, as: UInt32.self))
        json.write(.text(.string), keys, key)
        scratch.append(ascii: ":")
      }
      write(Int(childValues.values.value(child, as: UInt32.self)))
    }
    scratch.append(ascii: close)
  }

  /// A number of seven bits a byte, the lowest first.
  private static func number(_ position: inout UnsafeRawPointer) -> Int {
    var value = 0
    var shift = 0
    while true {
      let byte = position.load(as: UInt8.self)
      position += 1
      value |= Int(byte & 0x7F) << shift
      shift += 7
      if byte & 0x80 == 0 || shift > 28 { return value }
    }
  }
}
