/// The columns of a result ('T').
package struct RowDescription: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "T")
  package var fields: [FieldDescription]

  /// Columns in order.
  package init(_ fields: [FieldDescription]) {
    self.fields = fields
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    let count = Int(try body.read(UInt16.self))
    guard count * 19 <= body.remaining else { throw .insufficientData }
    fields = []
    fields.reserveCapacity(count)
    for _ in 0..<count { fields.append(try FieldDescription(decoding: &body)) }
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) {
      $0.append(UInt16(truncatingIfNeeded: fields.count))
      for field in fields { field.encode(into: &$0) }
    }
  }
}

/// One column of a result.
package struct FieldDescription: Equatable, Sendable {
  package var name: String
  /// The OID of the table the column comes from; 0 if from none.
  package var tableOID: UInt32
  /// The number of the column in that table; 0 if from none.
  package var columnNumber: Int16
  package var typeOID: UInt32
  /// Bytes of a value; -1 for a varying length, -2 for a C string.
  package var typeSize: Int16
  /// What the type is declared with, such as precision and scale; -1 for nothing.
  package var typeModifier: Int32
  package var format: WireFormat

  /// A column of `typeOID`.
  package init(
    name: String, tableOID: UInt32 = 0, columnNumber: Int16 = 0, typeOID: UInt32, typeSize: Int16,
    typeModifier: Int32 = -1, format: WireFormat = .text
  ) {
    self.name = name
    self.tableOID = tableOID
    self.columnNumber = columnNumber
    self.typeOID = typeOID
    self.typeSize = typeSize
    self.typeModifier = typeModifier
    self.format = format
  }

  init(decoding body: inout WireReader) throws(WireError) {
    name = try body.readCString()
    tableOID = try body.read()
    columnNumber = try body.read()
    typeOID = try body.read()
    typeSize = try body.read()
    typeModifier = try body.read()
    format = try WireFormat(decoding: &body)
  }

  func encode(into buffer: inout WireBuffer) {
    buffer.append(cString: name)
    buffer.append(tableOID)
    buffer.append(columnNumber)
    buffer.append(typeOID)
    buffer.append(typeSize)
    buffer.append(typeModifier)
    buffer.append(format.rawValue)
  }
}
