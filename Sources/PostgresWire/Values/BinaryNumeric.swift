/// PostgreSQL's binary numeric as a DECIMAL.
///
/// Source: PostgreSQL 15, `numeric_recv` in src/backend/utils/adt/numeric.c: groups of four decimal digits.
enum BinaryNumeric {
  /// The value times 10^scale, rounded half away from zero; nil if it is malformed, NaN or too large.
  @inline(__always)
  static func read(_ bytes: UnsafeRawBufferPointer, width: Int, scale: Int) -> Int128? {
    if width <= 18, let value = readSmall(bytes, width: width, scale: scale) { return Int128(value) }
    return readAny(bytes, width: width, scale: scale)
  }

  /// The same for most values that fit 64 bits; nil if this is not sure to be one.
  @inline(__always)
  static func readSmall(_ bytes: UnsafeRawBufferPointer, width: Int, scale: Int) -> Int64? {
    guard let base = bytes.baseAddress, bytes.count >= 8, bytes.count <= 8 + 5 * 2 else { return nil }
    func word(_ offset: Int) -> UInt16 {
      UInt16(bigEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }
    let sign = word(4)
    guard bytes.count == 8 &+ Int(word(0)) &* 2, sign == 0 || sign == 0x4000 else { return nil }
    // The power of ten, after scaling, of the digit group that comes next.
    var power = Int(Int16(bitPattern: word(2))) &* 4 &+ scale
    // Five groups at powers up to 14 stay below 5 × 10^18.
    guard power <= 14 else { return nil }
    var magnitude: UInt64 = 0
    var offset = 8
    while offset < bytes.count {
      let group = UInt64(word(offset))
      guard group < 10_000 else { return nil }
      if power >= 0 {
        magnitude &+= group &* TextWriter.powerOfTen(power)
      } else if power > -4 {
        // Some digits of the group are below the scale: round.
        let unit = TextWriter.powerOfTen(-power)
        magnitude &+= (group &+ unit / 2) / unit
      } else if power == -4, group >= 5000 {
        magnitude &+= 1
      }
      power &-= 4
      offset &+= 2
    }
    guard magnitude < TextWriter.powerOfTen(width) else { return nil }
    return sign == 0 ? Int64(magnitude) : -Int64(magnitude)
  }

  /// The value times 10^scale, rounded half away from zero; nil if it is malformed, NaN or too large.
  @inline(never)
  private static func readAny(_ bytes: UnsafeRawBufferPointer, width: Int, scale: Int) -> Int128? {
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
