import DuckDB
import PostgresWire

/// How a nested value becomes JSON.
indirect enum JSONCodec: Sendable {
  /// Digits, as they are; NaN and infinities in quotes.
  case number(ValueCodec)
  case boolean
  /// Anything else, as text in quotes.
  case text(ValueCodec)
  /// JSON already.
  case json
  /// LIST, or ARRAY with `count` elements in every row.
  case list(JSONCodec, count: Int?)
  case object([(name: [UInt8], codec: JSONCodec)])
  case map(key: ValueCodec, value: JSONCodec)
  case union([JSONCodec])
  case variant

  init(_ type: LogicalType) {
    switch type {
    case .alias(_, let storage): self = JSONCodec(storage)
    case .json: self = .json
    case .boolean: self = .boolean
    case .tinyint, .smallint, .integer, .bigint, .hugeint, .utinyint, .usmallint, .uinteger, .ubigint,
      .uhugeint,
      .float, .double, .decimal, .bignum:
      self = .number(ValueCodec(type))
    case .list(let element): self = .list(JSONCodec(element), count: nil)
    case .array(let element, let count): self = .list(JSONCodec(element), count: count)
    case .struct(let fields):
      self = .object(fields.map { (Array($0.name.utf8), JSONCodec($0.type)) })
    case .map(let key, let value): self = .map(key: ValueCodec(key), value: JSONCodec(value))
    case .union(let fields): self = .union(fields.map { JSONCodec($0.type) })
    case .variant: self = .variant
    default: self = .text(ValueCodec(type))
    }
  }
}

/// Writes nested values as JSON.
struct JSONWriter {
  let values: ValueWriter
  private var scratch: ScratchBuffer { values.scratch }

  init(values: ValueWriter) { self.values = values }

  func write(_ codec: JSONCodec, _ view: ColumnView, _ row: Int) {
    guard view.isValid(row) else { return scratch.append("null") }
    switch codec {
    case .boolean: scratch.append(view.values.value(row, as: UInt8.self) != 0 ? "true" : "false")
    case .number(let codec):
      let start = scratch.count
      values.write(codec, view, row, .text)
      // NaN, Infinity, -Infinity are no numbers of JSON.
      let last = scratch.base.load(fromByteOffset: scratch.count - 1, as: UInt8.self)
      if last > UInt8(ascii: "9") { quote(from: start) }
    case .text(let codec):
      let start = scratch.count
      values.write(codec, view, row, .text)
      quote(from: start)
    case .json:
      let (start, count) = view.string(row)
      scratch.append(start, count)
    case .list(let element, let count):
      let range = count.map { row * $0..<(row + 1) * $0 } ?? view.listEntry(row)
      scratch.append(ascii: "[")
      for index in range {
        if index > range.lowerBound { scratch.append(ascii: ",") }
        write(element, view.children[0], index)
      }
      scratch.append(ascii: "]")
    case .object(let fields):
      scratch.append(ascii: "{")
      for (index, field) in fields.enumerated() {
        if index > 0 { scratch.append(ascii: ",") }
        quote(field.name)
        scratch.append(ascii: ":")
        write(field.codec, view.children[index], row)
      }
      scratch.append(ascii: "}")
    case .map(let key, let value): writeMap(key, value, view, row)
    case .union(let members):
      let tag = Int(view.children[0].values.value(row, as: UInt8.self))
      write(members[tag], view.children[1 + tag], row)
    case .variant: VariantWriter(view, row, self).write()
    }
  }

  private func writeMap(_ key: ValueCodec, _ value: JSONCodec, _ view: ColumnView, _ row: Int) {
    let pairs = view.children[0]
    let range = view.listEntry(row)
    scratch.append(ascii: "{")
    for index in range {
      if index > range.lowerBound { scratch.append(ascii: ",") }
      let start = scratch.count
      if pairs.children[0].isValid(index) { values.write(key, pairs.children[0], index, .text) }
      quote(from: start)
      scratch.append(ascii: ":")
      write(value, pairs.children[1], index)
    }
    scratch.append(ascii: "}")
  }

  /// Turns the last bytes into a string of JSON.
  private func quote(from start: Int) {
    let text = Array(UnsafeRawBufferPointer(start: scratch.base + start, count: scratch.count - start))
    scratch.cut(to: start)
    quote(text)
  }

  private func quote(_ text: [UInt8]) {
    scratch.append(ascii: "\"")
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): scratch.append("\\\"")
      case UInt8(ascii: "\\"): scratch.append("\\\\")
      case 0x08: scratch.append("\\b")
      case 0x09: scratch.append("\\t")
      case 0x0A: scratch.append("\\n")
      case 0x0C: scratch.append("\\f")
      case 0x0D: scratch.append("\\r")
      case 0..<0x20:
        scratch.append("\\u00")
        scratch.append(byte >> 4 + 0x30)
        scratch.append(byte & 15 < 10 ? byte & 15 + 0x30 : byte & 15 - 10 + UInt8(ascii: "a"))
      default: scratch.append(byte)
      }
    }
    scratch.append(ascii: "\"")
  }
}
