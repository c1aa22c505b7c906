/// The columns of a chunk while it is filled: kinds and memory side by side, for the hot loop.
struct CopyTargets: ~Copyable {
  /// A column in a form that takes no reference counting to look at.
  struct Plan: BitwiseCopyable {
    var code: Code
    var width: UInt8
    var scale: UInt8
    var forceNotNull: Bool
    var forceNull: Bool
    /// Binary: a byte of JSONB's version may stand before the text.
    var isJSON: Bool
    var data: UnsafeMutableRawPointer?
  }

  enum Code: UInt8, BitwiseCopyable {
    case boolean, int16, int32, int64, float, double, decimal16, decimal32, decimal64, decimal128
    case date, time, timestamp, timestampTZ, interval, uuid, text, blob, converted
  }

  let plans: UnsafeMutablePointer<Plan>
  private let columns: [CopyColumn]
  /// What stands for NULL, in memory that stays where it is.
  let null: UnsafeBufferPointer<UInt8>

  init<Sink: CopySink>(_ columns: [CopyColumn], _ sink: Sink, null marker: [UInt8]) {
    self.columns = columns
    plans = .allocate(capacity: max(columns.count, 1))
    let null = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: marker.count)
    _ = null.update(from: marker)
    self.null = UnsafeBufferPointer(null)
    for (index, column) in columns.enumerated() {
      let (code, width, scale) = Self.code(column.kind)
      let hasData = code != .text && code != .blob && code != .converted
      (plans + index).initialize(
        to: Plan(
          code: code, width: UInt8(width), scale: UInt8(scale), forceNotNull: column.forceNotNull,
          forceNull: column.forceNull, isJSON: column.kind == .json,
          data: hasData ? sink.data(column: index) : nil))
    }
  }

  deinit {
    plans.deallocate()
    null.deallocate()
  }

  private static func code(_ kind: CopyColumn.Kind) -> (Code, width: Int, scale: Int) {
    switch kind {
    case .boolean: (.boolean, 0, 0)
    case .int16: (.int16, 0, 0)
    case .int32: (.int32, 0, 0)
    case .int64: (.int64, 0, 0)
    case .float: (.float, 0, 0)
    case .double: (.double, 0, 0)
    case .decimal(let width, let scale):
      (
        width <= 4 ? .decimal16 : width <= 9 ? .decimal32 : width <= 18 ? .decimal64 : .decimal128, width,
        scale
      )
    case .date: (.date, 0, 0)
    case .time: (.time, 0, 0)
    case .timestamp: (.timestamp, 0, 0)
    case .timestampTZ: (.timestampTZ, 0, 0)
    case .interval: (.interval, 0, 0)
    case .uuid: (.uuid, 0, 0)
    case .text, .json: (.text, 0, 0)
    case .blob: (.blob, 0, 0)
    case .converted: (.converted, 0, 0)
    }
  }

  /// CSV: whether the text of NULL is NULL in this column.
  @inline(__always)
  func isNullable(_ column: Int, _ isQuoted: Bool) -> Bool {
    isQuoted ? plans[column].forceNull : !plans[column].forceNotNull
  }

  /// Stores the value of a text.
  @inline(__always)
  func store<Sink: CopySink>(
    _ column: Int, _ row: Int, _ start: UnsafePointer<UInt8>, _ count: Int, _ sink: inout Sink
  ) -> TextReader.Outcome {
    let plan = plans[column]
    guard plan.code.rawValue < Code.text.rawValue, let data = plan.data else {
      return storeBytes(plan.code, column, row, start, count, &sink)
    }
    switch plan.code {
    case .int32:
      var value: Int64 = 0
      let outcome = TextReader.integer(start, count, into: &value)
      guard let narrow = Int32(exactly: value) else { return .outOfRange }
      data.storeBytes(of: narrow, toByteOffset: row &* 4, as: Int32.self)
      return outcome
    case .int64:
      var value: Int64 = 0
      let outcome = TextReader.integer(start, count, into: &value)
      data.storeBytes(of: value, toByteOffset: row &* 8, as: Int64.self)
      return outcome
    case .decimal16, .decimal32, .decimal64:
      return storeDecimal(plan, data, row, start, count)
    case .date:
      var value: Int32 = 0
      let outcome = TextReader.date(start, count, into: &value)
      data.storeBytes(of: value, toByteOffset: row &* 4, as: Int32.self)
      return outcome
    case .timestamp:
      var value: Int64 = 0
      let outcome = TextReader.timestamp(start, count, into: &value)
      data.storeBytes(of: value, toByteOffset: row &* 8, as: Int64.self)
      return outcome
    case .double:
      var value = 0.0
      let outcome = TextReader.double(start, count, into: &value)
      data.storeBytes(of: value, toByteOffset: row &* 8, as: Double.self)
      return outcome
    default: return storeRare(plan, data, row, start, count)
    }
  }

  @inline(__always)
  private func storeDecimal(
    _ plan: Plan, _ data: UnsafeMutableRawPointer, _ row: Int, _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> TextReader.Outcome {
    var value: Int64 = 0
    let outcome = TextReader.decimal(
      start, count, width: Int(plan.width), scale: Int(plan.scale), into: &value)
    switch plan.code {
    case .decimal16:
      data.storeBytes(of: Int16(truncatingIfNeeded: value), toByteOffset: row &* 2, as: Int16.self)
    case .decimal32:
      data.storeBytes(of: Int32(truncatingIfNeeded: value), toByteOffset: row &* 4, as: Int32.self)
    default: data.storeBytes(of: value, toByteOffset: row &* 8, as: Int64.self)
    }
    return outcome
  }

  @inline(never)
  private func storeRare(
    _ plan: Plan, _ data: UnsafeMutableRawPointer, _ row: Int, _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> TextReader.Outcome {
    var value: Int64 = 0
    var outcome = TextReader.Outcome.value
    switch plan.code {
    case .boolean:
      var truth = false
      outcome = TextReader.boolean(start, count, into: &truth)
      data.storeBytes(of: truth ? 1 : 0, toByteOffset: row, as: UInt8.self)
    case .int16:
      outcome = TextReader.integer(start, count, into: &value)
      guard let narrow = Int16(exactly: value) else { return .outOfRange }
      data.storeBytes(of: narrow, toByteOffset: row * 2, as: Int16.self)
    case .float:
      var number = 0.0
      outcome = TextReader.double(start, count, into: &number)
      let narrow = Float(number)
      guard narrow.isFinite || !number.isFinite else { return .outOfRange }
      data.storeBytes(of: narrow, toByteOffset: row * 4, as: Float.self)
    case .decimal128:
      var wide: Int128 = 0
      outcome = TextReader.decimal(
        start, count, width: Int(plan.width), scale: Int(plan.scale), into: &wide)
      data.storeBytes(of: wide, toByteOffset: row * 16, as: Int128.self)
    case .time:
      outcome = TextReader.time(start, count, into: &value)
      data.storeBytes(of: value, toByteOffset: row * 8, as: Int64.self)
    case .timestampTZ:
      outcome = TextReader.timestamptz(start, count, localOffset: { _ in 0 }, into: &value)
      data.storeBytes(of: value, toByteOffset: row * 8, as: Int64.self)
    case .interval:
      let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
      guard let interval = IntervalText(text) else { return .invalidSyntax }
      Self.store(interval, data, row)
    case .uuid:
      guard let bits = Self.uuid(start, count) else { return .invalidSyntax }
      data.storeBytes(of: bits ^ (1 << 127), toByteOffset: row * 16, as: UInt128.self)
    default: return .invalidSyntax
    }
    return outcome
  }

  static func store(_ interval: IntervalText, _ data: UnsafeMutableRawPointer, _ row: Int) {
    data.storeBytes(of: interval.months, toByteOffset: row * 16, as: Int32.self)
    data.storeBytes(of: interval.days, toByteOffset: row * 16 + 4, as: Int32.self)
    data.storeBytes(of: interval.microseconds, toByteOffset: row * 16 + 8, as: Int64.self)
  }

  /// 32 hexadecimal digits, with hyphens between groups of four and braces around all of it allowed.
  private static func uuid(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt128? {
    var value: UInt128 = 0
    var digits = 0
    let hasBraces = count > 1 && start[0] == UInt8(ascii: "{") && start[count - 1] == UInt8(ascii: "}")
    for index in (hasBraces ? 1 : 0)..<(hasBraces ? count - 1 : count) {
      if start[index] == UInt8(ascii: "-"), digits > 0, digits < 32, digits.isMultiple(of: 4) { continue }
      guard let digit = Hex.value(of: start[index]) else { return nil }
      value = value << 4 | UInt128(digit)
      digits += 1
      if digits > 32 { return nil }
    }
    return digits == 32 ? value : nil
  }

  /// Texts, bytes and conversions.
  private func storeBytes<Sink: CopySink>(
    _ code: Code, _ column: Int, _ row: Int, _ start: UnsafePointer<UInt8>, _ count: Int, _ sink: inout Sink
  ) -> TextReader.Outcome {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    if code == .text {
      sink.setBytes(column: column, row: row, bytes)
      return .value
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if code == .blob {
      guard let decoded = try? ByteaText.decode(text) else { return .invalidSyntax }
      decoded.withUnsafeBufferPointer { sink.setBytes(column: column, row: row, $0) }
      return .value
    }
    guard case .converted(let type) = columns[column].kind,
      let value = try? ParameterValue.decodeText(type, text)
    else { return .invalidSyntax }
    var converted = value.castText
    converted.withUTF8 { sink.setBytes(column: column, row: row, $0) }
    return .value
  }
}
