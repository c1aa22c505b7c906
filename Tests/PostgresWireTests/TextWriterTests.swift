import PostgresWire
import Testing

/// What `write` puts into memory, as text.
func written(_ write: (UnsafeMutableRawPointer) -> Int) -> String {
  String(decoding: writtenBytes(write), as: UTF8.self)
}

/// What `write` puts into memory.
func writtenBytes(_ write: (UnsafeMutableRawPointer) -> Int) -> [UInt8] {
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 8)
  defer { memory.deallocate() }
  guard let base = memory.baseAddress else { return [] }
  return Array(memory[..<write(base)])
}

@Suite struct TextWriterTests {
  @Test(arguments: [0, 1, 9, 10, 99, 100, 12345, -1, -10, .max, .min, 1_000_000_007] as [Int64])
  func integers(_ value: Int64) {
    #expect(written { TextWriter.write(value, to: $0) } == "\(value)")
  }

  @Test func everyPowerOfTen() {
    var value: UInt128 = 1
    for _ in 0..<38 {
      for near in [value - 1, value, value + 1] {
        #expect(written { TextWriter.write(near, to: $0) } == "\(near)")
        let negative = -Int128(near)
        #expect(written { TextWriter.write(negative, to: $0) } == "\(negative)")
      }
      value *= 10
    }
    #expect(written { TextWriter.write(UInt128.max, to: $0) } == "340282366920938463463374607431768211455")
    #expect(written { TextWriter.write(Int128.min, to: $0) } == "-170141183460469231731687303715884105728")
  }

  @Test func numerics() {
    #expect(written { TextWriter.write(numeric: Int64(12345), scale: 2, to: $0) } == "123.45")
    #expect(written { TextWriter.write(numeric: Int64(-5), scale: 2, to: $0) } == "-0.05")
    #expect(written { TextWriter.write(numeric: Int64(0), scale: 3, to: $0) } == "0.000")
    #expect(written { TextWriter.write(numeric: Int64(7), scale: 0, to: $0) } == "7")
    #expect(written { TextWriter.write(numeric: Int64.min, scale: 18, to: $0) } == "-9.223372036854775808")
    let large: Int128 = 12_345_678_901_234_567_890_123_456_789_012_345_678
    #expect(
      written { TextWriter.write(numeric: large, scale: 10, to: $0) }
        == "1234567890123456789012345678.9012345678")
    #expect(
      written { TextWriter.write(numeric: Int128(1), scale: 38, to: $0) }
        == "0.00000000000000000000000000000000000001")
    #expect(
      written { TextWriter.write(numeric: -large, scale: 38, to: $0) }
        == "-0.12345678901234567890123456789012345678")
  }

  @Test func dates() {
    func date(_ days: Int32) -> String { written { TextWriter.write(date: days, to: $0) } }
    #expect(date(0) == "1970-01-01")
    #expect(date(19_782) == "2024-02-29")
    #expect(date(-719_162) == "0001-01-01")
    #expect(date(-719_163) == "0001-12-31 BC")
    #expect(date(2_932_897) == "10000-01-01")
    #expect(date(.max) == "infinity")
    #expect(date(-.max) == "-infinity")
  }

  @Test func everyDayRoundTrips() {
    for day in stride(from: -2_440_588, through: 5_000_000, by: 13) {
      #expect(CivilDate(dayNumber: day).dayNumber == day)
    }
    for year in [1900, 2000, 2023, 2024] {
      for month in 1...12 {
        let first = CivilDate(year: year, month: month, day: 1).dayNumber
        let next =
          month == 12
          ? CivilDate(year: year + 1, month: 1, day: 1) : CivilDate(year: year, month: month + 1, day: 1)
        #expect(next.dayNumber - first == CivilDate.daysInMonth(month, of: year))
      }
    }
  }

  @Test func timestamps() {
    func timestamp(_ value: Int64) -> String { written { TextWriter.write(timestamp: value, to: $0) } }
    #expect(timestamp(0) == "1970-01-01 00:00:00")
    #expect(timestamp(-1) == "1969-12-31 23:59:59.999999")
    #expect(timestamp(1_500_000) == "1970-01-01 00:00:01.5")
    #expect(timestamp(1_000_010) == "1970-01-01 00:00:01.00001")
    #expect(timestamp(.max) == "infinity")
    #expect(timestamp(-.max) == "-infinity")
    func zoned(_ offset: Int) -> String {
      written { TextWriter.write(timestamptz: 0, offsetSeconds: offset, to: $0) }
    }
    #expect(zoned(0) == "1970-01-01 00:00:00+00")
    #expect(zoned(7200) == "1970-01-01 02:00:00+02")
    #expect(zoned(-12_600) == "1969-12-31 20:30:00-03:30")
    #expect(zoned(1172) == "1970-01-01 00:19:32+00:19:32")
  }

  @Test func times() {
    #expect(written { TextWriter.write(time: 86_399_999_999, to: $0) } == "23:59:59.999999")
    #expect(written { TextWriter.write(time: 86_400_000_000, to: $0) } == "24:00:00")
    #expect(written { TextWriter.write(time: 60_000_000, offsetSeconds: -3600, to: $0) } == "00:01:00-01")
  }

  @Test(arguments: [
    (0, 0, 0, "00:00:00"), (14, 3, 14_706_789_000, "1 year 2 mons 3 days 04:05:06.789"),
    (-14, 3, -14_706_000_000, "-1 years -2 mons +3 days -04:05:06"),
    (0, -1, 1_000_000, "-1 days +00:00:01"), (0, 1, 0, "1 day"), (12, 0, 0, "1 year"),
    (0, 0, -3_600_000_000_000, "-1000:00:00"), (-1, 0, 0, "-1 mons"),
  ])
  func intervals(_ months: Int32, _ days: Int32, _ microseconds: Int64, _ text: String) {
    let result = written {
      TextWriter.write(intervalMonths: months, days: days, microseconds: microseconds, to: $0)
    }
    #expect(result == text)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (1, "1"), (0.1, "0.1"), (0.3, "0.3"), (0.1 + 0.2, "0.30000000000000004"),
    (100_000, "100000"), (1e14, "100000000000000"), (1e15, "1e+15"), (1.5e15, "1.5e+15"), (1e20, "1e+20"),
    (0.0001, "0.0001"), (0.00001, "1e-05"), (1.25e-7, "1.25e-07"), (123456.789, "123456.789"),
    (-1.5, "-1.5"), (.pi, "3.141592653589793"), (.leastNonzeroMagnitude, "5e-324"), (1e300, "1e+300"),
    (1.7976931348623157e308, "1.7976931348623157e+308"), (.nan, "NaN"), (.infinity, "Infinity"),
    (-.infinity, "-Infinity"), (999_999_999_999_999, "999999999999999"), (2.5e-4, "0.00025"),
  ])
  func doubles(_ value: Double, _ text: String) {
    #expect(written { TextWriter.write(value, to: $0) } == text)
  }

  @Test(arguments: [
    (0 as Float, "0"), (1.5, "1.5"), (0.1, "0.1"), (100_000, "100000"), (1_000_000, "1e+06"),
    (1_234_567, "1.234567e+06"), (1e-5, "1e-05"), (3.4028235e38, "3.4028235e+38"), (.nan, "NaN"),
  ])
  func floats(_ value: Float, _ text: String) {
    #expect(written { TextWriter.write(value, to: $0) } == text)
  }

  @Test func randomDoublesReadBack() {
    var generator = SeededGenerator(seed: 11)
    for index in 0..<20_000 {
      let value =
        index.isMultiple(of: 2)
        ? Double(bitPattern: generator.next())
        : Double(Int64(truncatingIfNeeded: generator.next()) >> 30) / 100
      guard value.isFinite else { continue }
      let text = written { TextWriter.write(value, to: $0) }
      #expect(Double(text) == value)
      // As few digits as Swift's own shortest notation.
      func digits(_ text: String) -> Int {
        let mantissa = text.split(separator: "e")[0].filter { $0 != "." && $0 != "-" }
        return mantissa.drop { $0 == "0" }.reversed().drop { $0 == "0" }.count
      }
      #expect(digits(text) == digits(value.description))
    }
  }

  @Test func uuidsAndBytes() {
    #expect(
      written { TextWriter.write(uuidUpper: 0x0011_2233_4455_6677, lower: 0x8899_AABB_CCDD_EEFF, to: $0) }
        == "00112233-4455-6677-8899-aabbccddeeff")
    let bytes: [UInt8] = [0, 1, 0xAB, 0xFF]
    #expect(
      written { target in bytes.withUnsafeBytes { TextWriter.write(bytea: $0, to: target) } } == "\\x0001abff"
    )
    #expect(written { TextWriter.write(true, to: $0) + TextWriter.write(false, to: $0 + 1) } == "tf")
  }
}
