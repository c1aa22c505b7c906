/// PostgreSQL's templates of numbers (chapter 9.8 of its manual, version 15), without V, RN and EEEE.
struct NumberFormat {
  private enum Item: Equatable {
    case nine
    case zero
    case group
    case point
    case sign
    case minus
    case plus
    case signHere
    case text(String)
  }

  private var items: [Item] = []
  private var fills = true
  private var isBracketed = false
  private var ordinal: String?

  private init(_ pattern: String) {
    var rest = pattern[...]
    func accept(_ word: String) -> Bool {
      guard rest.prefix(word.count).uppercased() == word else { return false }
      rest = rest.dropFirst(word.count)
      return true
    }
    while let first = rest.first {
      if accept("FM") {
        fills = false
      } else if accept("PR") {
        isBracketed = true
      } else if accept("MI") {
        items.append(.minus)
      } else if accept("PL") {
        items.append(.plus)
      } else if accept("SG") {
        items.append(.signHere)
      } else if accept("TH") {
        ordinal = first.isUppercase ? "TH" : "th"
      } else if accept("9") {
        items.append(.nine)
      } else if accept("0") {
        items.append(.zero)
      } else if accept(".") || accept("D") {
        items.append(.point)
      } else if accept(",") || accept("G") {
        items.append(.group)
      } else if accept("S") {
        items.append(.sign)
      } else if accept("L") {
        items.append(.text("$"))
      } else if accept("\"") {
        let quoted = rest.prefix { $0 != "\"" }
        items.append(.text(String(quoted)))
        rest = rest.dropFirst(quoted.count + 1)
      } else {
        items.append(.text(String(rest.removeFirst())))
      }
    }
  }

  // MARK: Writing

  /// The text of a number that is given in the engine's text form.
  static func write(_ value: String, pattern: String) -> String {
    let format = NumberFormat(pattern)
    let point = format.items.firstIndex(of: .point) ?? format.items.count
    func isDigit(_ item: Item) -> Bool { item == .nine || item == .zero }
    let integerPlaces = format.items[..<point].filter(isDigit).count
    let fractionPlaces = format.items[point...].filter(isDigit).count
    guard let number = Decimal(value, places: fractionPlaces) else { return value }
    return format.write(number, integerPlaces: integerPlaces)
  }

  /// A number as its rounded digits.
  private struct Decimal {
    var isNegative: Bool
    /// Without leading zeros; empty for zero.
    var integer: [Character]
    var fraction: [Character]

    init?(_ text: String, places: Int) {
      var text = text
      if text.contains("e") || text.contains("E") {
        guard let value = Double(text), value.isFinite, abs(value) < 1e30 else { return nil }
        text = Self.plain(value)
      }
      isNegative = text.first == "-"
      let parts = text.drop { $0 == "-" || $0 == "+" }.split(separator: ".", omittingEmptySubsequences: false)
      guard let whole = parts.first, whole.allSatisfy(\.isNumber) else { return nil }
      integer = Array(whole.drop { $0 == "0" })
      fraction = parts.count > 1 ? Array(parts[1]) : []
      round(places)
      if integer.isEmpty, fraction.allSatisfy({ $0 == "0" }) { isNegative = false }
    }

    /// A finite number without an exponent.
    private static func plain(_ value: Double) -> String {
      if abs(value) >= 1 { return "\(value < 0 ? "-" : "")\(UInt128(abs(value)))" }
      let scaled = UInt128((abs(value) * 1e18).rounded())
      let digits = String(scaled)
      return (value < 0 ? "-" : "") + "0." + String(repeating: "0", count: 18 - digits.count) + digits
    }

    /// Half away from zero.
    private mutating func round(_ places: Int) {
      guard fraction.count > places else {
        fraction += Array(repeating: "0", count: places - fraction.count)
        return
      }
      let isUp = fraction[places] >= "5"
      fraction = Array(fraction.prefix(places))
      guard isUp else { return }
      var digits = integer + fraction
      var index = digits.count - 1
      while index >= 0 {
        guard digits[index] == "9" else {
          digits[index] = Character(String((digits[index].wholeNumberValue ?? 0) + 1))
          break
        }
        digits[index] = "0"
        index -= 1
      }
      if index < 0 { digits.insert("1", at: 0) }
      fraction = Array(digits.suffix(places))
      integer = Array(digits.dropLast(places))
    }
  }

  private func write(_ number: Decimal, integerPlaces: Int) -> String {
    let isOverflow = number.integer.count > integerPlaces
    let firstZero = items.prefix { $0 != .point }.filter { $0 == .nine || $0 == .zero }
      .firstIndex(of: .zero)
    let hasFraction = items.contains(.point) && !number.fraction.isEmpty
    // Places to the left of this one are blank.
    let firstDigit = min(
      integerPlaces - number.integer.count, firstZero ?? Int.max,
      hasFraction || !number.integer.isEmpty ? integerPlaces : max(0, integerPlaces - 1))
    let hasOwnSign = isBracketed || items.contains { [.sign, .minus, .plus, .signHere].contains($0) }
    let lastKept = number.fraction.lastIndex { $0 != "0" } ?? -1
    let lastZero = lastZeroPlace
    var output = ""
    var place = 0
    var fractionPlace = 0
    var isAfterPoint = false
    var isSignWritten = hasOwnSign
    for item in items {
      switch item {
      case .nine, .zero:
        if isAfterPoint {
          let digit: Character = isOverflow ? "#" : number.fraction[fractionPlace]
          if fills || fractionPlace <= max(lastKept, lastZero) { output.append(digit) }
          fractionPlace += 1
          continue
        }
        if place < firstDigit, !isOverflow {
          if fills { output.append(" ") }
        } else {
          appendSign(number, &output, &isSignWritten)
          let index = place - (integerPlaces - number.integer.count)
          output.append(isOverflow ? "#" : index < 0 ? "0" : number.integer[index])
        }
        place += 1
      case .group:
        if place > firstDigit || isOverflow { output.append(",") } else if fills { output.append(" ") }
      case .point:
        appendSign(number, &output, &isSignWritten)
        output.append(".")
        isAfterPoint = true
      case .sign, .signHere: output.append(number.isNegative ? "-" : "+")
      case .minus: output += number.isNegative ? "-" : fills ? " " : ""
      case .plus: output += number.isNegative ? (fills ? " " : "") : "+"
      case .text(let text): output += text
      }
    }
    return finish(output, number)
  }

  /// The last place behind the point that the template keeps by a 0.
  private var lastZeroPlace: Int {
    guard let point = items.firstIndex(of: .point) else { return -1 }
    return items[point...].filter { $0 == .nine || $0 == .zero }.lastIndex(of: .zero) ?? -1
  }

  private func appendSign(_ number: Decimal, _ output: inout String, _ isWritten: inout Bool) {
    guard !isWritten else { return }
    isWritten = true
    if number.isNegative { output.append("-") } else if fills { output.append(" ") }
  }

  /// Brackets, a leading sign and the ordinal.
  private func finish(_ output: String, _ number: Decimal) -> String {
    var result = output
    if isBracketed {
      let digits = result.drop { $0 == " " }
      let blanks = String(repeating: " ", count: result.count - digits.count)
      result = number.isNegative ? "\(blanks)<\(digits)>" : fills ? "\(blanks) \(digits) " : String(digits)
    } else if items.first == .sign, fills {
      let digits = result.dropFirst().drop { $0 == " " }
      let blanks = String(repeating: " ", count: result.count - 1 - digits.count)
      result = "\(blanks)\(result.prefix(1))\(digits)"
    }
    if let ordinal, let value = Int(String(number.integer)), number.fraction.isEmpty, !number.isNegative {
      let isTeen = (11...13).contains(value % 100)
      let endings = isTeen ? "TH" : ["TH", "ST", "ND", "RD"][safe: value % 10] ?? "TH"
      result += ordinal == "TH" ? endings : endings.lowercased()
    }
    return result
  }

  // MARK: Reading

  /// to_number: the digits, point and sign of the text; what the template has beside them is skipped.
  static func read(_ text: String, pattern: String) throws -> Double {
    let isNegative = text.contains("-") || (text.contains("<") && pattern.uppercased().contains("PR"))
    let digits = text.filter { ($0.isASCII && $0.isNumber) || $0 == "." }
    guard let value = Double(digits) else {
      throw CatalogFunctionError("invalid input syntax for type numeric: \"\(text)\"")
    }
    return isNegative ? -value : value
  }
}

extension Array {
  /// The element, or nil beyond the end.
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
