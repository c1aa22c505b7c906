import DuckDB

extension CatalogEmulation {
  /// Types that are another name for one of the engine's.
  private static let synonyms = """
    CREATE TYPE {pg}.jsonb AS JSON; CREATE TYPE {pg}.xid AS UINTEGER; CREATE TYPE {pg}.cid AS UINTEGER;
    CREATE TYPE {pg}.xid8 AS BIGINT; CREATE TYPE {pg}.citext AS VARCHAR; CREATE TYPE {pg}.xml AS VARCHAR;
    CREATE TYPE {pg}.money AS DECIMAL(19, 2); CREATE TYPE {pg}.inet AS VARCHAR;
    CREATE TYPE {pg}.cidr AS VARCHAR; CREATE TYPE {pg}.macaddr AS VARCHAR;
    CREATE TYPE {pg}.tsvector AS VARCHAR; CREATE TYPE {pg}.tsquery AS VARCHAR;
    CREATE TYPE {pg}.pg_lsn AS VARCHAR; CREATE TYPE {pg}.cstring AS VARCHAR;
    CREATE TYPE {pg}.pg_node_tree AS VARCHAR; CREATE TYPE {pg}.aclitem AS VARCHAR;
    CREATE TYPE {pg}.regconfig AS VARCHAR; CREATE TYPE {pg}.unknown AS VARCHAR;
    CREATE TYPE {pg}.regoperator AS BIGINT; CREATE TYPE {pg}.regoper AS BIGINT;
    CREATE TYPE {pg}.regprocedure AS BIGINT; CREATE TYPE {pg}.regdictionary AS BIGINT;
    CREATE TYPE {pg}.regcollation AS BIGINT; CREATE TYPE {pg}.refcursor AS VARCHAR; CREATE TYPE {pg}.jsonpath AS VARCHAR;
    """

  /// Registers `regclass` and its like with their casts, and the vectors of pg_index and pg_proc.
  func registerTypes(on connection: Connection) throws(DuckDBError) {
    try connection.execute(CatalogSQL.expand(Self.synonyms))
    for kind in ObjectKind.allCases { try registerObjectType(kind, on: connection) }
    try registerByteaCast(on: connection)
    for (name, element) in [("int2vector", LogicalType.smallint), ("oidvector", .bigint)] {
      try registerVectorType(.alias(name, .list(element)), element, on: connection)
    }
  }

  /// A list whose text is `1 2 3`, with functions of lists on it.
  private func registerVectorType(
    _ type: LogicalType, _ element: LogicalType, on connection: Connection
  ) throws(DuckDBError) {
    try connection.register(type)
    try registerVectorFunctions(type, element, on: connection)
    try connection.register(
      CastFunction(from: type, to: .list(element), implicitCost: 1) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          let values = Self.numbers(call.input, row, element)
          let offset = output.setList(row, count: values.count)
          let child = output.listChild
          for (index, value) in values.enumerated() {
            if element == .smallint {
              child.store(Int16(truncatingIfNeeded: value), offset + index)
            } else {
              child.store(value, offset + index)
            }
          }
        }
      })
    try connection.register(
      CastFunction(from: type, to: .varchar) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          let numbers = Self.numbers(call.input, row, element)
          output.set(numbers.map { String($0) }.joined(separator: " "), row)
        }
      })
  }

  /// The engine's functions of lists for a type that is a list by another name. Subscripts of these count
  /// from 0, as in PostgreSQL.
  private func registerVectorFunctions(
    _ type: LogicalType, _ element: LogicalType, on connection: Connection
  ) throws(DuckDBError) {
    for name in ["len", "list_contains", "list_position", "array_extract"] {
      let isLength = name == "len"
      try connection.register(
        ScalarFunction(
          name: name, parameters: isLength ? [type] : [type, .bigint],
          returns: name == "list_contains" ? .boolean : .bigint
        ) { call, output in
          let wanted = isLength ? [] : call.numbers(1)
          call.arguments.withVector(0) { vector in
            for row in 0..<call.rowCount where vector.isValid(row) {
              let values = Self.numbers(vector, row, element)
              switch name {
              case "len": output.store(Int64(values.count), row)
              case "list_contains": output.store(values.contains(wanted[row]), row)
              case "list_position":
                output.store(Int64((values.firstIndex(of: wanted[row]) ?? -1) + 1), row)
              default:
                let index = Int(wanted[row])
                if values.indices.contains(index) {
                  output.store(values[index], row)
                } else {
                  output.setNull(row)
                }
              }
            }
          }
        })
    }
  }

  private static func numbers(_ vector: Vector, _ row: Int, _ element: LogicalType) -> [Int64] {
    let entry = vector.listEntry(row)
    let child = vector.listChild
    return (entry.offset..<entry.offset + entry.count).map {
      element == .smallint ? Int64(child.load($0, as: Int16.self)) : child.load($0, as: Int64.self)
    }
  }

  private func registerObjectType(_ kind: ObjectKind, on connection: Connection) throws(DuckDBError) {
    let type = LogicalType.alias(kind.typeName, .bigint)
    try connection.register(type)
    try connection.register(
      CastFunction(from: .varchar, to: type) { [weak self] call, output in
        guard let lookup = self?.lookupForCast() else { return }
        for row in 0..<call.rowCount where call.input.isValid(row) {
          let text = call.input.text(row)
          if let oid = lookup.oid(of: kind, text) {
            output.store(oid, row)
          } else {
            call.fail(kind.missing(text), row: row)
          }
        }
      })
    try connection.register(
      CastFunction(from: type, to: .varchar) { [weak self] call, output in
        guard let lookup = self?.lookupForCast() else { return }
        for row in 0..<call.rowCount where call.input.isValid(row) {
          output.set(lookup.name(of: kind, call.input.load(row, as: Int64.self)), row)
        }
      })
    try connection.register(
      CastFunction(from: type, to: .bigint, implicitCost: 1) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          output.store(call.input.load(row, as: Int64.self), row)
        }
      })
    try connection.register(
      CastFunction(from: .bigint, to: type, implicitCost: 150) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          output.store(call.input.load(row, as: Int64.self), row)
        }
      })
    try connection.register(
      CastFunction(from: .integer, to: type, implicitCost: 150) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          output.store(Int64(call.input.load(row, as: Int32.self)), row)
        }
      })
    try connection.register(
      CastFunction(from: .uinteger, to: type, implicitCost: 150) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          output.store(Int64(call.input.load(row, as: UInt32.self)), row)
        }
      })
    try connection.register(
      CastFunction(from: type, to: .uinteger) { call, output in
        for row in 0..<call.rowCount where call.input.isValid(row) {
          output.store(UInt32(truncatingIfNeeded: call.input.load(row, as: Int64.self)), row)
        }
      })
  }
}
