/// Calls a function by its OID ('F'); a legacy of the protocol that is decoded so that it can be refused.
package struct FunctionCall: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "F")
  /// The OID of the function.
  package var function: UInt32
  /// The formats of the arguments.
  package var argumentFormats: WireFormats
  /// The arguments.
  package var arguments: WireValues
  /// The format of the result.
  package var resultFormat: WireFormat

  /// A call of `function`.
  package init(
    function: UInt32, argumentFormats: [WireFormat] = [], arguments: WireValues = WireValues(),
    resultFormat: WireFormat = .text
  ) {
    self.function = function
    self.argumentFormats = WireFormats(argumentFormats)
    self.arguments = arguments
    self.resultFormat = resultFormat
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    function = try body.read()
    argumentFormats = WireFormats(try WireFormat.decodeList(&body))
    arguments = try WireValues(decoding: &body)
    guard argumentFormats.fits(arguments.count) else {
      throw .malformed(
        "function call message contains \(argumentFormats.codes.count) argument formats but "
          + "\(arguments.count) arguments")
    }
    resultFormat = try WireFormat(decoding: &body)
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(function)
      WireFormat.encodeList(argumentFormats.codes, into: &$0)
      arguments.encode(into: &$0)
      $0.append(resultFormat.rawValue)
    }
  }
}
