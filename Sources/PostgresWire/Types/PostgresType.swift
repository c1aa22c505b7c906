/// The types of PostgreSQL that Martinet returns or accepts, by OID.
///
/// Source: PostgreSQL 15, `pg_type.dat`.
package enum PostgresType: UInt32, Sendable, CaseIterable {
  case bool = 16
  case bytea = 17
  case char = 18
  case name = 19
  case int8 = 20
  case int2 = 21
  case int2vector = 22
  case int4 = 23
  case regproc = 24
  case text = 25
  case oid = 26
  case tid = 27
  case xid = 28
  case cid = 29
  case oidvector = 30
  case json = 114
  case xml = 142
  case float4 = 700
  case float8 = 701
  case unknown = 705
  case money = 790
  case macaddr = 829
  case inet = 869
  case cidr = 650
  case bpchar = 1042
  case varchar = 1043
  case date = 1082
  case time = 1083
  case timestamp = 1114
  case timestamptz = 1184
  case interval = 1186
  case timetz = 1266
  case bit = 1560
  case varbit = 1562
  case numeric = 1700
  case regprocedure = 2202
  case regoper = 2203
  case regoperator = 2204
  case regclass = 2205
  case regtype = 2206
  case record = 2249
  case cstring = 2275
  case void = 2278
  case uuid = 2950
  case jsonb = 3802
  case regnamespace = 4089
  case regrole = 4096
  case xid8 = 5069

  case boolArray = 1000
  case byteaArray = 1001
  case charArray = 1002
  case nameArray = 1003
  case int8Array = 1016
  case int2Array = 1005
  case int2vectorArray = 1006
  case int4Array = 1007
  case regprocArray = 1008
  case textArray = 1009
  case oidArray = 1028
  case tidArray = 1010
  case xidArray = 1011
  case cidArray = 1012
  case oidvectorArray = 1013
  case jsonArray = 199
  case xmlArray = 143
  case float4Array = 1021
  case float8Array = 1022
  case moneyArray = 791
  case macaddrArray = 1040
  case inetArray = 1041
  case cidrArray = 651
  case bpcharArray = 1014
  case varcharArray = 1015
  case dateArray = 1182
  case timeArray = 1183
  case timestampArray = 1115
  case timestamptzArray = 1185
  case intervalArray = 1187
  case timetzArray = 1270
  case bitArray = 1561
  case varbitArray = 1563
  case numericArray = 1231
  case regprocedureArray = 2207
  case regoperArray = 2208
  case regoperatorArray = 2209
  case regclassArray = 2210
  case regtypeArray = 2211
  case recordArray = 2287
  case cstringArray = 1263
  case uuidArray = 2951
  case jsonbArray = 3807
  case regnamespaceArray = 4090
  case regroleArray = 4097
  case xid8Array = 271
}

extension PostgresType {
  /// The type of an OID; nil for one that Martinet does not know.
  package init?(oid: UInt32) {
    self.init(rawValue: oid)
  }

  /// The OID.
  package var oid: UInt32 { rawValue }

  /// Bytes of a value as `pg_type.typlen` has it: -1 for a varying length, -2 for a C string.
  package var size: Int16 {
    switch self {
    case .unknown, .cstring: -2
    case .bool, .char: 1
    case .int2: 2
    case .int4, .regproc, .oid, .xid, .cid, .float4, .date, .regprocedure, .regoper, .regoperator,
      .regclass, .regtype, .void, .regnamespace, .regrole:
      4
    case .tid, .macaddr: 6
    case .int8, .float8, .money, .time, .timestamp, .timestamptz, .xid8: 8
    case .timetz: 12
    case .interval, .uuid: 16
    case .name: 64
    default: -1
    }
  }

  /// The array type whose elements are of this type; nil for arrays and pseudo-types without one.
  package var arrayType: PostgresType? {
    switch self {
    case .bool: .boolArray
    case .bytea: .byteaArray
    case .char: .charArray
    case .name: .nameArray
    case .int8: .int8Array
    case .int2: .int2Array
    case .int2vector: .int2vectorArray
    case .int4: .int4Array
    case .regproc: .regprocArray
    case .text: .textArray
    case .oid: .oidArray
    case .tid: .tidArray
    case .xid: .xidArray
    case .cid: .cidArray
    case .oidvector: .oidvectorArray
    case .json: .jsonArray
    case .xml: .xmlArray
    case .float4: .float4Array
    case .float8: .float8Array
    case .money: .moneyArray
    case .macaddr: .macaddrArray
    case .inet: .inetArray
    case .cidr: .cidrArray
    case .bpchar: .bpcharArray
    case .varchar: .varcharArray
    case .date: .dateArray
    case .time: .timeArray
    case .timestamp: .timestampArray
    case .timestamptz: .timestamptzArray
    case .interval: .intervalArray
    case .timetz: .timetzArray
    case .bit: .bitArray
    case .varbit: .varbitArray
    case .numeric: .numericArray
    case .regprocedure: .regprocedureArray
    case .regoper: .regoperArray
    case .regoperator: .regoperatorArray
    case .regclass: .regclassArray
    case .regtype: .regtypeArray
    case .record: .recordArray
    case .cstring: .cstringArray
    case .uuid: .uuidArray
    case .jsonb: .jsonbArray
    case .regnamespace: .regnamespaceArray
    case .regrole: .regroleArray
    case .xid8: .xid8Array
    default: nil
    }
  }
}
