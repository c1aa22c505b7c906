import PostgresWire

/// The unit of a stored time or timestamp.
protocol TimeUnit {
  /// Infinity stays infinity, and what does not fit becomes it.
  static func microseconds(_ value: Int64) -> Int64
}

enum Microseconds: TimeUnit {
  @inline(__always) static func microseconds(_ value: Int64) -> Int64 { value }
}

enum Nanoseconds: TimeUnit {
  @inline(__always) static func microseconds(_ value: Int64) -> Int64 {
    value.magnitude == UInt64(Int64.max) ? value : value / 1000
  }
}

enum Milliseconds: TimeUnit {
  @inline(__always) static func microseconds(_ value: Int64) -> Int64 { scaled(value, by: 1000) }
}

enum Seconds: TimeUnit {
  @inline(__always) static func microseconds(_ value: Int64) -> Int64 { scaled(value, by: 1_000_000) }
}

private func scaled(_ value: Int64, by factor: Int64) -> Int64 {
  let (product, overflow) = value.multipliedReportingOverflow(by: factor)
  return overflow ? (value < 0 ? -Int64.max : Int64.max) : product
}

/// TIME WITH TIME ZONE as DuckDB packs it: microseconds above 24 bits of offset, counted down from +15:59:59.
struct PackedTimeTZ {
  let microseconds: Int64
  let offsetSeconds: Int

  @inline(__always)
  init(_ bits: UInt64) {
    microseconds = Int64(bits >> 24)
    offsetSeconds = 57_599 - Int(bits & 0xFF_FFFF)
  }
}

/// INTERVAL as DuckDB stores it.
struct StoredInterval {
  let months: Int32
  let days: Int32
  let microseconds: Int64

  @inline(__always)
  init(_ data: UnsafeRawPointer, _ row: Int) {
    months = data.value(row &* 4)
    days = data.value(row &* 4 &+ 1)
    microseconds = data.value(row &* 2 &+ 1)
  }
}

/// UUID as DuckDB stores it: a HUGEINT with the top bit flipped, so that it sorts as text does.
struct StoredUUID {
  let upper: UInt64
  let lower: UInt64

  @inline(__always)
  init(_ data: UnsafeRawPointer, _ row: Int) {
    lower = data.value(row &* 2)
    upper = data.value(row &* 2 &+ 1) ^ (1 << 63)
  }
}

/// A numeric without zeros at the end.
struct TrimmedNumeric {
  let unscaled: Int128
  let scale: Int

  @inline(__always)
  init(_ value: Int128, scale: Int) {
    var scale = scale
    // Almost all values fit 64 bits, where a division is cheap.
    if var small = Int64(exactly: value) {
      while scale > 0, small % 10 == 0 {
        small /= 10
        scale -= 1
      }
      unscaled = Int128(small)
    } else {
      var large = value
      while scale > 0, large % 10 == 0 {
        large /= 10
        scale -= 1
      }
      unscaled = large
    }
    self.scale = scale
  }
}
