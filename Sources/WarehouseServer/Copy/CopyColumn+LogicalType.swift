import DuckDB
import PostgresWire

extension CopyColumn.Kind {
  /// How a column of the engine is parsed, and the type that the parser's values have; what has no layout of
  /// its own is given as text, which the engine casts.
  ///
  /// - Parameters:
  ///   - isBinary: whether the stream is.
  ///   - isUTC: whether timestamps without an offset are in UTC.
  static func parsing(
    _ type: LogicalType, isBinary: Bool, isUTC: Bool
  ) -> (kind: CopyColumn.Kind, values: LogicalType) {
    switch type {
    case .boolean: return (.boolean, type)
    case .smallint: return (.int16, type)
    case .integer: return (.int32, type)
    case .bigint: return (.int64, type)
    case .float: return (.float, type)
    case .double: return (.double, type)
    case .decimal(let width, let scale): return (.decimal(width: width, scale: scale), type)
    case .date: return (.date, type)
    case .time: return (.time, type)
    case .timestamp: return (.timestamp, type)
    case .timestampTZ where isBinary || isUTC: return (.timestampTZ, type)
    // The engine knows the session's time zone.
    case .timestampTZ: return (.text, .varchar)
    case .interval: return (.interval, type)
    case .uuid: return (.uuid, type)
    case .blob: return (.blob, type)
    default: break
    }
    let travels = PostgresColumnType(of: type).type
    return switch travels {
    case .text, .varchar, .bpchar, .name, .char, .xml, .unknown: (.text, .varchar)
    case .json, .jsonb: (.json, .varchar)
    default: (.converted(travels), .varchar)
    }
  }
}
