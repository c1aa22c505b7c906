/// The name of a relation, a function or a type, with the qualifiers that the client wrote. Parts are folded
/// unless they were quoted.
package struct QualifiedName: Sendable, Hashable {
  package var database: String?
  package var schema: String?
  package var name: String

  package init(database: String? = nil, schema: String? = nil, name: String) {
    self.database = database
    self.schema = schema
    self.name = name
  }

  /// The name as SQL, every part quoted.
  package var sql: String {
    var parts: [String] = []
    if let database { parts.append(quoteIdentifier(database)) }
    if let schema { parts.append(quoteIdentifier(schema)) }
    parts.append(quoteIdentifier(name))
    return parts.joined(separator: ".")
  }
}

/// `"name"`, quotes inside doubled.
package func quoteIdentifier(_ name: String) -> String {
  var result: [UInt8] = [UInt8(ascii: "\"")]
  for byte in name.utf8 {
    if byte == UInt8(ascii: "\"") { result.append(byte) }
    result.append(byte)
  }
  result.append(UInt8(ascii: "\""))
  return String(decoding: result, as: UTF8.self)
}

/// `'value'`, quotes inside doubled.
package func quoteLiteral(_ value: String) -> String {
  var result: [UInt8] = [UInt8(ascii: "'")]
  for byte in value.utf8 {
    if byte == UInt8(ascii: "'") { result.append(byte) }
    result.append(byte)
  }
  result.append(UInt8(ascii: "'"))
  return String(decoding: result, as: UTF8.self)
}
