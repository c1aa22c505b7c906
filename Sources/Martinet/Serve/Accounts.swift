import ControlStore
import PostgresWire
import Sessions

/// Users as the server looks them up: in the control store, at every log-in.
struct Accounts: AccountStore {
  let store: ControlStore
  let mockSecret: [UInt8]

  init(_ store: ControlStore) throws(ControlStoreError) {
    self.store = store
    mockSecret = try store.serverSecret()
  }

  func account(named name: String) throws -> AuthenticatedUser? {
    try store.user(named: name).map(Self.account)
  }

  func accounts() throws -> [AuthenticatedUser] { try store.users().map(Self.account) }

  private static func account(_ user: User) -> AuthenticatedUser {
    AuthenticatedUser(
      id: user.id, name: user.name, isSuperuser: user.isSuperuser, verifier: user.verifier,
      settings: user.settings)
  }
}
