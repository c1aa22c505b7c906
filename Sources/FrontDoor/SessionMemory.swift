import PostgresWire
import Sessions

/// What a front door remembers of a session, so that another process can go on with it.
struct SessionMemory {
  /// Settings as the client was told them last.
  var announced: [String: String]
  /// The warehouse that the session uses next.
  var warehouse: String
  /// The one it is connected to.
  private var connectedTo: String?
  /// Settings that differ from what the session began with.
  private(set) var settings: [String: String] = [:]
  /// Prepared statements by name.
  private(set) var statements: [String: Parse] = [:]
  private(set) var hasTemporaryObjects = false
  /// Temporary objects were lost and the client does not know yet.
  private(set) var hasLostObjects = false
  private let firstWarehouse: String

  init(announced: [String: String], warehouse: String) {
    self.announced = announced
    self.warehouse = warehouse
    firstWarehouse = warehouse
  }

  mutating func learn(_ news: SessionNews) {
    switch news {
    case .setting(let name, let value):
      settings[name] = value
      if name == "warehouse" { warehouse = value ?? firstWarehouse }
    case .prepared(let parse): statements[parse.name] = parse
    case .closed(let name): statements[name] = nil
    case .temporaryObjects(let has): hasTemporaryObjects = has
    case .ignoredSync: break
    }
  }

  mutating func connected() { connectedTo = warehouse }

  /// Whether the session is to use another warehouse, and nothing holds it where it is.
  func wantsOtherWarehouse(_ state: RelayState) -> Bool {
    guard let connectedTo, connectedTo != warehouse else { return false }
    return state.isIdle && state.transaction == .idle && !hasTemporaryObjects
  }

  /// The warehouse that was asked for cannot be had: the session stays with the one it began with.
  mutating func takeBackWarehouse() {
    settings["warehouse"] = nil
    warehouse = firstWarehouse
  }

  mutating func lostWarehouse() {
    connectedTo = nil
    if hasTemporaryObjects { hasLostObjects = true }
    hasTemporaryObjects = false
  }

  mutating func toldOfLostObjects() { hasLostObjects = false }
}
