/// Constraint clauses, of tables and of columns.
extension StatementParser {
  /// `[CONSTRAINT name] PRIMARY KEY (…)` and so on, to the end of the tokens.
  mutating func tableConstraint() throws(SQLError) -> TableConstraint {
    var name: String?
    if accept(.constraint) { name = try identifier() }
    let result = try constraint(named: name, column: nil)
    try expectEnd()
    return result
  }

  /// A constraint and its attributes. `column` is the column that a column constraint stands at.
  mutating func constraint(named name: String?, column: String?) throws(SQLError) -> TableConstraint {
    var result: TableConstraint
    switch keyword {
    case .primary:
      index += 1
      try expect(.key)
      result = TableConstraint(kind: .primaryKey, name: name)
      try indexedColumns(&result, column)
    case .unique:
      index += 1
      result = TableConstraint(kind: .unique, name: name)
      if accept(.nulls) {
        _ = accept(.not)
        try expect(.distinct)
      }
      try indexedColumns(&result, column)
    case .check:
      index += 1
      result = TableConstraint(kind: .check, name: name)
      guard kind == .leftParenthesis else { throw syntaxError() }
      result.expression = text(try skipGroup())
      if let column { result.columns = [column] }
    case .foreign:
      index += 1
      try expect(.key)
      result = TableConstraint(kind: .foreignKey, name: name)
      result.columns = try parenthesizedNames()
      guard keyword == .references else { throw syntaxError() }
      try references(&result)
    case .references:
      result = TableConstraint(kind: .foreignKey, name: name)
      if let column { result.columns = [column] }
      try references(&result)
    case .exclude:
      index += 1
      result = TableConstraint(kind: .exclusion, name: name)
      let from = index
      if accept(.using) { _ = try identifier() }
      _ = try skipGroup()
      if accept(.where) { _ = try skipGroup() }
      result.expression = text(from..<index)
    default: throw syntaxError()
    }
    try attributes(&result)
    return result
  }

  private mutating func indexedColumns(_ result: inout TableConstraint, _ column: String?) throws(SQLError) {
    if let column {
      result.columns = [column]
    } else if accept(.using) {
      try expect(.index)
      result.usingIndex = try identifier()
      return
    } else {
      result.columns = try parenthesizedNames()
    }
    if accept(.include) { _ = try parenthesizedNames() }
    if keyword == .with, token(1).kind == .leftParenthesis {
      index += 1
      _ = try skipGroup()
    }
    if keyword == .using, keyword(1) == .index {
      index += 2
      try expect(.tablespace)
      _ = try identifier()
    }
  }

  private mutating func references(_ result: inout TableConstraint) throws(SQLError) {
    try expect(.references)
    result.referencedTable = try qualifiedName()
    if kind == .leftParenthesis { result.referencedColumns = try parenthesizedNames() }
    while true {
      if accept(.match) {
        _ = try identifier()
      } else if accept(.on, .delete) {
        result.onDelete = try referentialAction()
      } else if accept(.on, .update) {
        result.onUpdate = try referentialAction()
      } else {
        return
      }
    }
  }

  private mutating func referentialAction() throws(SQLError) -> String {
    let from = index
    if accept(.no) {
      try expect(.action)
    } else if accept(.set) {
      if !accept(.null) { try expect(.default) }
      if kind == .leftParenthesis { _ = try skipGroup() }
    } else if !accept(.cascade) {
      try expect(.restrict)
    }
    return uppercased(text(from..<index))
  }

  private mutating func attributes(_ result: inout TableConstraint) throws(SQLError) {
    while true {
      if accept(.not, .deferrable) {
        result.isDeferrable = false
      } else if accept(.deferrable) {
        result.isDeferrable = true
      } else if accept(.initially) {
        result.isInitiallyDeferred = accept(.deferred)
        if !result.isInitiallyDeferred { try expect(.immediate) }
      } else if accept(.not, .valid) {
        result.isNotValid = true
      } else if accept(.no, .inherit) {
        continue
      } else if keyword == .not, token(1).kind == .identifier, source.token(index + 1, is: "enforced") {
        index += 2
      } else if kind == .identifier, source.token(index, is: "enforced") {
        index += 1
      } else {
        return
      }
    }
  }
}
