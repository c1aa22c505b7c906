import SQLFront
import Testing

@testable import WarehouseServer

/// Expectations were recorded from PostgreSQL 15: `COPY (…) TO STDOUT (…)`.
@Suite struct CopyOutEncoderTests {
  private let rows = """
    select * from (values (1, 'plain', 1.5, date '2024-01-02'), (null, null, null, null),
      (2, 'tab' || chr(9) || 'nl' || chr(10) || 'cr' || chr(13) || 'bs\\', -0.25, null),
      (3, '', 0, null), (4, '\\N', 0, null), (5, 'a,"b"', 0, null)) t(i, s, d, t)
    """

  private func text(_ options: SQLFront.CopyOptions) throws -> [String] {
    try copyOut(rows, names: ["i", "s", "d", "t"], options).map { String(decoding: $0, as: UTF8.self) }
  }

  private func csv() -> SQLFront.CopyOptions {
    var options = CopyOptions()
    options.format = .csv
    options.delimiter = UInt8(ascii: ",")
    options.null = ""
    return options
  }

  @Test func textEscapesWhatItMust() throws {
    #expect(
      try text(CopyOptions()) == [
        "1\tplain\t1.50\t2024-01-02\n", "\\N\t\\N\t\\N\t\\N\n", "2\ttab\\tnl\\ncr\\rbs\\\\\t-0.25\t\\N\n",
        "3\t\t0.00\t\\N\n", "4\t\\\\N\t0.00\t\\N\n", "5\ta,\"b\"\t0.00\t\\N\n",
      ])
  }

  @Test func textWithAnotherDelimiterAndAHeader() throws {
    var options = CopyOptions()
    options.delimiter = UInt8(ascii: "-")
    options.null = "nil"
    options.header = .on
    #expect(
      try text(options).prefix(4) == [
        "i-s-d-t\n", "1-plain-1.50-2024\\-01\\-02\n", "nil-nil-nil-nil\n",
        "2-tab\\tnl\\ncr\\rbs\\\\-\\-0.25-nil\n",
      ])
  }

  @Test func csvQuotesWhatItMust() throws {
    #expect(
      try text(csv()) == [
        "1,plain,1.50,2024-01-02\n", ",,,\n", "2,\"tab\tnl\ncr\rbs\\\",-0.25,\n", "3,\"\",0.00,\n",
        "4,\\N,0.00,\n", "5,\"a,\"\"b\"\"\",0.00,\n",
      ])
  }

  @Test func csvWithOtherOptions() throws {
    var options = csv()
    options.header = .on
    options.forceQuote = .some(["i", "t"])
    options.escape = UInt8(ascii: "\\")
    options.null = "0.00"
    #expect(
      try text(options) == [
        "i,s,d,t\n", "\"1\",plain,1.50,\"2024-01-02\"\n", "0.00,0.00,0.00,0.00\n",
        "\"2\",\"tab\tnl\ncr\rbs\\\\\",-0.25,0.00\n", "\"3\",,\"0.00\",0.00\n", "\"4\",\\N,\"0.00\",0.00\n",
        "\"5\",\"a,\\\"b\\\"\",\"0.00\",0.00\n",
      ])
  }

  @Test func binaryHasHeaderAndTrailer() throws {
    var options = CopyOptions()
    options.format = .binary
    let messages = try copyOut("select 7::int, null::int", names: ["a", "b"], options)
    #expect(
      messages == [
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0]
          + [0, 2, 0, 0, 0, 4, 0, 0, 0, 7, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xFF, 0xFF],
      ])
  }
}
