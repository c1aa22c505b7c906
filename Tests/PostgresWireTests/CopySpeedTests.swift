import Glibc
import PostgresWire
import Testing

/// Prints how fast COPY data is split and parsed. Only `swift test -c release` says something about speed.
@Suite(.serialized) struct CopySpeedTests {
  private static let columns: [CopyColumn] = [
    CopyTest.column("id", .int64), CopyTest.column("line", .int32), CopyTest.column("key", .int32),
    CopyTest.column("day", .date), CopyTest.column("price", .decimal(width: 12, scale: 2)),
    CopyTest.column("discount", .decimal(width: 4, scale: 2)), CopyTest.column("priority", .text),
    CopyTest.column("quantity", .int32), CopyTest.column("at", .timestamp), CopyTest.column("mode", .text),
  ]

  private static func rows(_ delimiter: String, quotes: Bool) -> (bytes: [UInt8], count: Int) {
    #if DEBUG
      let count = 5000
    #else
      let count = 1_000_000
    #endif
    var generator = SeededGenerator(seed: 9)
    var text = ""
    for index in 0..<count {
      let mark = quotes ? "\"" : ""
      let cents = 10 + generator.below(90)
      let fields = [
        "\(index)", "\(generator.below(7))", "\(generator.below(200_000))",
        "199\(generator.below(9))-\(10 + generator.below(3))-\(10 + generator.below(18))",
        "\(generator.below(100_000)).\(cents)", "0.\(cents)", "\(mark)\(generator.below(5))-URGENT\(mark)",
        "\(generator.below(50))",
        "1996-0\(1 + generator.below(9))-1\(generator.below(9)) 12:\(10 + generator.below(50)):00",
        "\(mark)REG AIR\(mark)",
      ]
      text += fields.joined(separator: delimiter) + "\n"
    }
    return (Array(text.utf8), count)
  }

  /// Seconds of processor time of this thread: other work on the machine does not count.
  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test(arguments: [CopyInFormat.Style.text, .csv])
  func throughput(_ style: CopyInFormat.Style) throws {
    let format = CopyInFormat(style)
    let (bytes, expected) = Self.rows(style == .csv ? "," : "\t", quotes: style == .csv)
    var blocks: [CopyBlock] = []
    var splitting = -Self.processorSeconds()
    var splitter = CopySplitter(format)
    for start in stride(from: 0, to: bytes.count, by: 65_536) {
      try bytes[start..<min(start + 65_536, bytes.count)].withUnsafeBytes {
        try splitter.append($0) { blocks.append($0) }
      }
    }
    try splitter.finish { blocks.append($0) }
    splitting += Self.processorSeconds()
    let memory = Self.columns.map { _ in UnsafeMutableRawPointer.allocate(byteCount: 2048 * 16, alignment: 16)
    }
    defer { for pointer in memory { pointer.deallocate() } }
    var sink = CopyDiscardingSink(memory: memory)
    var parser = CopyRowParser(format: format, columns: Self.columns, table: "t")
    var count = 0
    var parsing = -Self.processorSeconds()
    for block in blocks {
      try parser.begin(block)
      while true {
        let rows = try parser.parse(into: &sink, capacity: 2048)
        if rows == 0 { break }
        count += rows
      }
    }
    parsing += Self.processorSeconds()
    #expect(count == expected)
    func rate(_ seconds: Double) -> Int { Int(Double(bytes.count) / 1e6 / seconds) }
    print(
      "COPY \(style): \(bytes.count / 1_000_000) MB, split \(rate(splitting)) MB/s, parse \(rate(parsing)) MB/s on one thread"
    )
  }
}
