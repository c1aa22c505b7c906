import PostgresWire
import Sessions

/// What the front door was told last of a session.
struct ToldNews {
  var settings: [String: String] = [:]
  var hasTemporaryObjects = false
}

/// News for the front door, so that the session can go on in another process.
extension Session {
  /// Tells what has changed since the last time; called whenever the session is ready.
  func tellFrontDoor() {
    if engine.hasTemporaryObjects != told.hasTemporaryObjects {
      told.hasTemporaryObjects = engine.hasTemporaryObjects
      tell(.temporaryObjects(told.hasTemporaryObjects))
    }
    // A transaction that is lost takes its SETs back.
    guard block.state == .idle else { return }
    let changed = settings.changed
    guard changed != told.settings else { return }
    for (name, value) in changed where told.settings[name] != value {
      tell(.setting(name: name, value: value))
    }
    for name in told.settings.keys where changed[name] == nil { tell(.setting(name: name, value: nil)) }
    told.settings = changed
  }

  func tell(_ news: SessionNews) { channel.send(news.message) }

  // MARK: Prepared statements

  func keep(_ statement: NamedStatement, as name: String) {
    statements[name] = statement
    tell(.prepared(Parse(name: name, text: statement.text, parameterTypes: statement.declaredTypes)))
  }

  func forget(statementNamed name: String) {
    if statements.removeValue(forKey: name) != nil { tell(.closed(name: name)) }
  }

  func forgetStatements() {
    for name in statements.keys { tell(.closed(name: name)) }
    statements = [:]
  }
}
