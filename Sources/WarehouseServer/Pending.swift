// Stands in for parts that are being written: the row encoder, parameter values, COPY IN, the catalogs.
import ControlStore
import DuckDB
import Lake
import PostgresWire
import SQLFront

struct CopyIn { init(session: Session, target: CopyTarget, options: SQLFront.CopyOptions) {}
  func run() throws -> Int { 0 } }
extension DataChunk { func integer(column: Int, row: Int) -> Int64? { nil } }
