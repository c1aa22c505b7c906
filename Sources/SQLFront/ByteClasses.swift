/// Classes of bytes, as the scanners of PostgreSQL and DuckDB (`scan.l`) define them.
extension UInt8 {
  init(_ scalar: StaticString) {
    self = scalar.utf8Start.pointee
  }

  /// ASCII letters in lower case; everything else as it is.
  var folded: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  var isIdentifierStart: Bool {
    (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self == 0x5F || self >= 0x80
  }

  var isIdentifierPart: Bool { isIdentifierStart || isDigit || self == 0x24 }

  /// Blank, tab, line feed, carriage return, form feed; a vertical tab is none.
  var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C }

  var isNewline: Bool { self == 0x0A || self == 0x0D }

  var hexValue: UInt32? {
    switch self {
    case 0x30...0x39: UInt32(self) - 0x30
    case 0x41...0x46: UInt32(self) - 0x37
    case 0x61...0x66: UInt32(self) - 0x57
    default: nil
    }
  }

  /// The characters of operators: PostgreSQL's set, which holds `#` and `?` that DuckDB's lacks.
  var isOperatorPart: Bool {
    switch self {
    case 0x7E, 0x21, 0x40, 0x23, 0x5E, 0x26, 0x7C, 0x60, 0x3F, 0x2B, 0x2D, 0x2A, 0x2F, 0x25, 0x3C, 0x3E, 0x3D:
      true
    default: false
    }
  }

  /// The characters that allow an operator to end in `+` or `-`.
  var isNonStandardOperatorPart: Bool {
    switch self {
    case 0x7E, 0x21, 0x40, 0x23, 0x5E, 0x26, 0x7C, 0x60, 0x3F, 0x25: true
    default: false
    }
  }
}
