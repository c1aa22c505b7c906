import DuckDB
import PostgresWire
import Testing

@testable import WarehouseServer

@Suite struct TimeZoneRulesTests {
  /// Both know the same zones: ours from the system's files, the engine's from the ICU library. Zones whose
  /// rules were corrected lately are left out, because the two sources have different ages.
  @Test(arguments: [
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
    "Asia/Tehran", "Europe/Dublin", "Etc/GMT+5",
  ])
  func textIsThatOfTheEngine(zone: String) throws {
    let connection = try Database().connect()
    try connection.execute("set TimeZone = '\(zone)'")
    // Every ten days and an hour from 1950 to 2080: before, in and after the tables of the zone files.
    let sql = """
      select t, t::varchar from (select timestamptz '1950-01-01 00:00:00+00'
        + to_hours(241 * i) t from range(4700) s(i))
      """
    let result = try connection.query(sql)
    var encoder = RowEncoder(columns: result.columns, formats: [.text, .text], timeZone: zone)
    var wrong: [String] = []
    var count = 0
    while let chunk = try result.nextChunk() {
      var output = WireBuffer()
      try encoder.encode(chunk, rows: 0..<chunk.rowCount, framing: .dataRow, into: &output)
      var bytes = Bytes(output.withUnsafeBytes { Array($0) })
      while !bytes.isAtEnd {
        _ = bytes.take(7)
        let texts = (0..<2).map { _ in String(decoding: bytes.take(Int(bytes.integer(4))), as: UTF8.self) }
        if texts[0] != texts[1] { wrong.append("\(texts[0]) is \(texts[1])") }
        count += 1
      }
    }
    #expect(count == 4700)
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(3))")
  }

  @Test func offsetsChangeAtTheSecond() throws {
    let berlin = try #require(TimeZoneRules.named("Europe/Berlin"))
    // 2024-03-31 01:00:00 UTC and, by the rule for all later years, 2050-10-30 01:00:00 UTC.
    #expect(berlin.offset(at: 1_711_846_799) == 3600)
    #expect(berlin.offset(at: 1_711_846_800) == 7200)
    #expect(berlin.offset(at: 2_550_704_399) == 7200)
    #expect(berlin.offset(at: 2_550_704_400) == 3600)
  }

  @Test func namesOfOtherFilesAreNoZones() {
    for name in [
      "../../etc/passwd", "/etc/localtime", "", "Europe", "Nowhere/City", "posixrules/../tzdata.zi",
    ] {
      #expect(TimeZoneRules.named(name) == nil)
      #expect(TimeZoneName.canonical(name) == nil)
    }
    #expect(TimeZoneName.canonical("europe/BERLIN") == "Europe/Berlin")
    #expect(TimeZoneName.canonical("utc") == "UTC")
  }

  @Test func damagedFilesAreRefused() {
    #expect(TimeZoneFile.parse(Array("TZif2".utf8), name: "x") == nil)
    #expect(TimeZoneFile.parse([UInt8](repeating: 0xFF, count: 200), name: "x") == nil)
    #expect(TimeZoneFile.parse(Array("TZif2".utf8) + [UInt8](repeating: 0xFF, count: 200), name: "x") == nil)
  }
}
