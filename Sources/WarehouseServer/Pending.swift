// Stands in for parts that are being written: the row encoder, parameter values, COPY IN, the catalogs.
import ControlStore
import DuckDB
import Lake
import PostgresWire
import SQLFront

struct ColumnType { var oid: UInt32; var size: Int16; var modifier: Int32
  static let text = ColumnType(oid: 25, size: -1, modifier: -1)
  init(oid: UInt32, size: Int16, modifier: Int32) { self.oid = oid; self.size = size; self.modifier = modifier }
  init(_ type: LogicalType) { self = .text }
}
struct RowEncoder { init(columns: [ResultColumn], formats: [WireFormat], timeZone: String) {}
  enum Framing { case dataRow }
  mutating func encode(_ chunk: DataChunk, rows: Range<Int>, framing: Framing, into: inout WireBuffer) throws {} }
struct CopyOutEncoder { init(columns: [ResultColumn], names: [String], options: SQLFront.CopyOptions, timeZone: String) throws {}
  func begin(into: inout WireBuffer) {}
  func end(into: inout WireBuffer) {}
  mutating func encode(_ chunk: DataChunk, rows: Range<Int>, into: inout WireBuffer) throws {} }
struct CopyIn { init(session: Session, target: CopyTarget, options: SQLFront.CopyOptions) {}
  func run() throws -> Int { 0 } }
extension DataChunk { func integer(column: Int, row: Int) -> Int64? { nil } }
enum TimeZoneName { static func canonical(_ n: String) -> String? { n } }
