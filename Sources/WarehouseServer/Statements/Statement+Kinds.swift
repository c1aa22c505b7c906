import SQLFront

extension Statement {
  /// Begins, ends or marks a transaction itself.
  var controlsTransaction: Bool {
    switch self {
    case .begin, .commit, .rollback, .savepoint, .releaseSavepoint, .rollbackToSavepoint: true
    default: false
    }
  }

  /// The engine returns its rows.
  var isQuery: Bool {
    if case .query(let query) = self { return !query.modifiesData }
    return false
  }

  /// The engine plans it: it may have parameters.
  var isForEngine: Bool {
    switch self {
    case .query, .insert, .update, .delete, .merge: true
    default: false
    }
  }
}
