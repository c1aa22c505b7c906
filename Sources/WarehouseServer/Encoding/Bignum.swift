import PostgresWire

extension ValueWriter {
  /// BIGNUM is three bytes of sign and length, then the magnitude, big-endian; all bits of a negative number
  /// are inverted. PostgreSQL has it as numeric: groups of four decimal digits.
  func writeBignum(_ view: ColumnView, _ row: Int, _ format: WireFormat) {
    let (start, count) = view.string(row)
    guard count > 3 else { return writeGroups([], isNegative: false, format) }
    let isNegative = start[0] & 0x80 == 0
    var magnitude = (3..<count).map { isNegative ? ~start[$0] : start[$0] }
    var groups: [UInt16] = []
    var first = 0
    while first < magnitude.count {
      var rest = 0
      for index in first..<magnitude.count {
        let value = rest << 8 | Int(magnitude[index])
        magnitude[index] = UInt8(value / 10_000)
        rest = value % 10_000
      }
      groups.append(UInt16(rest))
      while first < magnitude.count, magnitude[first] == 0 { first += 1 }
    }
    while groups.last == 0 { groups.removeLast() }
    writeGroups(groups.reversed(), isNegative: isNegative, format)
  }

  /// Writes groups of four digits, the highest first.
  private func writeGroups(_ groups: [UInt16], isNegative: Bool, _ format: WireFormat) {
    guard format == .text else {
      let sent = groups.count - groups.reversed().prefix { $0 == 0 }.count
      scratch.appendBig(Int16(truncatingIfNeeded: sent))
      scratch.appendBig(Int16(truncatingIfNeeded: max(groups.count - 1, 0)))
      scratch.appendBig(UInt16(isNegative && !groups.isEmpty ? 0x4000 : 0))
      scratch.appendBig(Int16(0))
      for group in groups.prefix(sent) { scratch.appendBig(group) }
      return
    }
    guard let first = groups.first else { return scratch.append(ascii: "0") }
    if isNegative { scratch.append(ascii: "-") }
    scratch.append("\(first)")
    for group in groups.dropFirst() {
      let text = "\(group)"
      for _ in text.utf8.count..<4 { scratch.append(ascii: "0") }
      scratch.append(text)
    }
  }
}
