/// A parameter of Bind, decoded and checked, that can write itself as a typed literal of DuckDB's SQL.
///
/// Parameters reach the engine as literals in the statement: constants fold and prune files, and equal
/// questions have equal texts. So nothing in a value may ever end its literal early: text is quoted, the
/// rest is written from decoded values, never copied from the client.
package enum ParameterValue: Equatable, Sendable {
  /// NULL; of the SQL type, if one is declared.
  case null(sqlType: String?)
  case boolean(Bool)
  /// A whole number of a SQL type such as BIGINT.
  case integer(Int64, sqlType: String)
  /// A number of digits, sign and point.
  case numeric(DecimalDigits)
  /// DOUBLE or REAL.
  case floating(Double)
  case single(Float)
  /// Text of no declared type: a bare string literal, whose type the engine finds out as PostgreSQL does.
  case untyped(String)
  /// Text that is cast to a SQL type.
  case text(String, sqlType: String)
  case blob([UInt8])
  /// An array of values of one SQL type; elements are values, NULLs or, below the first dimension, arrays.
  indirect case array([ParameterValue], elementType: String)

  /// True for NULL.
  package var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// The value as SQL.
  package var literal: String {
    var sql = ""
    append(to: &sql)
    return sql
  }

  /// Appends the value as SQL: one string literal, one keyword, or one CAST(…) or function call.
  package func append(to sql: inout String) {
    switch self {
    case .null(nil), .untyped, .boolean, .blob: appendBare(to: &sql)
    case .null(let type?): sql += "CAST(NULL AS \(type))"
    case .integer(let value, let type):
      sql += value < 0 ? "CAST((\(value)) AS \(type))" : "CAST(\(value) AS \(type))"
    case .numeric(let digits): appendCast(to: &sql, digits.sqlType)
    case .floating: appendCast(to: &sql, "DOUBLE")
    case .single: appendCast(to: &sql, "REAL")
    case .text(_, let type): appendCast(to: &sql, type)
    case .array(_, let type):
      appendCast(to: &sql, type + String(repeating: "[]", count: dimensions))
    }
  }

  private func appendCast(to sql: inout String, _ type: String) {
    sql += "CAST("
    appendBare(to: &sql)
    sql += " AS \(type))"
  }

  /// Appends the value without its type: what stands inside a CAST or an array.
  private func appendBare(to sql: inout String) {
    switch self {
    case .null: sql += "NULL"
    case .boolean(let value): sql += value ? "true" : "false"
    case .integer(let value, _): sql += "\(value)"
    case .numeric(let digits): Self.appendQuoted(digits.text, to: &sql)
    case .floating(let value): Self.appendQuoted(Self.floatingText(value), to: &sql)
    case .single(let value): Self.appendQuoted(Self.floatingText(Double(value), value.description), to: &sql)
    case .untyped(let text), .text(let text, _): Self.appendQuoted(text, to: &sql)
    case .blob(let bytes): sql += "from_hex('\(Hex.text(of: bytes))')"
    case .array(let elements, _):
      sql += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { sql += "," }
        element.appendBare(to: &sql)
      }
      sql += "]"
    }
  }

  private var dimensions: Int {
    guard case .array(let elements, _) = self else { return 0 }
    return 1 + (elements.first?.dimensions ?? 0)
  }

  static func floatingText(_ value: Double, _ finite: String? = nil) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return finite ?? value.description
  }

  /// Appends a string literal; quotes are doubled, and nothing else has a meaning in it.
  package static func appendQuoted(_ text: String, to sql: inout String) {
    sql += "'"
    if text.utf8.contains(UInt8(ascii: "'")) {
      for scalar in text.unicodeScalars {
        if scalar == "'" { sql += "'" }
        sql.unicodeScalars.append(scalar)
      }
    } else {
      sql += text
    }
    sql += "'"
  }
}

extension ParameterValue {
  /// Decodes a parameter.
  ///
  /// - Parameters:
  ///   - oid: The declared type; 0 if none is.
  ///   - format: How the bytes are written.
  ///   - bytes: The value; nil is NULL.
  ///
  /// Throws 22P02, 22003, 22007, 22008 for a text that is not such a value, 22P03 or 08P01 for malformed
  /// binary, 22021 for text that is not UTF-8 or has a zero byte, 42704 for an unknown type in binary format.
  package static func decode(
    oid: UInt32, format: WireFormat, bytes: ArraySlice<UInt8>?
  ) throws(PostgresError) -> ParameterValue {
    let type = oid == 0 ? PostgresType.unknown : PostgresType(oid: oid)
    guard let bytes else { return .null(sqlType: type?.engineType) }
    guard let type else {
      // A type of an extension: as text it can be tried, in binary it can't.
      guard format == .text else {
        throw PostgresError(
          .undefinedObject, "no binary input function available for type with OID \(oid)")
      }
      return .untyped(try checkedText(bytes))
    }
    switch format {
    case .text: return try decodeText(type, try checkedText(bytes))
    case .binary: return try decodeBinary(type, bytes)
    }
  }

  /// The text of a value; throws 22021 unless it is UTF-8 without zero bytes.
  static func checkedText(_ bytes: ArraySlice<UInt8>) throws(PostgresError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let sequence = bytes.withUnsafeBytes { UTF8Text.describeInvalidSequence(in: $0) }
      throw WireError.invalidEncoding(sequence).postgresError
    }
    guard !bytes.contains(0) else { throw WireError.invalidEncoding("0x00").postgresError }
    return text
  }
}

extension PostgresType {
  /// The type of DuckDB that a parameter of this type is cast to; nil leaves it to the engine.
  package var engineType: String? {
    if let elementType { return elementType.engineType.map { $0 + "[]" } }
    return switch self {
    case .bool: "BOOLEAN"
    case .int2: "SMALLINT"
    case .int4: "INTEGER"
    case .oid, .xid, .cid: "UINTEGER"
    case .int8, .xid8, .regclass, .regtype, .regproc, .regprocedure, .regoper, .regoperator,
      .regnamespace, .regrole:
      "BIGINT"
    case .float4: "REAL"
    case .float8: "DOUBLE"
    case .numeric: "DECIMAL(38,10)"
    case .money: "DECIMAL(19,2)"
    case .text, .varchar, .bpchar, .name, .char, .xml, .inet, .cidr, .macaddr, .tid, .cstring: "VARCHAR"
    case .bytea: "BLOB"
    case .date: "DATE"
    case .time: "TIME"
    case .timetz: "TIMETZ"
    case .timestamp: "TIMESTAMP"
    case .timestamptz: "TIMESTAMPTZ"
    case .interval: "INTERVAL"
    case .uuid: "UUID"
    case .json, .jsonb: "JSON"
    case .bit, .varbit: "BIT"
    case .int2vector: "SMALLINT[]"
    case .oidvector: "BIGINT[]"
    default: nil
    }
  }
}
