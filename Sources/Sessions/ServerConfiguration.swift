package import PostgresWire

/// What the operator decides about a server.
package struct ServerConfiguration: Sendable {
  /// The name that clients connect to.
  package var databaseName = "lake"
  /// Whether clients that come over the network without TLS are refused.
  package var requiresTLS = false
  /// Most sessions at a time.
  package var maxConnections = 200
  /// How many of them are kept for superusers.
  package var reservedConnections = 3
  /// How long a client may take to log in, in milliseconds.
  package var logInTimeoutMilliseconds = 60_000
  /// Failed log-ins of a user from one address before further ones are slowed down.
  package var freeLogInFailures = 5
  /// The longest delay of an attempt to log in, in milliseconds.
  package var longestLogInDelayMilliseconds = 5000
  /// How long one write to a client may be stuck before the session is given up, in milliseconds.
  package var writeTimeoutMilliseconds = 300_000
  /// Most bytes of a message.
  package var wireLimits = WireLimits()
  /// Most bytes of a statement's text.
  package var maxStatementBytes = 16 << 20
  /// Most prepared statements, portals and cursors of a session, each.
  package var maxNamedObjects = 10_000
  /// Most ordinary statements that run at a time; further ones wait.
  package var maxConcurrency = 8
  /// How long a statement may wait for others, in milliseconds; 0 is for ever.
  package var queuedTimeoutMilliseconds = 0
  /// Defaults of settings for all sessions, by name.
  package var settings: [String: String] = [:]
  /// Called when the engine answers nobody any more and only a new process helps; may be called again.
  package var engineGaveUp: @Sendable () -> Void = {}

  package init() {}
}
