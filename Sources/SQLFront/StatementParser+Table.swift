/// CREATE TABLE.
extension StatementParser {
  mutating func createTable(
    modifiers: Int, orReplace: Bool, isTemporary: Bool
  ) throws(SQLError) -> Statement {
    let at = position
    var table = CreateTable(name: QualifiedName(name: ""))
    table.orReplace = orReplace
    table.isTemporary = isTemporary
    for token in modifiers..<(index - 1) {
      switch source.tokens[token].keyword {
      case .unlogged, .global, .local:
        table.removals.append(token..<(token + 1))
        table.unloggedOrStorageIgnored = true
      default: break
      }
    }
    table.ifNotExists = try acceptIfNotExists()
    table.name = try qualifiedName()
    if keyword == .partition, keyword(1) == .of {
      return .refused(Self.partitionRefusal(at: at))
    }
    if keyword == .of { return .refused(.unsupported("typed tables are not supported", at: at)) }
    if kind == .leftParenthesis {
      let group = try skipGroup()
      if let refusal = try tableElements(group, &table) { return .refused(refusal) }
    } else if keyword == .like {
      index += 1
      table.likes.append(try qualifiedName())
    }
    if let refusal = try tableOptions(&table) { return .refused(refusal) }
    if accept(.as) {
      table.isFromQuery = true
      if atEnd { throw syntaxError() }
      if keyword == .execute {
        return .refused(.unsupported("CREATE TABLE AS EXECUTE is not supported", at: at))
      }
      table.queryTokens = index..<end
      if keyword(end - 1 - index) == .data {
        table.withNoData = keyword(end - 2 - index) == .no
        table.queryTokens = index..<(end - (table.withNoData ? 3 : 2))
      }
    } else {
      try expectEnd()
      if table.columns.isEmpty, table.likes.isEmpty, kind != .leftParenthesis, table.constraints.isEmpty {
        return .refused(.unsupported("tables without columns are not supported", at: at))
      }
    }
    return .createTable(table)
  }

  static func partitionRefusal(at position: Int?) -> SQLError {
    .unsupported(
      "declarative partitioning is not supported",
      hint: "PARTITIONED BY (column, year(time), …) after the columns partitions the table's files.",
      at: position)
  }

  /// What stands between the columns and AS.
  private mutating func tableOptions(_ table: inout CreateTable) throws(SQLError) -> SQLError? {
    while !atEnd, keyword != .as {
      let from = index
      let word = keyword
      index += 1
      switch word {
      case .inherits: return .unsupported("table inheritance is not supported", at: position)
      case .partition: return Self.partitionRefusal(at: position)
      case .partitioned:
        try expect(.by)
        guard kind == .leftParenthesis else { throw syntaxError() }
        let keys = try skipGroup()
        try checkPartitionKeys(keys)
        table.partitionKeys = expressions(keys)
      case .using: _ = try identifier()
      case .with where kind == .leftParenthesis: try storageParameters(try skipGroup())
      case .without: try expect(.oids)
      case .tablespace: _ = try identifier()
      case .on:
        try expect(.commit)
        if accept(.preserve) {
          try expect(.rows)
          table.onCommit = .preserveRows
        } else if accept(.delete) {
          try expect(.rows)
          table.onCommit = .deleteRows
        } else {
          try expect(.drop)
          table.onCommit = .drop
        }
      default:
        index = from
        throw syntaxError()
      }
      table.removals.append(from..<index)
      if word != .on, word != .partitioned { table.unloggedOrStorageIgnored = true }
    }
    return nil
  }

  /// PostgreSQL's parameters of a table's storage say nothing about a lake; others would promise what is not done.
  private func storageParameters(_ group: Range<Int>) throws(SQLError) {
    var list = StatementParser(source, group, depth: depth)
    while !list.atEnd {
      var name = try list.identifier()
      if list.kind == .dot {
        list.index += 1
        name += "." + (try list.identifier())
      }
      guard Self.isStorageParameter(name) else {
        throw SQLError("22023", "unrecognized parameter \"\(name)\"")
      }
      _ = list.skip { $0.kind == .comma }
      if list.kind == .comma { list.index += 1 }
    }
  }

  private static func isStorageParameter(_ name: String) -> Bool {
    let bare = name.hasPrefix("toast.") ? String(name.dropFirst(6)) : name
    if bare.hasPrefix("autovacuum_") || bare == "log_autovacuum_min_duration" { return true }
    return [
      "fillfactor", "parallel_workers", "toast_tuple_target", "user_catalog_table", "vacuum_index_cleanup",
      "vacuum_truncate", "oids",
    ].contains(bare)
  }

  /// Columns and calls of transforms: they are written anew as they stand.
  private func checkPartitionKeys(_ keys: Range<Int>) throws(SQLError) {
    for at in keys {
      switch source.tokens[at].kind {
      case .identifier, .quotedIdentifier, .integer, .comma, .dot, .leftParenthesis, .rightParenthesis: break
      default: throw source.syntaxError(at: at)
      }
    }
  }

  /// The parenthesized list of columns and constraints.
  private func tableElements(_ group: Range<Int>, _ table: inout CreateTable) throws(SQLError) -> SQLError? {
    var list = StatementParser(source, group, depth: depth)
    var dropped: [Range<Int>] = []
    var kept = 0
    var commaBefore: Int?
    while !list.atEnd {
      let from = list.index
      let element = list.skip { $0.kind == .comma }
      let commaAfter = list.atEnd ? nil : list.index
      _ = list.accept(.comma)
      if commaAfter != nil, list.atEnd { throw source.syntaxError(at: group.upperBound) }
      guard !element.isEmpty else { throw source.syntaxError(at: from) }
      var parser = StatementParser(source, element, depth: depth)
      let keep: Bool
      if parser.startsTableConstraint {
        table.constraints.append(try parser.tableConstraint())
        keep = false
      } else if parser.keyword == .like {
        parser.index += 1
        table.likes.append(try parser.qualifiedName())
        keep = false
      } else {
        if let refusal = try parser.column(
          &table.columns, &table.constraints, &table.removals, &table.typeTokens)
        {
          return refusal
        }
        keep = true
      }
      if keep {
        kept += 1
      } else if kept > 0, let commaBefore {
        dropped.append(commaBefore..<element.upperBound)
      } else {
        dropped.append(element.lowerBound..<(commaAfter.map { $0 + 1 } ?? element.upperBound))
      }
      commaBefore = commaAfter
    }
    table.removals.append(contentsOf: dropped)
    return nil
  }

  var startsTableConstraint: Bool {
    switch keyword {
    case .constraint, .unique, .check: true
    case .primary, .foreign: keyword(1) == .key
    case .exclude: token(1).kind == .leftParenthesis || keyword(1) == .using
    default: false
    }
  }

  /// One column with its constraints; the ones to record are appended, with what the engine must not see.
  mutating func column(
    _ columns: inout [ColumnDefinition], _ constraints: inout [TableConstraint],
    _ removals: inout [Range<Int>], _ types: inout [Range<Int>]
  ) throws(SQLError) -> SQLError? {
    let at = position
    let columnName = try identifier()
    let typeTokens = skip { Self.startsColumnConstraint($0) }
    types.append(typeTokens)
    var column = ColumnDefinition(name: columnName, type: text(typeTokens))
    if typeTokens.count == 1 {
      switch source.tokens[typeTokens.lowerBound].keyword {
      case .serial, .serial2, .serial4, .serial8, .bigserial, .smallserial:
        return .unsupported(
          "\(column.type) columns are not supported: there are no sequences",
          hint: "Declare the column as integer or bigint and assign its values while loading, or use uuid.",
          at: at)
      default: break
      }
    }
    var constraintName: String?
    while !atEnd {
      let from = index
      if accept(.constraint) {
        constraintName = try identifier()
        removals.append(from..<index)
        continue
      }
      if let refusal = try columnConstraint(&column, &constraints, &removals, constraintName) {
        return refusal
      }
      constraintName = nil
    }
    columns.append(column)
    return nil
  }

  private mutating func columnConstraint(
    _ column: inout ColumnDefinition, _ constraints: inout [TableConstraint], _ removals: inout [Range<Int>],
    _ name: String?
  ) throws(SQLError) -> SQLError? {
    let from = index
    let word = keyword
    index += 1
    switch word {
    case .not where keyword == .null:
      index += 1
      column.isNotNull = true
      return nil
    case .null: break
    case .default:
      index += 1
      _ = skip { Self.startsColumnConstraint($0) }
      column.defaultExpression = text((from + 1)..<index)
      return nil
    case .primary, .unique, .check, .references:
      index = from
      constraints.append(try constraint(named: name, column: column.name))
    case .collate: _ = try qualifiedName()
    case .storage, .compression: _ = try identifier()
    case .using:
      try expect(.compression)
      _ = try identifier()
    case .not, .deferrable, .initially, .no:
      // NOT DEFERRABLE, INITIALLY DEFERRED, NOT ENFORCED, NO INHERIT.
      if word != .deferrable { index += 1 }
    case .generated, .as: return Self.generatedRefusal(at: position)
    default:
      index = from
      throw syntaxError()
    }
    removals.append(from..<index)
    return nil
  }

  static func generatedRefusal(at position: Int?) -> SQLError {
    .unsupported(
      "identity and generated columns are not supported",
      hint: "Compute the value while loading, or in a view.", at: position)
  }

  static func startsColumnConstraint(_ token: Token) -> Bool {
    switch token.keyword {
    case .not, .null, .default, .primary, .unique, .check, .references, .constraint, .collate, .generated,
      .storage, .compression, .deferrable, .initially, .as, .using:
      true
    default: false
    }
  }
}
