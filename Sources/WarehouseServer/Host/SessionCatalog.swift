import DuckDB
import Lake
import PostgresWire
import Sessions
import Synchronization

/// A session as the catalogs see it: a copy of what they may ask, made before each statement that asks, since
/// the engine's threads read it while the session's own thread waits.
final class SessionCatalog: CatalogSession {
  struct Facts: Sendable {
    var snapshot: CatalogSnapshot
    var identity: CatalogIdentity
    var settings: SessionSettings
    var query = ""
    var isInTransaction = false
    var statements: [CatalogPreparedStatement] = []
    var cursors: [CatalogCursor] = []
  }

  /// A setting that `set_config` changed while a statement ran.
  struct Change: Sendable {
    var name: String
    var value: String
    var isLocal: Bool
  }

  private struct State: Sendable {
    var facts: Facts
    var changes: [Change] = []
  }

  private let state: Mutex<State>

  init(_ facts: Facts) {
    state = Mutex(State(facts: facts))
  }

  /// Replaces what the catalogs see.
  func publish(_ facts: Facts) {
    state.withLock { $0.facts = facts }
  }

  /// Changes that the session must make its own now that the statement is over.
  func takeChanges() -> [Change] {
    state.withLock { state in
      let changes = state.changes
      state.changes = []
      return changes
    }
  }

  private var facts: Facts { state.withLock { $0.facts } }

  // MARK: CatalogSession

  var catalog: CatalogSnapshot { facts.snapshot }
  var identity: CatalogIdentity { facts.identity }
  var currentQuery: String { facts.query }
  var preparedStatements: [CatalogPreparedStatement] { facts.statements }
  var cursors: [CatalogCursor] { facts.cursors }

  var settings: [CatalogSetting] {
    facts.settings.all.map { setting in
      CatalogSetting(name: setting.name, value: setting.value, description: setting.summary)
    }
  }

  func setting(_ name: String) -> String? { facts.settings[name] }

  func changeSetting(_ name: String, to value: String, isLocal: Bool) throws -> String {
    try state.withLock { state in
      if isLocal, !state.facts.isInTransaction {
        var tried = state.facts.settings
        return try tried.set(name, to: value)
      }
      let text = try state.facts.settings.set(name, to: value, isLocal: isLocal)
      state.changes.append(Change(name: name, value: value, isLocal: isLocal))
      return text
    }
  }
}
