/// Prepares passwords for SCRAM (RFC 4013), so that one password is the same however it was typed.
///
/// As in PostgreSQL (`pg_saslprep`), ASCII is taken as it is, and a password that may not be prepared is
/// used as raw bytes. The NFKC normalisation covers letters of Latin, Greek and Cyrillic with marks,
/// Hangul, full-width ASCII and ligatures; other compatibility characters are taken as they are.
package enum SASLprep {
  /// The bytes that are hashed for `password`.
  package static func prepare(_ password: String) -> [UInt8] {
    if password.utf8.allSatisfy({ $0 < 0x80 }) { return Array(password.utf8) }
    let mapped = password.unicodeScalars.compactMap(map)
    let normalized = compose(sortMarks(mapped.flatMap(decompose)))
    guard !normalized.isEmpty, !normalized.contains(where: isProhibited), respectsDirections(normalized)
    else { return Array(password.utf8) }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: normalized)
    return Array(String(text).utf8)
  }

  // MARK: Mapping (RFC 3454, tables C.1.2 and B.1)

  private static func map(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xA0, 0x1680, 0x2000...0x200B, 0x202F, 0x205F, 0x3000: " "
    case 0xAD, 0x34F, 0x1806, 0x180B...0x180D, 0x200C, 0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: nil
    default: scalar
    }
  }

  // MARK: Normalisation

  private static func decompose(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let value = scalar.value
    if value < 0xC0 { return [scalar] }
    if (0xFF01...0xFF5E).contains(value), let ascii = Unicode.Scalar(value - 0xFEE0) { return [ascii] }
    if let ligature = ligatures[scalar] { return Array(ligature.unicodeScalars) }
    if (0xAC00...0xD7A3).contains(value) { return decomposeHangul(value) }
    if let (base, mark) = ComposedLetters.decompose(scalar) { return decompose(base) + [mark] }
    return [scalar]
  }

  private static let ligatures: [Unicode.Scalar: String] = [
    "\u{132}": "IJ", "\u{133}": "ij", "\u{17F}": "s", "\u{1C7}": "LJ", "\u{1C8}": "Lj", "\u{1C9}": "lj",
    "\u{1CA}": "NJ", "\u{1CB}": "Nj", "\u{1CC}": "nj", "\u{1F1}": "DZ", "\u{1F2}": "Dz", "\u{1F3}": "dz",
    "\u{FB00}": "ff", "\u{FB01}": "fi", "\u{FB02}": "fl", "\u{FB03}": "ffi", "\u{FB04}": "ffl",
    "\u{FB05}": "st", "\u{FB06}": "st",
  ]

  private static func decomposeHangul(_ value: UInt32) -> [Unicode.Scalar] {
    let index = value - 0xAC00
    let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28]
    return parts.filter { $0 != 0x11A7 }.compactMap(Unicode.Scalar.init)
  }

  /// Sorts runs of marks by their combining class, keeping the order of equal ones.
  private static func sortMarks(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var sorted = scalars
    for index in sorted.indices.dropFirst() {
      let mark = sorted[index]
      let rank = combiningClass(mark)
      guard rank > 0 else { continue }
      var place = index
      while place > 0, combiningClass(sorted[place - 1]) > rank {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = mark
    }
    return sorted
  }

  private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
    scalar.properties.canonicalCombiningClass.rawValue
  }

  private static func compose(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var starter: Int?
    for scalar in scalars {
      let rank = combiningClass(scalar)
      if let starter {
        let isBlocked = starter < result.count - 1 && combiningClass(result[result.count - 1]) >= max(rank, 1)
        if !isBlocked, let composed = compose(result[starter], scalar) {
          result[starter] = composed
          continue
        }
      }
      if rank == 0 { starter = result.count }
      result.append(scalar)
    }
    return result
  }

  private static func compose(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
    switch (first.value, second.value) {
    case (0x1100...0x1112, 0x1161...0x1175):
      Unicode.Scalar(0xAC00 + ((first.value - 0x1100) * 21 + second.value - 0x1161) * 28)
    case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (first.value - 0xAC00).isMultiple(of: 28):
      Unicode.Scalar(first.value + second.value - 0x11A7)
    default: ComposedLetters.compose(first, second)
    }
  }

  // MARK: Prohibited output (RFC 4013, 2.3 to 2.5)

  private static func isProhibited(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x6DD, 0x70F, 0x180E, 0x2028, 0x2029, 0x2061...0x2063, 0x1D173...0x1D17A,
      0xE000...0xF8FF, 0xF0000...0x10FFFF, 0xFFF9...0xFFFD, 0x2FF0...0x2FFB, 0x340, 0x341, 0x200E, 0x200F,
      0x202A...0x202E, 0x206A...0x206F, 0xE0001, 0xE0020...0xE007F:
      true
    default: scalar.properties.isNoncharacterCodePoint || isUnassigned(scalar)
    }
  }

  /// True for code points that Unicode 3.2, the version of the RFC, does not know.
  private static func isUnassigned(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age else { return true }
    return (age.major, age.minor) > (3, 2)
  }

  /// Text with a right-to-left letter must have no other letter, and begin and end with such a letter.
  private static func respectsDirections(_ scalars: [Unicode.Scalar]) -> Bool {
    guard scalars.contains(where: isRightToLeft) else { return true }
    guard let first = scalars.first, let last = scalars.last else { return true }
    return isRightToLeft(first) && isRightToLeft(last)
      && scalars.allSatisfy { isRightToLeft($0) || !$0.properties.isAlphabetic }
  }

  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x5BE, 0x5D0...0x5F4, 0x61B...0x64A, 0x66D...0x66F, 0x671...0x6D5, 0x6FA...0x710, 0x712...0x72C,
      0x780...0x7A5, 0x7B1, 0x200F, 0xFB1D, 0xFB1F...0xFDFC, 0xFE70...0xFEFC:
      true
    default: false
    }
  }
}
