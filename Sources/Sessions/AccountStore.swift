package import PostgresWire

/// A user as the log-in knows it.
package struct AuthenticatedUser: Sendable {
  /// Stable while the user exists.
  package let id: Int64
  package let name: String
  package let isSuperuser: Bool
  package let verifier: SCRAMVerifier?
  /// Defaults for the user's sessions, by setting.
  package let settings: [String: String]

  package init(
    id: Int64, name: String, isSuperuser: Bool, verifier: SCRAMVerifier?, settings: [String: String]
  ) {
    self.id = id
    self.name = name
    self.isSuperuser = isSuperuser
    self.verifier = verifier
    self.settings = settings
  }
}

/// Where users are looked up.
package protocol AccountStore: Sendable {
  func account(named name: String) throws -> AuthenticatedUser?
  /// All users, for the catalogs.
  func accounts() throws -> [AuthenticatedUser]
  /// The secret behind the verifiers of users that do not exist.
  var mockSecret: [UInt8] { get }
}
