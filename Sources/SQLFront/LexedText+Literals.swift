/// The values of literals.
extension LexedText {
  /// The bytes of a character string, escapes resolved, its parts joined.
  func stringContent(_ index: Int) throws(SQLError) -> [UInt8] {
    let token = tokens[index]
    let start = Int(token.start)
    let end = Int(token.end)
    switch token.kind {
    case .string:
      if !token.needsTranslation { return undoubled(start + 1, end - 1, quote: UInt8(ascii: "'")) }
      return joinedParts(start, end)
    case .nationalString, .bitString, .hexString: return joinedParts(start + 1, end)
    case .escapeString: return try escapedContent(start, end)
    case .unicodeString: return try unicodeContent(index)
    case .dollarString:
      var tag = start + 1
      while bytes[tag] != UInt8(ascii: "$") { tag += 1 }
      let length = tag - start + 1
      return Array(bytes[(start + length)..<(end - length)])
    default: return Array(bytes[start..<end])
    }
  }

  /// The content of a quoted literal that may go on over several lines.
  private func joinedParts(_ start: Int, _ end: Int) -> [UInt8] {
    var result: [UInt8] = []
    var index = start
    var inside = false
    while index < end {
      let byte = bytes[index]
      if !inside {
        if byte == UInt8(ascii: "-") {
          while index < end, !bytes[index].isNewline { index += 1 }
          continue
        }
        inside = byte == UInt8(ascii: "'")
      } else if byte != UInt8(ascii: "'") {
        result.append(byte)
      } else if index + 1 < end, bytes[index + 1] == byte {
        result.append(byte)
        index += 1
      } else {
        inside = false
      }
      index += 1
    }
    return result
  }

  private func escapedContent(_ start: Int, _ end: Int) throws(SQLError) -> [UInt8] {
    var result: [UInt8] = []
    var index = start + 1
    var inside = false
    var surrogate: UInt32?
    while index < end {
      let byte = bytes[index]
      if inside, byte == UInt8(ascii: "\\") {
        index = try escape(index, end, &result, &surrogate)
        continue
      }
      if surrogate != nil { throw badSurrogate(index) }
      if !inside {
        if byte == UInt8(ascii: "-") {
          while index < end, !bytes[index].isNewline { index += 1 }
          continue
        }
        inside = byte == UInt8(ascii: "'")
      } else if byte != UInt8(ascii: "'") {
        result.append(byte)
      } else if index + 1 < end, bytes[index + 1] == byte {
        result.append(byte)
        index += 1
      } else {
        inside = false
      }
      index += 1
    }
    return try checked(result, at: start)
  }

  /// Takes one backslash escape and returns where it ends.
  private func escape(
    _ start: Int, _ end: Int, _ result: inout [UInt8], _ surrogate: inout UInt32?
  ) throws(SQLError) -> Int {
    let kind = bytes[start + 1]
    var index = start + 2
    if kind == UInt8(ascii: "u") || kind == UInt8(ascii: "U") {
      let length = kind == UInt8(ascii: "u") ? 4 : 8
      var scalar: UInt32 = 0
      for _ in 0..<length {
        guard index < end, let digit = bytes[index].hexValue else {
          throw SQLError(
            "22025", "invalid Unicode escape", hint: "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.",
            position: start)
        }
        scalar = scalar << 4 | digit
        index += 1
      }
      try appendUnicode(scalar, &surrogate, &result, at: start)
      return index
    }
    if surrogate != nil { throw badSurrogate(start) }
    switch kind {
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "v"): result.append(0x0B)
    case UInt8(ascii: "x") where index < end && bytes[index].hexValue != nil:
      var value: UInt32 = 0
      var count = 0
      while count < 2, index < end, let digit = bytes[index].hexValue {
        value = value << 4 | digit
        index += 1
        count += 1
      }
      result.append(UInt8(truncatingIfNeeded: value))
    case 0x30...0x37:
      index = start + 1
      var value: UInt32 = 0
      var count = 0
      while count < 3, index < end, bytes[index] >= 0x30, bytes[index] <= 0x37 {
        value = value << 3 | UInt32(bytes[index] - 0x30)
        index += 1
        count += 1
      }
      result.append(UInt8(truncatingIfNeeded: value))
    default: result.append(kind)
    }
    return index
  }

  /// The content of `U&'…'` or `U&"…"`.
  func unicodeContent(_ index: Int) throws(SQLError) -> [UInt8] {
    let start = Int(tokens[index].start)
    var end = Int(tokens[index].end)
    let quote = bytes[start + 2]
    var escape = UInt8(ascii: "\\")
    var body: [UInt8]
    if let clause = escapeClauseStart(start, end) {
      escape = bytes[end - 2]
      end = clause
    }
    if quote == UInt8(ascii: "\"") {
      body = undoubled(start + 3, end - 1, quote: quote)
    } else {
      body = joinedParts(start + 2, end)
    }
    if escape.hexValue != nil || escape.isSpace || escape == 0x2B || escape == 0x27 || escape == 0x22 {
      throw .syntax("invalid Unicode escape character", at: start)
    }
    var result: [UInt8] = []
    var surrogate: UInt32?
    var position = 0
    while position < body.count {
      let byte = body[position]
      if byte != escape {
        if surrogate != nil { throw badSurrogate(start) }
        result.append(byte)
        position += 1
        continue
      }
      position += 1
      if position < body.count, body[position] == escape {
        result.append(escape)
        position += 1
        continue
      }
      var length = 4
      if position < body.count, body[position] == UInt8(ascii: "+") {
        length = 6
        position += 1
      }
      var scalar: UInt32 = 0
      for _ in 0..<length {
        guard position < body.count, let digit = body[position].hexValue else {
          throw SQLError(
            "42601", "invalid Unicode escape", hint: "Unicode escapes must be \\XXXX or \\+XXXXXX.",
            position: start)
        }
        scalar = scalar << 4 | digit
        position += 1
      }
      try appendUnicode(scalar, &surrogate, &result, at: start)
    }
    if surrogate != nil { throw badSurrogate(start) }
    return try checked(result, at: start)
  }

  /// Where the literal proper ends, if a `UESCAPE` clause follows it inside the token.
  private func escapeClauseStart(_ start: Int, _ end: Int) -> Int? {
    guard end - start > 14, bytes[end - 1] == UInt8(ascii: "'") else { return nil }
    var index = end - 4
    while index > start, bytes[index].isSpace { index -= 1 }
    let word: StaticString = "uescape"
    guard index - 6 > start else { return nil }
    for offset in 0..<7 where bytes[index - 6 + offset].folded != word.utf8Start[offset] { return nil }
    index -= 7
    while index > start, bytes[index].isSpace { index -= 1 }
    let quote = bytes[start + 2]
    guard bytes[index] == quote, quotesClose(start + 2, index, quote) else { return nil }
    return index + 1
  }

  /// Whether the literal that opens at `start` closes exactly at `end`.
  private func quotesClose(_ start: Int, _ end: Int, _ quote: UInt8) -> Bool {
    var inside = false
    var index = start
    while index <= end {
      if bytes[index] == quote {
        if inside, index + 1 <= end, bytes[index + 1] == quote { index += 1 } else { inside.toggle() }
      }
      index += 1
    }
    return !inside
  }

  private func appendUnicode(
    _ scalar: UInt32, _ surrogate: inout UInt32?, _ result: inout [UInt8], at position: Int
  ) throws(SQLError) {
    if let high = surrogate {
      guard scalar >= 0xDC00, scalar <= 0xDFFF else { throw badSurrogate(position) }
      surrogate = nil
      append(0x10000 + ((high - 0xD800) << 10) + (scalar - 0xDC00), &result)
    } else if scalar >= 0xD800, scalar <= 0xDBFF {
      surrogate = scalar
    } else if scalar >= 0xDC00, scalar <= 0xDFFF {
      throw badSurrogate(position)
    } else if scalar > 0x10FFFF {
      throw .syntax("invalid Unicode escape value", at: position)
    } else {
      append(scalar, &result)
    }
  }

  private func append(_ scalar: UInt32, _ result: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    result.append(contentsOf: Character(scalar).utf8)
  }

  private func badSurrogate(_ position: Int) -> SQLError {
    .syntax("invalid Unicode surrogate pair", at: position)
  }

  /// Refuses what no UTF-8 database takes: a zero byte, a broken sequence.
  private func checked(_ content: [UInt8], at position: Int) throws(SQLError) -> [UInt8] {
    if content.contains(0) {
      throw SQLError(
        "22021", "invalid byte sequence for encoding \"UTF8\": 0x00", position: position)
    }
    if !isValidUTF8(content) {
      throw SQLError("22021", "invalid byte sequence for encoding \"UTF8\"", position: position)
    }
    return content
  }
}

/// Whether the bytes are well-formed UTF-8.
func isValidUTF8(_ bytes: [UInt8]) -> Bool {
  String(validating: bytes, as: UTF8.self) != nil
}
