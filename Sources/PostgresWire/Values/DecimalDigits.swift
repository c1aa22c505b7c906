/// A number of any length, as its sign and decimal digits: what PostgreSQL's numeric can hold exactly.
package struct DecimalDigits: Equatable, Sendable {
  /// The number as text: an optional sign, digits, perhaps a point and digits.
  package let text: String
  /// Digits before and after the point, without zeros at the front; what DECIMAL needs.
  let wholeCount: Int
  let scale: Int
  /// NaN, an infinity, or too far from one to write down: only a DOUBLE can hold it.
  let needsDouble: Bool

  /// The smallest type of DuckDB that keeps every digit; DOUBLE beyond 38 digits.
  package var sqlType: String {
    guard !needsDouble, wholeCount + scale <= 38 else { return "DOUBLE" }
    return "DECIMAL(\(max(wholeCount + scale, 1)),\(scale))"
  }

  /// NaN or an infinity.
  init(special: Double) {
    text = special.isNaN ? "nan" : special < 0 ? "-inf" : "inf"
    wholeCount = 0
    scale = 0
    needsDouble = true
  }

  /// Reads a number's text; nil if it is not one.
  package init?(_ source: String) {
    var source = source
    let parsed = source.withUTF8 { bytes -> (digits: [UInt8], exponent: Int, isNegative: Bool)? in
      guard var start = bytes.baseAddress else { return nil }
      var count = bytes.count
      TextReader.trim(&start, &count)
      guard let parts = NumericParts(start, count) else { return nil }
      var digits: [UInt8] = []
      digits.reserveCapacity(parts.digitCount)
      parts.forEachDigit(upTo: parts.digitCount) { digits.append($0) }
      return (digits, parts.exponent, parts.isNegative)
    }
    if let parsed {
      self.init(digits: parsed.digits, exponent: parsed.exponent, isNegative: parsed.isNegative)
    } else {
      let special = source.withUTF8 { bytes -> Double? in
        guard var start = bytes.baseAddress else { return nil }
        var count = bytes.count
        TextReader.trim(&start, &count)
        return TextReader.specialNumber(start, count)
      }
      guard let special else { return nil }
      self.init(special: special)
    }
  }

  /// The number that is `digits` (0 to 9, the first not 0), read as a whole number, times 10^exponent.
  init(digits: [UInt8], exponent: Int, isNegative: Bool) {
    var digits = digits
    var exponent = exponent
    // Zeros at the end of a fraction that would not fit say nothing.
    while digits.last == 0, exponent < 0, max(digits.count, -exponent) > 38 {
      digits.removeLast()
      exponent += 1
    }
    let sign = isNegative && !digits.isEmpty ? "-" : ""
    let written = String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    guard digits.count <= 1000, exponent.magnitude <= 1000 else {
      text = "\(sign)\(digits.isEmpty ? "0" : written)e\(exponent)"
      (wholeCount, scale, needsDouble) = (0, 0, true)
      return
    }
    scale = max(-exponent, 0)
    wholeCount = max(digits.count + exponent, 0)
    needsDouble = false
    let zerosBehind = String(repeating: "0", count: digits.isEmpty ? 0 : max(exponent, 0))
    let zerosBefore = String(repeating: "0", count: max(scale - digits.count, 0))
    let all = zerosBefore + written + zerosBehind
    let whole = all.utf8.count > scale ? String(all.dropLast(scale)) : "0"
    text = scale > 0 ? "\(sign)\(whole).\(all.suffix(scale))" : sign + whole
  }
}
