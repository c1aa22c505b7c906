import PostgresWire
import Sessions

extension Settings {
  /// What the operator decides about sessions.
  var serverConfiguration: ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.requiresTLS = text("tls") == "require"
    configuration.maxConnections = number("max-connections") ?? configuration.maxConnections
    configuration.reservedConnections =
      number("superuser-reserved-connections") ?? configuration.reservedConnections
    configuration.logInTimeoutMilliseconds =
      number("authentication-timeout") ?? configuration.logInTimeoutMilliseconds
    configuration.freeLogInFailures = number("login-free-failures") ?? configuration.freeLogInFailures
    configuration.longestLogInDelayMilliseconds =
      number("login-longest-delay") ?? configuration.longestLogInDelayMilliseconds
    configuration.writeTimeoutMilliseconds =
      number("write-timeout") ?? configuration.writeTimeoutMilliseconds
    configuration.wireLimits.messageBytes =
      number("max-message-size") ?? configuration.wireLimits.messageBytes
    configuration.maxStatementBytes = number("max-statement-size") ?? configuration.maxStatementBytes
    configuration.maxNamedObjects = number("max-named-objects") ?? configuration.maxNamedObjects
    for name in ["statement-timeout", "idle-in-transaction-session-timeout", "idle-session-timeout"] {
      let variable = name.map { $0 == "-" ? "_" : String($0) }.joined()
      configuration.settings[variable] = number(name).map { "\($0)ms" }
    }
    configuration.settings["TimeZone"] = text("time-zone")
    return configuration
  }
}
