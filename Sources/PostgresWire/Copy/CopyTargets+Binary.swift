/// Values in PostgreSQL's binary formats.
extension CopyTargets {
  enum BinaryOutcome {
    case stored
    case malformed
    /// A text that can be taken over byte by byte.
    case plainText
    /// Anything that has no fixed layout, or needs a closer look.
    case other
  }

  /// Stores a value of fixed layout.
  @inline(__always)
  func storeBinary(_ column: Int, _ row: Int, _ bytes: UnsafeRawBufferPointer) -> BinaryOutcome {
    let plan = plans[column]
    guard let data = plan.data else {
      guard plan.code == .text, !plan.isJSON, UTF8Text.isPlainASCII(bytes) else { return .other }
      return .plainText
    }
    switch plan.code {
    case .int32, .float:
      guard bytes.count == 4 else { return .malformed }
      data.storeBytes(of: Self.load(bytes, UInt32.self), toByteOffset: row &* 4, as: UInt32.self)
    case .int64, .double:
      guard bytes.count == 8 else { return .malformed }
      data.storeBytes(of: Self.load(bytes, UInt64.self), toByteOffset: row &* 8, as: UInt64.self)
    case .decimal64:
      guard let value = BinaryNumeric.read(bytes, width: Int(plan.width), scale: Int(plan.scale)) else {
        return .malformed
      }
      data.storeBytes(of: Int64(truncatingIfNeeded: value), toByteOffset: row &* 8, as: Int64.self)
    case .date:
      guard bytes.count == 4 else { return .malformed }
      let days = Self.load(bytes, Int32.self)
      let infinite = days == .max || days == .min
      let value = infinite ? (days < 0 ? -Int32.max : Int32.max) : days &+ Int32(TimeScale.postgresEpochDays)
      data.storeBytes(of: value, toByteOffset: row &* 4, as: Int32.self)
      guard infinite || (value > days && value < .max && value > -.max) else { return .malformed }
    case .timestamp, .timestampTZ:
      guard bytes.count == 8 else { return .malformed }
      let count = Self.load(bytes, Int64.self)
      let infinite = count == .max || count == .min
      let value =
        infinite ? (count < 0 ? -Int64.max : Int64.max) : count &+ TimeScale.postgresEpochMicroseconds
      data.storeBytes(of: value, toByteOffset: row &* 8, as: Int64.self)
      guard infinite || (value > count && value < .max && value > -.max) else { return .malformed }
    default: return storeRareBinary(plan, data, row, bytes) ? .stored : .malformed
    }
    return .stored
  }

  @inline(__always)
  private static func load<Integer: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ type: Integer.Type
  ) -> Integer {
    Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
  }

  @inline(never)
  private func storeRareBinary(
    _ plan: Plan, _ data: UnsafeMutableRawPointer, _ row: Int, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    switch plan.code {
    case .int16:
      guard bytes.count == 2 else { return false }
      data.storeBytes(of: Self.load(bytes, UInt16.self), toByteOffset: row * 2, as: UInt16.self)
    case .boolean:
      guard bytes.count == 1 else { return false }
      data.storeBytes(of: bytes[0] == 0 ? 0 : 1, toByteOffset: row, as: UInt8.self)
    case .time:
      guard bytes.count == 8 else { return false }
      let time = Self.load(bytes, Int64.self)
      guard (0...86_400_000_000).contains(time) else { return false }
      data.storeBytes(of: time, toByteOffset: row * 8, as: Int64.self)
    case .interval:
      guard bytes.count == 16 else { return false }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[8...])
      CopyTargets.store(
        IntervalText(
          months: Self.load(UnsafeRawBufferPointer(rebasing: rest[4...]), Int32.self),
          days: Self.load(rest, Int32.self), microseconds: Self.load(bytes, Int64.self)), data, row)
    case .uuid:
      guard bytes.count == 16 else { return false }
      let value = Self.load(bytes, UInt128.self) ^ (1 << 127)
      data.storeBytes(of: value, toByteOffset: row * 16, as: UInt128.self)
    case .decimal16, .decimal32, .decimal128:
      guard let value = BinaryNumeric.read(bytes, width: Int(plan.width), scale: Int(plan.scale)) else {
        return false
      }
      switch plan.code {
      case .decimal16:
        data.storeBytes(of: Int16(truncatingIfNeeded: value), toByteOffset: row * 2, as: Int16.self)
      case .decimal32:
        data.storeBytes(of: Int32(truncatingIfNeeded: value), toByteOffset: row * 4, as: Int32.self)
      default: data.storeBytes(of: value, toByteOffset: row * 16, as: Int128.self)
      }
    default: return false
    }
    return true
  }
}
