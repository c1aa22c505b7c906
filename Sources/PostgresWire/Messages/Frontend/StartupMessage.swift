/// A version of the protocol.
package struct ProtocolVersion: Equatable, Sendable {
  package var major: UInt16
  package var minor: UInt16

  /// A version of the given numbers.
  package init(_ major: UInt16, _ minor: UInt16) {
    self.major = major
    self.minor = minor
  }

  /// The newest version that is spoken here.
  package static let supported = ProtocolVersion(3, 0)
}

/// The first message of a session: who wants to use which database, and with which settings.
package struct StartupMessage: Equatable, Sendable {
  /// The version the client asks for.
  package var version: ProtocolVersion
  /// Names and values in the order sent.
  package var parameters: [Parameter]

  /// A name and a value.
  package struct Parameter: Equatable, Sendable {
    package var name: String
    package var value: String

    /// A parameter of `name`.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A message of `parameters`, which must include `user` to be accepted.
  package init(version: ProtocolVersion = .supported, parameters: [Parameter]) {
    self.version = version
    self.parameters = parameters
  }

  /// Reads what follows the length and the version.
  package init(version: ProtocolVersion, decoding body: inout WireReader) throws(WireError) {
    self.version = version
    parameters = []
    while true {
      let name = try body.readCString()
      if name.isEmpty { break }
      parameters.append(Parameter(name, try body.readCString()))
    }
    guard body.remaining == 0 else {
      throw .malformed("invalid startup packet layout: expected terminator as last byte")
    }
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    let length = buffer.beginLength()
    buffer.append(version.major)
    buffer.append(version.minor)
    for parameter in parameters {
      buffer.append(cString: parameter.name)
      buffer.append(cString: parameter.value)
    }
    buffer.append(UInt8(0))
    buffer.endLength(at: length)
  }

  /// The value of the last parameter of that name.
  package subscript(name: String) -> String? {
    parameters.last { $0.name == name }?.value
  }

  /// The role to log in as.
  package var user: String? { self["user"].flatMap { $0.isEmpty ? nil : $0 } }
  /// The database: as PostgreSQL does it, that of the user's name if none is given.
  package var database: String? { self["database"].flatMap { $0.isEmpty ? nil : $0 } ?? user }
  /// What the client calls itself.
  package var applicationName: String? { self["application_name"] }
  /// The value of `replication`: not offered by Martinet unless it is a kind of false.
  package var wantsReplication: Bool {
    guard let value = self["replication"]?.lowercased() else { return false }
    return !["", "false", "off", "no", "0", "f", "n", "of"].contains(value)
  }

  /// Settings for the session, in order: first those of `options`, then every parameter that is not one of
  /// the protocol's own. A later setting of the same name wins.
  package func settings() throws(PostgresError) -> [Parameter] {
    var settings: [Parameter] = []
    if let options = self["options"] { settings = try StartupOptions.parse(options) }
    for parameter in parameters where !Self.isReserved(parameter.name) { settings.append(parameter) }
    return settings
  }

  /// The answer that is owed if the client asked for more than is spoken here; nil if nothing is owed.
  package var negotiation: NegotiateProtocolVersion? {
    let options = parameters.map(\.name).filter { $0.hasPrefix("_pq_.") }
    guard version.minor > ProtocolVersion.supported.minor || !options.isEmpty else { return nil }
    return NegotiateProtocolVersion(
      newestMinor: UInt32(ProtocolVersion.supported.minor), unrecognizedOptions: options)
  }

  private static func isReserved(_ name: String) -> Bool {
    ["user", "database", "options", "replication"].contains(name) || name.hasPrefix("_pq_.")
  }
}
