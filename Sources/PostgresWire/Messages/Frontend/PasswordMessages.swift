/// A password in clear text or as an MD5 answer ('p').
package struct PasswordMessage: Equatable, Sendable {
  /// The type byte, shared by all answers to an authentication request.
  package static let type = UInt8(ascii: "p")
  /// The password or the digest.
  package var password: String

  /// An answer of `password`.
  package init(_ password: String) {
    self.password = password
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    password = try body.readCString()
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { $0.append(cString: password) }
  }
}

/// The client's choice of a SASL mechanism and its first message ('p').
package struct SASLInitialResponse: Equatable, Sendable {
  /// The chosen mechanism.
  package var mechanism: String
  /// The first message of the mechanism; nil if the client sent none.
  package var data: [UInt8]?

  /// A choice of `mechanism`.
  package init(mechanism: String, data: [UInt8]?) {
    self.mechanism = mechanism
    self.data = data
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    mechanism = try body.readCString()
    let length = try body.read(Int32.self)
    guard length >= -1 else { throw .malformed("invalid message format") }
    data = length == -1 ? nil : Array(try body.readBytes(Int(length)))
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(PasswordMessage.type) {
      $0.append(cString: mechanism)
      $0.append(Int32(data?.count ?? -1))
      $0.append(contentsOf: data ?? [])
    }
  }
}

/// A later message of a SASL exchange ('p').
package struct SASLResponse: Equatable, Sendable {
  /// The message of the mechanism.
  package var data: [UInt8]

  /// A message of `data`.
  package init(_ data: [UInt8]) {
    self.data = data
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    data = Array(body.readRest())
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(PasswordMessage.type) { $0.append(contentsOf: data) }
  }
}
