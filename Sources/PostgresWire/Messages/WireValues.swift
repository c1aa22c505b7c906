/// A row of nullable values in one piece of memory: the parameters of Bind, the columns of DataRow.
package struct WireValues: Equatable, Sendable {
  private var bytes: [UInt8]
  /// For every value where it begins in `bytes`, and its length or -1 for NULL.
  private var places: [Place]

  private struct Place: Equatable, Sendable {
    var offset: Int32
    var length: Int32
  }

  /// No values.
  package init() {
    bytes = []
    places = []
  }

  /// Copies `values`; nil is NULL.
  package init(_ values: [[UInt8]?]) {
    self.init()
    for value in values { append(value) }
  }

  /// How many values there are.
  package var count: Int { places.count }

  /// The bytes of the value at `index`; nil is NULL.
  package subscript(index: Int) -> ArraySlice<UInt8>? {
    let place = places[index]
    guard place.length >= 0 else { return nil }
    return bytes[Int(place.offset)..<Int(place.offset) + Int(place.length)]
  }

  /// All values, copied; nil is NULL.
  package var values: [[UInt8]?] { (0..<count).map { self[$0].map(Array.init) } }

  /// Appends a value; nil is NULL.
  package mutating func append(_ value: [UInt8]?) {
    places.append(Place(offset: Int32(bytes.count), length: value.map { Int32($0.count) } ?? -1))
    if let value { bytes.append(contentsOf: value) }
  }

  /// Reads a count of 16 bits, then for each value its length of 32 bits (-1 is NULL) and its bytes.
  init(decoding body: inout WireReader) throws(WireError) {
    self.init()
    let count = Int(try body.read(UInt16.self))
    guard count * 4 <= body.remaining else { throw .insufficientData }
    places.reserveCapacity(count)
    bytes.reserveCapacity(body.remaining - count * 4)
    for _ in 0..<count {
      let length = try body.read(Int32.self)
      guard length >= -1 else { throw .malformed("invalid message format") }
      places.append(Place(offset: Int32(bytes.count), length: length))
      if length > 0 { bytes.append(contentsOf: try body.readBytes(Int(length))) }
    }
  }

  /// Appends count, lengths and bytes.
  func encode(into buffer: inout WireBuffer) {
    buffer.append(UInt16(truncatingIfNeeded: count))
    for place in places {
      buffer.append(place.length)
      guard place.length > 0 else { continue }
      buffer.append(contentsOf: bytes[Int(place.offset)..<Int(place.offset) + Int(place.length)])
    }
  }
}
