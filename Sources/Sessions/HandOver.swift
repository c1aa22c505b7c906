package import PostgresWire

/// What a front door tells a warehouse about a session that it hands over, in the startup packet of the
/// private connection: parameters under a prefix that no client's packet may use.
package struct HandOver: Equatable, Sendable {
  /// The prefix of all private parameters, in startup packets and in ParameterStatus.
  package static let prefix = "_martinet."
  /// Most bytes of a startup packet that hands a session over: the client's own packet and its settings.
  package static let mostStartupBytes = 16 << 20

  /// What the front door and its warehouses alone know.
  package var secret: [UInt8]
  /// The number and the secret by which the client cancels.
  package var key: BackendKeyData
  /// Where the client is; port 0 for a Unix socket.
  package var remoteHost: String
  package var remotePort: UInt16
  /// How the client's connection is encrypted, if it is.
  package var tlsVersion: String?
  package var tlsCipher: String?
  /// Settings that the session has changed since it began, by name.
  package var changedSettings: [String: String] = [:]

  package init(
    secret: [UInt8], key: BackendKeyData, remoteHost: String, remotePort: UInt16, tlsVersion: String?,
    tlsCipher: String?, changedSettings: [String: String] = [:]
  ) {
    self.secret = secret
    self.key = key
    self.remoteHost = remoteHost
    self.remotePort = remotePort
    self.tlsVersion = tlsVersion
    self.tlsCipher = tlsCipher
    self.changedSettings = changedSettings
  }

  /// The client's startup packet with what the warehouse must know beside it.
  package func adding(to startup: StartupMessage) -> StartupMessage {
    var parameters = startup.parameters.filter { !Self.isPrivate($0.name) }
    func add(_ name: String, _ value: String) { parameters.append(.init(Self.prefix + name, value)) }
    add("secret", Hex.text(of: secret))
    add("key", "\(key.processID) \(key.secretKey)")
    add("client", "\(remotePort) \(remoteHost)")
    if let tlsVersion { add("tls", "\(tlsVersion) \(tlsCipher ?? "")") }
    for (name, value) in changedSettings.sorted(by: { $0.key < $1.key }) { add("set." + name, value) }
    return StartupMessage(parameters: parameters)
  }

  /// Reads what `adding` wrote; nil where anything that must be there is missing.
  package init?(_ startup: StartupMessage) {
    guard let secret = startup[Self.prefix + "secret"].flatMap({ Hex.bytes(of: $0) }),
      let key = startup[Self.prefix + "key"]?.split(separator: " ").compactMap({ Int32($0) }), key.count == 2,
      let client = startup[Self.prefix + "client"]?.split(separator: " ", maxSplits: 1), client.count == 2,
      let port = UInt16(client[0])
    else { return nil }
    let tls = startup[Self.prefix + "tls"]?.split(separator: " ", maxSplits: 1).map(String.init)
    self.init(
      secret: secret, key: BackendKeyData(processID: key[0], secretKey: key[1]),
      remoteHost: String(client[1]),
      remotePort: port, tlsVersion: tls?.first, tlsCipher: tls?.last)
    let setting = Self.prefix + "set."
    for parameter in startup.parameters where parameter.name.hasPrefix(setting) {
      changedSettings[String(parameter.name.dropFirst(setting.count))] = parameter.value
    }
  }

  /// Whether two secrets are the same, in a time that does not say where they differ.
  package static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count, !left.isEmpty else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Whether a parameter belongs to the front door and its warehouses.
  package static func isPrivate(_ name: String) -> Bool { name.lowercased().hasPrefix(prefix) }
}
