import SQLFront

/// What a client may say first after its transaction was lost.
enum LostTransaction {
  /// Whether a text only ends the transaction without wanting its work: ROLLBACK, and nothing else.
  static func isEnded(by text: String) -> Bool {
    guard let script = try? SQLScript(text), script.statements.count == 1,
      case .rollback = script.statements[0].statement
    else { return false }
    return true
  }
}
