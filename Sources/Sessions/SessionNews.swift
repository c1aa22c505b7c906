package import PostgresWire

/// What a warehouse tells its front door about a session as it changes, so that the session can go on in
/// another process: ParameterStatus messages under the private prefix, which no client gets to see.
package enum SessionNews: Equatable, Sendable {
  /// A setting that differs from what the session began with; nil where it no longer does. Told outside of
  /// transactions only.
  case setting(name: String, value: String?)
  /// A statement was named; of the same name there was none, or one that this replaces.
  case prepared(Parse)
  /// A statement's name was given up.
  case closed(name: String)
  /// Whether the session has temporary objects.
  case temporaryObjects(Bool)
  /// A Sync was passed over, as COPY does: no ReadyForQuery answers it.
  case ignoredSync

  /// The message that says so.
  package var message: BackendMessage {
    func status(_ name: String, _ value: String) -> BackendMessage {
      .parameterStatus(ParameterStatus(HandOver.prefix + name, value))
    }
    switch self {
    case .setting(let name, let value?): return status("set." + name, value)
    case .setting(let name, nil): return status("reset." + name, "")
    case .prepared(let parse):
      let types = parse.parameterTypes.map { String($0) }.joined(separator: ",")
      return status("prepared." + parse.name, types + ":" + parse.text)
    case .closed(let name): return status("closed." + name, "")
    case .temporaryObjects(let has): return status("temporary", has ? "on" : "off")
    case .ignoredSync: return status("ignored", "sync")
    }
  }

  /// Reads such a message; nil for a ParameterStatus that is the client's.
  package init?(_ status: ParameterStatus) {
    guard status.name.hasPrefix(HandOver.prefix) else { return nil }
    let parts = status.name.dropFirst(HandOver.prefix.count).split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.count == 2 ? String(parts[1]) : ""
    switch parts.first {
    case "set": self = .setting(name: name, value: status.value)
    case "reset": self = .setting(name: name, value: nil)
    case "prepared":
      guard let colon = status.value.firstIndex(of: ":") else { return nil }
      let types = status.value[..<colon].split(separator: ",").compactMap { UInt32($0) }
      let text = String(status.value[status.value.index(after: colon)...])
      self = .prepared(Parse(name: name, text: text, parameterTypes: types))
    case "closed": self = .closed(name: name)
    case "temporary": self = .temporaryObjects(status.value == "on")
    case "ignored": self = .ignoredSync
    default: return nil
    }
  }
}
