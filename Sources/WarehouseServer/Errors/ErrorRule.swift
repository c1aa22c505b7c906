import DuckDB
import PostgresWire

/// How one of DuckDB's sentences is said in PostgreSQL's words: the wording that clients parse.
struct ErrorRule: Sendable {
  let pattern: MessagePattern
  let state: SQLState
  /// The message with `$1`, `$2` for what the pattern captured; nil keeps DuckDB's sentence.
  let wording: String?
  let hint: String?

  init(_ pattern: String, _ state: SQLState, _ wording: String? = nil, hint: String? = nil) {
    self.pattern = MessagePattern(pattern)
    self.state = state
    self.wording = wording
    self.hint = hint
  }

  func apply(to message: String) -> PostgresError? {
    guard let captures = pattern.match(message) else { return nil }
    guard var text = wording else { return PostgresError(state, message, hint: hint) }
    for (index, capture) in captures.enumerated() {
      let value = text.contains("type $\(index + 1)") ? Self.postgresName(ofType: capture) : capture
      text = text.replacing("$\(index + 1)", with: value)
    }
    return PostgresError(state, text, hint: hint)
  }

  /// DuckDB's physical and logical type names in PostgreSQL's words.
  static func postgresName(ofType name: String) -> String {
    if name.hasPrefix("DECIMAL") { return "numeric" }
    return typeNames[name] ?? name.lowercased()
  }

  private static let typeNames: [String: String] = [
    "INT8": "smallint", "INT16": "smallint", "INT32": "integer", "INT64": "bigint", "INT128": "numeric",
    "UINT8": "smallint", "UINT16": "integer", "UINT32": "bigint", "UINT64": "numeric", "BOOL": "boolean",
    "FLOAT": "real", "DOUBLE": "double precision", "TINYINT": "smallint", "SMALLINT": "smallint",
    "INTEGER": "integer", "BIGINT": "bigint", "HUGEINT": "numeric", "BOOLEAN": "boolean",
    "VARCHAR": "text", "STRING_LITERAL": "unknown", "INTEGER_LITERAL": "integer", "BLOB": "bytea",
    "TIMESTAMP": "timestamp without time zone", "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
    "DATE": "date", "TIME": "time without time zone", "INTERVAL": "interval", "UUID": "uuid",
  ]
}

extension ErrorRule {
  /// The rules for a class of error, most particular first.
  static func rules(for type: DuckDBErrorType) -> [ErrorRule] {
    switch type {
    case .catalog: catalog
    case .binder: binder
    case .conversion: conversion
    case .constraint: constraint
    case .outOfRange: outOfRange
    case .invalidInput: invalidInput
    case .parser, .syntax: parser
    case .io, .fatal, .http: storage
    case .transaction: transaction
    default: []
    }
  }

  private static let catalog: [ErrorRule] = [
    .init(
      "Table with name * does not exist because schema * does not exist", .undefinedTable,
      "relation \"$2.$1\" does not exist"),
    .init("Table with name * does not exist!", .undefinedTable, "relation \"$1\" does not exist"),
    .init("View with name * does not exist!", .undefinedTable, "view \"$1\" does not exist"),
    .init("Sequence with name * does not exist!", .undefinedTable, "relation \"$1\" does not exist"),
    .init(
      "Table Function with name * does not exist!", .undefinedFunction, "function $1 does not exist",
      hint: functionHint),
    .init(
      "Function with name * does not exist!", .undefinedFunction, "function $1 does not exist",
      hint: functionHint),
    .init(
      "Macro with name * does not exist!", .undefinedFunction, "function $1 does not exist",
      hint: functionHint),
    .init("Type with name * does not exist!", .undefinedObject, "type \"$1\" does not exist"),
    .init("Schema with name * does not exist", .invalidSchemaName, "schema \"$1\" does not exist"),
    .init("Schema with name * already exists!", .duplicateSchema, "schema \"$1\" already exists"),
    .init("Table with name * already exists!", .duplicateTable, "relation \"$1\" already exists"),
    .init("View with name * already exists!", .duplicateTable, "relation \"$1\" already exists"),
    .init("Column with name * already exists!", .duplicateColumn, "column \"$1\" already exists"),
    .init("Macro Function with name * already exists!", .duplicateFunction, "function \"$1\" already exists"),
    .init("Existing object * is of type View, trying to *", .wrongObjectType, "\"$1\" is not a table"),
    .init("Existing object * is of type Table, trying to *", .wrongObjectType, "\"$1\" is not a view"),
    .init(
      "Cannot drop schema * because there are entries that depend on it", .dependentObjectsStillExist,
      "cannot drop schema $1 because other objects depend on it",
      hint: "Use DROP ... CASCADE to drop the dependent objects too."),
    .init("is not an table", .wrongObjectType),
    .init("Catalog * does not exist!", .invalidCatalogName, "database \"$1\" does not exist"),
  ]

  static let functionHint =
    "No function matches the given name and argument types. You might need to add explicit type casts."

  private static let binder: [ErrorRule] = [
    .init(
      "Referenced column * not found in FROM clause!", .undefinedColumn, "column \"$1\" does not exist"),
    .init(
      "Referenced column * was not found because the FROM clause is missing", .undefinedColumn,
      "column \"$1\" does not exist"),
    .init("Referenced update column * not found in table!", .undefinedColumn, "column \"$1\" does not exist"),
    .init(
      "Table * does not have a column named *\n", .undefinedColumn, "column $1.$2 does not exist"),
    .init("Table * does not have a column named *", .undefinedColumn, "column $1.$2 does not exist"),
    .init(
      "Table * does not have a column with name *\n", .undefinedColumn,
      "column \"$2\" of relation \"$1\" does not exist"),
    .init(
      "Table * does not have a column with name *", .undefinedColumn,
      "column \"$2\" of relation \"$1\" does not exist"),
    .init(
      "Referenced table * not found!", .undefinedTable, "missing FROM-clause entry for table \"$1\""),
    .init(
      "Ambiguous reference to column name * (", .ambiguousColumn, "column reference \"$1\" is ambiguous"),
    .init(
      "column * must appear in the GROUP BY clause or must be part of an aggregate function",
      .groupingError,
      "column \"$1\" must appear in the GROUP BY clause or be used in an aggregate function"),
    .init("aggregate function calls cannot be nested", .groupingError),
    .init("LIMIT/OFFSET cannot be negative", .invalidRowCountInLimitClause, "LIMIT must not be negative"),
    .init(
      "WHERE clause cannot contain aggregates!", .groupingError,
      "aggregate functions are not allowed in WHERE"),
    .init(
      "GROUP BY term out of range", .invalidColumnReference, "GROUP BY position is not in select list"),
    .init(
      "ORDER term out of range", .invalidColumnReference, "ORDER BY position is not in select list"),
    .init(
      "Set operations can only apply to expressions with the same number of result columns", .syntaxError,
      "each UNION query must have the same number of columns"),
    .init("Schema * not found in", .invalidSchemaName, "schema \"$1\" does not exist"),
    .init("has * columns but * values were supplied", .syntaxError),
    .init("Can only delete from base table", .wrongObjectType),
    .init("Can only update base table", .wrongObjectType),
    .init("Duplicate alias * in query!", .duplicateAlias, "table name \"$1\" specified more than once"),
    .init("Unique constraint", .uniqueViolation),
    .init(
      "Catalog * does not exist!", .featureNotSupported,
      "cross-database references are not implemented: \"$1\""),
  ]

  private static let conversion: [ErrorRule] = [
    .init(
      "Could not convert string * to INT128", .invalidTextRepresentation,
      "invalid input syntax for type numeric: \"$1\""),
    .init(
      "Could not convert string * to *\n", .invalidTextRepresentation,
      "invalid input syntax for type $2: \"$1\""),
    .init(
      "Could not convert string * to *", .invalidTextRepresentation,
      "invalid input syntax for type $2: \"$1\""),
    .init(
      "invalid date field format: *, expected", .invalidDatetimeFormat,
      "invalid input syntax for type date: \"$1\""),
    .init(
      "invalid timestamp field format: *, expected", .invalidDatetimeFormat,
      "invalid input syntax for type timestamp: \"$1\""),
    .init("Casting value * to type DECIMAL(*) failed", .numericValueOutOfRange, "numeric field overflow"),
    .init(
      "timestamp field value out of range: *, expected", .datetimeFieldOverflow,
      "date/time field value out of range: \"$1\""),
    .init(
      "time field value out of range: *, expected", .datetimeFieldOverflow,
      "date/time field value out of range: \"$1\""),
    .init(
      "timestamp field value out of range: *", .datetimeFieldOverflow,
      "date/time field value out of range: $1"),
    .init(
      "date field value out of range: *", .datetimeFieldOverflow,
      "date/time field value out of range: \"$1\""),
    .init(
      "extract specifier * not recognized", .invalidDatetimeFormat,
      "invalid input syntax for type interval: \"$1\""),
    .init(
      "Type * with value * can't be cast because the value is out of range for the destination type *",
      .numericValueOutOfRange, "value \"$2\" is out of range for type $3"),
    .init("Could not cast value * to DECIMAL", .numericValueOutOfRange, "numeric field overflow"),
    .init("Malformed JSON", .invalidTextRepresentation),
  ]

  private static let constraint: [ErrorRule] = [
    .init(
      "NOT NULL constraint failed: *.*", .notNullViolation,
      "null value in column \"$2\" of relation \"$1\" violates not-null constraint"),
    .init("Duplicate key", .uniqueViolation),
    .init("CHECK constraint failed", .checkViolation),
  ]

  private static let outOfRange: [ErrorRule] = [
    .init("Overflow in * of INT16", .numericValueOutOfRange, "smallint out of range"),
    .init("Overflow in * of INT32", .numericValueOutOfRange, "integer out of range"),
    .init("Overflow in * of INT64", .numericValueOutOfRange, "bigint out of range"),
    .init(
      "cannot take square root of a negative number", .invalidArgumentForPowerFunction,
      "cannot take square root of a negative number"),
    .init("cannot take logarithm of", .invalidArgumentForLogarithm),
  ]

  private static let invalidInput: [ErrorRule] = [
    .init("division by zero", .divisionByZero, "division by zero"),
    .init(
      "More than one row returned by a subquery used as an expression", .cardinalityViolation,
      "more than one row returned by a subquery used as an expression"),
    .init("Malformed JSON", .invalidTextRepresentation),
    .init("Could not parse string * according to format specifier", .invalidDatetimeFormat),
    .init(
      "Values were not provided for the following prepared statement parameters: *", .undefinedParameter,
      "there is no parameter $$1"),
    .init("regex", .invalidRegularExpression),
    .init("No space left on device", .diskFull),
  ]

  private static let parser: [ErrorRule] = [
    .init("syntax error at end of input", .syntaxError, "syntax error at end of input")
  ]

  private static let storage: [ErrorRule] = [
    .init("No space left on device", .diskFull, hint: "Free space on the server's disk and repeat."),
    .init("Transaction conflict", .serializationFailure),
    .init("Could not set lock", .objectInUse),
  ]

  private static let transaction: [ErrorRule] = [
    .init("onflict", .serializationFailure, hint: "Repeat the whole transaction."),
    .init("database is locked", .serializationFailure, hint: "Repeat the whole transaction."),
    .init(
      "Current transaction is aborted", .inFailedSQLTransaction,
      "current transaction is aborted, commands ignored until end of transaction block"),
  ]
}
