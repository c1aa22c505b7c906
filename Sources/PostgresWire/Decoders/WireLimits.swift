/// The most that a peer may send in one message.
package struct WireLimits: Equatable, Sendable {
  /// Bytes of a startup packet; PostgreSQL's own limit is 10,000.
  package var startupBytes: Int
  /// Bytes of a message before the client is logged in.
  package var messageBytesBeforeLogin: Int
  /// Bytes of a message afterwards.
  package var messageBytes: Int

  /// Limits; the defaults are PostgreSQL's, except that a message has 256 MiB instead of 1 GiB.
  package init(
    startupBytes: Int = 10_000, messageBytesBeforeLogin: Int = 65_535, messageBytes: Int = 256 << 20
  ) {
    self.startupBytes = startupBytes
    self.messageBytesBeforeLogin = messageBytesBeforeLogin
    self.messageBytes = messageBytes
  }
}
