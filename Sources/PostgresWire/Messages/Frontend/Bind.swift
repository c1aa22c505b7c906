/// Binds parameters to a prepared statement and makes a portal ('B').
package struct Bind: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "B")
  /// The name of the portal; empty for the unnamed one.
  package var portal: String
  /// The name of the prepared statement; empty for the unnamed one.
  package var statement: String
  /// The formats of the parameters.
  package var parameterFormats: WireFormats
  /// The values of the parameters.
  package var parameters: WireValues
  /// The formats that the result columns shall have.
  package var resultFormats: WireFormats

  /// Parameters for `statement`.
  package init(
    portal: String = "", statement: String = "", parameterFormats: [WireFormat] = [],
    parameters: WireValues = WireValues(), resultFormats: [WireFormat] = []
  ) {
    self.portal = portal
    self.statement = statement
    self.parameterFormats = WireFormats(parameterFormats)
    self.parameters = parameters
    self.resultFormats = WireFormats(resultFormats)
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    portal = try body.readCString()
    statement = try body.readCString()
    parameterFormats = WireFormats(try WireFormat.decodeList(&body))
    parameters = try WireValues(decoding: &body)
    guard parameterFormats.fits(parameters.count) else {
      throw .malformed(
        "bind message has \(parameterFormats.codes.count) parameter formats but "
          + "\(parameters.count) parameters")
    }
    resultFormats = WireFormats(try WireFormat.decodeList(&body))
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(cString: portal)
      $0.append(cString: statement)
      WireFormat.encodeList(parameterFormats.codes, into: &$0)
      parameters.encode(into: &$0)
      WireFormat.encodeList(resultFormats.codes, into: &$0)
    }
  }
}
