import DuckDB

/// A vector with its children, laid open for the loops of the encoder. Lives as long as the vector.
struct ColumnView {
  let data: UnsafeRawPointer?
  let validity: UnsafePointer<UInt64>?
  let children: [ColumnView]

  init(_ vector: Vector) {
    data = vector.data
    validity = vector.validity
    children =
      switch vector.type.storage {
      case .list, .map: [ColumnView(vector.listChild)]
      case .array: [ColumnView(vector.arrayChild)]
      case .struct(let fields): fields.indices.map { ColumnView(vector.structChild($0)) }
      case .union(let fields):
        [ColumnView(vector.unionTags)] + fields.indices.map { ColumnView(vector.unionChild($0)) }
      case .variant: ColumnView(vector.variantParts).children
      default: []
      }
  }

  /// Values that lie one behind the other in memory of the caller's.
  init(values: UnsafeRawPointer) {
    data = values
    validity = nil
    children = []
  }

  @inline(__always)
  func isValid(_ row: Int) -> Bool {
    guard let validity else { return true }
    return validity[row &>> 6] & (1 &<< UInt64(row & 63)) != 0
  }

  /// The values. A vector whose type has values of its own always has them.
  @inline(__always)
  var values: UnsafeRawPointer {
    guard let data else { preconditionFailure("a vector without values") }
    return data
  }

  @inline(__always)
  func string(_ row: Int) -> (start: UnsafePointer<UInt8>, count: Int) { Vector.string(row, in: values) }

  func listEntry(_ row: Int) -> Range<Int> {
    let offset = Int(values.value(row * 2, as: UInt64.self))
    return offset..<offset + Int(values.value(row * 2 + 1, as: UInt64.self))
  }
}
