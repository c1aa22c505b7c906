import PostgresWire
import Testing

@Suite struct BinaryWriterTests {
  @Test func integersAreBigEndian() {
    #expect(writtenBytes { BinaryWriter.write(Int16(-2), to: $0) } == [0xFF, 0xFE])
    #expect(writtenBytes { BinaryWriter.write(Int32(1), to: $0) } == [0, 0, 0, 1])
    #expect(writtenBytes { BinaryWriter.write(1.0, to: $0) } == [0x3F, 0xF0, 0, 0, 0, 0, 0, 0])
  }

  @Test func datesCountFrom2000() {
    #expect(writtenBytes { BinaryWriter.write(date: 10_958, to: $0) } == [0, 0, 0, 1])
    #expect(writtenBytes { BinaryWriter.write(date: .max, to: $0) } == [0x7F, 0xFF, 0xFF, 0xFF])
    #expect(writtenBytes { BinaryWriter.write(date: -.max, to: $0) } == [0x80, 0, 0, 0])
    #expect(
      writtenBytes { BinaryWriter.write(timestamp: 946_684_800_000_001, to: $0) } == [0, 0, 0, 0, 0, 0, 0, 1])
    #expect(writtenBytes { BinaryWriter.write(timestamp: -.max, to: $0) } == [0x80, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func zonesCountToTheWest() {
    let bytes = writtenBytes { BinaryWriter.write(time: 1, offsetSeconds: 3600, to: $0) }
    #expect(bytes == [0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xF1, 0xF0])
  }

  @Test func intervalsHaveTheTimeFirst() {
    let bytes = writtenBytes { BinaryWriter.write(intervalMonths: 3, days: 2, microseconds: 1, to: $0) }
    #expect(bytes == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3])
  }

  /// Count, weight, sign, scale and digits, as `numeric_send` of PostgreSQL 15 gives them.
  @Test(
    arguments: [
      (0, 0, [0, 0, 0, 0]), (0, 2, [0, 0, 0, 2]), (1, 0, [1, 0, 0, 0, 1]), (-1, 0, [1, 0, 0x4000, 0, 1]),
      (12345, 0, [2, 1, 0, 0, 1, 2345]), (10000, 0, [1, 1, 0, 0, 1]), (12345, 2, [2, 0, 0, 2, 123, 4500]),
      (5, 2, [1, -1, 0, 2, 500]), (1, 5, [1, -2, 0, 5, 1000]), (100_000_001, 4, [3, 1, 0, 4, 1, 0, 1]),
      (100_000_000, 4, [1, 1, 0, 4, 1]),
    ] as [(Int, Int, [Int])])
  func numerics(_ unscaled: Int, _ scale: Int, _ words: [Int]) {
    let expected = words.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    #expect(writtenBytes { BinaryWriter.write(numeric: Int128(unscaled), scale: scale, to: $0) } == expected)
  }

  @Test func largeNumericsKeepEveryDigit() {
    let large: Int128 = 12_345_678_901_234_567_890_123_456_789_012_345_678
    let words = writtenBytes { BinaryWriter.write(numeric: large, scale: 38, to: $0) }
    let expected = [10, -1, 0, 38, 1234, 5678, 9012, 3456, 7890, 1234, 5678, 9012, 3456, 7800]
    #expect(
      words == expected.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] })
  }
}
