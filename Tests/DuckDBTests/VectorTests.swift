import DuckDB
import Testing

/// The layouts that `Vector` promises.
@Suite struct VectorTests {
  private func value<Result>(_ sql: String, _ body: (Vector) -> Result) throws -> Result {
    let chunk = try #require(try Database().connect().query("select \(sql)").nextChunk())
    return chunk.withVector(0, body)
  }

  @Test func integers() throws {
    #expect(try value("true") { $0.load(0, as: Bool.self) })
    #expect(try value("(-7)::tinyint") { $0.load(0, as: Int8.self) } == -7)
    #expect(try value("65535::usmallint") { $0.load(0, as: UInt16.self) } == 65535)
    #expect(
      try value("'-170141183460469231731687303715884105728'::hugeint") { $0.load(0, as: Int128.self) } == .min
    )
    #expect(
      try value("340282366920938463463374607431768211455::uhugeint") { $0.load(0, as: UInt128.self) } == .max)
  }

  @Test func decimals() throws {
    #expect(try value("1.5::decimal(4,1)") { $0.load(0, as: Int16.self) } == 15)
    #expect(try value("1.5::decimal(9,2)") { $0.load(0, as: Int32.self) } == 150)
    #expect(try value("1.5::decimal(18,3)") { $0.load(0, as: Int64.self) } == 1500)
    #expect(try value("-1.5::decimal(38,10)") { $0.load(0, as: Int128.self) } == -15_000_000_000)
  }

  @Test func datesAndTimes() throws {
    #expect(try value("date '1970-01-02'") { $0.load(0, as: Int32.self) } == 1)
    #expect(try value("time '00:00:01'") { $0.load(0, as: Int64.self) } == 1_000_000)
    #expect(try value("timestamp '1970-01-01 00:00:01'") { $0.load(0, as: Int64.self) } == 1_000_000)
    #expect(try value("timestamp_ns '1970-01-01 00:00:01'") { $0.load(0, as: Int64.self) } == 1_000_000_000)
    let interval = try value("interval '1 month 2 days 3 seconds'") { vector in
      (vector.load(0, as: Int32.self), vector.load(1, as: Int32.self), vector.load(1, as: Int64.self))
    }
    #expect(interval == (1, 2, 3_000_000))
  }

  @Test func strings() throws {
    #expect(try value("'twelve bytes'") { $0.text(0) } == "twelve bytes")
    #expect(try value("'thirteen byte'") { $0.text(0) } == "thirteen byte")
    #expect(try value("'é' || chr(0) || 'z'") { $0.text(0) } == "é\0z")
    #expect(
      try value("'\\x00\\xFF'::blob") { Array(UnsafeBufferPointer(start: $0.string(0).start, count: 2)) } == [
        0, 255,
      ])
  }

  @Test func nested() throws {
    try value("[[1], [], null, [2, 3]]") { vector in
      #expect(vector.listEntry(0) == (0, 4))
      let inner = vector.listChild
      #expect((0..<4).map(inner.isValid) == [true, true, false, true])
      #expect(inner.listEntry(3).count == 2)
      #expect(inner.listChild.load(inner.listEntry(3).offset, as: Int32.self) == 2)
    }
    try value("[1, null, 3]::int[3]") { vector in
      #expect((0..<3).map(vector.arrayChild.isValid) == [true, false, true])
      #expect(vector.arrayChild.load(2, as: Int32.self) == 3)
    }
    try value("{'a': 1, 'b': 'x'}") { vector in
      #expect(vector.structChild(0).load(0, as: Int32.self) == 1)
      #expect(vector.structChild(1).text(0) == "x")
    }
    try value("map {'k': 5}") { vector in
      #expect(vector.listChild.structChild(0).text(0) == "k")
      #expect(vector.listChild.structChild(1).load(0, as: Int32.self) == 5)
    }
    try value("union_value(s := 'text')::union(n int, s varchar)") { vector in
      #expect(vector.unionTag(0) == 1)
      #expect(vector.unionChild(1).text(0) == "text")
    }
    #expect(try value("'b'::enum('a', 'b')") { $0.load(0, as: UInt8.self) } == 1)
  }
}
