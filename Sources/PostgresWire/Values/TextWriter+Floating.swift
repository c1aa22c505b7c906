/// Floating point numbers by their shortest digits that read back as the same number, as PostgreSQL writes
/// them since version 12.
extension TextWriter {
  /// A double precision number.
  package static func write(_ value: Double, to target: UnsafeMutableRawPointer) -> Int {
    guard value.isFinite else { return write(nonFinite: value, to: target) }
    if let written = writeFewDigits(value, to: target) { return written }
    return write(shortest: value.description, largestFixedExponent: 15, to: target)
  }

  /// A single precision number.
  package static func write(_ value: Float, to target: UnsafeMutableRawPointer) -> Int {
    guard value.isFinite else { return write(nonFinite: Double(value), to: target) }
    if value.magnitude < 1_000_000, Float(Int32(value)) == value, value != 0 {
      return write(Int64(value), to: target)
    }
    return write(shortest: value.description, largestFixedExponent: 6, to: target)
  }

  private static func write(nonFinite value: Double, to target: UnsafeMutableRawPointer) -> Int {
    var position = target
    if value.isNaN {
      position.put(ascii: "NaN")
    } else {
      position.put(ascii: value < 0 ? "-Infinity" : "Infinity")
    }
    return position - target
  }

  /// Numbers of at most 15 digits, eight of them after the point at most: n / 10^k rounded once is what
  /// reading the text gives, and different decimals of 15 digits are different numbers.
  private static func writeFewDigits(_ value: Double, to target: UnsafeMutableRawPointer) -> Int? {
    let magnitude = value.magnitude
    guard magnitude < 1e15, magnitude >= 1e-4 else { return nil }
    for step in 0..<4 {
      let scale = step == 0 ? 0 : 1 << step
      let power = Double(powerOfTen(scale))
      let scaled = value * power
      guard scaled.magnitude < 1e15 else { return nil }
      var unscaled = Int64(scaled + (scaled < 0 ? -0.5 : 0.5))
      guard Double(unscaled) / power == value else { continue }
      var digits = scale
      while digits > 0, unscaled % 10 == 0 {
        unscaled /= 10
        digits -= 1
      }
      return write(numeric: unscaled, scale: digits, to: target)
    }
    return nil
  }

  /// Rewrites Swift's shortest notation into PostgreSQL's.
  private static func write(
    shortest text: String, largestFixedExponent: Int, to target: UnsafeMutableRawPointer
  ) -> Int {
    var text = text
    return text.withUTF8 { source in
      var position = target
      var digits: InlineArray<32, UInt8> = .init(repeating: 0)
      var count = 0
      var exponent = 0
      var pointSeen = false
      var index = 0
      if source[0] == UInt8(ascii: "-") {
        position.put("-")
        index = 1
      }
      while index < source.count, source[index] != UInt8(ascii: "e") {
        let byte = source[index]
        index += 1
        if byte == UInt8(ascii: ".") {
          pointSeen = true
        } else {
          if pointSeen { exponent -= 1 }
          if count == 0, byte == 0x30 { continue }
          digits[count] = byte
          count += 1
        }
      }
      if index < source.count { exponent += signedNumber(source[(index + 1)...]) }
      while count > 1, digits[count - 1] == 0x30 {
        count -= 1
        exponent += 1
      }
      if count == 0 {
        position.put("0")
        return position - target
      }
      let scientific = exponent + count - 1
      if scientific >= -4, scientific < largestFixedExponent {
        putFixed(digits, count, scientific, &position)
      } else {
        putScientific(digits, count, scientific, &position)
      }
      return position - target
    }
  }

  private static func signedNumber(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var value = 0
    for byte in text where byte >= 0x30 { value = value * 10 + Int(byte - 0x30) }
    return text.first == UInt8(ascii: "-") ? -value : value
  }

  private static func putFixed(
    _ digits: InlineArray<32, UInt8>, _ count: Int, _ scientific: Int,
    _ position: inout UnsafeMutableRawPointer
  ) {
    if scientific < 0 {
      position.put(ascii: "0.")
      for _ in 0..<(-scientific - 1) { position.put("0") }
    }
    for index in 0..<max(count, scientific + 1) {
      if index > 0, index == scientific + 1 { position.put(".") }
      position.put(Unicode.Scalar(index < count ? digits[index] : 0x30))
    }
  }

  private static func putScientific(
    _ digits: InlineArray<32, UInt8>, _ count: Int, _ scientific: Int,
    _ position: inout UnsafeMutableRawPointer
  ) {
    for index in 0..<count {
      if index == 1 { position.put(".") }
      position.put(Unicode.Scalar(digits[index]))
    }
    position.put("e")
    position.put(scientific < 0 ? "-" : "+")
    let magnitude = abs(scientific)
    if magnitude < 10 { position.put("0") }
    position += write(UInt64(magnitude), to: position)
  }
}
