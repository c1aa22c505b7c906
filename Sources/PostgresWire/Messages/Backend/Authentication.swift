/// What the server asks for, or says, while a client logs in ('R').
package enum Authentication: Equatable, Sendable {
  case ok
  case cleartextPassword
  /// An MD5 digest with this salt of four bytes; known so that a client can refuse it.
  case md5Password(salt: [UInt8])
  /// A SASL exchange by one of these mechanisms, the preferred one first.
  case sasl(mechanisms: [String])
  /// A server message within a SASL exchange.
  case saslContinue([UInt8])
  /// The last server message of a SASL exchange.
  case saslFinal([UInt8])
  /// A request that is not spoken here.
  case unsupported(code: Int32)

  /// The type byte.
  package static let type = UInt8(ascii: "R")

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    let code = try body.read(Int32.self)
    switch code {
    case 0: self = .ok
    case 3: self = .cleartextPassword
    case 5: self = .md5Password(salt: Array(try body.readBytes(4)))
    case 10:
      var mechanisms: [String] = []
      while true {
        let mechanism = try body.readCString()
        if mechanism.isEmpty { break }
        mechanisms.append(mechanism)
      }
      self = .sasl(mechanisms: mechanisms)
    case 11: self = .saslContinue(Array(body.readRest()))
    case 12: self = .saslFinal(Array(body.readRest()))
    default:
      _ = body.readRest()
      self = .unsupported(code: code)
    }
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      switch self {
      case .ok: $0.append(Int32(0))
      case .cleartextPassword: $0.append(Int32(3))
      case .md5Password(let salt):
        $0.append(Int32(5))
        $0.append(contentsOf: salt)
      case .sasl(let mechanisms):
        $0.append(Int32(10))
        for mechanism in mechanisms { $0.append(cString: mechanism) }
        $0.append(UInt8(0))
      case .saslContinue(let data):
        $0.append(Int32(11))
        $0.append(contentsOf: data)
      case .saslFinal(let data):
        $0.append(Int32(12))
        $0.append(contentsOf: data)
      case .unsupported(let code): $0.append(code)
      }
    }
  }
}
