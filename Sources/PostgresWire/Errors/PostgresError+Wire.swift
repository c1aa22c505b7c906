extension PostgresError {
  /// Appends the fields as the body of ErrorResponse and NoticeResponse has them.
  func encodeFields(into buffer: inout WireBuffer) {
    func put(_ field: Unicode.Scalar, _ value: String?) {
      guard let value else { return }
      buffer.append(UInt8(ascii: field))
      buffer.append(cString: value)
    }
    put("S", severity.rawValue)
    put("V", severity.rawValue)
    put("C", sqlState.code)
    put("M", message)
    put("D", detail)
    put("H", hint)
    put("P", position.map { "\($0)" })
    put("p", internalPosition.map { "\($0)" })
    put("q", internalQuery)
    put("W", context)
    put("s", schema)
    put("t", table)
    put("c", column)
    put("d", dataType)
    put("n", constraint)
    put("F", file)
    put("L", line.map { "\($0)" })
    put("R", routine)
    buffer.append(UInt8(0))
  }

  /// Reads the fields; unknown ones are passed over, as the protocol asks of a frontend.
  init(decodingFields body: inout WireReader) throws(WireError) {
    self.init(.internalError, "")
    var translatedSeverity: Severity?
    while true {
      let field = try body.read(UInt8.self)
      if field == 0 { break }
      let value = try body.readCString()
      switch Unicode.Scalar(field) {
      case "S": translatedSeverity = Severity(rawValue: value)
      case "V": if let known = Severity(rawValue: value) { severity = known }
      case "C": sqlState = try SQLState(decoding: value)
      case "M": message = value
      case "D": detail = value
      case "H": hint = value
      case "P": position = Int(value)
      case "p": internalPosition = Int(value)
      case "q": internalQuery = value
      case "W": context = value
      case "s": schema = value
      case "t": table = value
      case "c": column = value
      case "d": dataType = value
      case "n": constraint = value
      case "F": file = value
      case "L": line = Int(value)
      case "R": routine = value
      default: break
      }
    }
    if let translatedSeverity { severity = translatedSeverity }
  }
}
